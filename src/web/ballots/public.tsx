import { castByCode, refuseCode, refuseUsed } from '../../../db/ballots/cast.ts'
import { codeHash, codeTried, MOST_WRONG, recordWrong } from '../../../db/ballots/codes.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../../db/ballots/state.ts'
import { receiptsOf } from '../../../db/ballots/voter-cards.ts'
import { lookUp } from '../../../db/client.ts'
import { refuse } from '../../refusal.ts'
import { codeTyped } from '../../rules/ballots/codes.ts'
import { castOf, type Filled } from '../../rules/ballots/marks.ts'
import { grades } from '../../rules/ballots/uses.ts'
import { t } from '../../text.ts'
import { withheldSaid } from '../../words/withheld.ts'
import { Notice } from '../page.tsx'
import { Section } from '../pieces.tsx'
import { Once, type Visit, type WebPage } from '../visit.ts'
import { Receipts } from './ballot.tsx'
import { Entry, FIELD, Frame, field, Review, type Shown } from './public-form.tsx'

/**
 * Staff and the public vote here by a code from a slip, without an account. They enter the code, mark, look it over, and cast it once.
 * The page uses no script, stores nothing in the browser, and asks for no name.
 */
export const publicBallotPage: WebPage = {
  kind: 'publicBallot',
  async show(visit) {
    const it = await ballotOf(visit)
    if (!it) return null
    if (isOpen(it, visit)) return <Entry visit={visit} it={it} filled={visit.filled ?? new URLSearchParams()} />
    return <Over visit={visit} it={it} receipts={it.result ? await receiptsOf(visit.db, it.id) : []} />
  },
  async act(visit, filled) {
    const it = (await ballotOf(visit)) ?? refuse('没有找到这次投票。', 'There is no such ballot.')
    if (filled.get('deed') === 'change') return new Once(<Entry visit={visit} it={it} filled={filled} />)
    const hash = await hashOf(visit, it, filled)
    const marks = marksIn(it, filled)
    const cast = castOf(it.question, marks, { member: null, branch: null })
    if ('wrong' in cast) refuse(cast.wrong.zh, cast.wrong.en)
    if (filled.get('deed') !== 'cast') return new Once(<Review visit={visit} it={it} filled={filled} />)
    forgetChoices(filled)
    const { receipt } = await castByCode(visit.db, it, hash, marks, visit.now, visit.box)
    return new Once(<Thanks visit={visit} it={it} receipt={receipt} />)
  },
}

async function ballotOf({ db, link }: Visit): Promise<BallotAsItStands | undefined> {
  const [it] = await lookUp(db, [ballotAsItStands(db, link.subject)])
  return it?.question.scale === 'grades' ? it : undefined
}

const isOpen = ({ cancelledAt, closedAt, closesAt }: BallotAsItStands, { now }: Visit) => !cancelledAt && !closedAt && now < closesAt

/** A wrong code costs one of the tries of this opened page. Opening it again, even from the same network, gives all tries anew. */
async function hashOf({ db, now }: Visit, it: BallotAsItStands, filled: URLSearchParams): Promise<string> {
  const code = codeTyped(filled.get('code') ?? '')
  const visitor = visitorIn(filled)
  const hash = codeHash(it.id, code ?? '')
  const [[tried]] = await lookUp(db, [codeTried(db, it.id, hash, visitor)])
  if (!tried || tried.wrong >= MOST_WRONG)
    refuse(
      '这个页面上已经试错 5 次，请对照纸条，重新打开网页再输。',
      'Five tries on this page were wrong; please look at your slip and open the page again.',
    )
  if (code === null || tried.isUsed === null) {
    await recordWrong(db, it, visitor, tried, now)
    refuseCode()
  }
  if (tried.isUsed) {
    forgetChoices(filled)
    refuseUsed()
  }
  return hash
}

/** On a shared device, the browser may send an old form again. The next person must not see the earlier choices. */
function forgetChoices(filled: URLSearchParams) {
  for (const name of [...filled.keys()]) if (name === 'code' || name.startsWith(FIELD)) filled.delete(name)
}

/** A foreign value from the browser is not recorded. */
const visitorIn = (filled: URLSearchParams): string => /^[a-z2-7]{20}$/.exec(filled.get('visitor') ?? '')?.[0] ?? 'unnamed'

/** Returns the marks in the form of a card's three lists. */
const marksIn = ({ question }: BallotAsItStands, filled: URLSearchParams): Filled =>
  Object.fromEntries(
    grades.map((grade) => [grade, question.subjects.flatMap(({ key }) => (filled.get(field(key)) === grade ? [key] : []))]),
  )

const Thanks = ({ visit, it, receipt }: Shown & { receipt: string }) => (
  <Frame visit={visit} it={it}>
    <Section id="thanks" title={visit.say(t('已投票，谢谢。', 'Your vote is in. Thank you.'))}>
      <p>{visit.say(t('你的回执（只显示这一次，请记下或截图）：', 'Your receipt, shown this once; please note it:'))}</p>
      <p class="receipt">{receipt}</p>
      <p class="hint">
        {visit.say(
          t(
            '投票结束后，这个网页会公布全部回执：找到自己的，说明这一票计入了；回执不说明投了什么。',
            'After the close all receipts are published on this page: finding yours shows that your vote was counted. It does not say how you voted.',
          ),
        )}
      </p>
      <p class="hint">
        {visit.say(
          t(
            '这台设备别人还要用的话，记下回执后请关掉这个网页。',
            'If others use this device, please close this page once you have noted the receipt.',
          ),
        )}
      </p>
    </Section>
  </Frame>
)

function Over({ visit, it, receipts }: Shown & { receipts: readonly string[] }) {
  const { say } = visit
  const waiting = !it.cancelledAt && !it.result ? withheldSaid(it) : null
  return (
    <Frame visit={visit} it={it}>
      <Notice>
        {say(
          it.cancelledAt
            ? t('投票已取消，选票没有计票就销毁了。', 'The ballot was cancelled; the votes were destroyed uncounted.')
            : t(
                '投票已经结束。结果由支部按规定使用，不在这里公布。',
                'The ballot is over. The result goes to those who have to act on it and is not shown here.',
              ),
        )}
      </Notice>
      {waiting && <p>{say(waiting)}</p>}
      <Receipts visit={visit} receipts={receipts} />
    </Frame>
  )
}

import type { Child } from 'hono/jsx'
import { castByCode, refuseCode, refuseUsed } from '../../../db/ballots/cast.ts'
import { codeHash, codeTried, MOST_WRONG, recordWrong } from '../../../db/ballots/codes.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../../db/ballots/state.ts'
import { receiptsOf } from '../../../db/ballots/voter-cards.ts'
import { lookUp } from '../../../db/client.ts'
import { refuse } from '../../refusal.ts'
import { codeTyped } from '../../rules/ballots/codes.ts'
import { castOf, type Filled } from '../../rules/ballots/marks.ts'
import { gradeNames, grades } from '../../rules/ballots/uses.ts'
import { spokenMoment } from '../../spoken.ts'
import { both, capital, plainly, t } from '../../text.ts'
import { ballotTitle, withheldSaid } from '../../words/ballots.ts'
import { secrecyParts } from '../../words/secrecy.ts'
import { Notice, Page } from '../page.tsx'
import { Section } from '../pieces.tsx'
import { Once, type Visit, type WebPage } from '../visit.ts'
import { Receipts } from './ballot.tsx'

/**
 * Where staff and the public vote by a code from a slip, without an account: enter the code, mark, look it over, and cast it once. No script,
 * nothing kept in the browser, nobody asked who they are.
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

/** A wrong code costs one of the tries of this opened page; who opens it anew, at the same address or behind the same network, has all of theirs. */
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

/** Sent again from the browser’s own memory, on a device that several vote on: what was chosen before is not shown to the next. */
function forgetChoices(filled: URLSearchParams) {
  for (const name of [...filled.keys()]) if (name === 'code' || name.startsWith(FIELD)) filled.delete(name)
}

/** What a browser sends under another name than ours goes into no record. */
const visitorIn = (filled: URLSearchParams): string => /^[a-z2-7]{20}$/.exec(filled.get('visitor') ?? '')?.[0] ?? 'unnamed'

const FIELD = 'g_'
const field = (key: string) => `${FIELD}${key}`

/** As a card's three lists would say it. */
const marksIn = ({ question }: BallotAsItStands, filled: URLSearchParams): Filled =>
  Object.fromEntries(
    grades.map((grade) => [grade, question.subjects.flatMap(({ key }) => (filled.get(field(key)) === grade ? [key] : []))]),
  )

interface Shown {
  visit: Visit
  it: BallotAsItStands
}

const Frame = ({ visit, it, children }: Shown & { children?: Child }) => (
  <Page
    frame={visit}
    isPlain
    title={plainly(ballotTitle(it))}
    of={t(it.ownerName, it.ownerName)}
    about={both((l) => `${{ zh: '截止', en: 'Closes' }[l]} ${spokenMoment(it.closesAt)[l]}`)}
  >
    {children}
  </Page>
)

function Entry({ visit, it, filled }: Shown & { filled: URLSearchParams }) {
  const { say } = visit
  const { subjects } = it.question
  const most = Math.floor(subjects.length / 3)
  return (
    <Frame visit={visit} it={it}>
      <p class="lead">
        {say(
          t(
            '请输入纸条上的投票码，给每位同志评一个等次，看一遍再投出。不用登录，不问姓名。',
            'Enter the code from your slip, give each person a grade, look it over and cast it. No log-in; nobody asks your name.',
          ),
        )}
      </p>
      <form method="post" action={visit.href({})} class="deed vote" autocomplete="off">
        <Hidden visit={visit} deed="look" filled={filled} />
        <Section id="code-part" title={say(t('投票码', 'Your code'))}>
          <div class="field">
            <label for="slip">
              {say(t('纸条上的 12 位字母和数字，大小写都可以', 'The 12 letters and digits of the slip, in capitals or not'))}
            </label>
            <input
              id="slip"
              name="code"
              class="code"
              value={filled.get('code') ?? ''}
              required
              maxlength={30}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              placeholder="ABCD-EFGH-JKLM"
            />
          </div>
        </Section>
        <Section id="marks" title={say(t(`测评（${subjects.length} 人）`, `Grades (${subjects.length})`))}>
          <p class="hint">
            {say(
              t(
                `已经都选好「合格」，只改不同的。优秀最多 ${most} 人。`,
                `All stand at “qualified”: change those who differ. At most ${most} may be excellent.`,
              ),
            )}
          </p>
          {subjects.map(({ key, name }) => (
            <fieldset class="grades">
              <legend>{name}</legend>
              <div>
                {grades.map((grade) => (
                  <label>
                    <input type="radio" name={field(key)} value={grade} checked={(filled.get(field(key)) ?? 'qualified') === grade} />
                    <span>{say(capital(gradeNames[grade]))}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          ))}
        </Section>
        <button type="submit">{say(t('下一步：看一遍', 'Next: look it over'))}</button>
      </form>
      <Secrecy visit={visit} />
    </Frame>
  )
}

function Hidden({ visit, deed, filled }: { visit: Visit; deed: string; filled: URLSearchParams }) {
  return (
    <>
      <input type="hidden" name="token" value={visit.formToken} />
      <input type="hidden" name="deed" value={deed} />
      <input type="hidden" name="visitor" value={filled.get('visitor') || visit.newId()} />
    </>
  )
}

/** What is about to be cast, in words; it travels with the page and is kept nowhere. */
function Review({ visit, it, filled }: Shown & { filled: URLSearchParams }) {
  const { say } = visit
  const { subjects } = it.question
  const gradeFor = (key: string) => filled.get(field(key)) ?? 'qualified'
  const kept = (deed: string) => (
    <>
      <Hidden visit={visit} deed={deed} filled={filled} />
      <input type="hidden" name="code" value={filled.get('code') ?? ''} />
      {subjects.map(({ key }) => (
        <input type="hidden" name={field(key)} value={gradeFor(key)} />
      ))}
    </>
  )
  return (
    <Frame visit={visit} it={it}>
      <Section id="review" title={say(t('请看一遍', 'Please look it over'))}>
        <dl class="review">
          {grades.map((grade) => {
            const names = subjects.filter(({ key }) => gradeFor(key) === grade).map(({ name }) => name)
            return names.length === 0 ? null : (
              <div>
                <dt>
                  {say(capital(gradeNames[grade]))} {say(t(`${names.length} 人`, `(${names.length})`))}
                </dt>
                <dd>{names.join(visit.language === 'zh' ? '、' : ', ')}</dd>
              </div>
            )
          })}
        </dl>
      </Section>
      <Notice>{say(t('投出后不能更改，也不能撤回。', 'Once cast it cannot be changed or taken back.'))}</Notice>
      <div class="pair">
        <form method="post" action={visit.href({})} class="deed">
          {kept('cast')}
          <button type="submit">{say(t('确认投出', 'Cast it'))}</button>
        </form>
        <form method="post" action={visit.href({})} class="deed plain">
          {kept('change')}
          <button type="submit">{say(t('返回修改', 'Change it'))}</button>
        </form>
      </div>
    </Frame>
  )
}

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

/** In plain words and in place: whoever comes here knows nothing of us. */
const Secrecy = ({ visit: { say, db } }: { visit: Visit }) => (
  <details class="secrecy">
    <summary>{say(t('这一票怎样保密？', 'How is this vote kept secret?'))}</summary>
    {secrecyParts(db.gate.wipe !== undefined).map(({ title, says }) => (
      <div>
        <h3>{say(title)}</h3>
        <ul class="steps">
          {says.map((one) => (
            <li>{say(one)}</li>
          ))}
        </ul>
      </div>
    ))}
  </details>
)

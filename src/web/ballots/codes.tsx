import { mayMakeCodesOrRefuse } from '../../../db/ballots/code-makers.ts'
import { makeCodes } from '../../../db/ballots/codes.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../../db/ballots/state.ts'
import type { Actor } from '../../../db/branches/members.ts'
import { lookUp } from '../../../db/client.ts'
import { publicLink } from '../../../db/pages/links.ts'
import { mayOrRefuse, placeOfBallot } from '../../context.ts'
import { refuse } from '../../refusal.ts'
import { codesAsked, MOST_CODES_AT_ONCE } from '../../rules/ballots/codes.ts'
import { spokenMoment } from '../../spoken.ts'
import { both, labelled, t } from '../../text.ts'
import { ballotTitle } from '../../words/ballots.ts'
import { Notice, Page } from '../page.tsx'
import { Field, Figures, Form, Section } from '../pieces.tsx'
import { Qr, QrSymbol } from '../qr.tsx'
import { Once, type Visit, type WebPage } from '../visit.ts'

/** Makes and prints codes for people without an account. The codes are seen once, here. */
export const ballotCodesPage: WebPage = {
  kind: 'ballotCodes',
  async show(visit) {
    const it = await ballotOf(visit)
    return it && <Making visit={visit} it={it} address={await addressOf(visit, it)} />
  },
  async act(visit, filled) {
    const it = (await ballotOf(visit)) ?? refuse('投票已经结束，不能再发码。', 'The ballot is over; no more codes can be given out.')
    const count =
      codesAsked(filled.get('count') ?? '') ??
      refuse(`请填 1 到 ${MOST_CODES_AT_ONCE} 的整数。`, `Please enter a whole number from 1 to ${MOST_CODES_AT_ONCE}.`)
    const codes = await makeCodes(visit.db, it, count, visit.actor as Actor, visit.now, visit.box, Number(filled.get('given')))
    return new Once(<Slips visit={visit} it={it} address={await addressOf(visit, it)} codes={codes} />)
  },
}

/** The rights are those of this moment. */
async function ballotOf({ db, link, actor, now }: Visit): Promise<BallotAsItStands | null> {
  const [it] = await lookUp(db, [ballotAsItStands(db, link.subject)])
  if (it?.use !== 'evaluation') return null
  mayOrRefuse(actor, 'openBallot', placeOfBallot(it))
  await mayMakeCodesOrRefuse(db, it.id, actor as Actor)
  return it.closedAt || it.cancelledAt || now >= it.closesAt ? null : it
}

const addressOf = async ({ pages, now }: Visit, it: BallotAsItStands): Promise<string> =>
  (await pages.url(publicLink('publicBallot', it, null, now))) ?? ''

interface Shown {
  visit: Visit
  it: BallotAsItStands
  address: string
}

function Making({ visit, it, address }: Shown) {
  const { say } = visit
  return (
    <Page
      frame={visit}
      title={t('群众投票码', 'Codes for the public')}
      of={both((l) => `${it.ownerName} · ${ballotTitle(it)[l]}`)}
      about={labelled(t('截止', 'Closes'), spokenMoment(it.closesAt), ' ')}
    >
      <Figures
        figures={[
          { figure: String(it.codes), of: say(t('已发', 'Given out')) },
          { figure: String(it.codesUsed), of: say(t('已用', 'Used')), isMain: true },
        ]}
      />
      <Section id="make" title={say(t('生成投票码', 'Make codes'))}>
        <Form visit={visit} deed="make" submit={say(t('生成', 'Make them'))}>
          <input type="hidden" name="given" value={String(it.codes)} />
          <Field
            label={say(t(`要多少个（1–${MOST_CODES_AT_ONCE}）`, `How many (1–${MOST_CODES_AT_ONCE})`))}
            name="count"
            required
            most={4}
          />
        </Form>
        <ul class="steps rule">
          {[
            t(
              '码只显示一次，同时作为表格私聊发给你；系统只存校验值，丢了不能再查，可以再生成。',
              'They are shown once, and sent to you as a spreadsheet; only a hash is kept, so lost ones cannot be looked up. More can be made.',
            ),
            t(
              '你能看到全部的码，也就能自己用掉没发出去的：结果卡片会写明谁生成了多少个。生成以后，你不能再管理这次投票。',
              'You see all codes and could cast those that are not handed out: the result card says who made how many. Once you have made codes you cannot run this ballot.',
            ),
            t(
              '打印、裁开、混在一起，让大家自己抽一张，不记谁拿了哪个。',
              'Print them, cut them apart, mix them and let people draw one: nobody notes who got which.',
            ),
            t(
              '发出去的不能收回；没用掉的只是没投。群众的票单独计数，不足 5 人参加不公布。',
              'What is given out cannot be taken back; an unused one is a vote not cast. They are counted apart, and below five nothing is told.',
            ),
          ].map((one) => (
            <li>{say(one)}</li>
          ))}
        </ul>
      </Section>
      <Section id="address" title={say(t('投票网址', 'Where they vote'))}>
        <QrSymbol id="address-code" of={address} />
        <div class="address">
          <Qr symbol="address-code" name={say(t('投票网址的二维码', 'The address as a QR code'))} />
          <p>{address}</p>
        </div>
      </Section>
    </Page>
  )
}

/** One slip for each person, to be printed and cut apart. */
function Slips({ visit, it, address, codes }: Shown & { codes: readonly string[] }) {
  const { say } = visit
  const closes = spokenMoment(it.closesAt)
  return (
    <Page
      frame={visit}
      title={t(`投票码 ${codes.length} 个`, `${codes.length} codes`)}
      of={both((l) => `${it.ownerName} · ${ballotTitle(it)[l]}`)}
    >
      <Notice tone="warning">
        {say(
          t(
            '只显示这一次：现在就用浏览器打印，或用私聊收到的表格。关掉后查不到。',
            'Shown this once: print it now from the browser, or use the spreadsheet in your direct chat. It cannot be looked up later.',
          ),
        )}
      </Notice>
      <QrSymbol id="address-code" of={address} />
      <ul class="slips">
        {codes.map((code) => (
          <li>
            <Qr symbol="address-code" name={say(t('投票网址的二维码', 'The address as a QR code'))} />
            <div>
              <b>{say(ballotTitle(it))}</b>
              <strong>{code}</strong>
              <small>
                {say(
                  t(
                    `扫码打开网页，输入上面的码。截止${closes.zh}，只能用一次。`,
                    `Scan, enter the code above. Once only, until ${closes.en}.`,
                  ),
                )}
              </small>
              <small class="url">{address}</small>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  )
}

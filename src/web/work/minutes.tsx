import type { Actor } from '../../../db/branches/members.ts'
import { type MinutesAsTheyStand, minutesAsTheyStand } from '../../../db/work/minutes.ts'
import { confirmMinutes } from '../../../db/work/minutes-confirm.ts'
import { submitMinutes, writePoints } from '../../../db/work/minutes-keep.ts'
import { mayConfirm, placeOfMinutes, readingOf } from '../../../db/work/minutes-readers.ts'
import { mayOrRefuse } from '../../context.ts'
import { refuse } from '../../refusal.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import { type MinuteDraft, readableBy, signatures } from '../../rules/work/minutes-draft.ts'
import { MOST_POINTS } from '../../rules/work/minutes-state.ts'
import { spokenSpan } from '../../spoken.ts'
import { labelled, t } from '../../text.ts'
import { fingerprintSaid, stateNames } from '../../words/work/minutes.ts'
import { Page } from '../page.tsx'
import { Field, Form, Section } from '../pieces.tsx'
import type { Visit, WebPage } from '../visit.ts'

/** The minutes of a meeting to type on, to confirm, and to print and sign. */
export const minutesPage: WebPage = {
  kind: 'minutes',
  async show(visit) {
    const seen = await minutesIn(visit)
    if (!seen) return null
    const reading = readingOf(visit.actor as Actor, seen)
    if (!reading) refuse('这份会议记录还没有确认，或只给支委看。', 'These minutes are not confirmed yet, or are for the committee alone.')
    const { say } = visit
    const { it, own, state } = seen
    return (
      <Page
        frame={visit}
        title={labelled(t('会议记录', 'Minutes'), gatheringKinds[it.kind].name, ' · ')}
        of={t(own.name, own.name)}
        about={labelled(spokenSpan(it.startsAt, it.endsAt), stateNames[state], ' · ')}
        script="document.querySelector('#print').addEventListener('click', () => print())"
      >
        <p class="hint">
          <button type="button" id="print">
            {say(t('打印', 'Print'))}
          </button>
        </p>
        <Record draft={readableBy(seen.draft, reading === 'all')} fingerprint={fingerprintSaid(seen.locked)} />
        <Writing visit={visit} seen={seen} />
        <Confirming visit={visit} seen={seen} />
      </Page>
    )
  },
  async act(visit, filled) {
    const seen = (await minutesIn(visit)) ?? refuse('没有找到这次会的记录。', 'There are no minutes of such a meeting.')
    const actor = visit.actor as Actor
    const place = placeOfMinutes(seen)
    if (filled.get('deed') === 'confirm') {
      mayOrRefuse(actor, 'confirmMinutes', place)
      await confirmMinutes(visit.db, seen, actor, visit.now)
      return {}
    }
    mayOrRefuse(actor, 'recordMinutes', place)
    const points = itemsOf(seen).flatMap(({ position }) => {
      const words = filled.get(`item-${position}`)
      return words === null || words === (seen.points.get(position) ?? '') ? [] : [{ position, words }]
    })
    if (points.length > 0) await writePoints(visit.db, seen, points, actor, visit.now)
    if (filled.get('deed') === 'submit') await submitMinutes(visit.db, (await minutesIn(visit)) ?? seen, actor, visit.now)
    return {}
  },
}

/** The link opens one branch's part of one meeting, with its person's rights of this moment. */
async function minutesIn({ db, link, actor }: Visit): Promise<MinutesAsTheyStand | null> {
  const at = link.subject.lastIndexOf(' ')
  return actor ? minutesAsTheyStand(db, link.subject.slice(0, at), link.subject.slice(at + 1)) : null
}

/** The document itself is Chinese, whatever the reader's language is. */
const Record = ({ draft: { title, lines }, fingerprint }: { draft: MinuteDraft; fingerprint: string | null }) => (
  <section class="record" lang="zh-CN" aria-labelledby="record">
    <h2 id="record">{title}</h2>
    <table>
      <tbody>
        {lines.map(({ head, says }) => (
          <tr>
            <th scope="row">{head}</th>
            <td>
              {says.map((one) => (
                <p>{one}</p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <div class="signed">
      {signatures.map((of) => (
        <p>
          <span>{of}</span>
        </p>
      ))}
    </div>
    {fingerprint && <p class="rule">{fingerprint}</p>}
  </section>
)

const itemsOf = ({ it }: MinutesAsTheyStand): { position: number; words: string }[] =>
  it.agenda.length === 0
    ? [{ position: 0, words: '' }]
    : it.agenda.flatMap(({ position, words, wasHeld }) => (wasHeld === false ? [] : [{ position, words }]))

function Writing({ visit, seen }: { visit: Visit; seen: MinutesAsTheyStand }) {
  const { say, actor, filled } = visit
  if (!(seen.state === 'draft' || seen.state === 'returned') || seen.row?.recorder !== actor?.id) return null
  return (
    <Section id="points" title={say(t('讨论要点（都可以不写）', 'Points of the discussion (all optional)'))}>
      <form method="post" action={visit.href({})} class="deed">
        <input type="hidden" name="token" value={visit.formToken} />
        {itemsOf(seen).map(({ position, words }) => (
          <Field
            label={words || say(t('要点', 'Points'))}
            name={`item-${position}`}
            value={filled?.get(`item-${position}`) ?? seen.points.get(position) ?? ''}
            most={MOST_POINTS}
            lines={5}
          />
        ))}
        <p>
          <button type="submit" name="deed" value="save">
            {say(t('先存下', 'Save for now'))}
          </button>
        </p>
        <button type="submit" name="deed" value="submit">
          {say(t('存下并送确认', 'Save and send for confirmation'))}
        </button>
      </form>
    </Section>
  )
}

function Confirming({ visit, seen }: { visit: Visit; seen: MinutesAsTheyStand }) {
  const { say, actor } = visit
  const waits = seen.state === 'submitted' || seen.state === 'reopened'
  if (!waits || !actor || !mayConfirm(actor, seen)) return null
  return (
    <Section id="confirm" title={say(t('确认', 'Confirm'))}>
      <Form visit={visit} deed="confirm" submit={say(t('确认', 'Confirm'))}>
        <p>{say(t('要退回请在飞书的卡片上按。', 'To send them back please press it on the card in Feishu.'))}</p>
      </Form>
    </Section>
  )
}

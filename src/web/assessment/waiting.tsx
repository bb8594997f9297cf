import {
  confirmChosen,
  type Deciding,
  type EntryWaiting,
  entriesWaiting,
  entryKey,
  type Proposal,
  proposalsWaiting,
  sayMoved,
  takeOver,
} from '../../../db/assessment/decisions.ts'
import type { AssessmentTable } from '../../../db/assessment/table.ts'
import type { Actor } from '../../../db/branches/members.ts'
import { lookUp } from '../../../db/client.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { refuse } from '../../refusal.ts'
import { partOf } from '../../rules/standards/standards.ts'
import { spokenPeriod } from '../../spoken.ts'
import { t } from '../../text.ts'
import { Form, Section } from '../pieces.tsx'
import type { Visit } from '../visit.ts'

/** Everything that waits over all branches: entries by item, of which the assessor chooses, and the branches' own answers. */
export async function waitingPart(visit: Visit, it: AssessmentTable) {
  const { say, db, now } = visit
  const { id: committee } = it.committee
  const quarter = assessmentIn(visit.link).quarter
  const [entries] = await lookUp(db, [entriesWaiting(db, committee, quarter)])
  const { proposals, judged } = await proposalsWaiting(db, committee, quarter, now)
  if (entries.length + proposals.length === 0) return null
  const [grounded, rest] = [proposals.filter((one) => one.isGrounded), proposals.filter((one) => !one.isGrounded)]
  return (
    <Section id="waiting" title={say(t('待确认（所有支部）', 'What waits, over all branches'))}>
      {entries.length > 0 ? (
        <Form visit={visit} deed="confirmChosen" submit={say(t('确认所选', 'Confirm the chosen'))}>
          <input type="hidden" name="until" value={String(now.getTime())} />
          {[...Map.groupBy(entries, entryKey)].map(([key, same]) => (
            <Item visit={visit} key={key} name={key} same={same} />
          ))}
        </Form>
      ) : null}
      <Adopt visit={visit} which="grounded" proposals={grounded} judged={judged} />
      <Adopt visit={visit} which="rest" proposals={rest} judged={judged} />
    </Section>
  )
}

function Item({ visit: { say }, name, same }: { visit: Visit; name: string; same: readonly EntryWaiting[] }) {
  const [first] = same
  if (!first) return null
  const [part, period] = [partOf(first.part), spokenPeriod(first.period)]
  return (
    <p>
      <label>
        <input type="checkbox" name="item" value={name} checked />{' '}
        {say(
          t(
            `（${part.standard}）${part.name.zh} · ${period.zh}：${same.length} 条`,
            `(${part.standard}) ${part.name.en} · ${period.en}: ${same.length}`,
          ),
        )}
      </label>
    </p>
  )
}

interface AdoptProps {
  visit: Visit
  which: 'grounded' | 'rest'
  proposals: readonly Proposal[]
  judged: number
}

/** Answers that rest on nothing gathered have a press of their own, which says how many they are. */
function Adopt({ visit, which, proposals, judged }: AdoptProps) {
  if (proposals.length === 0) return null
  const n = proposals.length
  const label =
    which === 'grounded'
      ? t(`采纳有依据的自评（${n} 项）`, `Take over the grounded answers (${n})`)
      : t(`采纳没有依据的 ${n} 项`, `Take over ${n} without grounds`)
  return (
    <Form visit={visit} deed={`adopt ${which}`} submit={visit.say(label)}>
      <input type="hidden" name="judged" value={String(judged)} />
    </Form>
  )
}

/** The deeds over all branches; null for any other. */
export async function decideOverAll(visit: Visit, it: AssessmentTable, filled: URLSearchParams) {
  const { db, now, newId } = visit
  const quarter = assessmentIn(visit.link).quarter
  const { id: committee, unit, lineage } = it.committee
  const [of, actor]: [Deciding, Actor] = [{ committee, unit, lineage, quarter }, visit.actor as Actor]
  const deed = filled.get('deed')
  if (deed === 'confirmChosen') {
    const keys = filled.getAll('item')
    if (keys.length === 0) refuse('请至少选一项。', 'Please choose at least one.')
    await confirmChosen(db, of, { keys, until: Number(filled.get('until')) }, actor, now)
    return {}
  }
  if (deed !== 'adopt grounded' && deed !== 'adopt rest') return null
  const all = await proposalsWaiting(db, committee, quarter, now)
  if (String(all.judged) !== filled.get('judged')) sayMoved()
  const proposals = all.proposals.filter((one) => one.isGrounded === (deed === 'adopt grounded'))
  if (proposals.length > 0) await takeOver(db, of, { ...all, proposals }, newId, actor, now)
  return {}
}

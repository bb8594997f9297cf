import { moment, type Quarter, quarter as quarterAt } from '../../calendar.ts'
import type { Part } from '../standards/standards.ts'
import type { Duty } from './duty.ts'
import { type Asked, type Facts, type Spent, type Subject, sorted } from './facts.ts'
import { dutiesOfSlots } from './settle.ts'
import { type Figures, planOf } from './slots.ts'

/**
 * Lists a branch's duties for a quarter, from facts alone. `facts.evidence` must hold everything in `evidenceSpan(quarter, rulebook)`, in
 * any order. Before the quarter it needs only what a debt may concern. Facts later than `now` are ignored.
 *
 * A duty that is not due in the quarter keeps the state it had when it was due. Nothing done since raises it before it is due again.
 */
export function dutiesOf(branch: Asked, quarter: Quarter, facts: Facts, now: Date, rulebook: Figures): Duty[] {
  const known = sorted(facts, now)
  const listed: Duty[] = []
  for (const due of planOf(quarter, rulebook))
    for (const subject of subjectsOf(due.part, branch)) {
      const from = listed.length
      dutiesOfSlots(due, { subject, branch, known, now, latePercent: rulebook.latePercent }, listed)
      if (due.isKept) for (let nth = from; nth < listed.length; nth++) (listed[nth] as Duty).kept = true
    }
  return listed
}

const itself: readonly Subject[] = [{ id: '', since: '', until: null }]
function subjectsOf(part: Part, branch: Asked): readonly Subject[] {
  if (part.per === 'group') return branch.groups
  return part.per === 'activist' ? branch.activists : itself
}

/** The evidence from after the quarter that paid a closed quarter's duty; null for any other duty. */
export function spentBy({ part, subject, period, dueOn, evidence }: Duty): Spent | null {
  if (!evidence || quarterAt(evidence.at) <= quarterAt(moment(dueOn))) return null
  return { part, subject, source: evidence.source, period }
}

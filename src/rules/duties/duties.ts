import type { Quarter } from '../../calendar.ts'
import type { Part } from '../standards/standards.ts'
import type { Duty } from './duty.ts'
import { type Asked, type Facts, type Subject, sorted } from './facts.ts'
import { dutiesOfSlot } from './settle.ts'
import { type Figures, planOf } from './slots.ts'

/**
 * Lists a branch's duties for a quarter, from facts alone. `facts.evidence` must hold everything in `evidenceSpan(quarter, rulebook)`, in
 * any order. It holds nothing from after that span, because a half-year runs on. Facts later than `now` are ignored.
 */
export function dutiesOf(branch: Asked, quarter: Quarter, facts: Facts, now: Date, rulebook: Figures): Duty[] {
  const known = sorted(facts, now)
  return planOf(quarter, rulebook).flatMap(({ part, slots, lastDue }) =>
    subjectsOf(part, branch).flatMap((subject) => {
      const duties = slots.flatMap((slot) => dutiesOfSlot(slot, subject, branch, known, now))
      // A duty done before its time counts at once; otherwise the last state is kept.
      if (!lastDue || (slots[0] !== lastDue && duties.every(({ state }) => state === 'met'))) return duties
      const kept = dutiesOfSlot(lastDue, subject, branch, known, now)
      for (const duty of kept) duty.kept = true
      return kept
    }),
  )
}

const itself: readonly Subject[] = [{ id: '', since: '', until: null }]
function subjectsOf(part: Part, branch: Asked): readonly Subject[] {
  if (part.per === 'group') return branch.groups
  return part.per === 'activist' ? branch.activists : itself
}

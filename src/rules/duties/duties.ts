import type { Quarter } from '../../calendar.ts'
import type { Part } from '../standards/standards.ts'
import type { Duty } from './duty.ts'
import { type Asked, type Facts, type Subject, sorted } from './facts.ts'
import { dutiesOfSlot } from './settle.ts'
import { type Figures, planOf } from './slots.ts'

/**
 * What a branch owes for a quarter, from facts alone. `evidence` must hold whatever was held in `evidenceSpan(quarter, rulebook)`, and
 * nothing from after it, for a half-year runs on; its order says nothing; what was held after `now` is not known yet.
 */
export function dutiesOf(branch: Asked, quarter: Quarter, facts: Facts, now: Date, rulebook: Figures): Duty[] {
  const known = sorted(facts, now)
  return planOf(quarter, rulebook).flatMap(({ part, slots, lastDue }) =>
    subjectsOf(part, branch).flatMap((subject) => {
      const duties = slots.flatMap((slot) => dutiesOfSlot(slot, subject, branch, known, now))
      // What is done before its time counts at once; else it stands as it last did.
      if (!lastDue || (slots[0] !== lastDue && duties.every(({ state }) => state === 'met'))) return duties
      const kept = dutiesOfSlot(lastDue, subject, branch, known, now)
      for (const duty of kept) duty.kept = true
      return kept
    }),
  )
}

/** The branch itself. */
const itself: readonly Subject[] = [{ id: '', since: '', until: null }]
function subjectsOf(part: Part, branch: Asked): readonly Subject[] {
  if (part.per === 'group') return branch.groups
  return part.per === 'activist' ? branch.activists : itself
}

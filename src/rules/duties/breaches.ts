import type { PartId } from '../standards/standards.ts'

/** The ways in which something that must hold does not. Their words stand in `src/words/behind.ts`. */
export type BreachKind = 'noSecretary' | 'smallCommittee' | 'termOver' | 'minutesLate' | 'minutesReopened' | 'officerUnpledged'

/** A time in which a part did not hold, in milliseconds; it goes on while `until` is null. */
export interface Breach {
  part: PartId
  from: number
  until: number | null
  what: BreachKind
}

/** A breach. Without `what` it tells the moment from which our records know of the part at all. */
export type BreachFact = Omit<Breach, 'what'> & { what: BreachKind | null }

const covers = ({ from, until }: Pick<Breach, 'from' | 'until'>, at: number) => from <= at && (until === null || until > at)

/** The breaches of a part at a moment: why it does not stand. */
export const breachesAt = (facts: readonly BreachFact[], part: PartId, at: Date): Breach[] =>
  facts.filter((one): one is Breach => one.part === part && one.what !== null && covers(one, at.getTime()))

/** Whether a part stands at a moment. Null before our records know of it: the branch then gives a date and a reference. */
export function stands(facts: readonly BreachFact[], part: PartId, at: Date): boolean | null {
  const isKnown = facts.some((one) => one.part === part && one.what === null && covers(one, at.getTime()))
  return isKnown ? breachesAt(facts, part, at).length === 0 : null
}

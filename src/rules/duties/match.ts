import type { Quarter } from '../../calendar.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { Evidence } from './facts.ts'
import type { Slot } from './slots.ts'

/** One period of a part, as far as it claims gatherings. */
export type Claim = Pick<Slot, 'period' | 'dueIn' | 'start' | 'deadline' | 'graceEnd'>

interface Terms extends Pick<Rulebook, 'latePercent'> {
  /** The last closed quarter. It is paid for good, and claims nothing more over its edge. */
  closedThrough: Quarter | null
}

const isWithin = ({ start, deadline, graceEnd, period }: Claim, one: Evidence): boolean =>
  one.period ? one.period === period && one.at < graceEnd : one.at >= start && one.at < deadline

/**
 * Gives gatherings to the periods of one part, earliest period first. Evidence for a named period belongs to it, also late.
 *
 * Within a quarter the branch gets the most points: a period keeps its own gatherings, and only those beyond its need pay the debt of the
 * period before. Where a late one counts in full, the earlier period is paid first. Over a quarter's edge the debt is paid first, too.
 */
export function matched<C extends Claim>(
  claims: readonly C[],
  /** None where the period asks for nothing, or a person has judged it. */
  wants: (claim: C) => number,
  held: readonly Evidence[],
  { latePercent, closedThrough }: Terms,
): Map<C, readonly Evidence[]> {
  const left = new Set(held)
  const proofs = new Map<C, readonly Evidence[]>()
  for (const [nth, claim] of claims.entries()) {
    const own = [...left].filter((one) => isWithin(claim, one)).slice(0, wants(claim))
    for (const one of own) left.delete(one)
    const need = wants(claim) - own.length
    const late = need > 0 ? inGrace(claim, left).slice(0, Math.min(need, spareAfter(nth))) : []
    for (const one of late) left.delete(one)
    proofs.set(claim, [...own, ...late])
  }
  return proofs

  function spareAfter(nth: number): number {
    const [{ dueIn }, next] = [claims[nth] as C, claims[nth + 1]]
    if (next?.dueIn !== dueIn) return closedThrough !== null && dueIn <= closedThrough ? 0 : Number.POSITIVE_INFINITY
    if (latePercent >= 100) return Number.POSITIVE_INFINITY
    return Math.max(0, [...left].filter((one) => isWithin(next, one)).length - wants(next))
  }
}

const inGrace = ({ deadline, graceEnd }: Claim, left: ReadonlySet<Evidence>) =>
  [...left].filter((one) => !one.period && one.at >= deadline && one.at < graceEnd)

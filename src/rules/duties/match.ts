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

/**
 * Gives gatherings to the periods of one part, earliest period first. Evidence for a named period belongs to it, also late.
 *
 * A quarter's gatherings go where the branch gets the most points; between equals, to the earlier period. Over the quarter's edge its debt
 * is paid first, and the next quarter needs its own.
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
  for (const quarter of Map.groupBy(claims, ({ dueIn }) => dueIn).values()) {
    const given = givenOn(quarter, wants, left, latePercent)
    for (const [nth, claim] of quarter.entries()) {
      const own = taken(left, (one) => isWithin(claim, one), wants(claim))
      const isEdge = nth === quarter.length - 1
      const isClosed = closedThrough !== null && claim.dueIn <= closedThrough
      const owed = isEdge && isClosed ? 0 : wants(claim) - own.length
      const late = taken(left, (one) => isInGrace(claim, one), isEdge ? owed : Math.min(owed, given[nth] ?? 0))
      proofs.set(claim, [...own, ...late])
    }
  }
  return proofs
}

const isWithin = ({ start, deadline, graceEnd, period }: Claim, one: Evidence): boolean =>
  one.period ? one.period === period && one.at < graceEnd : one.at >= start && one.at < deadline
const isInGrace = ({ deadline, graceEnd }: Claim, one: Evidence): boolean => !one.period && one.at >= deadline && one.at < graceEnd

function taken(left: Set<Evidence>, isFit: (one: Evidence) => boolean, most: number): Evidence[] {
  const some: Evidence[] = []
  if (most <= 0) return some
  for (const one of left) {
    if (!isFit(one)) continue
    some.push(one)
    left.delete(one)
    if (some.length === most) break
  }
  return some
}

interface Way {
  total: number
  points: number[]
  given: number[]
}

/**
 * For each period, how many of the next period's gatherings it takes to pay its debt. A period that gives one away may take one itself
 * from the period after, hence every number is tried. There are three months, and seldom more than one debt.
 */
function givenOn<C extends Claim>(quarter: readonly C[], wants: (claim: C) => number, left: ReadonlySet<Evidence>, latePercent: number) {
  const asked = quarter.map(wants)
  const own = quarter.map((claim) => count(left, (one) => isWithin(claim, one)))
  if (own.every((number, nth) => number >= (asked[nth] ?? 0))) return []
  const lending = quarter.map((claim, nth) => {
    const next = quarter[nth + 1]
    return next ? count(left, (one) => isInGrace(claim, one) && isWithin(next, one)) : 0
  })

  return bestFrom(0, 0).given

  function bestFrom(nth: number, lent: number): Way {
    if (nth === quarter.length) return { total: 0, points: [], given: [] }
    const want = asked[nth] ?? 0
    const met = Math.min(want, (own[nth] ?? 0) - lent)
    let best: Way | undefined
    for (let late = 0; late <= Math.min(want - met, lending[nth] ?? 0); late++) {
      const [earned, rest] = [met * 100 + late * latePercent, bestFrom(nth + 1, late)]
      const way = { total: earned + rest.total, points: [earned, ...rest.points], given: [late, ...rest.given] }
      if (!best || !isBetter(best, way)) best = way
    }
    return best as Way
  }
}

function isBetter(one: Way, other: Way): boolean {
  if (one.total !== other.total) return one.total > other.total
  const first = one.points.findIndex((points, nth) => points !== other.points[nth])
  return first >= 0 && (one.points[first] ?? 0) > (other.points[first] ?? 0)
}

function count(left: ReadonlySet<Evidence>, isFit: (one: Evidence) => boolean): number {
  let number = 0
  for (const one of left) if (isFit(one)) number++
  return number
}

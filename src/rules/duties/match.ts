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
  const left = [...held]
  const proofs = new Map<C, readonly Evidence[]>()
  for (const quarter of byQuarter(claims)) {
    const over = Math.max(...quarter.map(({ graceEnd }) => graceEnd.getTime()))
    if (left.every(({ at }) => at.getTime() >= over)) continue
    // The last period of a quarter is at its edge, and takes what the debt asks for.
    const given = quarter.length > 1 ? givenOn(quarter, wants, left, latePercent) : []
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

/** The claims of a rulebook are the same for thousands of branches. */
const quarters = new WeakMap<readonly Claim[], readonly Claim[][]>()
function byQuarter<C extends Claim>(claims: readonly C[]): readonly C[][] {
  const known = quarters.get(claims) as readonly C[][] | undefined
  if (known) return known
  const grouped = [...Map.groupBy(claims, ({ dueIn }) => dueIn).values()]
  quarters.set(claims, grouped)
  return grouped
}

/** Numbers are compared, because comparing dates calls a method of each. */
function isWithin({ start, deadline, graceEnd, period }: Claim, one: Evidence): boolean {
  const at = one.at.getTime()
  return one.period ? one.period === period && at < graceEnd.getTime() : at >= start.getTime() && at < deadline.getTime()
}
const isInGrace = ({ deadline, graceEnd }: Claim, { at, period }: Evidence): boolean =>
  !period && at.getTime() >= deadline.getTime() && at.getTime() < graceEnd.getTime()

function taken(left: Evidence[], isFit: (one: Evidence) => boolean, most: number): Evidence[] {
  const some: Evidence[] = []
  for (let nth = 0; nth < left.length && some.length < most; ) {
    const one = left[nth] as Evidence
    if (isFit(one)) some.push(...left.splice(nth, 1))
    else nth++
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
function givenOn<C extends Claim>(quarter: readonly C[], wants: (claim: C) => number, left: readonly Evidence[], latePercent: number) {
  const asked = quarter.map(wants)
  const own = quarter.map((claim) => count(left, (one) => isWithin(claim, one)))
  // The last one takes over the edge.
  if (own.every((number, nth) => nth === quarter.length - 1 || number >= (asked[nth] ?? 0))) return []
  const lending = quarter.map((claim, nth) => {
    const next = quarter[nth + 1]
    return next ? count(left, (one) => isInGrace(claim, one) && isWithin(next, one)) : 0
  })
  if (lending.every((number) => number === 0)) return []

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

function count(left: readonly Evidence[], isFit: (one: Evidence) => boolean): number {
  let number = 0
  for (const one of left) if (isFit(one)) number++
  return number
}

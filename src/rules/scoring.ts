import type { DutyState } from './duties.ts'
import { divided, type Fraction, fraction, mean, sum, tenths, times } from './fraction.ts'
import type { Rulebook } from './rulebook.ts'

/** What is asked of a duty to be scored; what else it carries (its evidence) comes back with it. */
interface Scored {
  part: string
  state: DutyState
}

interface Weighted {
  id: number
  weight: number
  parts: readonly { id: string }[]
}

/** `percent` is exactly `earned` ÷ `counted`; null when nothing of it counts yet. */
export interface PartScore<D> {
  part: string
  earned: number
  counted: number
  percentTenths: number | null
  duties: D[]
}

/** The mean of its parts that count. `earnedTenths` are points out of `weight`, times ten. */
export interface StandardScore<D> {
  standard: number
  weight: number
  percentTenths: number | null
  earnedTenths: number | null
  parts: PartScore<D>[]
}

export interface Score<D> {
  /** Of 100 points, times ten; null when nothing was asked. */
  tenths: number | null
  /** The weights that count: what cannot apply or is not due yet drops out, and the rest is scaled to 100. */
  weightAsked: number
  standards: StandardScore<D>[]
  stillOpen: number
}

/** Σ weight × percent ÷ Σ weight, over the standards of which something counts. */
export function scoreOf<D extends Scored>(
  duties: readonly D[],
  standards: readonly Weighted[],
  rulebook: Pick<Rulebook, 'latePercent' | 'weights'>,
): Score<D> {
  const byPart = grouped(duties)
  const listed = standards.map((standard) => standardScore(standard, byPart, rulebook))
  const counting = listed.flatMap(({ score, percent }) => (percent ? { weight: score.weight, percent } : []))
  const weightAsked = counting.reduce((weights, { weight }) => weights + weight, 0)
  const earned = sum(counting.map(({ weight, percent }) => times(percent, weight)))
  return {
    tenths: weightAsked === 0 ? null : tenths(divided(earned, weightAsked)),
    weightAsked,
    standards: listed.map(({ score }) => score),
    stillOpen: duties.filter(({ state }) => isStillOpen(state)).length,
  }
}

function standardScore<D extends Scored>(
  { id, weight: usual, parts }: Weighted,
  byPart: ReadonlyMap<string, readonly D[]>,
  { weights, latePercent }: Pick<Rulebook, 'latePercent' | 'weights'>,
): { score: StandardScore<D>; percent: Fraction | null } {
  const weight = weights[id] ?? usual
  const listed = parts.map((part) => partScore(part.id, byPart.get(part.id) ?? [], latePercent))
  const counting = listed.filter(({ counted }) => counted > 0)
  const percent = counting.length === 0 ? null : mean(counting.map(({ earned, counted }) => fraction(earned, counted)))
  const percentTenths = percent && tenths(percent)
  const earnedTenths = percent && tenths(divided(times(percent, weight), 100))
  return { score: { standard: id, weight, percentTenths, earnedTenths, parts: listed }, percent }
}

function partScore<D extends Scored>(part: string, duties: readonly D[], latePercent: number): PartScore<D> {
  const percents = duties.map(({ state }) => percentOf(state, latePercent)).filter((percent) => percent !== null)
  const earned = percents.reduce((all, percent) => all + percent, 0)
  const counted = percents.length
  return { part, earned, counted, percentTenths: counted === 0 ? null : tenths(fraction(earned, counted)), duties: [...duties] }
}

function grouped<D extends Scored>(duties: readonly D[]): Map<string, D[]> {
  const byPart = new Map<string, D[]>()
  for (const duty of duties) {
    const same = byPart.get(duty.part)
    if (same) same.push(duty)
    else byPart.set(duty.part, [duty])
  }
  return byPart
}

const isStillOpen = (state: DutyState) => state === 'upcoming' || state === 'due soon'

/** What is not due yet, could not apply or was excused leaves the base: nobody is marked down for what was not asked. */
function percentOf(state: DutyState, latePercent: number): number | null {
  switch (state) {
    case 'met':
      return 100
    case 'met late':
      return latePercent
    case 'overdue':
    case 'missed':
      return 0
    default:
      return null
  }
}

export type Ranked<S> = S & { place: number | null; isLast: boolean }

/** Best first, by the score that is shown; those not scored stand at the end without a place. Ties share the better place. */
export function rankOf<S extends { tenths: number | null }>(
  scores: readonly S[],
  { lastCountsFrom }: Pick<Rulebook, 'lastCountsFrom'>,
): Ranked<S>[] {
  const ordered = scores.toSorted((a, b) => (b.tenths ?? -1) - (a.tenths ?? -1))
  const points = ordered.flatMap((score) => score.tenths ?? [])
  const places = new Map(points.map((each, index) => [each, index + 1] as const).reverse())
  const last = points.length >= lastCountsFrom && points.at(-1) !== points.at(-2) ? points.at(-1) : undefined
  return ordered.map((score) => ({
    ...score,
    place: score.tenths === null ? null : (places.get(score.tenths) ?? null),
    isLast: score.tenths !== null && score.tenths === last,
  }))
}

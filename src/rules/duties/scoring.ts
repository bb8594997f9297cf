import type { Rulebook } from '../rulebook/rulebook.ts'
import type { DutyState } from './duty.ts'
import { divided, type Fraction, fraction, mean, sum, tenths, times } from './fraction.ts'

/** What is asked of a duty to be scored; what else it carries (its evidence) comes back with it. */
interface Scored {
  part: string
  state: DutyState
  /** A person gave it so much of its points; 1000 is all. */
  judged?: { permille: number }
}

/** What caps a quarter or zeroes a standard, whatever was met. */
export interface Finding {
  kind: 'accident' | 'false record'
  /** Of a false record, the standard concerned. */
  standard: number | null
}

interface Weighted {
  id: number
  weight: number
  parts: readonly { id: string }[]
}

/** Its share is exactly `earned` ÷ `counted`; null when nothing of it counts yet. */
export interface PartScore<D> {
  part: string
  /** In thousandths of a duty. */
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
  /** An accident kept it below 90. */
  isCapped: boolean
}

/** Below 90, whatever was earned. */
const CAPPED_TENTHS = 899
/** Where a record was proved false, the records themselves count nothing either. */
const RECORDS = 30
const SAFETY = 3

/** Of a finding, the standard it speaks of. */
export const concerned = ({ standard }: Finding): number => standard ?? SAFETY

/** Σ weight × share ÷ Σ weight, over the standards of which something counts. */
export function scoreOf<D extends Scored>(
  duties: readonly D[],
  standards: readonly Weighted[],
  rulebook: Pick<Rulebook, 'latePercent' | 'weights'>,
  findings: readonly Finding[] = [],
): Score<D> {
  const byPart = grouped(duties)
  const falsified = findings.filter(({ kind }) => kind === 'false record').map(({ standard }) => standard)
  const isZeroed = (id: number) => falsified.includes(id) || (id === RECORDS && falsified.length > 0)
  const listed = standards.map((standard) => standardScore(standard, byPart, rulebook, isZeroed(standard.id)))
  const counting = listed.flatMap(({ score, share }) => (share ? { weight: score.weight, share } : []))
  const weightAsked = counting.reduce((weights, { weight }) => weights + weight, 0)
  const earned = sum(counting.map(({ weight, share }) => times(share, weight)))
  const reached = weightAsked === 0 ? null : tenths(divided(earned, weightAsked))
  const isCapped = reached !== null && reached > CAPPED_TENTHS && findings.some(({ kind }) => kind === 'accident')
  return {
    tenths: isCapped ? CAPPED_TENTHS : reached,
    weightAsked,
    standards: listed.map(({ score }) => score),
    stillOpen: duties.filter(({ state }) => isStillOpen(state)).length,
    isCapped,
  }
}

function standardScore<D extends Scored>(
  { id, weight: usual, parts }: Weighted,
  byPart: ReadonlyMap<string, readonly D[]>,
  { weights, latePercent }: Pick<Rulebook, 'latePercent' | 'weights'>,
  isZeroed: boolean,
): { score: StandardScore<D>; share: Fraction | null } {
  const weight = weights[id] ?? usual
  const listed = parts.map((part) => partScore(part.id, byPart.get(part.id) ?? [], latePercent))
  const counting = listed.filter(({ counted }) => counted > 0)
  const earned = counting.length === 0 ? null : mean(counting.map(({ earned, counted }) => fraction(earned, counted * 10)))
  const share = isZeroed ? fraction(0) : earned
  const percentTenths = share && tenths(share)
  const earnedTenths = share && tenths(divided(times(share, weight), 100))
  return { score: { standard: id, weight, percentTenths, earnedTenths, parts: listed }, share }
}

function partScore<D extends Scored>(part: string, duties: readonly D[], latePercent: number): PartScore<D> {
  const shares = duties.map((duty) => permilleOf(duty, latePercent)).filter((share) => share !== null)
  const earned = shares.reduce((all, share) => all + share, 0)
  const counted = shares.length
  return { part, earned, counted, percentTenths: counted === 0 ? null : tenths(fraction(earned, counted * 10)), duties: [...duties] }
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
function permilleOf({ state, judged }: Scored, latePercent: number): number | null {
  switch (state) {
    case 'met':
      return judged ? judged.permille : 1000
    case 'met late':
      return latePercent * 10
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

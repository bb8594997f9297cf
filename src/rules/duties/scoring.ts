import type { Rulebook } from '../rulebook/rulebook.ts'
import type { DutyState } from './duty.ts'
import { divided, type Fraction, fraction, mean, sum, tenths, tenthsOf, times } from './fraction.ts'

/** The least a duty must carry to be scored; its other fields come back with it. */
interface Scored {
  part: string
  state: DutyState
  /** A share of its points given by a person; 1000 is all. */
  judged?: { permille: number }
}

/** A finding caps a quarter or zeroes a standard, whatever was met. */
export interface Finding {
  kind: 'accident' | 'false record'
  /** The standard that a false record concerns. */
  standard: number | null
}

interface Weighted {
  id: number
  weight: number
  parts: readonly { id: string }[]
}

/** The share is exactly `earned` ÷ `counted`; null when no duty counts yet. */
interface PartScore<D> {
  part: string
  /** In thousandths of a duty. */
  earned: number
  counted: number
  percentTenths: number | null
  duties: D[]
}

/** The mean of the parts that count. `earnedTenths` are tenths of a point, out of `weight` points. */
export interface StandardScore<D> {
  standard: number
  weight: number
  percentTenths: number | null
  earnedTenths: number | null
  parts: PartScore<D>[]
}

export interface Score<D> {
  /** Tenths of a point, out of 100 points; null when nothing was asked. */
  tenths: number | null
  /** The sum of the weights that count. Standards that cannot apply or are not due yet drop out, and the rest is scaled to 100. */
  weightAsked: number
  standards: StandardScore<D>[]
  stillOpen: number
  /** The points that wait for the assessor, in tenths. They are out of the base until then. */
  waitingTenths: number
  /** An accident kept the score below 90. */
  isCapped: boolean
}

/** Below 90, whatever was earned. */
const CAPPED_TENTHS = 899
/** A record proved false also zeroes the standard about records. */
const RECORDS = 30
const SAFETY = 3

/** The standard that a finding concerns. */
export const concerned = ({ standard }: Finding): number => standard ?? SAFETY

/** Σ weight × share ÷ Σ weight, over the standards in which something counts. */
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
    waitingTenths: duties.some(isWaiting) ? waitingTenthsIn(listed.map(({ score }) => score)) : 0,
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
  return { part, earned, counted, percentTenths: counted === 0 ? null : tenthsOf(earned, counted * 10), duties: [...duties] }
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

export const isWaiting = ({ state }: Pick<Scored, 'state'>) => state === 'waiting'

/** A part's share of its standard waits as far as its duties do. */
function waitingTenthsIn<D extends Scored>(standards: readonly StandardScore<D>[]): number {
  const shares = standards.flatMap(({ weight, parts }) => {
    const asked = parts.map(({ counted, duties }) => ({ counted, waiting: duties.filter(isWaiting).length })).filter(isAsked)
    return asked.map(({ counted, waiting }) => divided(times(fraction(waiting, counted + waiting), weight), asked.length))
  })
  return tenths(sum(shares))
}

const isAsked = ({ counted, waiting }: { counted: number; waiting: number }) => counted + waiting > 0

const isStillOpen = (state: DutyState) => state === 'upcoming' || state === 'due soon'

/** Duties that wait, are not due yet, cannot apply or are excused leave the base. Nobody loses points for a duty that was not asked. */
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

/** Ranks by the score that is shown, best first. Ties share the better place; branches without a score come last, without a place. */
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

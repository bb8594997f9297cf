import { addMinutes, day, type Period, periodEnd, periodStart, quarter as quarterAt } from '../../calendar.ts'
import type { AgendaTag } from '../gatherings/agenda.ts'
import { type GatheringKind, gatheringKinds } from '../gatherings/gatherings.ts'
import type { Opened } from '../rulebook/modules.ts'
import type { Credit } from '../standards/standard.ts'
import { type PartId, partOf } from '../standards/standards.ts'
import type { Duty } from './duty.ts'

/** A gathering that is called already and can still take an item. */
export interface Called {
  gathering: string
  kind: GatheringKind
  group: string | null
  startsAt: Date
}

type Owed = Pick<Duty, 'part' | 'subject' | 'period' | 'state' | 'basis' | 'graceEndsOn' | 'paysFirst'>

/** One thing to do and the duties it closes. One event credits many duties, so the steps with the fewest gatherings come first. */
export type Step<D> =
  | { do: 'add'; gathering: Called; tags: AgendaTag[]; closes: D[] }
  | { do: 'call'; kind: GatheringKind; group: string; tags: AgendaTag[]; isMakingUp: boolean; paysDebt: boolean; closes: D[] }
  | { do: 'evaluate'; period: Period; isUnderWay: boolean; closes: D[] }
  | { do: 'open'; by: Opened; closes: D[] }
  | { do: 'attest'; closes: D[] }
  | { do: 'put right'; closes: D[] }

/** Facts about a branch besides the gatherings it has called. */
interface Means<D> {
  mayHold?: (kind: GatheringKind) => boolean
  /** The state of the evaluation that would prove a duty; null for every other duty. */
  evaluating?: (duty: D) => 'to begin' | 'under way' | null
  /** The module whose card meets a duty. */
  opening?: (duty: D) => Opened | null
}

/**
 * Finds the cheapest way to close open duties. Items on called gatherings come first, then as few new gatherings as possible. Evaluations
 * follow, which take the branch some days, then the cards of modules; written records come last.
 */
export function cheapest<D extends Owed>(
  owed: readonly D[],
  called: readonly Called[],
  { mayHold = () => true, evaluating = () => null, opening = () => null }: Means<D> = {},
): Step<D>[] {
  const byRecord = owed.filter(({ basis }) => basis === 'record' || basis === 'confirmed')
  const byEvaluation = owed.filter((duty) => isAttested(duty) && evaluating(duty) !== null)
  const byModule = Map.groupBy(
    owed.filter((duty) => (isAttested(duty) && !byEvaluation.includes(duty)) || duty.basis === 'roster'),
    opening,
  )
  const [attested, unsettled] = [isAttested, isRoster].map((is) => byModule.get(null)?.filter(is) ?? []) as [D[], D[]]
  const { steps, left } = addedTo(byRecord, called)
  return [
    ...steps,
    ...gatheringsFor(left, mayHold),
    ...evaluationsFor(byEvaluation, evaluating),
    ...[...byModule].flatMap(([by, closes]) => (by ? [{ do: 'open' as const, by, closes }] : [])),
    ...(attested.length > 0 ? [{ do: 'attest' as const, closes: attested }] : []),
    ...(unsettled.length > 0 ? [{ do: 'put right' as const, closes: unsettled }] : []),
  ]
}

/** Each period has its own evaluation. */
const evaluationsFor = <D extends Owed>(owed: readonly D[], evaluating: NonNullable<Means<D>['evaluating']>): Step<D>[] =>
  [...Map.groupBy(owed, ({ period }) => period)].map(([period, closes]) => ({
    do: 'evaluate',
    period,
    isUnderWay: closes.some((duty) => evaluating(duty) === 'under way'),
    closes,
  }))

const isAttested = ({ basis }: Owed) => basis === 'attested'
const isRoster = ({ basis }: Owed) => basis === 'roster'
const creditsFor = (part: PartId): readonly Credit[] => partOf(part).credits ?? []

/**
 * An overdue duty needs one more than its period's own. An item on a gathering called for this period pays this period first. Over a
 * quarter's edge it is the other way round. One gathering pays one duty of a part.
 */
function addedTo<D extends Owed>(owed: readonly D[], called: readonly Called[]): { steps: Step<D>[]; left: D[] } {
  const added = new Map<Called, { tags: AgendaTag[]; closes: D[] }>()
  const isFree = (duty: D) => (gathering: Called) =>
    !added.get(gathering)?.closes.some(({ part, subject }) => part === duty.part && subject === duty.subject)
  const closed = new Set<D>()
  for (const duty of owed.toSorted((a, b) => Number(b.state === 'overdue') - Number(a.state === 'overdue'))) {
    const found = bearing(duty, called.filter((one) => isPaying(one, duty)).filter(isFree(duty)))
    if (!found) continue
    const step = added.get(found.gathering) ?? { tags: [], closes: [] }
    if (!step.tags.includes(found.tag)) step.tags.push(found.tag)
    step.closes.push(duty)
    added.set(found.gathering, step)
    closed.add(duty)
  }
  return {
    steps: [...added].map(([gathering, step]) => ({ do: 'add' as const, gathering, ...step })),
    left: owed.filter((duty) => !closed.has(duty)),
  }
}

function isPaying({ startsAt }: Called, { state, period, graceEndsOn, paysFirst }: Owed): boolean {
  const end = periodEnd(period)
  if (state === 'overdue') return isEndOfQuarter(period) && startsAt >= end && day(startsAt) <= graceEndsOn
  return !isOwedBefore(paysFirst) && startsAt >= periodStart(period) && startsAt < end
}

const isOwedBefore = (paysFirst: Owed['paysFirst']) => paysFirst !== undefined && paysFirst.heldOn === null

/** A duty of the quarter's last month, or of a longer period, is made up over the quarter's edge. */
const isEndOfQuarter = (period: Period) => quarterAt(periodEnd(period)) !== quarterAt(addMinutes(periodEnd(period), -1))

function bearing({ part }: Owed, called: readonly Called[]): { gathering: Called; tag: AgendaTag } | undefined {
  for (const { tag, among } of creditsFor(part)) {
    const gathering = tag && called.find(({ kind }) => !among || among.includes(kind))
    if (gathering && tag) return { gathering, tag }
  }
  return undefined
}

interface Way {
  kind: GatheringKind
  tag?: AgendaTag
}

const effort = { committee: 0, group: 1, branch: 2, open: 3 } as const
const effortOf = (kind: GatheringKind) => effort[gatheringKinds[kind].roster]
const kindNames = (Object.keys(gatheringKinds) as GatheringKind[]).sort((a, b) => effortOf(a) - effortOf(b))
const waysOf = (part: PartId): Way[] =>
  creditsFor(part).flatMap(({ kind, tag, among }): Way[] => (kind ? [{ kind }] : (among ?? kindNames).map((one) => ({ kind: one, tag }))))

/**
 * A greedy search: it takes the kind that closes most of the open duties, again and again. Between equals it takes the one with fewer
 * people, then the one with fewer items. A duty to make up needs its own gathering, and so does each group.
 */
function gatheringsFor<D extends Owed>(owed: readonly D[], mayHold: (kind: GatheringKind) => boolean): Step<D>[] {
  const lots = Map.groupBy(owed, ({ state, subject }) => `${state === 'overdue'} ${subject}`)
  return [...lots.values()].flatMap((lot) => coverOf(lot, mayHold))
}

function coverOf<D extends Owed>(lot: readonly D[], mayHold: (kind: GatheringKind) => boolean): Step<D>[] {
  const steps: Step<D>[] = []
  let left = [...lot]
  while (left.length > 0) {
    const [best] = kindNames
      .filter(mayHold)
      .map((kind) => {
        const closes = firstOfEachPart(left.filter(({ part }) => waysOf(part).some((way) => way.kind === kind)))
        return { kind, closes, tags: [...new Set(closes.flatMap(({ part }) => tagFor(part, kind) ?? []))] }
      })
      .sort((a, b) => b.closes.length - a.closes.length || effortOf(a.kind) - effortOf(b.kind) || a.tags.length - b.tags.length)
    const [first] = best?.closes ?? []
    if (!best || !first) break
    const { kind, tags, closes } = best
    steps.push({
      do: 'call',
      kind,
      group: first.subject,
      tags,
      isMakingUp: first.state === 'overdue',
      paysDebt: closes.some(isDebtFirst),
      closes,
    })
    left = left.filter((duty) => !closes.includes(duty))
  }
  return steps
}

/** The next gathering pays the last quarter's debt, and this quarter needs its own. */
const isDebtFirst = ({ state, period, paysFirst }: Owed) => (state === 'overdue' && isEndOfQuarter(period)) || isOwedBefore(paysFirst)

/** One gathering pays one duty of each part: two months owed need two gatherings. */
function firstOfEachPart<D extends Owed>(duties: readonly D[]): D[] {
  return [...Map.groupBy(duties, ({ part }) => part).values()].flatMap(([first]) => first ?? [])
}

/** Undefined where the kind itself credits the part. */
function tagFor(part: PartId, kind: GatheringKind): AgendaTag | undefined {
  const ways = waysOf(part).filter((way) => way.kind === kind)
  return ways.some(({ tag }) => !tag) ? undefined : ways[0]?.tag
}

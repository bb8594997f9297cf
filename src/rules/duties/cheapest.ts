import { type Period, periodEnd, periodStart } from '../../calendar.ts'
import type { AgendaTag } from '../gatherings/agenda.ts'
import { type GatheringKind, gatheringKinds } from '../gatherings/gatherings.ts'
import type { Credit } from '../standards/standard.ts'
import { type PartId, partOf } from '../standards/standards.ts'
import type { Duty } from './duty.ts'

/** What is called already and can still take an item. */
export interface Called {
  gathering: string
  kind: GatheringKind
  group: string | null
  startsAt: Date
}

type Owed = Pick<Duty, 'part' | 'subject' | 'period' | 'state' | 'basis'>

/** One thing to do, and the duties it closes: the fewest gatherings first, for one event credits many duties. */
export type Step<D> =
  | { do: 'add'; gathering: Called; tags: AgendaTag[]; closes: D[] }
  | { do: 'call'; kind: GatheringKind; group: string; tags: AgendaTag[]; isMakingUp: boolean; closes: D[] }
  | { do: 'evaluate'; period: Period; isUnderWay: boolean; closes: D[] }
  | { do: 'attest'; closes: D[] }
  | { do: 'put right'; closes: D[] }

/** What is known of a branch besides what it has called. */
interface Means<D> {
  mayHold?: (kind: GatheringKind) => boolean
  /** Of a duty that an evaluation would prove, whether that is under way; null of any other. */
  evaluating?: (duty: D) => 'to begin' | 'under way' | null
}

/**
 * The cheapest way to close what is open: items on what is called anyway, then as few gatherings as will do, then what takes the branch some
 * days by itself, then what is written down.
 */
export function cheapest<D extends Owed>(
  owed: readonly D[],
  called: readonly Called[],
  { mayHold = () => true, evaluating = () => null }: Means<D> = {},
): Step<D>[] {
  const byRecord = owed.filter(({ basis }) => basis === 'record')
  const byEvaluation = owed.filter((duty) => isAttested(duty) && evaluating(duty) !== null)
  const attested = owed.filter((duty) => isAttested(duty) && !byEvaluation.includes(duty))
  const { steps, left } = addedTo(byRecord, called)
  return [
    ...steps,
    ...gatheringsFor(left, mayHold),
    ...evaluationsFor(byEvaluation, evaluating),
    ...(attested.length > 0 ? [{ do: 'attest' as const, closes: attested }] : []),
    ...(owed.some(({ basis }) => basis === 'roster')
      ? [{ do: 'put right' as const, closes: owed.filter(({ basis }) => basis === 'roster') }]
      : []),
  ]
}

/** Each period is evaluated by itself. */
const evaluationsFor = <D extends Owed>(owed: readonly D[], evaluating: NonNullable<Means<D>['evaluating']>): Step<D>[] =>
  [...Map.groupBy(owed, ({ period }) => period)].map(([period, closes]) => ({
    do: 'evaluate',
    period,
    isUnderWay: closes.some((duty) => evaluating(duty) === 'under way'),
    closes,
  }))

const isAttested = ({ basis }: Owed) => basis === 'attested'
const creditsFor = (part: PartId): readonly Credit[] => partOf(part).credits ?? []

/** An overdue duty wants one more than its period's own: an item on what is called for this period pays this period. */
function addedTo<D extends Owed>(owed: readonly D[], called: readonly Called[]): { steps: Step<D>[]; left: D[] } {
  const left: D[] = []
  const added = new Map<Called, { tags: AgendaTag[]; closes: D[] }>()
  for (const duty of owed) {
    const found = duty.state === 'overdue' ? undefined : bearing(duty, called)
    if (!found) {
      left.push(duty)
      continue
    }
    const step = added.get(found.gathering) ?? { tags: [], closes: [] }
    if (!step.tags.includes(found.tag)) step.tags.push(found.tag)
    step.closes.push(duty)
    added.set(found.gathering, step)
  }
  return { steps: [...added].map(([gathering, step]) => ({ do: 'add' as const, gathering, ...step })), left }
}

function bearing({ part, period }: Owed, called: readonly Called[]): { gathering: Called; tag: AgendaTag } | undefined {
  const inTime = called.filter(({ startsAt }) => startsAt >= periodStart(period) && startsAt < periodEnd(period))
  for (const { tag, among } of creditsFor(part)) {
    const gathering = tag && inTime.find(({ kind }) => !among || among.includes(kind))
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
 * Greedy: the kind that closes most of what is left, again and again; of two that close as much, the one that takes fewer people, and then the
 * one that needs fewer items for it. Making up is its own gathering, and so is each group's.
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
    steps.push({ do: 'call', kind, group: first.subject, tags, isMakingUp: first.state === 'overdue', closes })
    left = left.filter((duty) => !closes.includes(duty))
  }
  return steps
}

/** One gathering pays one duty of each part: two months owed are two gatherings. */
function firstOfEachPart<D extends Owed>(duties: readonly D[]): D[] {
  return [...Map.groupBy(duties, ({ part }) => part).values()].flatMap(([first]) => first ?? [])
}

/** Nothing where the kind itself credits it. */
function tagFor(part: PartId, kind: GatheringKind): AgendaTag | undefined {
  const ways = waysOf(part).filter((way) => way.kind === kind)
  return ways.some(({ tag }) => !tag) ? undefined : ways[0]?.tag
}

import * as z from 'zod'
import type { Day } from '../../calendar.ts'
import { partIds, standards } from '../standards/standards.ts'

const workdays = z.int().min(1).max(60)
const steps = z.array(workdays).max(6)
const score = z.int().min(1).max(100)

export const ladder = z.strictObject({ before: steps, after: steps })

/** Every figure that a committee may change. Figures fixed by a national regulation are kept with their rule instead. */
export const figures = {
  /** At most 15, so that the window never outlasts the following month, Spring Festival's included. */
  graceWorkdays: z.int().min(0).max(15),
  latePercent: z.int().min(0).max(100),
  /** A duty's owner is reminded this many working days before and after its due day. */
  ladder,
  ranking: z.enum(['committee', 'everyone']),
  lastCountsFrom: z.int().min(2).max(1000),
  /** By standard; standards without an entry keep the weight of the standards' table. */
  weights: z.record(z.string().regex(/^([1-9]|[12]\d|30)$/), z.int().min(0).max(100)),
  /** By part: how many a period. */
  atLeast: z.partialRecord(z.enum(partIds), z.int().min(1).max(12)),
  /** By part: how often; parts without an entry keep the cadence of the standards' table. */
  cadences: z.partialRecord(z.enum(partIds), z.enum(['month', 'quarter', 'half', 'year'])),
  /** By part: `off` is not asked; `attested` is shown by date and reference instead of our own records. */
  switches: z.partialRecord(z.enum(partIds), z.enum(['on', 'attested', 'off'])),
  /** By module: `false` is not used here. An evaluation cannot be left out, for the regulations ask for it. */
  modules: z.partialRecord(z.enum(['talks', 'minutes', 'papers', 'pledges']), z.boolean()),
  /** Working days of an assessment: from its opening for the branch's own, then for the upper level's, then for appeals. */
  selfWorkdays: workdays,
  reviewWorkdays: workdays,
  appealWorkdays: workdays,
  /** The year's mean that makes a Five-Good Branch, and the scores that separate the tiers, best first. */
  fiveGoodFrom: score,
  tiers: z.tuple([score, score, score]).refine(([a, b, c]) => a > b && b > c),
  /** This many last places within a year make an item for the committee. */
  lastTimes: z.int().min(1).max(4),
  /** Calendar days for making up an absence from a meeting; 0 asks for nothing. */
  makeUpDays: z.int().min(0).max(60),
  /** Probationers may vote in evaluations, awards and pulses; in resolutions and elections they never do. */
  probationersVote: z.boolean(),
  /** Notes of a talk are deleted this many years after it. */
  noteYears: z.int().min(1).max(3),
  /** A talk is registered within so many days. */
  talkDays: z.int().min(7).max(60),
  /** A committee may be elected by card instead of on paper in the room. */
  electionsByCard: z.boolean(),
}

const rulebook = z.strictObject(figures)
export type Rulebook = z.infer<typeof rulebook>

/** One committee's own figures; all others are inherited. */
export const ownRulebook = z.strictObject({ ...figures, ladder: ladder.partial() }).partial()
export type OwnRulebook = z.infer<typeof ownRulebook>

export const defaultRulebook: Rulebook = {
  graceWorkdays: 10,
  latePercent: 80,
  ladder: { before: [7, 3, 1], after: [1, 3, 7] },
  ranking: 'committee',
  lastCountsFrom: 5,
  weights: {},
  atLeast: {},
  cadences: {},
  switches: {},
  modules: {},
  selfWorkdays: 5,
  reviewWorkdays: 5,
  appealWorkdays: 5,
  fiveGoodFrom: 90,
  tiers: [90, 80, 60],
  lastTimes: 2,
  makeUpDays: 7,
  probationersVote: true,
  noteYears: 2,
  talkDays: 30,
  electionsByCard: false,
}

/**
 * Merges the rulebooks of a branch's committees, nearest first: for each figure, the nearest committee that has one wins. They were
 * checked when saved, so one that no longer parses is a fault of ours and throws.
 */
export const rulebookOf = (lineage: readonly unknown[]): Rulebook =>
  lineage.reduceRight<Rulebook>((above, own) => (own ? overlaid(above, ownRulebook.parse(own)) : above), defaultRulebook)

const overlaid = (above: Rulebook, own: OwnRulebook): Rulebook => ({
  ...withSaid(above, own),
  ladder: withSaid(above.ladder, own.ladder),
  weights: withSaid(above.weights, own.weights),
  atLeast: withSaid(above.atLeast, own.atLeast),
  cadences: withSaid(above.cadences, own.cadences),
  switches: withSaid(above.switches, own.switches),
  modules: withSaid(above.modules, own.modules),
})

/** Puts `own` over `above`; an undefined figure says nothing. */
function withSaid<T extends object>(above: T, own: object = {}): T {
  return { ...above, ...Object.fromEntries(Object.entries(own).filter(([, figure]) => figure !== undefined)) }
}

/** One committee's own figures, and the day from which they hold. */
interface RulebookVersion {
  committee: string
  from: Day
  version: number
  said: unknown
}

/** Returns the version in force on a day: the latest of one committee's that began by then. */
export const inForce = <V extends Pick<RulebookVersion, 'from' | 'version'>>(versions: readonly V[], on: Day): V | undefined =>
  versions
    .filter(({ from }) => from <= on)
    .toSorted((a, b) => (a.from === b.from ? a.version - b.version : a.from < b.from ? -1 : 1))
    .at(-1)

export const weightOf = (id: number, usual: number, { weights }: Pick<Rulebook, 'weights'>): number => weights[id] ?? usual
export const sumOfWeights = (rulebook: Pick<Rulebook, 'weights'>): number =>
  standards.reduce((sum, { id, weight }) => sum + weightOf(id, weight, rulebook), 0)

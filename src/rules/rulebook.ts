import * as z from 'zod'
import { partIds } from './standards.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const workdays = z.int().min(1).max(60)
const steps = z.array(workdays).max(6)

const ladder = z.strictObject({ before: steps, after: steps })
const quiet = z.strictObject({ from: time, to: time })

/** Every figure a committee may change. What a national regulation fixes is no figure of ours and stands with its rule. */
const figures = {
  /** At most 15, so that the window never outlasts the following month, Spring Festival's included. */
  graceWorkdays: z.int().min(0).max(15),
  latePercent: z.int().min(0).max(100),
  /** Working days before and after a duty's due day on which its owner is reminded. */
  ladder,
  quiet,
  ranking: z.enum(['committee', 'everyone']),
  lastCountsFrom: z.int().min(2).max(1000),
  /** By standard; what is not named here keeps the weight of the standards' table. */
  weights: z.record(z.string().regex(/^([1-9]|[12]\d|30)$/), z.int().min(0).max(100)),
  /** By part, how many a period. */
  atLeast: z.partialRecord(z.enum(partIds), z.int().min(1).max(12)),
}

const rulebook = z.strictObject(figures)
export type Rulebook = z.infer<typeof rulebook>

/** What one committee says itself; all the rest is inherited. */
export const ownRulebook = z.strictObject({ ...figures, ladder: ladder.partial(), quiet: quiet.partial() }).partial()
export type OwnRulebook = z.infer<typeof ownRulebook>

export const defaultRulebook: Rulebook = {
  graceWorkdays: 10,
  latePercent: 80,
  ladder: { before: [7, 3, 1], after: [1, 3, 7] },
  quiet: { from: '21:00', to: '08:00' },
  ranking: 'committee',
  lastCountsFrom: 5,
  weights: {},
  atLeast: {},
}

/**
 * The rulebooks of a branch's committees as they are kept, nearest first: figure by figure, the nearest that says something wins.
 * They were checked when they were saved, so one that no longer reads is a fault of ours and throws.
 */
export const rulebookOf = (lineage: readonly unknown[]): Rulebook =>
  lineage.reduceRight<Rulebook>((above, own) => (own ? overlaid(above, ownRulebook.parse(own)) : above), defaultRulebook)

const overlaid = (above: Rulebook, own: OwnRulebook): Rulebook => ({
  ...withSaid(above, own),
  ladder: withSaid(above.ladder, own.ladder),
  quiet: withSaid(above.quiet, own.quiet),
  weights: withSaid(above.weights, own.weights),
  atLeast: withSaid(above.atLeast, own.atLeast),
})

/** `own` over `above`; a figure left empty says nothing. */
function withSaid<T extends object>(above: T, own: object = {}): T {
  return { ...above, ...Object.fromEntries(Object.entries(own).filter(([, figure]) => figure !== undefined)) }
}

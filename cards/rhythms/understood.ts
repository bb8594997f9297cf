import * as z from 'zod'
import { id } from '../../src/id.ts'
import { callable } from '../../src/rules/gatherings/gatherings.ts'
import { rule } from '../../src/rules/rhythms/rhythms.ts'

/** The parts of a line that were understood; the form asks for the rest. */
export const understood = z.object({
  branch: id,
  /** The id of the rhythm that the form will make: a form sent twice makes one. */
  rhythm: id,
  kind: z.enum(callable).optional(),
  group: id.optional(),
  /** A leader is offered these groups and their meetings only. */
  only: z.array(id).optional(),
  rule: rule.optional(),
  every: z.enum(['week', 'two weeks', 'month']).optional(),
  time: z.string().optional(),
  place: z.string().optional(),
  inRoom: z.boolean().optional(),
  why: z.object({ zh: z.string(), en: z.string() }).optional(),
})

export type Understood = z.infer<typeof understood>

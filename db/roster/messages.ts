import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

/** Seats that somebody gained or lost. `was` lists those held before. Older messages lack it, and their `by` is one id. */
export const seatTold = message(
  'seatTold',
  z.object({
    seats: z.array(z.string()),
    was: z.array(z.string()).optional(),
    by: z.union([z.array(id), id.transform((one) => [one])]),
  }),
)

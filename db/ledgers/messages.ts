import * as z from 'zod'
import { message } from './message.ts'

/** Takes the place of a card that was sent again. */
export const renewed = message('renewed', z.object({}))

/** A recipient who cannot be reached, or a view that the platform refuses; for whoever can put it right. */
export const undelivered = message(
  'undelivered',
  z.object({
    recipient: z.string().optional(),
    view: z.string().optional(),
    code: z.union([z.string(), z.number()]),
    isOwnMember: z.boolean().optional(),
  }),
)

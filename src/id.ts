import * as z from 'zod'

/** The schema of an id that a card or a message brings back. */
export const id = z.string().min(1).max(40)

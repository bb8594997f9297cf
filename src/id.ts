import * as z from 'zod'

/** An id as a card or a message brings it back. */
export const id = z.string().min(1).max(40)

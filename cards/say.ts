import * as z from 'zod'
import { sentence } from '../src/card.ts'
import { view } from '../src/view.ts'

/** A sentence on its own, as the answer to words. */
export const say = view({
  name: 'say',
  takes: z.object({ zh: z.string(), en: z.string() }),
  show: async (_db, text) => sentence(text),
})

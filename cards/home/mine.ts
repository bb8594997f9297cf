import * as z from 'zod'
import { id } from '../../src/id.ts'
import { view } from '../../src/view.ts'

/** A person's list: the meetings that expect them, and duties that come due where they look after a branch. */
export const mine = view({
  name: 'mine',
  takes: z.object({ unit: id, member: id }),
  show: async (db, args, now) => (await import('./mine-card.ts')).mineCard(db, args, now),
})

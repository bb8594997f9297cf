import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { quarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { view } from '../../src/view.ts'

/** The duties of a branch that are still open, or those of one of its groups. */
export const todo = view({
  name: 'todo',
  takes: z.object({ branch: id, group: id.optional() }),
  async show(db, args, now) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    const { scoreSheet, todoCard } = await import('./drawn.ts')
    return todoCard(await scoreSheet(db, branch, quarter(now), now), args.group ?? null)
  },
})

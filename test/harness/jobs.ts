import { branches, chats, committees } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import type { Job, JobContext } from '../../src/jobs/job.ts'
import { runJob } from '../../src/jobs/run.ts'
import { aBranch } from './branch.ts'
import { askOnly } from './rulebook.ts'

/** Runs one job at a moment, outside the timetable. */
export const ranOnce = (job: Job, context: JobContext) =>
  runJob({ ...context, unpaid: context.db, job, name: 'once', turn: { holder: 'test' } })

/** A unit of that many branches under two committees, each branch with a chat and a duty that was missed. */
export async function manyBranches(many: number) {
  const branch = await aBranch([{ name: '李华', role: 'secretary' }], { since: '2026-07-01' })
  const { db, client } = { db: branch.db, client: branch.store.client }
  await askOnly(client, '12.general')
  const ids = Array.from({ length: many - 1 }, (_, nth) => `b${String(nth).padStart(4, '0')}`)
  await together(db, [
    db.insert(committees).values([{ id: 'second', unit: 'unit', parent: 'committee', name: '二分党委' }]),
    db
      .insert(branches)
      .values(ids.map((id, nth) => ({ id, unit: 'unit', committee: nth % 2 ? 'second' : 'committee', name: id, since: '2026-07-01' }))),
    db
      .insert(chats)
      .values([
        ...ids.map((id) => ({ chatId: `oc ${id}`, unit: 'unit', branch: id, boundBy: 'test', boundAt: new Date(0) })),
        { chatId: 'oc_top', unit: 'unit', committee: 'committee', boundBy: 'test', boundAt: new Date(0) },
      ]),
  ])
  const said = async (view: string) => (await client.execute({ sql: 'select to_id from outbox where view = ?', args: [view] })).rows.length
  return { ...branch, client, said }
}

import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { aStore } from '../harness/database.ts'
import { recordingStatements, scansOf } from '../harness/plans.ts'
import { live } from '../year/life.ts'
import { aWorld } from '../year/world.ts'

test('no statement of ticks, presses and jobs scans a growing table', async () => {
  const { db, client } = await aStore()
  const world = await aWorld({ db, client, start: moment('2026-01-04', '07:00') })
  // The half-year's evaluations and two assessments lie within.
  const said = recordingStatements(db)
  await live(world, { from: '2026-01-04', until: '2026-07-20' })
  const scans: string[] = []
  // A query for nothing, which keeps a place in a batch, reads nothing.
  for (const [sql, args] of said)
    if (!/limit \?$/.test(sql) || args.at(-1) !== 0) for (const table of await scansOf(client, sql, args)) scans.push(`${table}: ${sql}`)
  expect(scans).toEqual([])
})

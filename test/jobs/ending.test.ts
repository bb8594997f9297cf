import { expect, test } from 'vitest'
import { say } from '../../cards/home/say.ts'
import { statementOf, together } from '../../db/client.ts'
import { takeLease } from '../../db/ledgers/leases.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { readConfig } from '../../src/config.ts'
import { hostOf } from '../../src/host.ts'
import { timer } from '../../src/node-host.ts'
import { seeded } from '../harness/branch.ts'
import type { TestStore } from '../harness/database.ts'
import { env } from '../harness/host.ts'
import { manyBranches } from '../harness/jobs.ts'
import { until } from '../harness/until.ts'

const NOW = moment('2026-10-08', '09:30')
let hosts = 0

/** A host on this database, whose Feishu refuses everything. Waits of a second and more are kept, and never over. */
function aHost(db: TestStore['db']) {
  const waits: number[] = []
  const logs: Record<string, unknown>[] = []
  const host = hostOf(readConfig(env('http://feishu.invalid', 'file:test.db', 8787)), {
    db,
    fetch: async () => Response.json({ code: 1 }),
    clock: () => NOW,
    random: seeded(++hosts),
    wait: (ms, then) => {
      if (ms < 1_000) return timer(ms, then)
      waits.push(ms)
      return () => {}
    },
    after: () => {},
    log: (event) => void logs.push(event),
    gatherMs: 0,
    budgetMs: 30_000,
  })
  return { host, waits, logs }
}

test('at the end a job begins no further lot', async () => {
  const it = await manyBranches(484)
  await tick(it.db, moment('2026-10-08', '09:29'), () => {})
  const { gate } = it.db
  let lots = 0
  let meanwhile = () => {}
  Object.assign(it.db, {
    gate: {
      ...gate,
      write: (statements: Parameters<typeof gate.write>[0]) => {
        if (statements.some(({ args }) => args.includes('score')) && ++lots === 2) meanwhile()
        return gate.write(statements)
      },
    },
  })
  const ended = aHost(it.db)
  meanwhile = () => ended.host.end(NOW)
  await ended.host.turn()
  expect(lots).toBe(2)
  const posted = await it.said('score')
  expect([posted > 0, posted < 484]).toEqual([true, true])
  expect(ended.logs.filter(({ level }) => level === 'error')).toEqual([])

  await aHost(it.db).host.turn()
  expect(await it.said('score')).toBe(484)
})

test('at the end a wait for another’s lease is over at once', async () => {
  const it = await manyBranches(2)
  await tick(it.db, NOW, () => {})
  await together(it.db, [
    takeLease(it.db, { name: 'outbox', holder: 'killed' }, NOW, 15_000),
    statementOf(enqueue(it.db, { occasion: 'late', to: { chat: 'oc' }, ...say.args({ zh: '好', en: 'good' }), dueAt: NOW })),
  ])
  const { host, waits } = aHost(it.db)
  const turned = host.turn()
  await until('the wait for the lease', () => waits.length > 0)
  expect(waits).toEqual([15_000])
  host.end(NOW)
  await turned
  expect(waits).toHaveLength(1)
})

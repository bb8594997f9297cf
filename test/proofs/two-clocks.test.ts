import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { migrate } from '../../db/store/migrate.ts'
import { openRemote } from '../../db/store/remote.ts'
import { addDays, moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { timer } from '../../src/node-host.ts'
import { aBranch } from '../harness/branch.ts'
import { aStore, type TestStore } from '../harness/database.ts'
import { askOnly } from '../harness/rulebook.ts'
import { startSqld } from '../harness/sqld.ts'
import { proved, sized } from './sizes.ts'

const JOBS = sized(40, 1_000)
/** The first working day of a quarter: the scores of the last one are posted. */
const FIRST_DAY = '2026-10-08'
/** The times at which some job has a slot. */
const TIMES = ['00:10', '03:17', '09:00', '09:10', '09:15', '09:20', '09:25', '09:30', '09:40']

/** A branch that owes meetings and has chats, so that digests, scores and orders are sent. */
async function owing(store: TestStore): Promise<TestStore> {
  const people = [
    { name: '李华', role: 'secretary' as const },
    { name: '王芳', role: 'organisation' as const },
  ]
  await aBranch(people, { since: '2026-07-01', store })
  await askOnly(store.client, '12.committee', '12.general')
  await store.client.execute(
    "insert into chats (chat_id, unit, committee, bound_by, bound_at) values ('oc_committee', 'unit', 'committee', 'test', 0)",
  )
  return store
}

async function onServer(url: string): Promise<TestStore> {
  const { db, client } = openRemote({ url, fetch, wait: timer, random: randomBytes })
  await migrate(client, new Date(0))
  return { db, client, path: url, trips: { reads: 0, writes: 0 }, close: () => client.close() }
}

function aProcess(url: string) {
  const child = fork(new URL('clock.ts', import.meta.url), [url])
  onTestFinished(() => void child.kill('SIGKILL'))
  return async (at: Date): Promise<string[]> => {
    child.send(at.getTime())
    const [runs] = await once(child, 'message')
    return runs as string[]
  }
}

/** Everything that the jobs brought about. */
async function effects({ client }: TestStore): Promise<string[]> {
  const { rows } = await client.execute(`
    select 'message ' || occasion || ' > ' || to_id || ' ' || due_at as it from outbox
    union all select 'run ' || job || ' ' || slot || ' ' || is_late from job_runs
    union all select 'alerts ' || count(*) from alerts
    union all select 'audit ' || count(*) from audit
    union all select 'assessments ' || count(*) from assessments
    order by it`)
  return rows.map(({ it }) => String(it))
}

// T19: two processes on one server, 40 (1,000) jobs: each once, and the same as one clock's
test('two processes at one moment do each job once', async ({ task }) => {
  const sqld = await startSqld()
  onTestFinished(() => sqld.stop())
  const [shared, single] = [await owing(await onServer(sqld.url)), await owing(await aStore())]
  const clocks = [aProcess(sqld.url), aProcess(sqld.url)] as const
  const [done, byOne, wanted]: [string[], string[], string[]] = [[], [], []]
  let strikes = 0
  for (let on = FIRST_DAY; wanted.length < JOBS; on = addDays(on, 1))
    for (const time of TIMES) {
      const at = moment(on, time)
      const due = await tick(single.db, at, () => {})
      const [first, second] = await Promise.all([clocks[0](at), clocks[1](at)])
      wanted.push(...due.map(({ name, slot }) => `${name} ${slot.toISOString()}`))
      done.push(...first, ...second)
      byOne.push(...first)
      strikes++
    }
  expect(done.sort()).toEqual(wanted.sort())
  expect(await effects(shared)).toEqual(await effects(single))
  expect((await effects(shared)).filter((one) => /^message (score|order) /.test(one)).length).toBeGreaterThan(1)
  proved(
    task,
    'T19',
    `two processes, one server, ${strikes} moments: ${done.length} jobs, ${new Set(done).size} different, ${byOne.length} by the first and ${done.length - byOne.length} by the second`,
  )
})

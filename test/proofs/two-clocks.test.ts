import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openRemote } from '../../db/store/remote.ts'
import { addDays, moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { timer } from '../../src/node-host.ts'
import { aBranch } from '../harness/branch.ts'
import { aStore, emptyFile, type TestStore } from '../harness/database.ts'
import { inOneFile } from '../harness/in-one-file.ts'
import { askOnly } from '../harness/rulebook.ts'
import { startSqld } from '../harness/sqld.ts'
import type { Strike } from './clock.ts'
import { proved, sized } from './sizes.ts'

const JOBS = sized(40, 1_000)
const STOPS = sized(6, 200)
/** The lease of a job that a process left without a word is over by then. */
const TAKEN_OVER_MS = 60_000
/** The first working day of a quarter: the scores of the last one are posted. */
const FIRST_DAY = '2026-10-08'
/** The times at which some job has a slot. */
const TIMES = ['00:10', '03:17', '09:00', '09:10', '09:15', '09:20', '09:25', '09:30', '09:40']

const script = await inOneFile(new URL('clock.ts', import.meta.url))
afterAll(() => script.remove())

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
  return { db, client, path: url, trips: { reads: 0, writes: 0 }, close: () => client.close() }
}

/** A process with a clock: `strike` gives its runs, or null where it stopped on its way. */
function aProcess(url: string) {
  const child = fork(script.path, [url])
  onTestFinished(() => void child.kill('SIGKILL'))
  const heard = async () => {
    const [said] = await once(child, 'message')
    return said === 'stopped' ? null : (said as string[])
  }
  return {
    strike(strike: Strike) {
      child.send(strike)
      return heard()
    },
    goOn() {
      child.send('go on')
      return heard()
    },
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Everything that the jobs brought about; without the moments, where they were done at several. */
async function effects({ client }: TestStore, hasMoments = true): Promise<string[]> {
  const { rows } = await client.execute(`
    select 'message ' || occasion || ' > ' || to_id ${hasMoments ? "|| ' ' || due_at" : ''} as it from outbox
    union all select 'run ' || job || ' ' || slot || ' ' || is_late from job_runs
    union all select 'alerts ' || count(*) from alerts
    union all select 'audit ' || count(*) from audit
    union all select 'assessments ' || count(*) from assessments
    order by it`)
  return rows.map(({ it }) => String(it))
}

// T19: two processes on one server, 40 (1,000) jobs: each once, and the same as one clock's
test('two processes at one moment do each job once', async ({ task }) => {
  const sqld = await startSqld({ holds: await emptyFile() })
  onTestFinished(() => sqld.stop())
  const [shared, single] = [await owing(await onServer(sqld.url)), await owing(await aStore())]
  const clocks = [aProcess(sqld.url), aProcess(sqld.url)]
  const [done, byOne, wanted]: [string[], string[], string[]] = [[], [], []]
  let strikes = 0
  for (let on = FIRST_DAY; wanted.length < JOBS; on = addDays(on, 1))
    for (const time of TIMES) {
      const at = moment(on, time)
      const due = await tick(single.db, at, () => {})
      const [first, second] = await Promise.all(clocks.map((clock) => clock.strike({ at: at.getTime() })))
      wanted.push(...due.map(({ name, slot }) => `${name} ${slot.toISOString()}`))
      done.push(...(first ?? []), ...(second ?? []))
      byOne.push(...(first ?? []))
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

// T14: 6 (200) processes killed or held up within a job: done in 60 s by the other, nothing twice
test('a job left in its midst is done by the other, once', async ({ task }) => {
  const sqld = await startSqld({ holds: await emptyFile() })
  onTestFinished(() => sqld.stop())
  const [shared, single] = [await owing(await onServer(sqld.url)), await owing(await aStore())]
  const other = aProcess(sqld.url)
  let one = aProcess(sqld.url)
  const [done, wanted]: [string[], string[]] = [[], []]
  let [killed, heldUp, nth] = [0, 0, 0]
  for (let on = FIRST_DAY; killed + heldUp < STOPS; on = addDays(on, 1))
    for (const time of TIMES) {
      const at = moment(on, time)
      const due = await tick(single.db, at, () => {})
      wanted.push(...due.map(({ name, slot }) => `${name} ${slot.toISOString()}`))
      nth++
      const early = await one.strike({ at: at.getTime(), stopsAt: { write: 1 + (nth % 4), isBehind: nth % 2 === 0 } })
      if (early) {
        done.push(...early)
        continue
      }
      if (nth % 3 === 0) {
        await one.kill()
        killed++
      }
      done.push(...((await other.strike({ at: at.getTime() + TAKEN_OVER_MS })) ?? []))
      if (nth % 3 === 0) one = aProcess(sqld.url)
      else {
        // It comes to itself, and writes on as if nothing had been.
        done.push(...((await one.goOn()) ?? []))
        heldUp++
      }
    }
  // A killed process no longer tells of the runs that it had finished; the effects show those, too.
  expect(done).toHaveLength(new Set(done).size)
  expect(wanted).toEqual(expect.arrayContaining(done))
  expect(await effects(shared, false)).toEqual(await effects(single, false))
  proved(task, 'T14', `two processes, one server: ${killed} killed and ${heldUp} held up in a job, the other did it within 60 s, 0 twice`)
})

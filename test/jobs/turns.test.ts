import { expect, test } from 'vitest'
import { say } from '../../cards/home/say.ts'
import { type Db, LeaseLost, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { addMinutes, moment } from '../../src/calendar.ts'
import { createRunner } from '../../src/clock/runner.ts'
import { dueRuns, takeTurn, tick } from '../../src/clock/schedule.ts'
import { readConfig } from '../../src/config.ts'
import { hostOf } from '../../src/host.ts'
import { purseOf, shareOf, type Turn } from '../../src/jobs/budget.ts'
import type { Job, JobContext } from '../../src/jobs/job.ts'
import { JOB_LEASE_MS, runJob } from '../../src/jobs/run.ts'
import { env } from '../harness/host.ts'
import { manyBranches } from '../harness/jobs.ts'
import { APP, anOutbox } from '../harness/outbox.ts'

const NOW = moment('2026-10-08', '09:30')
const silent = () => {}

let turns = 0
const counted = (requests: number): Turn => ({
  holder: `turn ${++turns}`,
  purse: purseOf({ requests, ms: 20_000 }, () => NOW),
})

test('the scores of 484 branches are posted once, 20 trips a turn', async () => {
  const it = await manyBranches(484)
  await tick(it.db, moment('2026-10-08', '09:29'), silent)
  const ran: string[] = []
  const found: number[] = []
  for (let turn = 0; turn < 10; turn++) {
    const before = { ...it.store.trips }
    const { runs } = await takeTurn(it.db, addMinutes(NOW, turn), silent, counted(20))
    ran.push(...runs.map(({ name }) => name))
    found.push(await it.said('score'))
    expect(it.store.trips.reads + it.store.trips.writes - before.reads - before.writes).toBeLessThanOrEqual(22)
  }
  expect(ran).toEqual(['post-scores'])
  expect(found.at(0)).toBeGreaterThan(0)
  expect(found.at(0)).toBeLessThan(484)
  expect(found.at(-1)).toBe(484)
  expect(await it.said('order')).toBe(1)
})

test('an idle turn takes one trip', async () => {
  const it = await manyBranches(2)
  await tick(it.db, NOW, silent)
  const before = { ...it.store.trips }
  expect(await takeTurn(it.db, addMinutes(NOW, 1), silent, counted(40))).toEqual({ runs: [], isBusy: false })
  expect(it.store.trips).toEqual({ reads: before.reads + 1, writes: before.writes })
})

/** Ten lots, each of which says one thing; `between` runs while the lot is made. */
const tenLots = (between: (nth: number) => Promise<unknown> = async () => {}): Job =>
  async function* ({ db, from }) {
    for (let nth = Number(from ?? 0); nth < 10; nth++) {
      await between(nth)
      yield { statements: [sayOf(db, nth, `${nth}`)], cursor: String(nth + 1) }
    }
  }

const sayOf = (db: Db, nth: number, more: string) =>
  enqueue(db, { occasion: `lot ${nth} ${more}`, to: { chat: 'oc' }, ...say.args({ zh: '好', en: 'good' }), dueAt: NOW }) as never

const running = (db: Db, job: Job, turn: Turn, now = NOW) =>
  runJob({ db, unpaid: db, job, name: 'lots', slot: NOW, now, isLate: false, turn, isKept: true } satisfies Parameters<typeof runJob>[0])

const lots = async (it: Awaited<ReturnType<typeof manyBranches>>) =>
  (await it.client.execute("select occasion from outbox where occasion like 'lot %' order by occasion")).rows.map(
    ({ occasion }) => occasion,
  )

test('a job killed between lots goes on after a minute', async () => {
  const it = await manyBranches(2)
  const killed = new Promise<void>(() => {})
  void running(
    it.db,
    tenLots((nth) => (nth === 4 ? killed : Promise.resolve())),
    { holder: 'killed' },
  )
  await expect.poll(() => lots(it)).toHaveLength(4)
  expect(await running(it.db, tenLots(), { holder: 'early' }, addMinutes(NOW, 0.9))).toBe(false)
  const made: number[] = []
  const after = new Date(NOW.getTime() + JOB_LEASE_MS)
  expect(
    await running(
      it.db,
      tenLots(async (nth) => made.push(nth)),
      { holder: 'next' },
      after,
    ),
  ).toBe(true)
  expect(made).toEqual([4, 5, 6, 7, 8, 9])
  expect(await lots(it)).toHaveLength(10)
  expect(
    await running(
      it.db,
      tenLots(async (nth) => made.push(nth)),
      { holder: 'third' },
      after,
    ),
  ).toBe(false)
  expect(made).toHaveLength(6)
})

test('a holder who was replaced writes nothing more', async () => {
  const it = await manyBranches(2)
  let stall = () => {}
  const stalled = new Promise<void>((go) => {
    stall = go
  })
  const old: Job = async ({ db }: JobContext) => {
    await stalled
    await together(db, [sayOf(db, 1, 'of the old holder')])
  }
  const first = running(it.db, old, { holder: 'old' })
  expect(await running(it.db, tenLots(), { holder: 'new' }, new Date(NOW.getTime() + JOB_LEASE_MS))).toBe(true)
  stall()
  await expect(first).rejects.toBeInstanceOf(LeaseLost)
  expect(await lots(it)).toEqual(Array.from({ length: 10 }, (_, nth) => `lot ${nth} ${nth}`))
})

test('a share is paid from the purse it was taken from', () => {
  const purse = purseOf({ requests: 40, ms: 20_000 }, () => NOW)
  const share = shareOf(purse, 0.5, NOW)
  for (let spent = 0; spent < 20; spent++) share.spend()
  expect([share.left(), purse.left()]).toEqual([0, 20])
})

test('messages due one after the other leave the jobs their time', async () => {
  const it = await anOutbox()
  const purse = purseOf({ requests: 800, ms: 20_000 }, it.clock)
  const host = hostOf(readConfig({ ...env('http://feishu', ':memory:', 8787), LARK_APP_ID: APP.appId, LARK_APP_SECRET: APP.appSecret }), {
    ...it,
    fetch: it.feishu.fetch as typeof fetch,
    wait: (ms, then) => {
      it.advance(ms)
      setImmediate(then)
      return () => {}
    },
    after: () => {},
    gatherMs: 0,
    purse,
  })
  for (let second = 0; second < 30; second++) {
    const dueAt = new Date(it.clock().getTime() + second * 1_000)
    await it.say({ occasion: `second ${second}`, args: { zh: '好', en: 'Good' }, dueAt })
  }
  await host.turn()
  expect(it.shown().length).toBeGreaterThan(5)
  expect(await dueRuns(it.db, it.clock())).toEqual([])
})

test('a run of the outbox ends at its deadline, whoever kicks', async () => {
  let now = 0
  const runner = createRunner({
    next: async () => new Date(0),
    deliver: async (ms) => {
      now += Math.min(ms, 7_000)
      void runner.kick()
      return 1
    },
    clock: () => new Date(now),
    wait: (_ms, then) => {
      then()
      return () => {}
    },
    gatherMs: 0,
    until: () => 20_000,
    endsAt: () => Number.POSITIVE_INFINITY,
    failed: () => {},
  })
  await runner.kick()
  expect(now).toBe(20_000)
})

import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Client } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { type Db, type Gate, together } from '../../db/client.ts'
import { openFile } from '../../db/store/file.ts'
import { openRemote } from '../../db/store/remote.ts'
import { renderMessage } from '../../src/bot.ts'
import { addMinutes, moment } from '../../src/calendar.ts'
import { takeTurn } from '../../src/clock/schedule.ts'
import { gatheringReads } from '../../src/feishu/delivery/gathered-reads.ts'
import { bulk } from '../../src/generate/bulk.ts'
import { generate } from '../../src/generate/unit.ts'
import { type Budget, purseOf } from '../../src/jobs/budget.ts'
import { startSqld } from '../harness/sqld.ts'
import { row } from './report.ts'
import { digestsInWorkerd, load, morningInWorkerd } from './workerd.ts'

/**
 * The clock at the size of a large unit: `npm run bench:size -- --branches 484,2000 --trip 20`. Every round trip to the server waits that
 * many milliseconds more. The edge is the same code with its two budgets: its turns are counted, each of which is a minute. In workerd
 * the bundled Worker lives through a morning in real turns. At last it sends `--digests 10000` that are due at once. `--on workerd` runs
 * it alone.
 */
const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '484,2000' },
    trip: { type: 'string', default: '20' },
    digests: { type: 'string', default: '10000' },
    on: { type: 'string', default: 'file,sqld,workerd' },
  },
})
const TRIP_MS = Number(values.trip)
const DIGESTS = Number(values.digests)
const isAsked = (host: string) => values.on.split(',').includes(host)

const BEFORE = moment('2026-12-31', '18:00')
const SCORES_ON = moment('2027-01-04', '09:30')
const FREE: Budget = { requests: 40, ms: 20_000 }
const PAID: Budget = { requests: 800, ms: 20_000 }

interface Side {
  name: string
  db: Db
  trips(): number
  close(): unknown
}

function counted(name: string, db: Db, waitMs: number, close: () => unknown): Side {
  let trips = 0
  const { gate } = db
  const later =
    <A extends unknown[], R>(ask: (...asked: A) => Promise<R>) =>
    async (...asked: A): Promise<R> => {
      trips++
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs))
      return ask(...asked)
    }
  const slow: Gate = { ...gate, read: later(gate.read), write: later(gate.write) }
  return { name, db: Object.create(db, { gate: { value: slow } }) as Db, trips: () => trips, close }
}

/** The generated unit with a chat for each branch and committee. */
async function fill(db: Db, branches: number, isWhole = true) {
  await generate(db, { seed: 1, branches, until: BEFORE, isWhole })
  const chats = (from: string, column: string) => ({
    sql: `insert into chats (chat_id, unit, ${column}, bound_by, bound_at) select 'oc_' || id, unit, id, 'bench', 0 from ${from}`,
    args: [],
    map: () => undefined,
  })
  await together(db, [chats('branches', 'branch'), chats('committees', 'committee')])
}

async function measured(side: Side, what: string, goal: string, work: () => Promise<unknown>) {
  const [began, before] = [performance.now(), side.trips()]
  const more = await work()
  const [ms, trips] = [performance.now() - began, side.trips() - before]
  console.log(
    row(
      side.name,
      what.padStart(26),
      `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`,
      `${trips} trips`,
      goal,
      String(more ?? ''),
      load(),
    ),
  )
}

/** Turns minute after minute until nothing is left; returns how many it took. */
async function turnsUntilDone({ db }: Side, at: Date, budget: Budget | null): Promise<string> {
  for (let nth = 0; ; nth++) {
    const now = addMinutes(at, nth)
    const purse = budget ? purseOf(budget, () => new Date()) : undefined
    const cutOff: unknown[] = []
    await takeTurn(
      db,
      now,
      (event) => void (event.cutOff || event.level === 'error' ? cutOff.push(event.error ? `${event.job}: ${event.error}` : 1) : 0),
      {
        holder: `${nth}`,
        purse,
      },
    )
    if (cutOff.some((one) => typeof one === 'string')) throw new Error(`a job failed: ${cutOff}`)
    if (cutOff.length === 0 && !(purse && purse.left() === 0)) return `${nth + 1} turns`
  }
}

async function digestsRendered({ db }: Side, isFar: boolean): Promise<string> {
  const { rows } = await sent(db)
  const from = isFar ? gatheringReads(db) : db
  const people = rows.slice(0, 200)
  for (let first = 0; first < people.length; first += 50)
    await Promise.all(people.slice(first, first + 50).map((args) => renderMessage(from, 'digest', args, SCORES_ON, {} as never)))
  return `${people.length} digests of ${rows.length}`
}

async function sent(db: Db): Promise<{ rows: Record<string, unknown>[] }> {
  const [result] = await db.gate.read([
    { sql: "select args from outbox where view = 'digest' and state = 'waiting'", args: [], map: () => undefined },
  ])
  return { rows: (result?.rows ?? []).map(({ args }) => JSON.parse(String(args)) as Record<string, unknown>) }
}

async function bench(side: Side, branches: number) {
  await turnsUntilDone(side, addMinutes(SCORES_ON, -31), null)
  await measured(side, 'first digests', branches > 1_000 && side.name !== 'file' ? '<= 25 s' : '', () =>
    turnsUntilDone(side, addMinutes(SCORES_ON, -30), null),
  )
  await measured(side, '200 digests made', '<= 0.5 trips each', () => digestsRendered(side, side.name !== 'file'))
  await turnsUntilDone(side, addMinutes(SCORES_ON, -1), null)
  await measured(side, 'post-scores', side.name === 'file' ? '' : branches > 1_000 ? '<= 15 s, 500' : '<= 5 s', () =>
    turnsUntilDone(side, SCORES_ON, null),
  )
  await turnsUntilDone(side, addMinutes(SCORES_ON, 15), null)
  await idle(side)
}

/** The median of many turns in which there is nothing to do. */
async function idle(side: Side) {
  const [times, before] = [[] as number[], side.trips()]
  for (let nth = 0; nth < IDLE_TURNS; nth++) {
    const began = performance.now()
    await turnsUntilDone(side, addMinutes(SCORES_ON, 16), null)
    times.push(performance.now() - began)
  }
  const median = times.sort((a, b) => a - b)[IDLE_TURNS / 2] ?? Number.NaN
  const goal = side.name === 'file' ? '<= 5 ms, 2 trips' : '2 trips'
  console.log(
    row(side.name, 'idle turn'.padStart(26), `${median.toFixed(1)} ms`, `${(side.trips() - before) / IDLE_TURNS} trips`, goal, '', load()),
  )
}

const IDLE_TURNS = 20

/** The morning of a quarter's first working day, again and again at a plan's budget. */
async function edge(side: Side, name: string, budget: Budget) {
  await beforeMorning(side)
  await measured({ ...side, name }, 'digests, scores and all', '', () => turnsUntilDone(side, addMinutes(SCORES_ON, 0), budget))
}

async function beforeMorning(side: Side) {
  const wiped = ['job_runs', 'outbox', 'alerts', 'assessments'].map((table) => ({
    sql: `delete from ${table}`,
    args: [],
    map: () => undefined,
  }))
  await together(side.db, [
    ...wiped,
    ...bulk('job_runs', ['job', 'slot', 'ran_at', 'is_late'], [['post-scores', moment('2026-10-09').getTime(), 0, 0]]),
  ])
  await turnsUntilDone(side, addMinutes(SCORES_ON, -31), null)
}

async function onFile(branches: number) {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-size-'))
  const store = await openFile(`file:${join(folder, 'size.db')}`, BEFORE, 'death')
  try {
    await fill(store.db, branches)
    await bench(counted('file', store.db, 0, store.close), branches)
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A unit is made in a file, and a server goes on with that file. Over HTTP the making took longer than the measuring. */
async function onServer(
  make: (db: Db) => Promise<unknown>,
  use: (server: { databaseUrl: string; db: Db; client: Client }) => Promise<unknown>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-size-'))
  const path = join(folder, 'size.db')
  const store = await openFile(`file:${path}`, BEFORE, 'death')
  await make(store.db)
  await store.client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  store.close()
  const holds = readFileSync(path)
  rmSync(folder, { recursive: true, force: true })
  const sqld = await startSqld({ holds })
  try {
    const wait = (ms: number, then: () => void) => setTimeout(then, ms)
    const { db, client } = openRemote({ url: sqld.url, fetch, wait, random: (bytes) => randomBytes(bytes) })
    await use({ databaseUrl: sqld.url, db, client })
    client.close()
  } finally {
    await sqld.stop()
  }
}

const made = (name: string, db: Db) => counted(name, db, 0, () => {})

for (const branches of values.branches.split(',').filter(Boolean).map(Number)) {
  console.log(`\n${branches} branches, ${TRIP_MS} ms added to each trip to the server, ${availableParallelism()} cores`)
  if (isAsked('file')) await onFile(branches)
  if (isAsked('sqld'))
    await onServer(
      (db) => fill(db, branches),
      async ({ db, client }) => {
        const far = counted('sqld', db, TRIP_MS, () => client.close())
        await bench(far, branches)
        await edge(far, 'edge, free', FREE)
        await edge(far, 'edge, paid', PAID)
      },
    )
  if (isAsked('workerd'))
    await onServer(
      async (db) => {
        await fill(db, branches)
        await beforeMorning(made('file', db))
      },
      ({ databaseUrl, client }) => {
        const morning = { digestsAt: addMinutes(SCORES_ON, -30), scoresAt: SCORES_ON, isLarge: branches > 1_000 }
        return morningInWorkerd({ databaseUrl, client, tripMs: TRIP_MS }, morning)
      },
    )
}

/** A branch of the generated unit has 1.3 people with a digest on the first day. */
const BRANCHES_A_DIGEST = 0.8

if (isAsked('workerd') && DIGESTS > 0) {
  const branches = Math.ceil(DIGESTS * BRANCHES_A_DIGEST)
  console.log(`\n${DIGESTS} digests due at once, a unit of ${branches} branches, ${TRIP_MS} ms added to each trip`)
  const [enqueued, from] = [moment('2027-01-05', '09:00'), moment('2027-01-05', '10:00')]
  await onServer(
    async (db) => {
      await fill(db, branches, false)
      for (const at of [addMinutes(enqueued, -1), enqueued, addMinutes(from, -1)]) await turnsUntilDone(made('file', db), at, null)
      const digests = sql`select id from outbox where view = 'digest' and state = 'waiting' order by id limit ${DIGESTS}`
      await db.run(sql`delete from outbox where id not in (${digests})`)
      await db.run(sql`update outbox set due_at = ${from.getTime()}`)
    },
    ({ databaseUrl, client }) => digestsInWorkerd({ databaseUrl, client, tripMs: TRIP_MS }, DIGESTS, from),
  )
}

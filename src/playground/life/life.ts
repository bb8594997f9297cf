import { AsyncLocalStorage } from 'node:async_hooks'
import { openFile } from '../../../db/store/file.ts'
import type { Config } from '../../config.ts'
import { hostOf } from '../../host.ts'
import { chance, timer } from '../../node-host.ts'
import type { DeathMoment } from '../faults.ts'
import { brokenReply } from '../feishu/api-faults.ts'
import { countRows, type Written, writeHeader } from '../feishu/written.ts'
import { sendingsOfJobs } from './causes.ts'

interface LifeDeps {
  clock(): Date
  log(event: Record<string, unknown>): unknown
  /** The process asks this where it may die; `true` kills it there. */
  diesAt(moment: DeathMoment): boolean
  /** Keeps what the language model was sent; returns its place. */
  assisted(body: unknown): number
  /** Hears of each message that a job of the clock wants sent: the job's name and the sending's uuid. */
  caused(job: string, uuid: string): void
}

export type Life = Awaited<ReturnType<typeof beginLife>>

/**
 * The product lives from its start to its end on one store. It can die at once, as a killed process does.
 * Work under way then never returns, timers never ring, memory is gone. The next life gets the store alone.
 */
export async function beginLife(config: Config, { clock, log, diesAt, caused, assisted }: LifeDeps) {
  const store = await openFile(config.DATABASE_URL, clock(), 'death')
  const tallies = new AsyncLocalStorage<Written>()
  const behind = new Set<Promise<unknown>>()
  const never = new Promise<never>(() => {})
  let isDead = false
  let connectionBreaks = () => {}
  const death = new Promise<void>((resolve) => {
    connectionBreaks = resolve
  })

  async function whileAlive<T>(work: () => Promise<T>): Promise<T> {
    if (isDead) return never
    try {
      const done = await work()
      return isDead ? never : done
    } catch (error) {
      return isDead ? never : Promise.reject(error)
    }
  }

  const { gate } = store.db
  type Statements = Parameters<typeof gate.write>[0]
  const counted = (way: typeof gate.read, isWriting: boolean) => (statements: Statements) =>
    whileAlive(async () => {
      const tally = tallies.getStore()
      if (tally) tally.trips += 1
      const results = await way(statements)
      if (isWriting) for (const [job, uuid] of sendingsOfJobs(statements)) caused(job, uuid)
      if (!tally || !isWriting) return results
      for (const [at, { rowsAffected, rows }] of results.entries()) {
        const { sql = '', args = [] } = statements[at] ?? {}
        countRows(tally, sql, args, rowsAffected || rows.length)
      }
      if (statements.some(({ sql }) => /^insert into "?outbox\b/i.test(sql)) && diesAt('committed')) kill()
      return results
    })
  const wipe: typeof gate.wipe = (what) => whileAlive(async () => gate.wipe?.(what))
  const watched: typeof gate = { ...gate, read: counted(gate.read, false), write: counted(gate.write, true), wipe }

  const after = (work: Promise<unknown>) => {
    const settled = work.catch(() => {}).finally(() => behind.delete(settled))
    behind.add(settled)
  }
  const host = hostOf(config, {
    db: Object.create(store.db, { gate: { value: watched } }) as typeof store.db,
    fetch: (input, init) =>
      whileAlive(async () => {
        const tally = tallies.getStore()
        if (tally && config.ASSIST_URL && String(input).startsWith(config.ASSIST_URL)) tally.assist = assisted(init?.body)
        const answer = await fetch(input, init)
        if (init?.method !== 'GET' && String(input).includes('/im/v1/messages') && diesAt('sent')) kill()
        return answer
      }),
    clock,
    random: chance,
    wait: (ms, then) => timer(ms, () => void (isDead || then())),
    after,
    log: (event) => void (isDead || log(event)),
    gatherMs: 20,
  })
  let turning = Promise.resolve()
  const turn = () => {
    turning = host.turn().catch((error) => void (isDead || log({ level: 'error', at: 'tick', error: String(error?.name) })))
  }
  let minutes: NodeJS.Timeout | undefined

  /** The connection stays open: the next life gets a copy of the files, and nothing reads this one. */
  function kill() {
    isDead = true
    clearInterval(minutes)
    connectionBreaks()
  }

  return {
    host,
    /** Resolves when this life dies. */
    death,
    /** Runs a turn at once, to catch up with missed jobs, and then one each minute. */
    turns() {
      minutes = setInterval(turn, 60_000)
      turn()
    },
    /** Answers a request as the product; a caller waiting at its death sees the connection break. */
    async fetch(request: Request): Promise<Response> {
      const tally: Written = { trips: 0, rows: {}, deeds: [] }
      const work = tallies.run(tally, async () => host.app.fetch(request))
      after(work)
      const answer = await Promise.race([death.then(brokenReply), work])
      if (!isDead) writeHeader(answer.headers, tally)
      return answer
    },
    async end(): Promise<void> {
      clearInterval(minutes)
      await turning
      while (behind.size > 0) await Promise.all(behind)
      await host.runner.kick()
      store.close()
    },
  }
}

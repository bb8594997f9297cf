import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { lookUp } from '../../../db/client.ts'
import { waitingRows } from '../../../db/ledgers/outbox.ts'
import { addMinutes } from '../../calendar.ts'
import type { Config } from '../../config.ts'
import type { Text } from '../../text.ts'
import type { BotFaults, Death, DeathMoment } from '../faults.ts'
import { brokenReply } from '../feishu/api-faults.ts'
import { beginLife, type Life } from './life.ts'
import { seatsOf } from './seats.ts'
import { travel } from './travel.ts'

/** A supervisor takes about this long to notice a dead process. */
const RESTART_MS = 700

/** The first process opens this file. A unit that lies there already is its own. */
export const FIRST_FILE = 'first.db'

interface LivesDeps {
  config: Config
  folder: string
  clock(): Date
  setClock(to: Date): void
  log(event: Record<string, unknown>): unknown
  botFaults: BotFaults
  caused(job: string, uuid: string): void
  assisted(body: unknown): number
  /** The length of the wire log so far. */
  calls(): number
}

/** One process after another on one store. After a switched-on death the next begins on the files left behind. */
export async function createLives({ config, folder, clock, setClock, log, botFaults, calls, ...heard }: LivesDeps) {
  const deaths: Death[] = []
  let database = join(folder, FIRST_FILE)
  let isOver = false
  let life: Life | undefined
  let next = startLife()
  let going = Promise.resolve()

  async function startLife(): Promise<Life> {
    life = await beginLife({ ...config, DATABASE_URL: `file:${database}` }, { clock, log, diesAt, ...heard })
    return life
  }

  function diesAt(moment: DeathMoment): boolean {
    if (botFaults.death !== moment) return false
    botFaults.death = undefined
    life = undefined
    database = copyFiles(database, join(folder, `after-${deaths.length}.db`))
    next = restart({ at: clock(), moment, calls: calls() })
    return true
  }

  async function restart(death: Death): Promise<Life> {
    deaths.push(death)
    await pause(RESTART_MS)
    const begun = await startLife()
    death.restarted = { at: clock(), waiting: await waiting(0) }
    if (!isOver) begun.turns()
    return begun
  }

  async function waiting(minutes = 60): Promise<number> {
    if (!life) return 0
    const { db } = life.host.deps
    const [rows] = await lookUp(db, [waitingRows(db, addMinutes(clock(), minutes), 500)]).catch(() => [[]])
    return rows.length
  }

  /** A process that dies on the way is followed by another. */
  async function advance(to: Date): Promise<void> {
    while (clock() < to && !isOver) {
      const { host, death } = await next
      await Promise.race([travel({ host, clock, setClock: setClockUnlessOver, log }, to), death])
    }
  }
  function setClockUnlessOver(to: Date): void {
    if (isOver) throw new Error('这一局已经结束 · this world is over')
    setClock(to)
  }

  /** Asks the store of the life there is; a dead one answers nothing. */
  async function asked<T>(question: (db: Life['host']['deps']['db']) => Promise<T>, without: T): Promise<T> {
    return life ? question(life.host.deps.db).catch(() => without) : without
  }

  const { host, turns } = await next
  return {
    deaths,
    db: host.deps.db,
    turns,
    waiting: () => waiting(),
    seatsOf: (openIds: readonly string[]) => asked((db) => seatsOf(db, openIds), new Map<string, Text>()),
    moveClock(to: Date): Promise<void> {
      const gone = going.then(() => advance(to))
      going = gone.catch(() => {})
      return gone
    },
    product: async (request: Request): Promise<Response> => life?.fetch(request) ?? brokenReply(),
    /** The store closes only when no work is under way. */
    async end(): Promise<void> {
      isOver = true
      await going
      const last = await next
      life = undefined
      await last.end()
    },
  }
}

/** Copies the files as they are now: a killed process leaves these, whatever its connection would still have done. */
function copyFiles(database: string, to: string): string {
  for (const suffix of ['', '-wal']) if (existsSync(database + suffix)) copyFileSync(database + suffix, to + suffix)
  return to
}

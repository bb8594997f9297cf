import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { lookUp } from '../../../db/client.ts'
import { waitingRows } from '../../../db/ledgers/outbox.ts'
import { addMinutes } from '../../calendar.ts'
import type { Config } from '../../config.ts'
import type { Death, DeathMoment, Hitches } from '../faults.ts'
import { brokenReply } from '../feishu/injected.ts'
import { beginLife, type Life } from './life.ts'
import { travel } from './travel.ts'

/** A supervisor takes about this long to notice a dead process. */
const RESTART_MS = 700

interface LivesDeps {
  config: Config
  folder: string
  clock(): Date
  setClock(to: Date): void
  log(event: Record<string, unknown>): unknown
  hitches: Hitches
  /** The length of the wire log so far. */
  calls(): number
}

/** One process after another on one store. After a switched-on death the next begins on the files left behind. */
export async function createLives({ config, folder, clock, setClock, log, hitches, calls }: LivesDeps) {
  const deaths: Death[] = []
  let database = join(folder, 'first.db')
  let isOver = false
  let life: Life | undefined
  let next = live()
  let going = Promise.resolve()

  async function live(): Promise<Life> {
    life = await beginLife({ ...config, DATABASE_URL: `file:${database}` }, { clock, log, fatal })
    return life
  }

  function fatal(moment: DeathMoment): boolean {
    if (hitches.death !== moment) return false
    hitches.death = undefined
    life = undefined
    database = leftBy(database, join(folder, `after-${deaths.length}.db`))
    next = again({ at: clock(), moment, calls: calls() })
    return true
  }

  async function again(death: Death): Promise<Life> {
    deaths.push(death)
    await pause(RESTART_MS)
    const begun = await live()
    death.restarted = { at: clock(), waiting: await waiting(0) }
    if (!isOver) begun.turns()
    return begun
  }

  async function waiting(minutes = 60): Promise<number> {
    if (!life) return 0
    const { db } = life.host.world
    const [rows] = await lookUp(db, [waitingRows(db, addMinutes(clock(), minutes), 500)]).catch(() => [[]])
    return rows.length
  }

  /** A process that dies on the way is followed by another. */
  async function go(to: Date): Promise<void> {
    while (clock() < to && !isOver) {
      const { host, over } = await next
      await Promise.race([travel({ host, clock, setClock: moved, log }, to), over])
    }
  }
  function moved(to: Date): void {
    if (isOver) throw new Error('这一局已经结束 · this world is over')
    setClock(to)
  }

  const { host, turns } = await next
  return {
    deaths,
    db: host.world.db,
    turns,
    waiting: () => waiting(),
    moveClock(to: Date): Promise<void> {
      const gone = going.then(() => go(to))
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
function leftBy(database: string, to: string): string {
  for (const suffix of ['', '-wal']) if (existsSync(database + suffix)) copyFileSync(database + suffix, to + suffix)
  return to
}

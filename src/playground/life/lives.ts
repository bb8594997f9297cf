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

/** As long as it takes whoever watches over a process to notice. */
const RESTART_MS = 700

interface LivesDeps {
  config: Config
  folder: string
  clock(): Date
  setClock(to: Date): void
  log(event: Record<string, unknown>): unknown
  hitches: Hitches
  /** How much went over the wire so far. */
  calls(): number
}

/** One process after the other on one store: where a death is switched on, the next begins on the files that it left. */
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
    const { db } = life.host.deps
    const [rows] = await lookUp(db, [waitingRows(db, addMinutes(clock(), minutes), 500)]).catch(() => [[]])
    return rows.length
  }

  /** Whoever dies on the way is followed by another. */
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
    db: host.deps.db,
    turns,
    waiting: () => waiting(),
    moveClock(to: Date): Promise<void> {
      const gone = going.then(() => go(to))
      going = gone.catch(() => {})
      return gone
    },
    product: async (request: Request): Promise<Response> => life?.fetch(request) ?? brokenReply(),
    /** Nothing may be under way when its store is closed. */
    async end(): Promise<void> {
      isOver = true
      await going
      const last = await next
      life = undefined
      await last.end()
    },
  }
}

/** The files as they stand at this instant: all that a killed process leaves, whatever its connection would still have done. */
function leftBy(database: string, to: string): string {
  for (const suffix of ['', '-wal']) if (existsSync(database + suffix)) copyFileSync(database + suffix, to + suffix)
  return to
}

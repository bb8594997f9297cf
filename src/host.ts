import type { Hono } from 'hono'
import { sealingWith } from '../db/ballots/sealing.ts'
import { adminOpenIds } from '../db/branches/seats.ts'
import type { Db } from '../db/client.ts'
import { firstWaiting } from '../db/ledgers/outbox.ts'
import { type AppDeps, createApp, newId } from './app.ts'
import { renderMessage } from './bot.ts'
import { createEnding } from './clock/ending.ts'
import { createRunner, type Runner } from './clock/runner.ts'
import type { Config } from './config.ts'
import { createFeishuClient } from './feishu/api/client.ts'
import type { DeliveryDeps } from './feishu/delivery/deps.ts'
import { gatheringReads } from './feishu/delivery/gathered-reads.ts'
import { emptiedBy, failureSaid, type Purse, payingFrom, purseOf, shareOf } from './jobs/budget.ts'
import type { SheetsOf } from './spreadsheet/read.ts'
import { addressBook, pagesAt } from './web/address.ts'

/** Everything that differs between a Node process, a Worker and a test. */
export interface HostDeps {
  db: Db
  fetch: typeof fetch
  clock(): Date
  random(bytes: number): Uint8Array
  wait(ms: number, then: () => void): () => void
  after(work: Promise<unknown>): void
  log(event: Record<string, unknown>): void
  /** The outbox gathers kicks for so long: a long-lived process has time for that, a request has none. */
  gatherMs: number
  /** The longest a run of the outbox goes on; without it, until nothing is due. */
  budgetMs?: number
  /** All that this invocation may spend, where the platform counts requests and ends it; `fetch` pays from it too. */
  purse?: Purse
  /** Reads files elsewhere than on the event loop; without it they are read in place. */
  sheetsOf?: SheetsOf
  /** Keeps the bot’s own id between requests. */
  bot?: { openId?: string }
}

export interface Host {
  app: Hono
  deps: AppDeps
  runner: Runner
  /** Does the work that was put off until after an answer: files, imports, counts. Its messages wait in the outbox. */
  catchUp(): Promise<void>
  /** Runs the jobs that are due, then sends the messages that wait. */
  turn(): Promise<void>
  /** Begins no further lot of any job and ends all waits; messages go out until `last`. */
  end(last: Date): void
}

/** The time of a turn’s jobs; what is left goes on in the next. */
const TURN_MS = 20_000

/** The outbox comes first in a turn that is counted, with this part of it. */
const OUTBOX_FIRST = 0.5

/** The round trips that a batch takes besides its sends: picking, making the cards, marking, recording. */
const TRIPS_OF_BATCH = 10

/** Where round trips are counted, this many messages share those of a batch. */
const COUNTED_BATCH = 50

/**
 * Puts the product together, the same on every host. The work behind an answer is imported when it begins, because a Worker that wakes
 * should read little first.
 */
export function hostOf(config: Config, hostDeps: HostDeps): Host {
  const { purse, budgetMs, clock, random, wait, after, log, fetch } = hostDeps
  const db = purse ? payingFrom(hostDeps.db, purse, false) : hostDeps.db
  const feishuClient = createFeishuClient({
    appId: config.LARK_APP_ID,
    appSecret: config.LARK_APP_SECRET,
    domain: config.LARK_DOMAIN,
    fetch,
    clock,
    log: (event) => log({ level: 'warn', at: 'feishu', ...event }),
  })
  const address = addressBook(config.DATA_KEY)
  const box = { sealing: sealingWith(config.DATA_KEY, random), random }
  const pages = pagesAt(config.PUBLIC_URL, address, db, () => newId(random))
  // The cards of a batch share their round trips where each takes a while.
  const readsOfCards = db.gate.isFar ? gatheringReads(db) : db
  const ending = createEnding(wait)
  const deliveryDeps: DeliveryDeps = {
    db,
    feishuClient,
    render: (view, args, now) => renderMessage(readsOfCards, view, args, now, { pages, box }),
    clock,
    sleep: ending.sleep,
    random,
    log: (event) => log({ level: 'info', at: 'outbox', ...event }),
    admins: adminOpenIds,
    batch: purse && COUNTED_BATCH,
    endsAt: ending.at,
    room: purse && (() => Math.floor((outboxShare?.left() ?? purse.left()) - TRIPS_OF_BATCH)),
  }
  /** Set while the outbox has its share before the jobs. */
  let outboxShare: Purse | null = null
  /** Set while the clock turns. Its run waits for the lease of a runner that was killed; the next turn comes only in a minute. */
  let isTurning = false
  const runner = createRunner({
    next: () => firstWaiting(db),
    deliver: async (ms) => {
      const { deliverOutbox, leaseOver } = await import('./feishu/delivery/deliver.ts')
      const budgeted = { ...deliveryDeps, ...(Number.isFinite(ms) ? { budgetMs: ms } : {}) }
      let delivered = await deliverOutbox(budgeted)
      if (delivered.isBusy && isTurning && !ending.hasBegun()) {
        await leaseOver(deliveryDeps)
        delivered = await deliverOutbox(budgeted)
      }
      const { sent, moot, dead } = delivered
      return sent + moot + dead
    },
    clock,
    wait,
    gatherMs: hostDeps.gatherMs,
    until: purse ? () => (outboxShare ?? purse).until : budgetMs ? () => clock().getTime() + budgetMs : undefined,
    endsAt: ending.at,
    failed: (error) => log({ ...failureSaid(error), at: 'outbox' }),
  })
  /** Counting a unit’s pulse takes seconds. A press and the clock that both come to count it take turns. */
  let counting = Promise.resolve()
  /** One file at a time is in memory, whoever comes to read. */
  let reading = Promise.resolve()
  const { download, peopleIn } = feishuClient
  const endless = purseOf({ requests: Number.POSITIVE_INFINITY, ms: Number.POSITIVE_INFINITY }, clock)
  const untilTheEnd = payingFrom(db, emptiedBy(ending.hasBegun, endless), true)
  const filesDeps = { db: untilTheEnd, clock, newId: () => newId(random), download, peopleIn, sheetsOf: hostDeps.sheetsOf }
  /** Failed work is still in the database, and a later turn takes it up again. */
  async function catchUp() {
    const failed = (error: unknown) => log({ ...failureSaid(error), at: 'work' })
    const [{ readFiles }, { importRosters }, { countBallots }] = await Promise.all([
      import('./jobs/read-files.ts'),
      import('./jobs/import-rosters.ts'),
      import('./jobs/count-ballots.ts'),
    ])
    reading = reading.then(() => readFiles(filesDeps)).catch(failed)
    await reading
    await importRosters(untilTheEnd).catch(failed)
    counting = counting.then(() => countBallots({ db: untilTheEnd, box, clock, log })).catch(failed)
    await counting
  }
  const isOver = () => ending.hasBegun() || (purse !== undefined && purse.left() <= 0)
  async function workOff() {
    await catchUp()
    await runner.kick()
  }
  const kept = hostDeps.bot ?? {}
  const { ASSIST_URL: url, ASSIST_KEY: key, ASSIST_MODEL: model } = config
  const deps: AppDeps = {
    db,
    secrets: { appId: config.LARK_APP_ID, encryptKeys: config.LARK_ENCRYPT_KEY, verificationTokens: config.LARK_VERIFICATION_TOKEN },
    admins: config.ADMINS,
    clock,
    random,
    pages,
    address,
    box,
    assist: url
      ? async (...asked) => (await import('./assist.ts')).createAssist({ url, key, model, fetch, wait, log })(...asked)
      : undefined,
    wait,
    botOpenId: async () => {
      kept.openId ??= (await feishuClient.bot()).openId
      return kept.openId
    },
    after,
    deliver: () => runner.kick(),
    workOff,
    log,
  }
  return {
    app: createApp(deps),
    deps,
    runner,
    catchUp,
    async turn() {
      if (purse) {
        outboxShare = shareOf(purse, OUTBOX_FIRST, clock())
        await runner.kick()
        outboxShare = null
      }
      const jobs = emptiedBy(ending.hasBegun, purse ?? purseOf({ requests: Number.POSITIVE_INFINITY, ms: TURN_MS }, clock))
      const { takeTurn } = await import('./clock/schedule.ts')
      const { isBusy } = await takeTurn(db, clock(), log, { holder: newId(random), purse: jobs, clock }).catch((error) => {
        log({ ...failureSaid(error), at: 'tick' })
        return { isBusy: true }
      })
      if (isBusy && !isOver()) await catchUp()
      isTurning = true
      if (!isOver()) await runner.kick()
      isTurning = false
    },
    end(last) {
      ending.begin(last)
      // A run that waits for a row looks again, and sees that it waits no more.
      void runner.kick()
    },
  }
}

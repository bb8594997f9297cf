import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { plant, seedFile } from '../../db/roster/seeding.ts'
import { addDays, day } from '../calendar.ts'
import { Misconfigured, readConfig } from '../config.ts'
import { givePast } from '../generate/given.ts'
import { liveThrough } from '../generate/past.ts'
import { showcaseOf } from '../generate/showcase.ts'
import { generate } from '../generate/unit.ts'
import { jsonLog } from '../node-host.ts'
import { dayKind, isProvisional } from '../rules/time/workdays.ts'
import { type Text, t } from '../text.ts'
import { bigCast, bigSeed } from './cast/big.ts'
import type { Cast } from './cast/cast.ts'
import { sampleCast, sampleSeed } from './cast/sample.ts'
import type { BotFaults } from './faults.ts'
import { createFeishu, type Feishu } from './feishu/feishu.ts'
import { createLives, FIRST_FILE } from './life/lives.ts'
import { createTime } from './life/time.ts'
import { createPlayground, type PlaygroundDeps } from './server.ts'
import { type ReplayDeps, replay, type Talk } from './talk.ts'

const liveKeys = ['LARK_APP_SECRET', 'LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN', 'DATABASE_AUTH_TOKEN']
const TENANT = 'playground'
const TOO_LATE_MS = 3500

/** The limit of a large unit: each day sends hundreds of digests, and each is delivered. */
const LONGEST_WAY_DAYS = 100

type Environment = Record<string, string | undefined>
type Log = (event: Record<string, unknown>) => unknown

/** The keys are fixed: nothing outside this machine reaches the playground, and a reader may want to decrypt the wire. */
const keys = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'playground-secret',
  encryptKey: 'playground-encrypt-key',
  verificationToken: 'playground-token',
}

type Run = ReplayDeps & { stop(): Promise<void> }

interface Beginning {
  /** The moment of the first world and of each reset; without it, the present. */
  from?: Date
  /** Sample units by the moment they were made for: one that was made is not made again. */
  made?: Map<number, Uint8Array>
}

/** The product beside its own Feishu on loopback, with a sample unit and a clock that moves forward. Throws `Misconfigured` beside live keys. */
export async function startPlayground(env: Environment, log: Log = jsonLog, { from: first, made = new Map() }: Beginning = {}) {
  const found = liveKeys.filter((name) => env[name])
  if (found.length > 0)
    throw new Misconfigured(
      `LARK_APP_ID is missing, but ${found.join(', ')} is set: the playground does not run beside live keys. Set LARK_APP_ID for the real bot, or unset the others.`,
    )
  let run: Run | undefined
  let changing: Promise<unknown> = Promise.resolve()
  const restarts = {
    reset: (branches?: number) => beginAnew(branches),
    replay: async (talk: Talk) => replay(talk, await beginAnew(talk.branches, new Date(talk.from))),
  }
  /** Changes queue up: a run ends before the next begins. */
  function beginAnew(branches?: number, from = first): Promise<Run> {
    const next = changing.then(async () => {
      await run?.stop()
      run = await beginRun({ env, log, restarts, made, branches, from })
      return run
    })
    changing = next.catch(() => {})
    return next
  }
  const { PORT: port } = readConfig(settings(env))
  const fetch = async (request: Request): Promise<Response> => run?.app.fetch(request) ?? new Response(null, { status: 503 })
  const server = serve({ fetch, port, hostname: '127.0.0.1' })
  await new Promise((resolve, reject) => void server.once('listening', resolve).once('error', reject))
  await beginAnew()
  console.log(`\n  支部 playground: open http://localhost:${port}\n`)
  return {
    port,
    /** The bot stops before its Feishu does: without a Feishu it would go on trying to send. */
    async stop() {
      await changing
      await run?.stop()
      server.close()
    },
  }
}

interface RunDeps {
  env: Environment
  log: Log
  restarts: Pick<PlaygroundDeps, 'reset' | 'replay'>
  made: Map<number, Uint8Array>
  branches: number | undefined
  from: Date | undefined
}

/** One run of the playground: its own database, people and time, all removed at its end. */
async function beginRun({ env, log, restarts, made, branches, from }: RunDeps): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-playground-'))
  const config = readConfig(settings(env))
  const botFaults: BotFaults = { late: 0 }
  const time = createTime(from, () => feishu.log.length)
  const { clock, setClock } = time
  const causes = new Map<string, { job: string; at: Date }>()
  const assisted: unknown[] = []
  let isOver = false
  const webhook = webhookAt(`http://127.0.0.1:${config.PORT}/lark/webhook`, botFaults)
  const feishu: Feishu = createFeishu({
    ...keys,
    clock,
    tenantKey: TENANT,
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    // The port belongs to the next run by then.
    webhook: (request) => (isOver ? Promise.reject(new Error('这一局已经结束 · this world is over')) : webhook(request)),
  })
  const file = join(folder, FIRST_FILE)
  const moment = branches ? undefined : from?.getTime()
  const ready = moment && made.get(moment)
  if (ready) writeFileSync(file, ready)
  const lives = await createLives({
    config,
    folder,
    clock,
    setClock,
    log,
    botFaults,
    assisted: (body) => assisted.push(JSON.parse(String(body))) - 1,
    caused: (job, uuid) => void causes.set(uuid, { job, at: clock() }),
    calls: () => feishu.log.length,
  })
  const cast = ready ? sampleCast(randomUUID()) : await fillDatabase(lives.db, clock(), log, branches)
  if (moment && !ready) {
    await lives.db.gate.wipe?.('journal')
    made.set(moment, readFileSync(file))
  }
  lives.turns()
  const comesAgain = setInterval(() => void feishu.redeliverDue(), 1_000)
  const moveClock = async (to: Date) => {
    if (branches && day(to) > addDays(day(clock()), LONGEST_WAY_DAYS))
      throw new Error(
        '大单位里时间一次最多走一百天，请分几次走。 · In a unit this large time goes a hundred days at most at once: please go in steps.',
      )
    await lives.moveClock(to)
  }
  const app = createPlayground({
    ...restarts,
    ...lives,
    ...time,
    moveClock,
    feishu,
    cast,
    clock,
    dayKind: kindSaid,
    botFaults,
    causes,
    assisted,
  })
  async function stop() {
    isOver = true
    clearInterval(comesAgain)
    await lives.end()
    rmSync(folder, { recursive: true, force: true })
  }
  return { app, feishu, clock, stop }
}

/** Fills the database with a unit and a year behind it. Size and day fix a generated unit. Log lines below errors are dropped. */
async function fillDatabase(db: Parameters<typeof plant>[0], now: Date, log: Log, branches?: number): Promise<Cast> {
  const born = randomUUID()
  const seed = seedFile.parse(branches ? bigSeed(TENANT) : sampleSeed(TENANT))
  await plant(db, seed, now)
  const logErrors: Log = (event) => event.level === 'error' && log(event)
  if (!branches) {
    await liveThrough(db, await givePast(db, seed, now), now, logErrors)
    return sampleCast(born)
  }
  const under = { unit: seed.unit.key, committee: seed.committees[0]?.key ?? '' }
  const made = await generate(db, { seed: 1, branches, until: now, under })
  await liveThrough(db, made.since, now, logErrors)
  return { ...bigCast(await showcaseOf(db, made, now), born), branches }
}

/** Posts an event over HTTP to the route that the platform would call. */
const webhookAt = (address: string, botFaults: BotFaults) => async (request: Request) => {
  const answer = await fetch(address, { method: 'POST', headers: request.headers, body: await request.arrayBuffer() })
  if (botFaults.late > 0) {
    botFaults.late -= 1
    await pause(TOO_LATE_MS)
  }
  return answer
}

/** A language model is the one thing that may be elsewhere, where somebody says so. */
const settings = ({ PORT: port, ASSIST_URL, ASSIST_KEY, ASSIST_MODEL }: Environment) => ({
  LARK_APP_ID: keys.appId,
  LARK_APP_SECRET: keys.appSecret,
  LARK_ENCRYPT_KEY: keys.encryptKey,
  LARK_VERIFICATION_TOKEN: keys.verificationToken,
  LARK_DOMAIN: `http://127.0.0.1:${port || 8787}`,
  DATA_KEY: randomBytes(32).toString('base64'),
  ADMINS: sampleCast().people[0]?.openId,
  PUBLIC_URL: `http://localhost:${port || 8787}`,
  PORT: port,
  ASSIST_URL,
  ASSIST_KEY,
  ASSIST_MODEL,
})

const kinds: Record<ReturnType<typeof dayKind>, Text> = {
  workday: t('工作日', 'working day'),
  weekend: t('周末', 'weekend'),
  holiday: t('法定节假日', 'holiday'),
  makeup: t('调休上班', 'make-up working day'),
}

function kindSaid(at: Date): Text {
  const kind = kinds[dayKind(day(at))]
  return isProvisional(day(at)) ? t(`${kind.zh}（未公布，暂定）`, `${kind.en} (provisional)`) : kind
}

import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { waitingRows } from '../../db/outbox.ts'
import { plant, seedFile } from '../../db/seeding.ts'
import { addMinutes, day } from '../calendar.ts'
import { Misconfigured, readConfig } from '../config.ts'
import { jsonLog, type Running, run, systemClock } from '../node.ts'
import { dayKind, isProvisional } from '../rules/workdays.ts'
import { type Text, t } from '../text.ts'
import type { Hitches } from './faults.ts'
import { createFeishu } from './feishu.ts'
import { sampleCast, sampleSeed } from './sample-cast.ts'
import { createPlayground } from './server.ts'
import { travel } from './travel.ts'

const live = ['LARK_APP_SECRET', 'LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN', 'DATABASE_AUTH_TOKEN']
const TENANT = 'playground'
const TOO_LATE_MS = 3500

type Log = (event: Record<string, unknown>) => unknown

/** Fixed: nothing outside this machine can reach it, and a reader of the wire may want to decrypt. */
const keys = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'playground-secret',
  encryptKey: 'playground-encrypt-key',
  verificationToken: 'playground-token',
}

/** The product beside a Feishu of its own, on loopback, with a sample unit and a clock that can be moved forward. */
export async function startPlayground(env: Record<string, string | undefined>, log: Log = jsonLog): Promise<Running> {
  const found = live.filter((name) => env[name])
  if (found.length > 0)
    throw new Misconfigured(
      `LARK_APP_ID is missing, but ${found.join(', ')} is set: the playground does not run beside live keys. Set LARK_APP_ID for the real bot, or unset the others.`,
    )
  let world = await begin(env.PORT, log, reset)
  async function reset() {
    await world.stop()
    world = await begin(env.PORT, log, reset)
  }
  console.log(`\n  支部 playground: open http://localhost:${world.port}\n`)
  return { ...world, stop: () => world.stop() }
}

/** One life of the playground: its own database, people and time, all gone at its end. */
async function begin(port: string | undefined, log: Log, reset: () => Promise<void>): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-playground-'))
  const config = readConfig(settings(port, folder))
  let ahead = 0
  const clock = () => new Date(systemClock().getTime() + ahead)
  const setClock = (to: Date) => {
    ahead = to.getTime() - systemClock().getTime()
  }
  const hitches: Hitches = { late: 0 }
  const feishu = createFeishu({
    ...keys,
    clock,
    tenantKey: TENANT,
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    webhook: webhookAt(`http://127.0.0.1:${config.PORT}/lark/webhook`, hitches),
  })

  let running: Running | undefined
  const beside = createPlayground({
    feishu,
    cast: sampleCast(clock(), randomUUID()),
    clock,
    moveClock: async (to) => running && travel({ host: running.host, clock, setClock, log }, to),
    dayKind: kindSaid,
    hitches,
    waiting: async () => (running ? (await waitingRows(running.host.world.db, addMinutes(clock(), 60), 500)).length : 0),
    // The answer to whoever asked for it goes out first.
    reset: () => void pause(100).then(reset),
  })
  running = await run(config, { clock, hostname: '127.0.0.1', beside, log })
  await plant(running.host.world.db, seedFile.parse(sampleSeed(TENANT)), clock())
  return { ...running, stop: () => ended(running, folder) }
}

async function ended(running: Running | undefined, folder: string): Promise<void> {
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Over HTTP, to the very route that the platform would call. */
const webhookAt = (address: string, hitches: Hitches) => async (request: Request) => {
  const answer = await fetch(address, { method: 'POST', headers: request.headers, body: await request.arrayBuffer() })
  if (hitches.late > 0) {
    hitches.late -= 1
    await pause(TOO_LATE_MS)
  }
  return answer
}

const settings = (port: string | undefined, folder: string) => ({
  LARK_APP_ID: keys.appId,
  LARK_APP_SECRET: keys.appSecret,
  LARK_ENCRYPT_KEY: keys.encryptKey,
  LARK_VERIFICATION_TOKEN: keys.verificationToken,
  LARK_DOMAIN: `http://127.0.0.1:${port || 8787}`,
  DATABASE_URL: `file:${join(folder, `${randomUUID()}.db`)}`,
  DATA_KEY: randomBytes(32).toString('base64'),
  ADMINS: sampleCast(systemClock()).people[0]?.openId,
  PORT: port,
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

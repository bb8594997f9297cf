import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, day, moment } from '../calendar.ts'
import { Misconfigured, readConfig } from '../config.ts'
import { type Running, run, systemClock } from '../node.ts'
import { dayKind, isProvisional } from '../rules/workdays.ts'
import { type Text, t } from '../text.ts'
import { createFeishu } from './feishu.ts'
import { sampleCast } from './sample-cast.ts'
import { createPlayground } from './server.ts'

const live = ['LARK_APP_SECRET', 'LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN', 'DATABASE_AUTH_TOKEN']

/** Fixed: nothing outside this machine can reach it, and a reader of the wire may want to decrypt. */
const keys = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'playground-secret',
  encryptKey: 'playground-encrypt-key',
  verificationToken: 'playground-token',
}

/** The product beside a Feishu of its own, on loopback, with a fresh database and a clock that can be moved forward. */
export async function startPlayground(env: Record<string, string | undefined>): Promise<Running> {
  const found = live.filter((name) => env[name])
  if (found.length > 0)
    throw new Misconfigured(
      `LARK_APP_ID is missing, but ${found.join(', ')} is set: the playground does not run beside live keys. Set LARK_APP_ID for the real bot, or unset the others.`,
    )

  const folder = mkdtempSync(join(tmpdir(), 'zhibu-playground-'))
  const { PORT: port } = readConfig(settings(env.PORT, folder))
  const address = `http://127.0.0.1:${port}`
  let ahead = 0
  const clock = () => new Date(systemClock().getTime() + ahead)
  const feishu = createFeishu({
    ...keys,
    clock,
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    webhook: async (request) =>
      fetch(`${address}/lark/webhook`, { method: 'POST', headers: request.headers, body: await request.arrayBuffer() }),
  })

  let running: Running | undefined
  const moveClock = async (to: Date) => {
    for (const stop of [...stopsBetween(clock(), to), to]) {
      ahead = stop.getTime() - systemClock().getTime()
      await running?.host.turn()
    }
  }
  const beside = createPlayground({ feishu, cast: sampleCast, clock, moveClock, dayKind: kindSaid })
  running = await run(readConfig(settings(env.PORT, folder)), { clock, hostname: '127.0.0.1', beside })
  console.log(`\n  支部 playground: open http://localhost:${port}\n`)
  return {
    ...running,
    async stop() {
      await running?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const settings = (port: string | undefined, folder: string) => ({
  LARK_APP_ID: keys.appId,
  LARK_APP_SECRET: keys.appSecret,
  LARK_ENCRYPT_KEY: keys.encryptKey,
  LARK_VERIFICATION_TOKEN: keys.verificationToken,
  LARK_DOMAIN: `http://127.0.0.1:${port || 8787}`,
  DATABASE_URL: `file:${join(folder, `${randomUUID()}.db`)}`,
  DATA_KEY: randomBytes(32).toString('base64'),
  ADMINS: sampleCast.people[0]?.openId,
  PORT: port,
})

/** The clock stops on its way wherever jobs run or their messages go out, so that a jump is lived through, not skipped. */
const times = ['03:17', '09:00', '09:21', '09:30', '09:51', '23:59']

function stopsBetween(from: Date, to: Date): Date[] {
  const stops: Date[] = []
  for (let on = day(from); on <= day(to); on = addDays(on, 1)) for (const time of times) stops.push(moment(on, time))
  return stops.filter((stop) => stop > from && stop < to)
}

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

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../crash/bot.ts'
import { summed } from './report.ts'
import { checkIns, measureAt, openLoad, openSide, patientFeishu, type Side } from './sides.ts'
import type { Sent } from './strangers.ts'

/**
 * Presses come beside refused requests, beside the same requests at another door of the machine, and without any. That door reads nothing.
 * The ratio is what the refusal costs, and not what the strangers themselves take of two cores. 200 requests a second of 64 KB are unsigned
 * or signed by nobody, and 300 connections stop half-way. Each costs the processor time that the bot takes while nobody presses.
 * `node test/bench/refused.ts`
 */
const [PEOPLE, GATHERINGS_EACH, ROUNDS, LOT, PARALLEL] = [50, 20, 8, 400, 4]
const MOST_RATIO = 1.2

const folder = mkdtempSync(join(tmpdir(), 'zhibu-refused-'))
const built = build()
const feishu = await patientFeishu()
const load = openLoad()
const presses = 3 * 3 * ROUNDS * LOT + 2_000
const side = await openSide(
  'ours',
  folder,
  feishu.url,
  checkIns({ branches: Math.ceil(presses / (PEOPLE * GATHERINGS_EACH)), people: PEOPLE, gatheringsEach: GATHERINGS_EACH, cards: 'posted' }),
)
const other = await openSide('bare', folder, feishu.url, async () => [])
const strangers = fork(fileURLToPath(new URL('./strangers.ts', import.meta.url)))

try {
  await measureAt(load, side, 20, 2_000)
  console.log(
    `${PARALLEL} parallel presses, ${ROUNDS} lots of ${LOT} without strangers, as many beside them elsewhere, and beside them here.\n`,
  )
  for (const kind of ['unsigned', 'forged', 'half-sent'] as const) {
    const memory = await memoryOf(side.process.pid)
    let most = memory
    const lots = async (many: number) => {
      const measured = []
      for (let nth = 0; nth < many; nth++) {
        measured.push(await measureAt(load, side, PARALLEL, LOT))
        most = Math.max(most, await memoryOf(side.process.pid))
      }
      return measured
    }
    const calm = await lots(ROUNDS / 2)
    const elsewhere = []
    const beside = []
    let [seconds, sent] = [0, 0]
    for (let half = 0; half < 2; half++) {
      await told({ begin: kind, at: other.port })
      elsewhere.push(...(await lots(ROUNDS / 2)))
      await told({ end: true })
      await told({ begin: kind, at: side.port })
      const began = performance.now()
      beside.push(...(await lots(ROUNDS / 2)))
      seconds += (performance.now() - began) / 1_000
      sent += (await told({ end: true })).sent
    }
    calm.push(...(await lots(ROUNDS / 2)))
    const [cost, least] = [await costOf(kind, side), await costOf(kind, other)]
    const [without, away, along] = [summed(calm), summed(elsewhere), summed(beside)]
    const ratio = along.p99 / away.p99
    console.log(
      `${kind.padEnd(10)} ${Math.round(sent / seconds)}/s: p50 without ${without.p50.toFixed(2)}, elsewhere ${away.p50.toFixed(2)}, here ${along.p50.toFixed(2)} ms; p99 ${without.p99.toFixed(2)}, ${away.p99.toFixed(2)}, ${along.p99.toFixed(2)} ms; ratio ${ratio.toFixed(2)} (<= ${MOST_RATIO}), slowest ${along.slowest.toFixed(0)} ms, memory +${Math.round(most - memory)} MB, ${cost.toFixed(2)} ms each (${least.toFixed(2)} at the least), ${along.failures} failed`,
    )
    if (along.failures > 0 || ratio > MOST_RATIO) process.exitCode = 1
  }
} finally {
  load.kill()
  strangers.kill()
  await Promise.all([side.stop(), other.stop()])
  feishu.close()
  built.takeAway()
  rmSync(folder, { recursive: true, force: true })
}

/** Milliseconds of the bot’s processor time for each of them, while nobody presses. The system counts in hundredths of a second. */
async function costOf(kind: string, { port, process: { pid } }: Side): Promise<number> {
  const ticks = async () => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number)
    return user + system
  }
  await told({ begin: kind, at: port })
  const before = await ticks()
  await new Promise((later) => setTimeout(later, 5_000))
  const { sent } = await told({ end: true })
  return (((await ticks()) - before) * 10) / sent
}

async function told(order: object): Promise<Sent> {
  strangers.send(order)
  const [sent] = await once(strangers, 'message')
  return sent as Sent
}

/** Resident megabytes; none where the system does not tell. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

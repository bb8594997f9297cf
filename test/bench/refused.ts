import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../crash/bot.ts'
import { summed } from './report.ts'
import { checkIns, measureAt, openLoad, openSide, patientFeishu } from './sides.ts'
import type { Sent } from './strangers.ts'

/**
 * Presses come beside refused requests, and without them before and after. 200 requests a second of 64 KB are unsigned or signed by nobody,
 * and 300 connections stop half-way. Each costs the processor time that the bot takes while nobody presses. `node test/bench/refused.ts`
 */
const [PEOPLE, GATHERINGS_EACH, ROUNDS, LOT, PARALLEL] = [50, 20, 8, 400, 4]
const MOST_RATIO = 1.2

const folder = mkdtempSync(join(tmpdir(), 'zhibu-refused-'))
const built = build()
const feishu = await patientFeishu()
const load = openLoad()
const presses = 3 * 2 * ROUNDS * LOT + 2_000
const side = await openSide(
  'ours',
  folder,
  feishu.url,
  checkIns({ branches: Math.ceil(presses / (PEOPLE * GATHERINGS_EACH)), people: PEOPLE, gatheringsEach: GATHERINGS_EACH, cards: 'posted' }),
)
const strangers = fork(fileURLToPath(new URL('./strangers.ts', import.meta.url)), [String(side.port)])

try {
  await measureAt(load, side, 20, 2_000)
  console.log(`${PARALLEL} parallel presses, ${ROUNDS} lots of ${LOT} without strangers and as many beside them.\n`)
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
    await told({ begin: kind })
    const began = performance.now()
    const beside = await lots(ROUNDS)
    const seconds = (performance.now() - began) / 1_000
    const { sent } = await told({ end: true })
    calm.push(...(await lots(ROUNDS / 2)))
    const cost = await costOf(kind)
    const [without, along] = [summed(calm), summed(beside)]
    const ratio = along.p99 / without.p99
    console.log(
      `${kind.padEnd(10)} ${Math.round(sent / seconds)}/s: p50 ${without.p50.toFixed(2)} → ${along.p50.toFixed(2)} ms, p99 ${without.p99.toFixed(2)} → ${along.p99.toFixed(2)} ms, ratio ${ratio.toFixed(2)} (<= ${MOST_RATIO}), slowest ${along.slowest.toFixed(0)} ms, memory +${Math.round(most - memory)} MB, ${cost.toFixed(2)} ms each, ${along.failures} failed`,
    )
    if (along.failures > 0 || ratio > MOST_RATIO) process.exitCode = 1
  }
} finally {
  load.kill()
  strangers.kill()
  await side.stop()
  feishu.close()
  built.takeAway()
  rmSync(folder, { recursive: true, force: true })
}

/** Milliseconds of the bot’s processor time for each of them, while nobody presses. The system counts in hundredths of a second. */
async function costOf(kind: string): Promise<number> {
  const ticks = async () => {
    const stat = await readFile(`/proc/${side.process.pid}/stat`, 'utf8').catch(() => '')
    const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number)
    return user + system
  }
  await told({ begin: kind })
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

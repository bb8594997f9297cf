import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../crash/bot.ts'
import { row, rowOf, summed, takingTurns } from './report.ts'
import { checkIns, measureAt, openLoad, openSide, patientFeishu } from './sides.ts'

/**
 * Check-in presses, signed, encrypted and durable, go to the product and the floor in turns within one run. The ratio carries over to
 * another machine, the figures do not. `npm run bench -- --rounds 5`
 */
const levels = [
  { parallel: 1, presses: 600, needed: 0.7 },
  { parallel: 20, presses: 2_000, needed: null },
  { parallel: 50, presses: 3_000, needed: 1.5 },
] as const
const WARM_UP = { parallel: 20, presses: 1_500 }
const PEOPLE = 50
const GATHERINGS_EACH = 20

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const rounds = Number(values.rounds)

const folder = mkdtempSync(join(tmpdir(), 'zhibu-bench-'))
const presses = WARM_UP.presses + rounds * levels.reduce((sum, level) => sum + level.presses, 0)
const size = {
  branches: Math.ceil(presses / (PEOPLE * GATHERINGS_EACH)),
  people: PEOPLE,
  gatheringsEach: GATHERINGS_EACH,
  cards: 'posted' as const,
}

const built = build()
const feishu = await patientFeishu()
const load = openLoad()
const [floor, ours] = [
  await openSide('floor', folder, feishu.url, checkIns(size)),
  await openSide('ours', folder, feishu.url, checkIns(size)),
]
try {
  console.log(`Check-in presses, ${rounds} rounds in turns, branches of ${PEOPLE} people. First 200 of /healthz after ${startUp()} ms.\n`)
  for (const side of [floor, ours]) await measureAt(load, side, WARM_UP.parallel, WARM_UP.presses)
  console.log(row('parallel', 'side', 'presses/s', 'p50 ms', 'p99 ms', 'ratio', 'needed'))
  for (const level of levels) report(level, await takingTurns(load, [floor, ours], level, rounds))
  await threeSeconds()
} finally {
  load.kill()
  for (const side of [floor, ours]) await side.stop()
  feishu.close()
  built.takeAway()
  rmSync(folder, { recursive: true, force: true })
}

/** T06 adds 200 ms to each call of the database. 999 of 1,000 presses, 50 parallel, are answered within a second. */
async function threeSeconds() {
  const slow = await openSide('slow', folder, feishu.url, checkIns({ ...size, branches: 3 }))
  try {
    await measureAt(load, slow, 50, 500)
    const { latencies, failures } = await measureAt(load, slow, 50, 2_000)
    const at = (part: number) => (latencies[Math.floor(latencies.length * part)] ?? Number.NaN).toFixed(0)
    console.log(
      `\nWith 200 ms added to each call of the database, 50 parallel: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, p99.9 ${at(0.999)} ms (<= 1000), ${failures} failed`,
    )
    if (failures > 0 || Number(at(0.999)) > 1000) process.exitCode = 1
  } finally {
    await slow.stop()
  }
}

function startUp() {
  return Math.round(ours.readyAfterMs)
}

function report({ parallel, needed }: (typeof levels)[number], [beside, measured]: Awaited<ReturnType<typeof takingTurns>>) {
  const { ratio, rows } = rowOf(parallel, summed(beside), summed(measured), needed)
  for (const line of rows) console.log(line)
  if (needed && ratio < needed) process.exitCode = 1
}

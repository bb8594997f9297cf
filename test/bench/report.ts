import type { ChildProcess } from 'node:child_process'
import type { Measured } from './load.ts'
import { measureAt, type Side } from './sides.ts'

/** Both in turns, each first as often as the other: what else the machine does falls on both. */
export async function takingTurns(
  load: ChildProcess,
  sides: readonly [Side, Side],
  { parallel, presses }: { parallel: number; presses: number },
  rounds: number,
): Promise<[Measured[], Measured[]]> {
  const measured: [Measured[], Measured[]] = [[], []]
  for (let round = 0; round < rounds; round++)
    for (const nth of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      measured[nth].push(await measureAt(load, sides[nth], parallel, presses))
  return measured
}

export function summed(all: readonly Measured[]) {
  const latencies = all.flatMap((one) => one.latencies).sort((a, b) => a - b)
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0)
  const at = (part: number) => latencies[Math.floor(latencies.length * part)] ?? Number.NaN
  const slowest = latencies.at(-1) ?? Number.NaN
  return {
    rate: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    slowest,
    failures: all.reduce((sum, one) => sum + one.failures, 0),
  }
}

type Summed = ReturnType<typeof summed>

/** The floor and ours, one under the other. */
export function rowOf(what: string | number, floor: Summed, ours: Summed, needed: number | null) {
  if (ours.failures + floor.failures > 0) throw new Error(`${ours.failures} and ${floor.failures} presses were not answered with success`)
  const ratio = ours.rate / floor.rate
  const figures = ({ rate, p50, p99 }: Summed) => [Math.round(rate), p50.toFixed(2), p99.toFixed(2)] as const
  const rows = [
    row(what, 'floor', ...figures(floor), '', ''),
    row(what, 'ours', ...figures(ours), ratio.toFixed(2), needed ? `>= ${needed.toFixed(1)}` : ''),
  ]
  return { ratio, rows }
}

export const row = (...cells: (string | number)[]) => cells.map((cell) => String(cell).padStart(14)).join('')

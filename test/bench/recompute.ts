import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Found, Spent } from './recompute-side.ts'

/**
 * Reckons a whole unit's quarter from its facts, at ×1 (484 branches, 10,000 people) and ×10. The floor is measured in the same process,
 * and the round counts that cost the processor least. `npm run bench:recompute -- --hundred` adds ×100, whose facts alone take minutes.
 */
const BRANCHES = 484
const NEEDED = 3
/** Ten times the branches may cost so much more than ten times. */
const LINEAR = 1.3

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, hundred: { type: 'boolean', default: false } } })
const folder = mkdtempSync(join(tmpdir(), 'zhibu-recompute-'))
const row = (...cells: (string | number)[]) => console.log(cells.map((cell) => String(cell).padStart(11)).join(''))
const best = (all: readonly Spent[]) => Math.min(...all.map(({ cpu }) => cpu))
const onTheWall = (all: readonly Spent[]) => Math.min(...all.map(({ ms }) => ms))
const at = (all: readonly number[], part: number) => all.toSorted((a, b) => a - b)[Math.floor(all.length * part)] ?? Number.NaN

try {
  row(
    'branches',
    'gatherings',
    'duties',
    'made in s',
    'ours ms',
    'floor ms',
    'ours cpu',
    'floor cpu',
    'ratio',
    'µs/branch',
    'peak MB',
    'order ms',
  )
  const sizes = [1, 10, ...(values.hundred ? [100] : [])]
  const found: Found[] = []
  for (const times of sizes) found.push(shown(await measured(BRANCHES * times, times === 1)))
  const [one, ten] = found
  if (one?.closes) {
    const { plain, credited } = one.closes
    console.log(
      `\nClosing a meeting: ${at(plain, 0.5).toFixed(2)} ms without the tally, ${at(credited, 0.5).toFixed(2)} ms with it (p99 ${at(plain, 0.99).toFixed(2)} and ${at(credited, 0.99).toFixed(2)}).`,
    )
  }
  const grown = (side: 'ours' | 'floor') => (one && ten ? best(ten[side]) / best(one[side]) : Number.NaN)
  console.log(`Ten times the branches cost ${grown('ours').toFixed(1)} times as much; the floor ${grown('floor').toFixed(1)} times.`)
  // Where the machine itself grows slower with more data, the floor does as well.
  const isSteeper = grown('ours') > LINEAR * Math.max(10, grown('floor'))
  if (isSteeper || found.some(({ ours, floor }) => best(ours) > NEEDED * best(floor))) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measured(branches: number, isWhole: boolean): Promise<Found> {
  const side = fork(fileURLToPath(new URL('./recompute-side.ts', import.meta.url)), [
    join(folder, `${branches}.db`),
    String(branches),
    values.rounds,
    isWhole ? 'whole' : 'duties',
  ])
  const [found] = await Promise.race([once(side, 'message'), once(side, 'exit').then(() => Promise.reject(new Error('it ended early')))])
  return found as Found
}

function shown(found: Found): Found {
  const { branches, gatherings, duties, generatedMs, ours, floor, peakMb, order } = found
  const [mine, least] = [best(ours), best(floor)]
  row(
    branches,
    gatherings,
    duties,
    (generatedMs / 1000).toFixed(1),
    onTheWall(ours).toFixed(0),
    onTheWall(floor).toFixed(0),
    mine.toFixed(0),
    least.toFixed(0),
    (mine / least).toFixed(2),
    ((1000 * mine) / branches).toFixed(0),
    peakMb.toFixed(0),
    at(order, 0.5).toFixed(1),
  )
  return found
}

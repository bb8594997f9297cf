import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openFile } from '../../db/store/file.ts'
import { build } from '../crash/bot.ts'
import { row, rowOf, summed, takingTurns } from './report.ts'
import { sealing } from './sealing.ts'
import { measureAt, openLoad, openSide, patientFeishu, type Side } from './sides.ts'
import { type BallotKind, closeOf, PEOPLE, pulseHost, pulseToCount, votesToCast } from './votes.ts'

/**
 * Measures secret votes (signed, encrypted, sealed and durable) at the product and at the floor, in turns within one run. Our HPKE beside
 * @hpke/core; a unit's pulse that closes while others press; and the rewriting of a store. `node test/bench/ballots.ts --rounds 3`
 */
/** An evaluation of 50 people is 50 sealed pieces. Sealing costs both sides the same, so its ratio has no limit. */
const kinds = [
  { kind: 'resolution', parallel: 50, presses: 2_000, needed: 1 },
  { kind: 'evaluation', parallel: 20, presses: 400, needed: null },
] as const satisfies readonly { kind: BallotKind; parallel: number; presses: number; needed: number | null }[]

const VOTERS = 5_000
const BRANCHES_BESIDE = 8
const CLOSED_WITHIN_MS = 5_000

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const rounds = Number(values.rounds)

const folder = mkdtempSync(join(tmpdir(), 'zhibu-bench-'))
const built = build()
const feishu = await patientFeishu()
const load = openLoad()
try {
  console.log(`\nSecret votes, ${rounds} rounds in turns.\n`)
  console.log(row('votes', 'side', 'votes/s', 'p50 ms', 'p99 ms', 'ratio', 'needed'))
  for (const one of kinds) await votes(one)
  await sealing()
  await pulse()
  await anew()
} finally {
  load.kill()
  feishu.close()
  built.takeAway()
  rmSync(folder, { recursive: true, force: true })
}

async function votes({ kind, parallel, presses, needed }: (typeof kinds)[number]) {
  const ballots = Math.ceil((presses * (rounds + 1)) / PEOPLE)
  const fill = votesToCast(kind, Math.ceil(ballots / 5), 5)
  const here = join(folder, kind)
  const sides = [await openSide('floor of votes', here, feishu.url, fill), await openSide('ours', here, feishu.url, fill)] as const
  try {
    for (const side of sides) await measureAt(load, side, parallel, presses / 2)
    const [floor, ours] = await takingTurns(load, sides, { parallel, presses }, rounds)
    const { ratio, rows } = rowOf(`${kind} ×${parallel}`, summed(floor), summed(ours), needed)
    for (const line of rows) console.log(line)
    if (needed && ratio < needed) process.exitCode = 1
  } finally {
    for (const side of sides) await side.stop()
  }
}

/** Closes, counts and wipes a unit-wide pulse while others vote on other things. */
async function pulse() {
  const side = await openSide('counting', folder, feishu.url, pulseToCount(VOTERS, BRANCHES_BESIDE))
  try {
    await measureAt(load, side, 10, 500)
    const calm = summed([await measureAt(load, side, 10, 1_500)])
    const ended = untilWiped(side)
    side.presses.splice(200, 0, closeOf('pulse', pulseHost(VOTERS, BRANCHES_BESIDE)))
    const busy = summed([await measureAt(load, side, 10, 3_000)])
    const { closed = 0, counted = 0, wiped = 0 } = await ended
    console.log(
      `\nA pulse of ${VOTERS} voters: counted ${counted - closed} ms after the close, wiped after ${wiped - closed} ms (<= ${CLOSED_WITHIN_MS}).`,
    )
    console.log(
      `Meanwhile votes of others at 10 parallel: p50 ${busy.p50.toFixed(1)} ms, p99 ${busy.p99.toFixed(1)} ms, the slowest ${busy.slowest.toFixed(0)} ms; without it ${calm.p50.toFixed(1)}, ${calm.p99.toFixed(1)} and ${calm.slowest.toFixed(0)} ms. ${busy.failures} failed.`,
    )
    if (wiped - closed > CLOSED_WITHIN_MS || busy.failures > 0) process.exitCode = 1
  } finally {
    await side.stop()
  }
}

function untilWiped({ process: child }: Side): Promise<Record<string, number>> {
  const moments: Record<string, number> = {}
  return new Promise((resolve) => {
    child.on('message', (told: { what: string; at: number }) => {
      moments[told.what] = told.at
      if (told.what === 'wiped') resolve(moments)
    })
  })
}

/** The measure behind WIPED_AT_ONCE_BYTES: nobody is answered while a store is written anew. */
async function anew() {
  console.log(`\n${row('MB', 'anew ms', 'ms/MB', 'journal ms')}`)
  for (const megabytes of [16, 64]) {
    const store = await openFile(`file:${join(folder, `${megabytes}.db`)}`, new Date())
    const entries = JSON.stringify(Array.from({ length: 20_000 }, (_, nth) => nth))
    const sql = `insert into audit (at, unit, actor, deed, subject) select value, 'unitunitunitunitunit', 'member' || value, 'attendance.checkIn', 'gathering' || value from json_each(?)`
    const size = async () =>
      Number((await store.client.execute('select page_count * page_size from pragma_page_count, pragma_page_size')).rows[0]?.[0]) / 2 ** 20
    while ((await size()) < megabytes) await store.client.execute({ sql, args: [entries] })
    const took = async (what: 'journal' | 'whole') => {
      const began = performance.now()
      await store.db.gate.wipe?.(what)
      return performance.now() - began
    }
    const journal = await took('journal')
    const whole = Math.min(await took('whole'), await took('whole'), await took('whole'))
    console.log(row(Math.round(await size()), whole.toFixed(0), (whole / (await size())).toFixed(1), journal.toFixed(0)))
    store.close()
  }
}

import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hostileFiles } from '../harness/hostile-files.ts'
import type { HostileFile } from './hostile-side.ts'
import { summed } from './report.ts'
import { checkIns, measureAt, openLoad, openSide, patientFeishu } from './sides.ts'

/**
 * T48: presses while hostile files are read, one after the other. `node test/bench/hostile-files.ts`; `--in-place` reads them on the event
 * loop, as the edge does.
 */
const [LIMIT_MS, MOST_MB, PARALLEL, LOT, LEAST_LOTS] = [200, 128, 4, 40, 5]
const { values } = parseArgs({ options: { 'in-place': { type: 'boolean', default: false } } })

const folder = mkdtempSync(join(tmpdir(), 'zhibu-hostile-'))
const feishu = await patientFeishu()
const load = openLoad()
const side = await openSide(
  'hostile files',
  folder,
  feishu.url,
  checkIns({ branches: 60, people: 50, gatheringsEach: 20, cards: 'posted' }),
)
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${side.process.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

try {
  await measureAt(load, side, 20, 2_000)
  const calm = summed([await measureAt(load, side, PARALLEL, 1_000)])
  console.log(`${PARALLEL} parallel presses without a file: p50 ${calm.p50.toFixed(1)}, p99 ${calm.p99.toFixed(1)} ms\n`)
  for (const [nth, [what, make, said]] of hostileFiles.entries()) await beside(nth, what, make(), said)
} finally {
  load.kill()
  await side.stop()
  feishu.close()
  rmSync(folder, { recursive: true, force: true })
}

async function beside(nth: number, what: string, bytes: Uint8Array, said: RegExp) {
  const path = join(folder, `file${nth}`)
  writeFileSync(path, bytes)
  const before = memory()
  let [most, answer] = [before, '']
  const watch = setInterval(() => {
    most = Math.max(most, memory())
  }, 10)
  const began = performance.now()
  let tookMs = 0
  side.process.send({ messageId: `om_${nth}`, path, isInPlace: values['in-place'] } satisfies HostileFile)
  once(side.process, 'message').then(([told]) => {
    tookMs = performance.now() - began
    answer = (told as { said: string }).said
  })
  const measured = []
  while (answer === '' || measured.length < LEAST_LOTS) measured.push(await measureAt(load, side, PARALLEL, LOT))
  clearInterval(watch)
  const { p99, slowest, failures } = summed(measured)
  const isGood = p99 <= LIMIT_MS && most - before <= MOST_MB && failures === 0 && said.test(answer)
  if (!isGood) process.exitCode = 1
  console.log(
    `${isGood ? ' ' : '!'} ${what.padEnd(40)} ${(bytes.length / 1024).toFixed(0).padStart(5)} KB read in ${tookMs.toFixed(0).padStart(5)} ms; presses p99 ${p99.toFixed(0).padStart(4)} (<= ${LIMIT_MS}), slowest ${slowest.toFixed(0)} ms; memory +${(most - before).toFixed(0)} MB (<= ${MOST_MB})${said.test(answer) ? '' : ` said: ${answer.slice(0, 80)}`}`,
  )
}

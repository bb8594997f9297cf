import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * `npm run proofs` tries the promises, one file after the other, and prints their figures in a table. They have the size of every run, or
 * the promised one with `-- --full`. `--like TEXT` picks files.
 */
const { values } = parseArgs({ options: { full: { type: 'boolean', default: false }, like: { type: 'string', default: '' } } })

/** The quick ones first: a broken promise is told early. */
const files = [
  'test/proofs/links.test.ts',
  'test/proofs/leases.test.ts',
  'test/proofs/full-disk.test.ts',
  'test/proofs/url-check.test.ts',
  'test/proofs/lost-answers.test.ts',
  'test/proofs/audited.test.ts',
  'test/proofs/injection.test.ts',
  'test/proofs/stall.test.ts',
  'test/proofs/nagging.test.ts',
  'test/proofs/evidence.test.ts',
  'test/vault/vault.test.ts',
  'test/vault/canaries.test.ts',
  'test/talks/notes.test.ts',
  'test/proofs/watchdog.test.ts',
  'test/proofs/two-clocks.test.ts',
  'test/ledgers/outbox.test.ts',
  'test/ledgers/takeover.test.ts',
  'test/branches/event-order.test.ts',
  'test/proofs/migrations.test.ts',
  'test/proofs/swaps.test.ts',
  'test/ballots/serial.test.ts',
  'test/ballots/remote.test.ts',
  'test/feishu/fan-out.test.ts',
  'test/vault/rotation.test.ts',
  'test/crash/crash.test.ts',
]
/** Programs that measure; each ends with 1 where its limit does not hold. */
const programs = [{ id: 'T24', file: 'test/bench/background.ts' }]

const env = { ...process.env, ...(values.full ? { PROOFS: 'full', FAN_OUT: '10000' } : {}), NO_COLOR: '1' }
const folder = mkdtempSync(join(tmpdir(), 'zhibu-proofs-'))
const table: string[] = []
const failed: string[] = []

for (const file of files.filter((one) => one.includes(values.like))) {
  const figures = join(folder, 'figures')
  rmSync(figures, { force: true })
  const began = performance.now()
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', '--testTimeout=3600000', file]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: { ...env, FIGURES: figures },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const seconds = ((performance.now() - began) / 1_000).toFixed(0)
  const found = readIf(figures)
  table.push(...(found.length > 0 ? found : [`     ${file}`]).map((line) => `${line}  [${seconds} s]`))
  for (const line of table.slice(-Math.max(1, found.length))) console.log(line)
  if (status !== 0) fail(file, stdout + stderr)
}

for (const { id, file } of values.full ? programs.filter(({ file }) => file.includes(values.like)) : []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8' })
  for (const line of stdout.trim().split('\n')) console.log(`${id}  ${line}`)
  table.push(
    ...stdout
      .trim()
      .split('\n')
      .map((line) => `${id}  ${line}`),
  )
  if (status !== 0) fail(file, stderr)
}
rmSync(folder, { recursive: true })

console.log(`\n${table.sort().join('\n')}`)
if (failed.length > 0) {
  console.log(`\nNot proved: ${failed.join(', ')}`)
  process.exitCode = 1
}

function fail(file: string, said: string) {
  failed.push(file)
  console.log(`FAILED ${file}\n${said.slice(0, 4_000)}`)
}

function readIf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Mutant, mutants } from './mutants.ts'

/**
 * `npm run mutate` makes the product wrong in one place after the other, in copies of the tree. It shows whether the tests notice.
 * `--some 10` tries that many by chance (`--seed` repeats them), `--like TEXT` those whose file or words hold the text.
 */
const { values } = parseArgs({
  options: {
    some: { type: 'string' },
    seed: { type: 'string' },
    like: { type: 'string', default: '' },
    at: { type: 'string', default: '2' },
  },
})
const root = join(import.meta.dirname, '..')

function chosen(): Mutant[] {
  const all = mutants.filter(({ file, what }) => `${file} ${what}`.includes(values.like))
  if (!values.some) return all
  let state = Number(values.seed ?? Date.now() % 1_000_000) >>> 0
  console.log(`seed ${state}`)
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return all
    .map((mutant) => ({ mutant, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, Number(values.some))
    .map(({ mutant }) => mutant)
}

/** The tree as it stands, with the packages by link. */
function copyOfTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-mutants-'))
  const names = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean)
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    cpSync(join(root, name), join(folder, name))
  }
  mkdirSync(join(folder, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '.vite') symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  return folder
}

interface Outcome {
  isKilled: boolean
  by: string
}

async function tried(folder: string, { file, from, to, by, only }: Mutant): Promise<Outcome> {
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  const places = before.split(from).length - 1
  if (places !== 1) return { isKilled: false, by: `its words stand ${places} times in ${file}` }
  writeFileSync(
    path,
    before.replace(from, () => to),
  )
  try {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--reporter=default', '--maxWorkers=1', ...by.split(' ')]
    const { PATH = '', HOME = '', CHROMIUM } = process.env
    const child = spawn(process.execPath, only ? [...args, '-t', only] : args, {
      cwd: folder,
      env: { PATH, HOME, NO_COLOR: '1', ...(CHROMIUM ? { CHROMIUM } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece))
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    const [, name = ''] = /FAIL {2}(.+)/.exec(said) ?? []
    return { isKilled: code !== 0 && name !== '', by: name || (code === 0 ? '' : said.slice(-300)) }
  } finally {
    writeFileSync(path, before)
  }
}

const all = chosen()
const survivors: Mutant[] = []
const began = performance.now()
const waiting = [...all]
await Promise.all(
  Array.from({ length: Number(values.at) }, async () => {
    const folder = copyOfTree()
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const { isKilled, by } = await tried(folder, mutant)
        if (!isKilled) survivors.push(mutant)
        console.log(`${isKilled ? 'killed  ' : 'SURVIVED'}  ${mutant.file}: ${mutant.what}${by ? `  (${by})` : ''}`)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }),
)
const seconds = Math.round((performance.now() - began) / 1000)
console.log(`\n${all.length - survivors.length} of ${all.length} killed in ${seconds} s`)
if (survivors.length > 0) process.exitCode = 1

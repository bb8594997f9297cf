import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A product of two lines, with the build and the packages of the real one. */
function aProduct(modules: 'with packages' | 'without') {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-build-'))
  folders.push(folder)
  for (const path of ['src/scripts', 'src/playground/client', 'src/spreadsheet', 'commands', 'cards', 'db'])
    mkdirSync(join(folder, path), { recursive: true })
  for (const path of ['src/scripts/build.mjs', 'src/node.mjs', 'tsconfig.json', 'package.json'])
    cpSync(join(root, path), join(folder, path))
  if (modules === 'with packages') symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const says = (words: string) => writeFileSync(join(folder, 'src/node.ts'), `const words: string = '${words}'\nconsole.log(words)\n`)
  says('first')
  writeFileSync(join(folder, 'src/spreadsheet/thread.ts'), 'export {}\n')
  writeFileSync(join(folder, 'src/playground/client/main.ts'), 'document.title = "page"\n')
  const run = (file: string) => spawnSync(process.execPath, [join(folder, file)], { encoding: 'utf8', cwd: tmpdir() })
  const builtAt = () => statSync(join(folder, 'dist/product.mjs')).mtimeMs
  return { folder, says, build: () => run('src/scripts/build.mjs'), start: () => run('dist/node.mjs').stdout.trim(), builtAt }
}

test('the product is built when a source has changed, and only then', () => {
  const { folder, says, build, start, builtAt } = aProduct('with packages')
  expect(build()).toMatchObject({ status: 0, stderr: '' })
  expect(start()).toBe('first')
  expect(readFileSync(join(folder, 'dist/playground/app.js'), 'utf8')).toContain('page')
  const before = builtAt()
  build()
  expect(builtAt()).toBe(before)
  says('second')
  build()
  expect(start()).toBe('second')
})

test('without its packages the build says which command is missing', () => {
  const { status, stderr } = aProduct('without').build()
  expect(status).toBe(1)
  expect(stderr).toContain('npm ci')
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('an old Node is told in one sentence what it lacks', () => {
  const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.20.2"}})'
  const { status, stderr } = spawnSync(process.execPath, ['--import', old, join(root, 'src/node.mjs')], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/支部需要 Node 24.+Zhibu needs Node 24/)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

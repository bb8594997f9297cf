import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from '../commands/index.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const named = (path: string) => ({ path, text: read(path), prose: read(path).replace(/^```[\s\S]*?^```$/gm, '') })
const english = named('README.md')
const both = [english, named('README.zh-CN.md')]
/** Each of these has a Chinese twin. */
const inTwoLanguages = ['README.md', 'commands/GUIDE.md', 'src/HOSTING.md', 'src/jobs/README.md', 'db/ballots/README.md']
const twins = inTwoLanguages.map((path) => [named(path), named(path.replace('.md', '.zh-CN.md'))] as const)

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)
const headings = ({ prose }: typeof english) => all(prose, /^(#+) /gm)
const links = ({ prose }: typeof english) => all(prose, /\]\(([^)]+)\)/g)
const images = ({ prose }: typeof english) => all(prose, /!\[[^\]]*\]\(([^)]+)\)/g)
const spoken = ({ prose }: typeof english) => [...new Set(all(prose, /`([^`\n]+)`/g))].sort()
/** The code in code blocks, without its comments. */
const blocks = ({ text }: typeof english) => all(text, /^```\w*\n([\s\S]*?)^```$/gm).map((block) => block.replace(/ +#.*$/gm, ''))
/** The code in each cell of each row: words may differ between the languages, values may not. */
const tables = ({ prose }: typeof english) =>
  all(prose, /((?:^\|.*\n)+)/gm).map((table) =>
    table
      .trim()
      .split('\n')
      .map((row) => row.split('|').map((cell) => all(cell, /`([^`]+)`/g))),
  )

describe.each(twins)('$path is the same in Chinese', (one, other) => {
  test.each([
    ['headings', headings],
    ['code blocks', blocks],
    ['images', images],
    ['tables, row by row with their values', tables],
    ['words, names and paths in code', spoken],
  ])('%s', (_what, part: (readme: typeof english) => unknown[]) => {
    expect(part(other)).toEqual(part(one))
  })

  test('each leads to the other, and every path in them is there', () => {
    const top = ({ text }: typeof english) => text.split('\n## ')[0] ?? ''
    expect(top(one)).toContain(`(${other.path.split('/').at(-1)})`)
    expect(top(other)).toContain(`(${one.path.split('/').at(-1)})`)
    const local = [one, other].flatMap(({ path, ...readme }) =>
      links({ path, ...readme })
        .filter((link) => !/^(https?:|#)/.test(link))
        .map((link) => join(dirname(path), link)),
    )
    expect(local.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('every file that they name in code is there', () => {
    const files = spoken(one).filter((word) => /^(src|db|cards|commands|test)\/[\w./-]+$/.test(word))
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

test.each(both)('$path is short: 12,000 characters, 400 a line', ({ text }) => {
  expect(text.length).toBeLessThanOrEqual(12_000)
  expect(text.split('\n').filter((line) => line.length > 400)).toEqual([])
})

test('the picture of the floors has every folder of db', () => {
  const floors = blocks(english).find((block) => block.startsWith('scoreboard')) ?? ''
  const folders = readdirSync(join(root, 'db'), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'migrations',
  )
  expect(
    floors
      .split(/[\s·]+/)
      .filter(Boolean)
      .sort(),
  ).toEqual([...folders.map(({ name }) => name), 'client', 'guard'].sort())
})

describe.each(both)('$path says what there is', (readme) => {
  const said = spoken(readme)
  test.each(commands.map(({ name, zh }) => ({ name, zh })))('$zh, $name', ({ name, zh }) => {
    expect(said.map((one) => one.replace(/^\//, '').split(' ')[0])).toEqual(expect.arrayContaining([zh, name]))
  })

  test('every script that it tells one to run', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const told = [...all(readme.text, /npm run ([\w:-]+)/g), ...all(readme.text, /npm (start|test)\b/g)]
    expect(told.filter((script) => !(script in scripts))).toEqual([])
  })
})

test('the example in cards/README.md is the card’s own text', () => {
  const [example = ''] = all(read('cards/README.md'), /^```ts\n([\s\S]*?)^```$/gm)
  expect(example.length).toBeGreaterThan(500)
  expect(read('cards/ballots/secrecy.ts')).toContain(example)
})

test.each(['src/HOSTING.md', 'src/HOSTING.zh-CN.md'])('%s has every variable of the configuration', (path) => {
  const variables = all(read('src/config.ts'), /^ +([A-Z][A-Z_]+):/gm)
  expect(variables.length).toBeGreaterThan(8)
  expect(variables.filter((variable) => !spoken(named(path)).includes(variable))).toEqual([])
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from '../commands/index.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const named = (path: string) => ({ path, text: read(path), prose: read(path).replace(/^```[\s\S]*?^```$/gm, '') })
const english = named('README.md')
const chinese = named('README.zh-CN.md')
const both = [english, chinese]

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)
const headings = ({ prose }: typeof english) => all(prose, /^(#+) /gm)
const links = ({ prose }: typeof english) => all(prose, /\]\(([^)]+)\)/g)
const images = ({ prose }: typeof english) => all(prose, /!\[[^\]]*\]\(([^)]+)\)/g)
const spoken = ({ prose }: typeof english) => [...new Set(all(prose, /`([^`\n]+)`/g))].sort()
/** What stands in code blocks, without what is said about it. */
const blocks = ({ text }: typeof english) => all(text, /^```\w*\n([\s\S]*?)^```$/gm).map((block) => block.replace(/ +#.*$/gm, ''))
/** Of each row the code in its cells, so that words may differ and values may not. */
const tables = ({ prose }: typeof english) =>
  all(prose, /((?:^\|.*\n)+)/gm).map((table) =>
    table
      .trim()
      .split('\n')
      .map((row) => row.split('|').map((cell) => all(cell, /`([^`]+)`/g))),
  )

describe('the README in Chinese and in English keep in step', () => {
  test.each([
    ['headings', headings],
    ['code blocks', blocks],
    ['images', images],
    ['tables, row by row with their values', tables],
    ['words, names and paths in code', spoken],
  ])('the same %s', (_what, part: (readme: typeof english) => unknown[]) => {
    expect(part(english).length).toBeGreaterThan(0)
    expect(part(chinese)).toEqual(part(english))
  })

  test('each leads to the other at its top, and every path in them is there', () => {
    const top = ({ text }: typeof english) => text.split('\n## ')[0] ?? ''
    expect(top(english)).toContain('(README.zh-CN.md)')
    expect(top(chinese)).toContain('(README.md)')
    const paths = both.flatMap(links).filter((path) => !/^(https?:|#)/.test(path))
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

describe.each(both)('$path says what there is', (readme) => {
  const said = spoken(readme)
  test.each(commands.map(({ name, zh }) => ({ name, zh })))('$zh, $name', ({ name, zh }) => {
    expect(said.map((one) => one.replace(/^\//, '').split(' ')[0])).toEqual(expect.arrayContaining([zh, name]))
  })

  test('every variable of the configuration', () => {
    const variables = all(read('src/config.ts'), /^ +([A-Z][A-Z_]+):/gm)
    expect(variables.length).toBeGreaterThan(8)
    expect(variables.filter((variable) => !said.includes(variable))).toEqual([])
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

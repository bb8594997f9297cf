import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { understand, unknownConcepts } from '../../src/rules/words/match.ts'

const now = new Date('2026-10-08T09:00:00+08:00')
const linesOf = (file: string) =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))

/** Each sentence behind what it means: a command with the beginning of its line, or a reply. */
const table: { means: string; line: string }[] = []
let means = ''
for (const line of linesOf('sentences.txt'))
  if (line.startsWith('## ')) means = line.slice(3)
  else table.push({ means, line })

const read = (line: string) => {
  const it = understand(line, ['王芳', '李华', '赵敏'], now)
  return it.found === 'clear' ? `${it.meant.command} ${it.meant.rest}`.trim() : it.found
}

const offersOf = (line: string) => {
  const it = understand(line, ['王芳', '李华', '赵敏'], now)
  return 'all' in it ? it.all.map(({ command }) => command) : []
}

test.each(table)('“$line” means $means', ({ means, line }) => {
  const [offered, command] = means.split(' ')
  if (offered === 'offered') expect(offersOf(line)).toContain(command)
  else expect(read(line)).toMatch(new RegExp(`^${means.replace(/^reply .*/, 'reply')}(?: |$)`))
})

test.each(linesOf('nothing.txt'))('“%s” asks for nothing', (line) => {
  expect(read(line)).toBe('nothing')
})

describe('the tables', () => {
  test('every command has eight sentences or more', () => {
    const said = (name: string) => table.filter(({ means }) => means.split(' ')[0] === name).length
    expect(commands.map(({ name }) => name).filter((name) => said(name) < 8)).toEqual([])
    expect(table.length).toBeGreaterThanOrEqual(200)
    expect(linesOf('nothing.txt').length).toBeGreaterThanOrEqual(60)
  })

  test('every concept that a frame names is defined', () => {
    expect(unknownConcepts()).toEqual([])
  })
})

test.each([
  ['周五下午三点开支委会', 'meeting 支委会 周五下午三点'],
  ['下周二上午9点在三楼会议室召开支部党员大会', 'meeting 支部党员大会 下周二上午9点 三楼会议室'],
  ['把周五的会改到下周二下午三点', 'meeting 改期 周五 改到 下周二下午三点'],
  ['周五的会改个时间', 'meeting 改期'],
  ['我明天参加不了支委会', 'leave 明天 支委会'],
  ['我发烧了，明天的会来不了', 'leave 病假 明天'],
  ['上季度考核结果', 'score 上季度'],
  ['取消明天的支委会', 'meeting 取消 支委会 明天'],
])('“%s” fills %s', (line, filled) => {
  expect(read(line)).toBe(filled)
})

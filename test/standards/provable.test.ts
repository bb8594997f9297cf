import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { provablePoints, provableSaid } from '../../src/rules/standards/provable.ts'
import { standardsTable } from '../../src/scripts/standards-table.ts'

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('49 of 62 points are proved by our own records', () => {
  expect(provablePoints()).toEqual({ proved: 49, of: 62 })
})

test('half of a standard is proved where one of two parts is', () => {
  const standard = { id: 10, weight: 4, proof: 'A', name: provableSaid } as const
  const [study, plan] = [{ proof: 'record' }, { proof: 'attested' }].map((part) => part as never)
  expect(provablePoints([{ ...standard, parts: [study as never, plan as never] }])).toEqual({ proved: 2, of: 4 })
})

test('both READMEs say how many', () => {
  const { proved, of } = provablePoints()
  expect(file('README.md')).toContain(`prove ${proved} of ${of} points`)
  expect(file('README.zh-CN.md')).toContain(`${of} 分中的 ${proved} 分`)
})

test('the table of the standards is as the code has it', () => {
  expect(file('src/rules/standards/README.md'), 'npm run docs writes it anew').toBe(standardsTable())
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { learnHolidays } from '../../db/rulebook/holidays.ts'
import { learn } from '../../src/rules/time/holidays.ts'
import { addWorkdays, isProvisional, isWorkday } from '../../src/rules/time/workdays.ts'
import { aBranch, buttonsOf, type TestBranch, textOf } from '../harness/branch.ts'

const short2027 = '2027 放假 1.1-1.3 2.5-2.11 4.3-4.5 5.1-5.5 6.9 9.15-9.17 10.1-10.7 上班 1.30 2.20 5.8 10.9'

let branch: TestBranch
beforeEach(async () => {
  learn([])
  branch = await aBranch([
    { name: '李华', role: 'secretary' },
    { name: '陈明', role: 'admin', branch: null },
  ])
})
afterEach(() => learn([]))

const pressed = async (text: string) => {
  const shown = await branch.say('陈明', `/节假日 ${text}`, { dm: true })
  return branch.press('陈明', buttonsOf(shown?.card)[0] ?? {})
}

test('a notice is previewed, and the press moves what is reckoned', async () => {
  const shown = await branch.say('陈明', `/节假日 ${short2027}`, { dm: true })
  expect(shown?.text).toContain('放假 29 天，调休上班 4 天')
  expect(await branch.count('holiday_years')).toBe(0)
  expect([isProvisional('2027-02-08'), isWorkday('2027-02-08')]).toEqual([true, true])

  const { toast, card } = await branch.press('陈明', buttonsOf(shown?.card)[0] ?? {})
  expect(toast.zh).toContain('2027 年的放假安排已导入')
  expect(card && textOf(card)).toContain('放假 29 天，调休上班 4 天 · 已导入')
  expect([isProvisional('2027-02-08'), isWorkday('2027-02-08'), isWorkday('2027-02-20')]).toEqual([false, false, true])
  expect(addWorkdays('2027-02-04', 1)).toBe('2027-02-12')
})

test('whoever starts later, or on another machine, knows the imported year', async () => {
  await pressed(short2027)
  learn([])
  expect(isWorkday('2027-02-08')).toBe(true)
  await learnHolidays(branch.db)
  expect(isWorkday('2027-02-08')).toBe(false)
})

test('pasting into the form comes to the same preview', async () => {
  const shown = await branch.say('陈明', '节假日', { dm: true })
  expect(shown?.text).toContain('尚未导入')
  const [read] = buttonsOf(shown?.card)
  const { card } = await branch.press('陈明', read ?? {}, { form: { text: short2027 } })
  expect(card && textOf(card)).toContain('2027 年放假安排预览')
})

test('a contradictory notice is refused in one sentence, and not kept', async () => {
  const shown = await branch.say('陈明', '/节假日 2027 放假 1.1-1.3 2.5-2.11 5.1-5.5 上班 1.30', { dm: true })
  expect(shown?.text).toContain('通知前后不一致：缺少法定假日 10月1日、10月2日、10月3日')
  expect(await branch.count('holiday_drafts')).toBe(0)
})

test('years that nobody has published are refused', async () => {
  expect((await branch.say('陈明', `/节假日 ${short2027.replace('2027', '2031')}`, { dm: true }))?.text).toContain('只导入 2025 到 2027 年')
})

test('a year imported again stands as said last, old previews fail', async () => {
  const first = await branch.say('陈明', `/节假日 ${short2027}`, { dm: true })
  await branch.press('陈明', buttonsOf(first?.card)[0] ?? {})
  expect((await branch.press('陈明', buttonsOf(first?.card)[0] ?? {})).toast.zh).toContain('已导入或已过期')
  await pressed(short2027.replace(' 2.20', ''))
  expect(await branch.count('holiday_years')).toBe(1)
  expect(isWorkday('2027-02-20')).toBe(false)
})

test('a secretary is told that this is not theirs', async () => {
  expect((await branch.say('李华', `/节假日 ${short2027}`, { dm: true }))?.text).toContain('这件事不归你办')
})

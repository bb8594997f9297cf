import { expect, test } from 'vitest'
import { aBranch, buttonsOf } from '../harness/branch.ts'

const people = [{ name: '李华', role: 'secretary' as const }, { name: '王芳', role: 'organisation' as const }, { name: '张伟' }]

/** Presses the button “Call” of a form, as it was filled in. */
async function pressCall(branch: Awaited<ReturnType<typeof aBranch>>, card: Parameters<typeof buttonsOf>[0], form: object) {
  const submit = buttonsOf(card).find(({ press, said }) => press === 'call.submit' && !said) ?? {}
  return branch.press('李华', submit, { form: { ...form } })
}

test.each([
  ['/会议 支委会 周日 15:00 三楼', '10月11日（周日）是休息日'],
  ['/会议 支委会 周六 15:00 三楼', null],
  ['/会议 支委会 10月8日 15:00 三楼', null],
  ['/会议 支委会 2027年10月1日 15:00 三楼', '10月1日（周五）放假'],
  ['/会议 支委会 2029年10月9日 15:00 三楼', '2029年10月9日'],
])('%s says %s before it is called', async (line, says) => {
  const branch = await aBranch(people)
  const answer = await branch.say('李华', line)
  if (says === null) {
    expect([answer, await branch.count('gatherings')]).toEqual([null, 1])
    return
  }
  expect(answer?.view).toBe('callForm')
  expect(answer?.text).toContain(says)
  expect(await branch.count('gatherings')).toBe(0)
})

test('the form that says a rest day calls it all the same', async () => {
  const branch = await aBranch(people)
  const form = await branch.say('李华', '/会议 支委会 周日 15:00 三楼')
  const press = await pressCall(branch, form?.card ?? null, { kind: 'committee', starts: '2026-10-11 15:00', place: '三楼' })
  expect(press.mood).toBe('success')
  expect(await branch.count('gatherings')).toBe(1)
})

test('a rest day chosen in the picker is said once, then called', async () => {
  const branch = await aBranch(people)
  const fields = { kind: 'committee', starts: '2026-10-11 15:00', place: '三楼', agenda: '学习条例' }
  const first = await branch.press('李华', { press: 'call.submit', branch: 'branch', gathering: 'g' }, { form: fields })
  expect(first.mood).toBe('warning')
  expect(first.toast.en).toContain('Sun 11 Oct is a day off')
  expect(JSON.stringify(first.card)).toContain('学习条例')
  expect(await branch.count('gatherings')).toBe(0)
  const second = await pressCall(branch, first.card ?? null, fields)
  expect(second.mood).toBe('success')
})

test('the same people at the same time are said with their number', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 支委会 周五 15:00 三楼')
  const answer = await branch.say('李华', '/会议 党课 周五 15:30 礼堂')
  expect(answer?.view).toBe('callForm')
  expect(answer?.text).toContain('有 2 人两边都要参加')
  expect(answer?.text).not.toContain('礼堂这段时间')
  expect(await branch.say('李华', '/会议 党课 周五 16:00 礼堂')).toBeNull()
})

test('the same place is said, and a screen is none', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 活动 周五 15:00 三楼 会议室')
  expect((await branch.say('李华', '/会议 支委会 周五 15:30 三楼会议室'))?.text).toContain('三楼 会议室这段时间有')
  await branch.say('李华', '/会议 活动 周四 15:00 线上')
  expect(await branch.say('李华', '/会议 支委会 周四 15:30 线上')).toBeNull()
})

test('what is cancelled clashes with nothing', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 支委会 周五 15:00 三楼')
  const gathering = await branch.latestGathering()
  await branch.press('李华', { press: 'corrections.cancel', gathering }, { form: { reason: '改期' } })
  expect(await branch.say('李华', '/会议 支委会 周五 15:00 三楼')).toBeNull()
})

test('a clash that came up since is said too', async () => {
  const branch = await aBranch(people)
  const form = await branch.say('李华', '/会议 支委会 周日 15:00 三楼')
  const fields = { kind: 'committee', starts: '2026-10-09 15:00', place: '三楼' }
  await branch.say('李华', '/会议 党课 周五 15:00 礼堂')
  const press = await pressCall(branch, form?.card ?? null, fields)
  expect(press.mood).toBe('warning')
  expect(press.toast.zh).toContain('两边都要参加')
})

test('three o’clock is asked with the afternoon as the first button', async () => {
  const branch = await aBranch(people)
  const answer = await branch.say('李华', '/meeting committee Friday half past 3 room 3')
  const offers = buttonsOf(answer?.card ?? null).filter(({ said }) => said)
  expect(offers.map(({ said }) => (said as { starts: string }).starts)).toEqual(['2026-10-09 15:30', '2026-10-09 03:30'])
  expect((await branch.press('李华', offers[0] ?? {})).mood).toBe('success')
  expect((await branch.shown('gathering', { subject: await branch.latestGathering() })).text).toContain('15:30')
})

test.each([
  ['/会议 支委会 15:00', undefined],
  ['/会议 支委会 15:00 三楼会议室', undefined],
  ['/会议 支委会 8:00', '还差日期'],
  ['/会议 支委会 15:00 元宵', '还差日期'],
  ['/会议 支委会 1-5 15:00', '还差日期'],
])('at nine, %s is answered with %s', async (line, says) => {
  const branch = await aBranch(people)
  const answer = await branch.say('李华', line)
  expect(answer?.text.includes(says ?? '')).toBe(says ? true : undefined)
  expect(await branch.count('gatherings')).toBe(says ? 0 : 1)
})

test('a notice with line breaks calls the meeting with place and items', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 支委会\n时间：周五 15:00\n地点：三楼会议室\n议题：\n1. 学习条例\n2. 工会工作\n3. 廉政教育\n请准时参加。')
  const { text } = await branch.shown('gathering', { subject: await branch.latestGathering() })
  expect(text).toMatch(/三楼会议室(?!.*请准时)/)
  expect(text).toMatch(/1\. 学习条例[\s\S]*2\. 工会工作[\s\S]*3\. 廉政教育/)
  expect(await branch.count('agenda_items')).toBe(3)
})

test('a year far from this one is said when it is called', async () => {
  const branch = await aBranch(people)
  const form = { kind: 'committee', starts: '2029-10-09 15:00', place: '三楼' }
  const first = await branch.press('李华', { press: 'call.submit', branch: 'branch', gathering: 'g' }, { form })
  expect(first.toast.zh).toContain('2029年')
  expect((await pressCall(branch, first.card ?? null, form)).toast.zh).toContain('2029年10月9日')
})

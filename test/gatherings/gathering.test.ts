import { expect, test } from 'vitest'
import { aBranch, buttonsOf } from '../harness/branch.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
  { name: '钱进', stage: 'probationer' as const },
]

test('one line opens a meeting, and its card goes to the group', async () => {
  const branch = await aBranch(committee)
  expect(await branch.say('李华', '/会议 支委会 周五 15:00 三楼会议室')).toBeNull()
  const rows = await branch.outboxRows()
  expect(rows.map(({ view, to_kind }) => `${view} ${to_kind}`)).toEqual(['gathering chat', 'host person'])
  const { card, text } = await branch.shown('gathering', { subject: await branch.latestGathering() })
  expect(text).toContain('10月9日（周五）15:00–16:00')
  expect(text).toContain('三楼会议室')
  expect(text).toContain('Fri 9 Oct, 15:00–16:00')
  const gathering = await branch.latestGathering()
  expect(buttonsOf(card)).toEqual([
    { press: 'gathering.checkIn', gathering },
    { press: 'leave.open', gathering },
  ])
})

test('check-in has its own sentence for every time and person', async () => {
  const branch = await aBranch(committee)
  await branch.say('李华', '/meeting committee Fri 3pm room 3')
  const [value] = [{ press: 'gathering.checkIn', gathering: await branch.latestGathering() }]
  const pressAt = async (name: string, time: string) => (await branch.at('2026-10-09', time).press(name, value)).toast
  expect(await pressAt('李华', '14:29')).toMatchObject({ zh: expect.stringContaining('还没到签到时间') })
  expect(await pressAt('李华', '14:30')).toMatchObject({ zh: '签到成功，准时。', en: 'Checked in, on time.' })
  expect(await pressAt('李华', '14:31')).toMatchObject({ zh: expect.stringContaining('你已签到（准时）') })
  expect(await pressAt('王芳', '15:01')).toMatchObject({ en: 'Checked in, recorded as late.' })
  expect(await pressAt('赵敏', '15:02')).toMatchObject({ en: expect.stringContaining('not on this meeting’s roster') })
  expect(await pressAt('张伟', '16:00')).toMatchObject({ en: expect.stringContaining('The meeting is over') })
  await branch.at('2026-10-09', '15:30').press('李华', { press: 'host.close', gathering: value?.gathering })
  expect(await pressAt('张伟', '15:31')).toMatchObject({ en: expect.stringContaining('The meeting is closed') })
  const { text } = await branch.shown('gathering', { subject: value?.gathering })
  expect(text).toContain('已计入标准（12）支委会')
})

test('the word checks in too, and the answer names the meeting', async () => {
  const branch = await aBranch(committee)
  await branch.say('李华', '/会议 支部党员大会 今天 15:00 礼堂')
  branch.at('2026-10-08', '14:50')
  expect((await branch.say('赵敏', '签到', { dm: true }))?.text).toContain('签到成功，准时。（支部党员大会）')
  expect((await branch.say('钱进', '签到'))?.text).toContain('Checked in, on time. (General meeting)')
  expect((await branch.say('钱进', 'check in'))?.text).toContain('already checked in')
})

test('each press is one claim, one audit entry, two round trips', async () => {
  const branch = await aBranch(committee)
  await branch.say('李华', '/会议 支委会 今天 15:00')
  const gathering = await branch.latestGathering()
  branch.at('2026-10-08', '14:50')
  const [claims, entries] = [await branch.count('deliveries'), await branch.count('audit')]
  const { reads, writes } = branch.store.trips
  await branch.press('王芳', { press: 'gathering.checkIn', gathering })
  expect(branch.store.trips).toEqual({ reads: reads + 1, writes: writes + 1 })
  expect(await branch.count('deliveries')).toBe(claims + 1)
  expect(await branch.count('audit')).toBe(entries + 1)
})

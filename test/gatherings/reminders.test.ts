import { expect, test } from 'vitest'
import { tick } from '../../src/clock/schedule.ts'
import { aBranch } from '../harness/branch.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
]

async function aMeeting(line: string, calledAt = '09:00') {
  const branch = await aBranch(committee)
  await branch.at('2026-10-08', calledAt).say('李华', line)
  const gathering = await branch.latestGathering()
  const minute = async (day: string, time: string) => {
    await tick(branch.db, branch.at(day, time).now(), () => {})
    return (await branch.outboxRows()).filter(({ view }) => view === 'reminder').length
  }
  return { branch, gathering, minute, said: async () => (await branch.shown('reminder', { gathering })).text }
}

test('an hour ahead the group gets one post, and the person none', async () => {
  const { branch, minute, said } = await aMeeting('/会议 支委会 周五 15:00 三楼')
  expect(await minute('2026-10-09', '13:59')).toBe(0)
  for (const time of ['14:00', '14:01', '14:30', '15:00']) expect(await minute('2026-10-09', time)).toBe(1)
  const [row] = (await branch.outboxRows()).filter(({ view }) => view === 'reminder')
  expect(row).toMatchObject({ to_kind: 'chat', to_id: 'oc_branch' })
  branch.at('2026-10-09', '14:00')
  expect(await said()).toMatch(/快开会了：支委会 15:00[\s\S]*10月9日（周五）15:00[\s\S]*三楼[\s\S]*14:30 开始签到/)
  branch.at('2026-10-09', '15:00')
  expect(await said()).toBe('')
})

test.each([
  ['of one called within the hour before', '/会议 支委会 今天 09:40', '2026-10-08', ['09:10', '09:39'], 0],
  ['before eight; at eight it comes', '/会议 支委会 周五 8:30', '2026-10-09', ['07:30', '07:59'], 0],
  ['at eight of one at half past', '/会议 支委会 周五 8:30', '2026-10-09', ['07:59', '08:00', '08:01'], 1],
  ['on a day off', '/会议 支委会 10月11日 15:00', '2026-10-11', ['14:00', '14:30'], 0],
])('reminders %s', async (_which, line, day, times, posts) => {
  const { minute } = await aMeeting(line)
  let last = 0
  for (const time of times) last = await minute(day, time)
  expect(last).toBe(posts)
})

test('a cancelled meeting is not remembered', async () => {
  const { branch, gathering, minute, said } = await aMeeting('/会议 支委会 周五 15:00')
  await branch.press('李华', { press: 'corrections.cancel', gathering }, { form: { reason: '改期' } })
  expect(await minute('2026-10-09', '14:10')).toBe(0)
  expect(await said()).toBe('')
})

test('a day ahead a meeting is a line in the digest', async () => {
  const branch = await aBranch(committee, { since: '2026-10-01' })
  await branch.at('2026-10-26', '09:00').say('李华', '/会议 党员大会 10月28日 15:00 礼堂')
  const digest = async (day: string) => (await branch.at(day, '09:00').shown('digest', { person: openIdOf('李华') })).text
  expect(await digest('2026-10-26')).not.toContain('接下来的会')
  expect(await digest('2026-10-27')).toContain('· 10月28日（周三）15:00 支部党员大会 · 礼堂')
  expect(await digest('2026-10-28')).not.toContain('接下来的会')
  expect((await branch.shown('digest', { person: openIdOf('王芳') })).card).toBeNull()
})

const openIdOf = (name: string) => `ou_${Buffer.from(name).toString('hex')}`

import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { meetingMeant } from '../../src/rules/gatherings/meant.ts'
import { aBranch } from '../harness/branch.ts'

const now = moment('2026-10-08', '10:00')

describe('a sentence without a command word', () => {
  test.each([
    '周五下午三点开支委会',
    'call a committee meeting Friday 3pm',
    '通知大家周五下午3点在三楼会议室开支委会',
    '我想周五下午三点开支委会',
    '帮我周五下午三点召集支委会',
    '明天下午开党课',
    '下周三上午9点支部党员大会 三楼会议室',
    '支委会周五下午三点',
    '请大家周五下午三点到三楼会议室参加支委会',
    'committee meeting on Friday at 3pm in room 301',
    "Let's have a group meeting tomorrow at 10am",
    'schedule a party lecture next week',
    '再下周三开支委会',
    '周五下午三点开会',
    '我要开会',
    '开个会',
    'I want to call a meeting',
  ])('“%s” calls', (line) => expect(meetingMeant(line, now)?.does).toBe('call'))

  test.each([
    ['改到后天', '后天'],
    ['支委会改到周五下午三点', '支委会 周五下午三点'],
    ['把明天的会改到后天', '明天的会 改到 后天'],
    ['会议推迟到下周一', '下周一'],
    ['move the meeting to Friday 3pm', 'Friday 3pm'],
  ])('“%s” changes', (line, rest) => expect(meetingMeant(line, now)).toEqual({ does: 'change', rest }))

  test.each(['取消明天的会', '取消支委会', '明天的会取消', 'cancel the committee meeting'])('“%s” cancels', (line) =>
    expect(meetingMeant(line, now)?.does).toBe('cancel'),
  )

  test.each([
    '昨天的会开得很好',
    '我明天下午要去开家长会',
    '周五大家一起吃饭',
    '周五不开支委会',
    '周五的支委会我请假',
    '周五的支委会开得很好',
    '上周五开了支委会',
    '支委会周五开吗',
    '周五下午几点开支委会？',
    '谁参加周五的支委会',
    '别取消明天的会',
    '支委会不取消',
    '我周五要去市里开会',
    '学习强国周五积分',
    '昨天取消的会',
    '我把头像改到朋友圈',
    '密码改成123',
    '王芳周五支委会发言',
    '周五支委会纪要',
    'the meeting on Friday was good',
    'I can’t make the committee meeting Friday',
    'when is the committee meeting',
  ])('“%s” acts on nothing', (line) => expect(meetingMeant(line, now)).toBeNull())
})

const people = [{ name: '李华', role: 'secretary' as const }, { name: '王芳', role: 'organisation' as const }, { name: '张伟' }]

test('a whole sentence opens the filled form and calls nothing yet', async () => {
  const branch = await aBranch(people)
  const answer = await branch.say('李华', '周五下午三点在三楼会议室开支委会，议题：学习条例')
  expect(answer?.view).toBe('callForm')
  const json = JSON.stringify(answer?.card)
  for (const part of ['"initial_option":"committee"', '"initial_datetime":"2026-10-09 15:00"', '三楼会议室', '学习条例'])
    expect(json).toContain(part)
  expect(answer?.text).toContain('看一下对不对')
  expect(await branch.count('gatherings')).toBe(0)
})

test('a change opens its form, a cancellation its own', async () => {
  const branch = await aBranch(people)
  await branch.say('李华', '/会议 支委会 周五 15:00 三楼')
  const change = await branch.say('李华', '改到周五下午四点', { dm: true })
  expect([change?.view, JSON.stringify(change?.card)]).toEqual(['reschedule', expect.stringContaining('2026-10-09 16:00')])
  expect((await branch.say('李华', '取消周五的会', { dm: true }))?.view).toBe('callOff')
  expect((await branch.shown('gathering', { subject: await branch.latestGathering() })).text).toContain('15:00')
})

test('who may call nothing is told so', async () => {
  const branch = await aBranch(people)
  expect((await branch.say('张伟', '周五下午三点开支委会'))?.view).toBe('say')
  expect((await branch.say('李华', '昨天的会开得很好'))?.text).toContain('没听懂')
})

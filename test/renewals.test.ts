import { afterAll, expect, test } from 'vitest'
import { posts } from '../db/outbox.ts'
import { moment } from '../src/calendar.ts'
import type { Shown } from '../src/playground/state.ts'
import { tick } from '../src/schedule.ts'
import { aBranch, GROUP, openId } from './harness/branch.ts'
import { aPlayground } from './harness/playground.ts'

const playground = await aPlayground()
afterAll(() => playground.stop())

test('a meeting that is called weeks ahead is checked in to by the button all the same', { timeout: 30_000 }, async () => {
  const { post, stateOf, cardIn } = playground
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  const { people, chats } = await stateOf()
  const idOf = (name: string) => people.find((one) => one.name === name)?.openId
  const chat = chats.find(({ name }) => name === '教工第一支部')?.chatId ?? ''
  await post('say', { as: idOf('李华'), chat, text: '@支部 /会议 支委会 11月5日 15:00 三楼会议室' })
  await expect.poll(() => cardIn(chat, '签到')).toBeTruthy()
  await post('clock', { to: '2026-11-05T14:50:00+08:00' })

  const cards = ((await stateOf(chat)).messages[chat] ?? []).filter(({ type }: Shown) => type === 'interactive')
  const [first, second] = cards.map(({ content }: Shown) => JSON.stringify(content))
  expect(first).toContain('这张卡片已重新发出')
  expect(second).toContain('签到')
  const path = 'body.elements[3]'
  const answer = await post('press', { as: idOf('王芳'), message: cards[1]?.id, path })
  expect(JSON.stringify(answer)).toContain('签到成功')
})

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
]

/** Cards of a meeting on 5 November, as they stand in the chats since a day of October. */
async function aMeetingAhead(postedOn = '2026-10-12') {
  const branch = await aBranch(people)
  await branch.at(postedOn, '09:00').say('李华', '/会议 支委会 11月5日 15:00 三楼')
  const subject = await branch.latestGathering()
  await branch.db.insert(posts).values([
    { messageId: 'om_group', recipient: `chat:${GROUP}`, view: 'gathering', subject, args: { subject }, postedAt: branch.now() },
    {
      messageId: 'om_host',
      recipient: `person:${openId('李华')}`,
      view: 'host',
      subject,
      args: { subject, viewer: 'm_李华' },
      postedAt: branch.now(),
    },
  ])
  const turn = (on: string, time = '09:20') => {
    branch.at(on, time)
    return tick(branch.db, moment(on, time), () => {})
  }
  await turn('2026-10-12', '09:30')
  const renewals = async () => (await branch.outboxRows()).filter(({ occasion }) => String(occasion).startsWith('renew '))
  const retired = async () => (await branch.outboxRows()).filter(({ view }) => view === 'renewed').map(({ to_id }) => to_id)
  return { branch, subject, turn, renewals, retired }
}

test('on the twelfth day the group’s card and the host’s are sent again, once, and the old ones say so', async () => {
  const { branch, subject, turn, renewals, retired } = await aMeetingAhead()
  await turn('2026-10-22')
  expect(await renewals()).toEqual([])
  for (const time of ['09:20', '09:21', '10:00']) await turn('2026-10-23', time)
  // A Friday: on Monday they would be a fortnight old.
  expect((await renewals()).map(({ to_id, view, args }) => [to_id, view, JSON.parse(String(args))])).toEqual([
    [GROUP, 'gathering', { subject }],
    [openId('李华'), 'host', { subject, viewer: 'm_李华' }],
  ])
  expect((await retired()).sort()).toEqual(['om_group', 'om_host'])
  expect(await branch.count('posts')).toBe(0)
})

test.each([
  ['that was cancelled', "insert into cancellations values (?, 0, 'm_李华', '改期')"],
  ['that is held within the fortnight', 'update gatherings set ends_at = 1792800000000, starts_at = 1792790000000 where id = ?'],
])('a card of a meeting %s is left as it is', async (_what, sql) => {
  const { branch, subject, turn, renewals } = await aMeetingAhead()
  await branch.store.client.execute({ sql, args: [subject] })
  await turn('2026-10-23')
  expect(await renewals()).toEqual([])
})

test('a chat that has become another’s, and a host who holds no seat any more, are sent nothing', async () => {
  const { branch, turn, renewals } = await aMeetingAhead()
  await branch.store.client.executeMultiple("delete from chats; update seats set until_at = 0 where member = 'm_李华'")
  await turn('2026-10-23')
  expect(await renewals()).toEqual([])
})

import { afterAll, expect, test } from 'vitest'
import { posts } from '../../db/ledgers/tables.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import type { ShownMessage } from '../../src/playground/state.ts'
import { aBranch, GROUP, openId } from '../harness/branch.ts'
import { anEvaluatingBranch } from '../harness/evaluation.ts'
import { named } from '../harness/named.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
afterAll(() => playground.stop())

test('a meeting called weeks ahead is still checked in to', async () => {
  const { post, stateOf, cardIn } = playground
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  const { people, chats } = await stateOf()
  const idOf = (name: string) => people.find((one) => one.name === name)?.openId
  const chat = chats.find(({ name }) => name === '教工第一支部')?.chatId ?? ''
  await post('say', { as: idOf('李华'), chat, text: '@支部 /会议 支委会 11月5日 15:00 三楼会议室' })
  await expect.poll(() => cardIn(chat, '签到')).toBeTruthy()
  await post('clock', { to: '2026-11-05T14:50:00+08:00' })

  const cards = ((await stateOf(chat)).messages[chat] ?? []).filter(({ type }: ShownMessage) => type === 'interactive')
  const [first, second] = cards.map(({ content }: ShownMessage) => JSON.stringify(content))
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
    { messageId: 'om_group', recipient: `chat:${GROUP}`, view: named('gathering'), subject, args: { subject }, postedAt: branch.now() },
    {
      messageId: 'om_host',
      recipient: `person:${openId('李华')}`,
      view: named('host'),
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

test('on the twelfth day both cards are sent again, once', async () => {
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

test('a lost chat and a former host are sent nothing', async () => {
  const { branch, turn, renewals } = await aMeetingAhead()
  await branch.store.client.executeMultiple("delete from chats; update seats set until_at = 0 where member = 'm_李华'")
  await turn('2026-10-23')
  expect(await renewals()).toEqual([])
})

test('of several about the same the last is sent again', async () => {
  const { branch, subject, turn, renewals, retired } = await aMeetingAhead()
  await branch.db.insert(posts).values({
    messageId: 'om_host_again',
    recipient: `person:${openId('李华')}`,
    view: named('host'),
    subject,
    args: { subject, viewer: 'm_李华' },
    postedAt: moment('2026-10-13', '09:00'),
  })
  await turn('2026-10-23')
  expect((await renewals()).map(({ view }) => view)).toEqual(['gathering'])
  await turn('2026-10-26')
  expect((await renewals()).map(({ view }) => view)).toEqual(['gathering', 'host'])
  expect((await retired()).sort()).toEqual(['om_group', 'om_host_again'])
})

test('evaluation cards come again; own forms are reminded of instead', async () => {
  const it = await anEvaluatingBranch()
  await it.begins()
  for (const [nth, row] of (await it.outboxRows()).entries())
    if (['evaluation', 'selfView', 'groupView'].includes(String(row.view)))
      await it.db.insert(posts).values({
        messageId: `om_${nth}`,
        recipient: `person:${row.to_id}`,
        view: named(String(row.view)),
        subject: JSON.parse(String(row.args)).subject,
        args: JSON.parse(String(row.args)),
        postedAt: it.now(),
      })
  const renewed = async () =>
    (await it.outboxRows()).filter(({ occasion }) => String(occasion).startsWith('renew ')).map(({ view, to_id }) => [view, to_id])
  await it.clock('2026-12-10', '09:20')
  expect(await renewed()).toEqual([])
  await it.store.client.executeMultiple("update seats set until_at = 1 where id = 'lead2'")
  await it.clock('2026-12-14', '09:20')
  expect((await renewed()).sort()).toEqual([
    ['evaluation', openId('李华')],
    ['groupView', openId('赵敏')],
  ])
})

test('a dead card is forgotten, with what refreshed it', async () => {
  const { branch, turn } = await aMeetingAhead()
  await branch.store.client.executeMultiple(
    "insert into posts select 'om_young', recipient, view, 'x', args, posted_at + 86400000 from posts where message_id = 'om_host'",
  )
  await turn('2026-10-12', '10:00')
  const refreshes = "select to_id from outbox where to_kind = 'card' order by to_id"
  await branch.store.client.executeMultiple(`
    insert into outbox (occasion, lane, due_at, to_kind, to_id, recipient, view, args, unasked, state, version, attempts)
      select 'refresh ' || message_id, 1, 0, 'card', message_id, recipient, view, args, 0, 'sent', 1, 0 from posts;
    insert into cancellations select id, 0, 'm_李华', '改期' from gatherings;`)
  await turn('2026-10-28', '03:17')
  expect((await branch.store.client.execute('select message_id from posts')).rows).toMatchObject([{ message_id: 'om_young' }])
  expect((await branch.store.client.execute(refreshes)).rows).toMatchObject([{ to_id: 'om_young' }])
})

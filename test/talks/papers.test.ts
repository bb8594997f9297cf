import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { outbox, posts, unreachable } from '../../db/ledgers/tables.ts'
import { papersOf } from '../../db/talks/papers.ts'
import { talks } from '../../db/talks/tables.ts'
import { sendDigests } from '../../src/jobs/send-digests.ts'
import { buttonsOf, openId } from '../harness/branch.ts'
import { ranOnce } from '../harness/jobs.ts'
import { aTalkingBranch, type TalkingBranch } from './company.ts'

let it: TalkingBranch
beforeEach(async () => {
  it = await aTalkingBranch()
})

async function digested(on: string, name: string) {
  it.at(on, '09:00')
  await ranOnce(sendDigests, { db: it.db, now: it.now(), slot: it.now(), isLate: false })
  const sent = (await it.outboxRows()).filter(({ occasion }) => occasion === `digest ${on} ${openId(name)}`)
  return sent.length === 0 ? null : it.shown('digest', { person: openId(name) })
}
const opensOf = (card: Parameters<typeof buttonsOf>[0]) => buttonsOf(card).filter(({ press }) => press === 'talkPaper.open')
const mine = (name: string) => it.say(name, '我的', { dm: true })
const isWithoutFeishu = () => it.change('孙丽', { openId: null })

test('the committee hears of a paper by itself, once', async () => {
  await isWithoutFeishu()
  await it.claims('赵敏', '/谈心 孙丽')
  expect((await digested('2026-10-08', '李华'))?.text ?? '').not.toContain('谈心要看双方签字')
  const told = await digested('2026-10-09', '李华')
  expect(told?.text).toContain('**谈心要看双方签字**　赵敏、孙丽 10月8日（周四）')
  expect((await digested('2026-10-12', '李华'))?.text ?? '').not.toContain('谈心要看双方签字')
  for (const name of ['王芳', '张伟', '赵敏', '钱进']) expect((await mine(name))?.text).not.toContain('签字')
  const [open] = opensOf((await mine('李华'))?.card)
  expect((await it.press('李华', open as object)).mood).toBe('success')
  const paper = await it.lastPaper('李华')
  expect(paper?.text).toContain('孙丽收不到飞书消息')
  const attest = it.buttonFor(paper?.card, 'talkPaper.attest')
  expect((await it.press('李华', attest, { form: { reference: '3 号' } })).toast.zh).toBe('已登记。')
  expect((await mine('李华'))?.text).not.toContain('签字')
  expect(await it.counted()).toBe(1)
})

test('the line tells that a paper is needed, before and after', async () => {
  await isWithoutFeishu()
  const read = await it.say('赵敏', '/谈心 孙丽', { dm: true })
  expect(read?.text).toContain('孙丽收不到飞书消息：两人在纸上签字，支委看过就算数')
  expect(read?.text).not.toContain('会收到一张卡片')
  expect((await it.press('赵敏', it.buttonFor(read?.card, 'talk.claim'))).toast.zh).toBe('已登记，还要看双方签字。')
})

test('of a talk of the secretary another of the committee hears', async () => {
  await isWithoutFeishu()
  await it.claims('李华', '/谈心 孙丽')
  expect(opensOf((await mine('李华'))?.card)).toEqual([])
  expect((await digested('2026-10-09', '王芳'))?.text).toContain('谈心要看双方签字')
  const [open] = opensOf((await mine('王芳'))?.card)
  for (const name of ['李华', '赵敏', '吴上级']) expect((await it.press(name, open as object)).mood).toBe('warning')
})

test('whoever was asked by the claimer is not told again', async () => {
  await isWithoutFeishu()
  const claimed = await it.claims('赵敏', '/谈心 孙丽')
  await it.press('赵敏', it.buttonFor(claimed.card, 'talkPaper.ask'))
  expect((await digested('2026-10-09', '李华'))?.text ?? '').not.toContain('谈心要看双方签字')
  expect((await lookUp(it.db, [papersOf(it.db, openId('李华'), it.now(), true)]))[0]).toEqual([])
  expect(opensOf((await mine('李华'))?.card)).toHaveLength(1)
})

test.each([
  [
    'a message was refused',
    () => it.db.insert(unreachable).values({ recipient: `person:${openId('孙丽')}`, since: it.now(), code: '230013' }),
    1,
  ],
  ['they left', () => it.change('孙丽', { leftOn: '2026-10-08' }), 1],
  ['messages arrive', () => it.change('孙丽', { awaySince: '2026-10-01' }), 0],
  ['it was denied', () => it.db.update(talks).set({ deniedAt: it.now() }), 0],
  ['thirty days went by', () => it.db.update(talks).set({ claimedAt: new Date(it.now().getTime() - 30 * 86_400_000) }), 0],
])('after a claim %s', async (_what, happens, papers) => {
  await it.claims('赵敏', '/谈心 孙丽')
  await happens()
  expect(opensOf((await mine('李华'))?.card)).toHaveLength(papers)
})

test('a care talk is on nobody’s list', async () => {
  await it.claims('李华', '/谈心 赵敏 关怀')
  await it.change('赵敏', { openId: null })
  for (const name of ['王芳', '张伟']) expect((await mine(name))?.text).not.toContain('赵敏')
  expect((await digested('2026-10-09', '王芳'))?.text ?? '').not.toContain('赵敏')
})

/** The rows that wait for a person, as requests to confirm. */
const requestsTo = async (name: string) =>
  (await it.outboxRows()).filter(({ to_id, to_kind, view }) => to_id === openId(name) && to_kind === 'person' && view === 'talkRequests')

test.each([
  ['within one minute', '09:01', '09:01'],
  ['over the ten minutes’ edge', '09:09', '09:10'],
  ['while the card still waits', '09:00', '09:30'],
])('requests %s are one card', async (_what, first, second) => {
  it.at('2026-10-08', first)
  await it.claims('李华', '/谈心 赵敏')
  it.at('2026-10-08', second)
  await it.claims('王芳', '/谈心 赵敏')
  expect(await requestsTo('赵敏')).toHaveLength(1)
})

test('requests of the same instant are one card', async () => {
  it.at('2026-10-08', '09:10')
  const lines = await Promise.all(
    ['李华', '王芳', '张伟'].map(async (name) => ({ name, read: await it.say(name, '/谈心 赵敏', { dm: true }) })),
  )
  await Promise.all(lines.map(({ name, read }) => it.press(name, it.buttonFor(read?.card, 'talk.claim'))))
  expect(await requestsTo('赵敏')).toHaveLength(1)
  expect(await it.count('talks')).toBe(3)
})

test.each([
  ['09:09', 1, 1],
  ['09:10', 2, 0],
])('after a card of nine, a request at %s makes it %i', async (second, cards, left) => {
  await it.claims('李华', '/谈心 赵敏')
  const subject = 'talkRequests m_赵敏'
  await it.db.update(outbox).set({ state: 'sent' }).where(sql`view = 'talkRequests'`)
  const post = {
    messageId: 'om_1',
    recipient: `person:${openId('赵敏')}`,
    view: 'talkRequests' as never,
    subject,
    args: {},
    postedAt: it.now(),
  }
  await it.db.insert(posts).values(post)
  it.at('2026-10-08', second)
  await it.claims('王芳', '/谈心 赵敏')
  expect(await requestsTo('赵敏')).toHaveLength(cards)
  // The old card says that a new one follows, and is not refreshed any more.
  expect(await it.count('posts')).toBe(left)
})

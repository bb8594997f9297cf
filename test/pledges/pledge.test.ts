import { expect, test } from 'vitest'
import { pledgeCard, pledgeFormCard } from '../../cards/pledges/pledge-card.ts'
import { paperPledgeCard, reviewCard } from '../../cards/pledges/review-card.ts'
import type { Pledge } from '../../db/pledges/pledges.ts'
import { moment } from '../../src/calendar.ts'
import { isVague, pointsFrom } from '../../src/rules/pledges/points.ts'
import { buttonsOf, openId } from '../harness/branch.ts'
import { aPledgingBranch } from './company.ts'

const concrete = '9 月底前建好 3 号泵的台账'

test.each([
  [[' ', ''], '至少写一条'],
  [['字'.repeat(61)], '第 1 条有 61 个字'],
  [['一', '二', '三', '四', '五', '六'], '最多 5 条'],
])('points like these are refused with the reason', (typed, why) => {
  expect(pointsFrom(typed)).toMatchObject({ wrong: { zh: expect.stringContaining(why) } })
})

test('an emoji is one character, and nothing hides in a point', () => {
  expect(pointsFrom(['😀'.repeat(60), 'a\u202e\u200bb\n c'])).toEqual({ points: ['😀'.repeat(60), 'a b c'] })
})

test.each(['努力工作', '进一步加强学习，提高自身素质', '发挥先锋模范作用', 'Work harder and do my best'])('“%s” gets a hint', (point) => {
  expect(isVague(point)).toBe(true)
})
test.each([concrete, '全年零违章', '每周查一次现场', '给社区老人修电器', 'Train two colleagues by June'])('“%s” gets none', (point) => {
  expect(isVague(point)).toBe(false)
})

test('a hint refuses nothing: as it is, it is handed in', async () => {
  const it = await aPledgingBranch()
  const hinted = await it.pledges('赵敏', '努力工作', concrete)
  expect(hinted.toast.zh).toContain('大家更好监督')
  expect(JSON.stringify(hinted.card)).toContain(concrete)
  expect(await it.count('pledges')).toBe(0)
  const done = await it.press('赵敏', it.buttonFor(hinted.card, 'pledge.submit', { isSure: true }), {
    form: { p1: '努力工作', p2: concrete },
  })
  expect(done.toast.zh).toBe('已提交，等支委会审。')
  expect(await it.count('pledge_points')).toBe(2)
})

test('a pledge is sent back with a reason, written anew, and accepted', async () => {
  const it = await aPledgingBranch()
  await it.pledges('赵敏', '全年零违章')
  await it.pledges('孙强', concrete)
  const list = await it.review('李华')
  expect(list.text).toContain('全年零违章')
  const [first] = (await it.rows("select id from pledges where member = 'm_赵敏'")).map(({ id }) => String(id))
  const back = it.buttonFor(list.card, 'pledgeReview.return')
  expect((await it.press('李华', back, { form: { back: [first] } })).toast.zh).toContain('为什么退回')
  expect((await it.press('李华', back, { form: { back: [first], because: '哪些岗位？' } })).mood).toBe('success')
  const told = (await it.outboxRows()).filter(({ occasion }) => String(occasion).startsWith('pledgeReturned'))
  expect(told.map(({ to_id }) => to_id)).toEqual([openId('赵敏')])
  expect((await it.own('赵敏')).text).toContain('退回修改**：哪些岗位？')
  expect((await it.say('孙强', '/承诺 支部', { dm: true }))?.text).toContain('已承诺 0 人')
  await it.accepts('王芳')
  const branch = await it.say('赵敏', '/承诺 支部', { dm: true })
  expect(branch?.text).toContain(concrete)
  expect(branch?.text).not.toContain('全年零违章')
  await it.pledges('赵敏', '全年泵房零违章')
  await it.accepts('李华')
  expect((await it.say('孙强', '/承诺 支部', { dm: true }))?.text).toContain('全年泵房零违章')
  // The author of an accepted pledge gets no message: the card changes.
  expect((await it.outboxRows()).filter(({ occasion }) => !String(occasion).startsWith('answer'))).toHaveLength(1)
})

test('nobody reviews their own; alone, the assessor does', async () => {
  const it = await aPledgingBranch()
  await it.pledges('李华', concrete)
  expect((await it.review('李华')).text).toContain('没有等你审的承诺')
  const id = (await it.rows('select id from pledges'))[0]?.id
  const accept = { press: 'pledgeReview.accept', pledges: [String(id)] }
  for (const name of ['李华', '吴上级', '赵敏']) expect((await it.press(name, accept)).mood).toBe('warning')
  await it.store.client.execute("update seats set until_at = 1 where member in ('m_王芳', 'm_张伟')")
  expect((await it.review('吴上级')).text).toContain('李华')
  expect((await it.press('吴上级', accept)).mood).toBe('success')
  await expect(it.store.client.execute(`update pledges set reviewed_by = member where id = '${id}'`)).rejects.toThrow()
})

test('a pledge that waits is replaced, and changed once a quarter', async () => {
  const it = await aPledgingBranch()
  await it.pledges('赵敏', '甲处每周查 1 次')
  await it.pledges('赵敏', '乙处每周查 1 次')
  const list = await it.review('李华')
  expect(list.text).not.toContain('甲处')
  await it.accepts('李华')
  await it.pledges('赵敏', '丙处每周查 1 次')
  expect((await it.say('孙强', '/承诺 支部', { dm: true }))?.text).toContain('乙处')
  await it.accepts('李华')
  expect((await it.own('赵敏')).text).toContain('1月4日（周一）调整过')
  expect((await it.pledges('赵敏', '丁处每周查 1 次')).toast.zh).toContain('这个季度已经调整过')
  it.at('2027-04-01', '09:00')
  expect((await it.pledges('赵敏', '丁处每周查 1 次')).mood).toBe('success')
})

test('a list that was changed meanwhile accepts nothing unread', async () => {
  const it = await aPledgingBranch()
  await it.pledges('赵敏', '甲处每周查 1 次')
  const button = it.buttonFor((await it.review('李华')).card, 'pledgeReview.accept')
  await it.pledges('赵敏', '乙处每周查 1 次')
  expect((await it.press('李华', button)).toast.zh).toContain('再看一次名单')
  const both = await Promise.all([it.accepts('李华'), it.accepts('王芳')])
  expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
})

test('the person says what was kept, until the year ends', async () => {
  const it = await aPledgingBranch()
  await it.pledges('赵敏', concrete, '全年零违章')
  await it.accepts('李华')
  const card = (await it.own('赵敏')).card
  const keep = it.buttonFor(card, 'pledge.keep', { nth: 1 })
  expect((await it.press('孙强', keep)).mood).toBe('warning')
  expect((await it.press('赵敏', keep)).mood).toBe('success')
  const asked = await it.press('赵敏', it.buttonFor(card, 'pledge.ask', { nth: 2 }))
  const no = it.buttonFor(asked.card, 'pledge.keep', { nth: 2, isKept: false })
  expect((await it.press('赵敏', no)).toast.zh).toContain('为什么没做到')
  await it.press('赵敏', no, { form: { because: '3 月有一次' } })
  expect((await it.say('孙强', '/承诺 支部', { dm: true }))?.text).toMatch(/✓ 做到了[\s\S]*没做到：3 月有一次/)
  it.at('2028-01-03', '09:00')
  expect((await it.press('赵敏', keep)).mood).toBe('warning')
  const next = await it.own('赵敏')
  const again = await it.press('赵敏', it.buttonFor(next.card, 'pledge.write', { isAgain: true }))
  expect(JSON.stringify(again.card)).toContain('全年零违章')
  expect(JSON.stringify(again.card)).not.toContain(concrete)
})

test('a paper sheet is typed for somebody without a phone', async () => {
  const it = await aPledgingBranch()
  const enter = { press: 'pledgeReview.enter', year: '2027', pledge: 'sheet' }
  const form = { member: 'm_孙强', p1: concrete }
  expect((await it.press('王芳', enter, { form })).toast.zh).toContain('在飞书里的自己写')
  await it.store.client.execute("update members set open_id = null where id = 'm_孙强'")
  for (const name of ['李华', '赵敏']) expect((await it.press(name, enter, { form })).mood).toBe('warning')
  expect((await it.press('王芳', enter, { form })).mood).toBe('success')
  expect((await it.review('李华')).text).toContain('代录')
})

test('where the module is left out, its words say so', async () => {
  const it = await aPledgingBranch()
  const own = JSON.stringify({ modules: { pledges: false } })
  await it.store.client.execute({
    sql: `insert into rulebooks (committee, version, from_on, said, "by", at) values ('committee', 1, '2026-01-01', ?, 'test', 0)`,
    args: [own],
  })
  expect((await it.own('赵敏')).text).toContain('没有启用')
})

test.each(['字', '(', '"', '😀', '\\'])('pledges full of “%s” fit on every card', (one) => {
  const words = one.repeat(60 / [...one].length)
  const points = [1, 2, 3, 4, 5].map((nth) => ({ nth, words, isKept: false, because: one.repeat(120) }))
  const pledge = (nth: number): Pledge => ({
    id: `${nth}`.padEnd(20, 'x'),
    branch: 'branch',
    member: 'm',
    memberName: '名'.repeat(30),
    memberOpenId: null,
    year: '2027',
    version: nth,
    submittedAt: moment('2027-01-04'),
    isTyped: true,
    reviewedAt: nth === 1 ? moment('2027-01-05') : null,
    returnedBecause: null,
    replacedAt: null,
    points: nth === 1 ? points : points.map((point) => ({ ...point, isKept: null, because: null })),
  })
  const typed = points.map((point) => point.words)
  const own = { year: '2027', versions: [pledge(1), pledge(2)], unkept: typed, isFrozen: false }
  const waiting = Array.from({ length: 60 }, (_, nth) => pledge(nth))
  const people = Array.from({ length: 300 }, (_, nth) => ({ id: `m${nth}`, name: '名'.repeat(30) }))
  const cards = [
    pledgeCard(own),
    pledgeFormCard(own, { typed, id: 'p', vague: [0, 1, 2, 3, 4] }),
    reviewCard({ year: '2027', waiting, typesSheets: true }),
    paperPledgeCard('2027', people, 'p'),
  ]
  for (const card of cards) expect(Buffer.byteLength(JSON.stringify(JSON.stringify(card)))).toBeLessThanOrEqual(30_000)
  expect(buttonsOf(cards[2]).length).toBeGreaterThan(1)
})

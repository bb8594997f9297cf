import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { miscredited, recountCredits } from '../../db/ledgers/credits.ts'
import { records } from '../../db/papers/tables.ts'
import { moment } from '../../src/calendar.ts'
import { openId, textOf } from '../harness/branch.ts'
import { aWritingBranch } from './company.ts'

type It = Awaited<ReturnType<typeof aWritingBranch>>
const ours = { id: 'branch', unit: 'unit', committee: 'committee', name: '', since: '2026-01-01', lineage: ['committee'] }
const culture = async (it: It) => (await accountOf(it.db, ours, '2026Q4', it.now())).duties.filter(({ part }) => part === '16.judged')

async function wrote(it: It, name = '李华', asked = 'm_王芳', line = '/记一笔 文化 10月5日 职工书画展') {
  const shown = await it.say(name, line, { dm: true })
  const form = { topic: 'culture', on: '2026-10-05 +0800', words: '职工书画展', asked }
  return { shown, answer: await it.press(name, it.buttonFor(shown?.card, 'recordForm.write'), { form }) }
}
const idOf = async (it: It) => String((await it.rows('select id from records'))[0]?.id)

test('a line fills the form, and another hand confirms it', async () => {
  const it = await aWritingBranch()
  const { shown, answer } = await wrote(it)
  const json = JSON.stringify(shown?.card)
  for (const filled of ['"initial_option":"culture"', '"initial_date":"2026-10-05"', '"default_value":"职工书画展"'])
    expect(json).toContain(filled)
  expect(json).not.toContain('"value":"m_李华"')
  expect(answer.toast.zh).toBe('已登记，等王芳确认。')
  const asked = (await it.outboxRows()).filter(({ view }) => view === 'record')
  expect(asked.map(({ to_id }) => to_id)).toEqual([openId('王芳')])
  expect((await culture(it))[0]?.gathered).toBeUndefined()
  const card = await it.shown('record', JSON.parse(String(asked[0]?.args)))
  const confirmed = await it.press('王芳', it.buttonFor(card.card, 'record.answer', { isTrue: true }))
  expect(confirmed.toast.zh).toBe('已确认属实。')
  expect((await culture(it))[0]?.gathered).toMatchObject([{ sourceKind: 'record', at: moment('2026-10-05') }])
  expect((await miscredited(it.db, 'branch'))[0]?.rows).toBe(0)
})

test('nobody confirms their own record, or another’s', async () => {
  const it = await aWritingBranch()
  expect((await wrote(it, '李华', 'm_李华')).answer.toast.zh).toContain('自己不能证明自己')
  expect((await wrote(it, '李华', 'm_吴上级')).answer.toast.zh).toContain('请选本支部的一位党员')
  expect(await it.count('records')).toBe(0)
  await wrote(it)
  const record = await idOf(it)
  for (const name of ['李华', '张伟', '赵敏', '吴上级'])
    expect((await it.press(name, { press: 'record.answer', record, isTrue: true })).mood).toBe('warning')
  expect((await it.press('王芳', { press: 'record.withdraw', record })).mood).toBe('warning')
  expect((await it.rows('select confirmed_at from records'))[0]?.confirmed_at).toBeNull()
  await expect(
    it.db.insert(records).values({
      id: 'x',
      branch: 'branch',
      topic: 'culture',
      onDay: '2026-10-05',
      words: 'x',
      by: 'm_李华',
      at: it.now(),
      asked: 'm_李华',
    }),
  ).rejects.toThrow()
})

test('a request that was lost waits on one’s own form', async () => {
  const it = await aWritingBranch()
  await wrote(it)
  const own = await it.say('王芳', '/记一笔', { dm: true })
  expect(own?.text).toContain('李华请你确认')
  const confirmed = await it.press('王芳', it.buttonFor(own?.card, 'record.answer', { isTrue: true }))
  expect(confirmed.toast.zh).toBe('已确认属实。')
  expect((await it.say('王芳', '/记一笔', { dm: true }))?.text).not.toContain('请你确认')
  expect((await it.say('赵敏', '/记一笔', { dm: true }))?.text).not.toContain('请你确认')
})

test('an answer is given once, and a no gathers nothing', async () => {
  const it = await aWritingBranch()
  await wrote(it)
  const record = await idOf(it)
  const declined = await it.press('王芳', { press: 'record.answer', record, isTrue: false })
  expect(declined.mood).toBe('success')
  expect((await it.press('王芳', { press: 'record.answer', record, isTrue: true })).toast.zh).toContain('已经有了结果')
  expect((await culture(it))[0]?.gathered).toBeUndefined()
  const own = await it.shown('record', { subject: `record ${record}`, record, member: 'm_李华' })
  expect(own.text).toContain('王芳说不清楚这件事')
})

test('what is withdrawn is gathered no more', async () => {
  const it = await aWritingBranch()
  await wrote(it)
  const record = await idOf(it)
  await it.press('王芳', { press: 'record.answer', record, isTrue: true })
  expect((await it.press('李华', { press: 'record.withdraw', record })).toast.zh).toBe('已撤回。')
  expect((await culture(it))[0]?.gathered).toBeUndefined()
  expect([await it.count('credits'), (await miscredited(it.db, 'branch'))[0]?.rows]).toEqual([0, 0])
})

test.each([
  ['2026-10-09 +0800', '这一天还没有到'],
  ['2026-07-01 +0800', '已过三个月'],
])('a day of %s is refused', async (on, why) => {
  const it = await aWritingBranch()
  const shown = await it.say('李华', '/记一笔', { dm: true })
  const form = { topic: 'culture', on, words: 'x', asked: 'm_王芳' }
  expect((await it.press('李华', it.buttonFor(shown?.card, 'recordForm.write'), { form })).toast.zh).toContain(why)
})

test('a hundred records credit as one does', async () => {
  const it = await aWritingBranch()
  const one = (nth: number, at: Date) => ({
    id: `r${nth}`,
    branch: 'branch',
    topic: 'culture' as const,
    onDay: `2026-10-0${1 + (nth % 8)}`,
    words: `第 ${nth} 件事`,
    by: 'm_李华',
    at,
    asked: 'm_王芳',
    confirmedAt: at,
  })
  const written = async (from: number, until: number) => {
    for (let nth = from; nth < until; nth++) await it.db.insert(records).values(one(nth, it.now()))
    await together(it.db, recountCredits(it.db, 'branch'))
    const account = await accountOf(it.db, ours, '2026Q4', it.now())
    return { tenths: scoreOfAccount(account).tenths, duties: account.duties.map(({ part, state }) => `${part} ${state}`) }
  }
  const single = await written(0, 1)
  expect(await written(1, 100)).toEqual(single)
  expect((await culture(it))[0]?.gathered).toHaveLength(100)
  const { text, card } = await it.shown('records', { branch: 'branch', quarter: '2026Q4' })
  expect(new Set(text.match(/第 \d+ 件事/gu)).size).toBe(5)
  expect(text).toContain('另有 95 笔')
  expect(JSON.stringify(card).length).toBeLessThan(30_000)
  // One button opens them all from the standard.
  const standard = await it.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 16 })
  const opened = await it.press('吴上级', it.buttonFor(standard.card, 'standard.evidence'))
  expect(opened.toast.zh).toBe('已私聊发给你。')
  expect(textOf(standard.card as never)).toContain('看依据…')
})

test('every topic is gathered for its standard', async () => {
  const it = await aWritingBranch()
  const topics = ['culture', 'workNetwork', 'talents', 'unionAndLeague', 'quality', 'production', 'safety', 'cost'] as const
  for (const [nth, topic] of topics.entries())
    await it.db.insert(records).values({
      id: `r${nth}`,
      branch: 'branch',
      topic,
      onDay: '2026-10-02',
      words: topic,
      by: 'm_李华',
      at: it.now(),
      asked: 'm_王芳',
      confirmedAt: it.now(),
    })
  await together(it.db, recountCredits(it.db, 'branch'))
  const { duties } = await accountOf(it.db, ours, '2026Q4', it.now())
  expect(duties.filter(({ gathered }) => gathered).map(({ standard }) => standard)).toEqual([1, 2, 3, 11, 16, 18, 19, 27])
  expect(await it.db.select({ n: sql<number>`count(*)` }).from(records)).toEqual([{ n: 8 }])
})

test('outside a branch nobody writes records', async () => {
  const it = await aWritingBranch()
  expect((await it.say('吴上级', '/记一笔 文化 书画展', { dm: true }))?.text).toContain('不在支部的名单上')
})

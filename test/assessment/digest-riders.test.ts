import { beforeEach, expect, test } from 'vitest'
import { day, time } from '../../src/calendar.ts'
import { anAssessment, QUARTER, type TestAssessment } from '../harness/assessment.ts'
import { buttonsOf, openId } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

let it: TestAssessment
beforeEach(async () => {
  it = await anAssessment()
  await askOnly(it.client, '12.lecture', '28.suggestions', '5.judged')
})

const cards = async (view: string, name = '李华') => {
  const { rows } = await it.client.execute({
    sql: 'select state, outcome, due_at from outbox where view = ? and to_id = ? order by id',
    args: [view, openId(name)],
  })
  return rows.map(({ state, outcome, due_at }) => ({ said: `${state} ${outcome}`, dueAt: new Date(Number(due_at)) }))
}
const said = async (view: string, name?: string) => (await cards(view, name)).map((one) => one.said)
const digest = (name = '李华') => it.shown('digest', { person: openId(name) })

test('a self-assessment that opens rides in the secretary’s digest', async () => {
  await it.opens()
  expect(await said('digest')).toEqual(['waiting null'])
  expect(await said('selfAssessment')).toEqual(['moot rides 2026-10-08'])
  const { text, card } = await digest()
  expect(text).toContain('自评开始了')
  expect(text).toContain('党课')
  expect(buttonsOf(card)).toContainEqual({ press: 'selfAssessment.open', branch: 'branch', quarter: QUARTER })
})

test('a snoozed digest takes up the card of its morning', async () => {
  it.at('2026-09-30', '10:00')
  await it.press('李华', { press: 'digest.later', until: 'tomorrow' })
  await it.opens()
  expect(await said('digest')).toEqual(['waiting null'])
  expect(await said('selfAssessment')).toEqual(['moot rides 2026-10-08'])
  expect((await digest()).text).toContain('自评开始了')
  await it.run("update outbox set state = 'dead' where view = 'digest'")
  await it.turn('2026-10-09')
  expect((await said('selfAssessment')).at(-1)).not.toContain('moot rides 2026-10-08')
})

test('without a digest that morning the card comes by itself', async () => {
  await it.holds('lecture', '2026-08-01')
  await askOnly(it.client, '12.lecture', '5.judged')
  await it.opens()
  expect(await said('digest')).toEqual([])
  expect(await said('selfAssessment')).toEqual(['waiting null'])
})

test('a digest that never went out loses no card', async () => {
  await it.opens()
  await it.run("update outbox set state = 'moot' where view = 'digest'")
  await it.holds('lecture', '2026-10-08')
  await askOnly(it.client, '5.judged')
  await it.turn('2026-10-09')
  expect(await said('selfAssessment')).toEqual(['waiting null'])
})

test('a result published in the evening rides in the morning’s digest', async () => {
  await it.opens()
  await it.press('李华', { press: 'selfAssessment.submit', branch: 'branch', quarter: QUARTER, own: [], given: [] })
  await it.turn('2026-10-12')
  await it.run("update outbox set state = 'sent' where state = 'waiting'")
  it.at('2026-10-12', '22:30')
  await it.press('上级', { press: 'review.publish', committee: 'committee', quarter: QUARTER })
  const [result] = await cards('result')
  expect(result?.said).toBe('waiting null')
  expect([day(result?.dueAt ?? it.now()), time(result?.dueAt ?? it.now()) >= '09:10']).toEqual(['2026-10-13', true])
  await it.turn('2026-10-13')
  expect((await said('digest')).at(-1)).toBe('waiting null')
  expect(await said('result')).toEqual(['moot rides 2026-10-13'])
  const { text, card } = await digest()
  expect(text).toMatch(/2026年第三季度考核(结果|待定)/)
  expect(buttonsOf(card)).toContainEqual({ press: 'result.appeal', branch: 'branch', quarter: QUARTER })
  const answer = await it.press('李华', { press: 'result.appeal', branch: 'branch', quarter: QUARTER })
  expect(answer.mood).toBe('success')
})

test('an assessor’s review rides with the entries that wait', async () => {
  await it.opens()
  await it.run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at)
    values ('a', 'branch', '28.suggestions', '', '${QUARTER}', '2026-09-20', '台账', 'm_李华', ${it.now().getTime()})`)
  await it.run("update assessments set self_until = '2026-10-11'")
  await it.turn('2026-10-12', '08:56')
  expect(await said('review', '上级')).toEqual(['waiting null'])
  await it.turn('2026-10-12', '09:05')
  expect(await said('review', '上级')).toEqual(['moot rides 2026-10-12'])
  const { text, card } = await digest('上级')
  expect(text).toContain('1 条登记待确认')
  const open = buttonsOf(card).find(({ press }) => press === 'review.open')
  expect(open).toEqual({ press: 'review.open', quarter: QUARTER, shown: 'c committee' })
  await it.press('上级', open ?? {})
  expect((await it.shownTo('review')).at(-1)?.args).toMatchObject({ committee: 'committee', quarter: QUARTER })
  expect(await it.shownTo('review')).toHaveLength(3)
})

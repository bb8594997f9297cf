import { beforeEach, expect, test } from 'vitest'
import { anAssessment, QUARTER, type TestAssessment } from '../harness/assessment.ts'
import { openId } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

let it: TestAssessment
beforeEach(async () => {
  it = await anAssessment()
  await askOnly(it.client, '12.general', '12.lecture', '7.life', '1.judged')
  await it.holds('general', '2026-07-10')
  await it.opens()
})

const rows = async (sql: string) => (await it.client.execute(sql)).rows
const publish = () => it.press('上级', { press: 'review.publish', committee: 'committee', quarter: QUARTER })
const appeal = (form: object = {}, by = '李华') =>
  it.press(
    by,
    { press: 'result.submitAppeal', branch: 'branch', quarter: QUARTER },
    { form: { standard: '12', words: '党课 9 月 5 日已上，漏登记', ...form } },
  )
const answer = (form: object, by = '上级') => it.pressOn(by, 'appeal', 'appeal.answer', { words: '经核实', ...form }, by)
const lecture = `12.lecture ${QUARTER} 1`

test('an appeal is made within the window alone: not before the publishing, not on the day after its last', async () => {
  expect((await appeal()).toast.zh).toBe('还没有公布，公布后可以申诉。')
  await publish()
  expect((await appeal({ words: ' ' })).toast.zh).toBe('请写明理由和依据。')
  expect((await appeal({ standard: '31' })).mood).toBe('warning')
  it.at('2026-10-21', '00:00')
  expect((await appeal()).toast.zh).toBe('申诉期已过。')
  it.at('2026-10-20', '23:59')
  expect((await appeal()).mood).toBe('success')
})

test('a standard is appealed once, even by two who press together, and the assessors are told', async () => {
  await publish()
  const both = await Promise.all([appeal(), appeal({}, '王芳')])
  expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
  expect(await rows('select count(*) n from appeals')).toMatchObject([{ n: 1 }])
  const told = (await rows("select to_id from outbox where view = 'appeal'")).map(({ to_id }) => to_id)
  expect(told.sort()).toEqual([openId('上级'), openId('另一上级')].sort())
  expect((await it.cardOf('result', '李华'))?.text).toContain('（12）三会一课：等答复')
})

test('upheld, it changes the score by its correction, with the reason; both sides see the answer', async () => {
  await publish()
  await appeal()
  expect((await answer({ verdict: 'points', percent: '' })).mood).toBe('warning')
  expect((await answer({ verdict: 'points', duty: lecture, percent: '101' })).toast.zh).toBe('得分率请填 0 到 100。')
  expect(await rows('select answered_at from appeals')).toMatchObject([{ answered_at: null }])
  await answer({ verdict: 'points', duty: lecture, percent: '100' })
  expect((await it.cardOf('appeal', '李华'))?.text).toContain('经核实')
  await it.turn('2026-10-21')
  expect(await it.tenths()).toBe(1000)
})

test('not upheld, it changes nothing but is answered in words', async () => {
  await publish()
  await appeal()
  expect((await answer({ verdict: 'no', words: '' })).toast.zh).toBe('请写明理由。')
  await answer({ verdict: 'no' })
  expect((await it.cardOf('result', '李华'))?.text).toContain('（12）三会一课：不成立。经核实')
  await it.turn('2026-10-21')
  expect(await it.tenths()).toBe(500)
})

test('of two assessors who answer at once one is heard, and one correction is made', async () => {
  await publish()
  await appeal()
  const form = { verdict: 'excused', duty: lecture }
  const both = await Promise.all([answer(form), answer(form, '另一上级')])
  expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
  expect(await rows('select count(*) n from judgements')).toMatchObject([{ n: 1 }])
})

test('while an appeal waits neither clock nor press closes the quarter; answered late, it closes by itself', async () => {
  await publish()
  await appeal()
  await it.turn('2026-10-26')
  expect(await it.tenths()).toBe(undefined)
  const { toast } = await it.press('上级', { press: 'review.close', committee: 'committee', quarter: QUARTER })
  expect(toast.zh).toBe('还有申诉没有答复，请先答复。')
  await it.say('上级', '/评定', { dm: true })
  expect((await it.cardOf('review'))?.text).toContain('第一支部 · 有申诉')
  await answer({ verdict: 'no' })
  await it.turn('2026-10-26', '09:30')
  expect(await it.tenths()).toBe(500)
})

test('an appeal is not answered by the branch itself, nor made by a member or by another branch’s secretary', async () => {
  await publish()
  expect((await appeal({}, '赵敏')).mood).toBe('warning')
  await appeal()
  const [{ id } = { id: '' }] = await rows('select id from appeals')
  expect((await it.press('李华', { press: 'appeal.answer', appeal: id }, { form: { verdict: 'no', words: 'x' } })).mood).toBe('warning')
})

test('what was found is shown to the branch with its reference, and an appeal against it is upheld by taking it back', async () => {
  const find = (kind: string) =>
    it.press(
      '上级',
      { press: 'findings.record', branch: 'branch', quarter: QUARTER, kind },
      { form: { reason_accident: '安全处通报第 3 号' } },
    )
  await it.holds('lecture', '2026-09-10')
  await find('accident')
  await publish()
  const shown = (await it.cardOf('result', '李华'))?.text
  expect(shown).toContain('安全事故，本季得分低于 90：安全处通报第 3 号')
  expect(shown).toContain('没有扣分的标准')

  expect((await appeal({ standard: '3', words: '事故发生在外单位' })).mood).toBe('success')
  expect((await it.cardOf('appeal', '上级'))?.text).toContain('成立，撤销查实的记录')
  await answer({ verdict: 'withdraw' })
  expect((await it.cardOf('result', '李华'))?.text).toContain('（3）安全生产无事故：成立。经核实')
  expect(await rows("select deed from audit where deed like 'finding%' order by id")).toMatchObject([
    { deed: 'finding.make' },
    { deed: 'finding.withdraw' },
  ])
  await it.turn('2026-10-21')
  expect(await it.tenths()).toBe(1000)
})

test('a record said to be false is taken back by an appeal for its own standard, and for no other', async () => {
  await it.press('上级', { press: 'findings.record', branch: 'branch', quarter: QUARTER, kind: '12' }, { form: { reason_false: '查实' } })
  await publish()
  await appeal({ standard: '30' })
  expect((await it.cardOf('appeal', '上级'))?.text).not.toContain('撤销查实的记录')
  expect((await answer({ verdict: 'withdraw' })).toast.zh).toBe('没有可以撤销的记录。')
  await answer({ verdict: 'no' })
  await appeal({ standard: '12' })
  await answer({ verdict: 'withdraw' })
  expect(await rows('select withdrawn_by from findings')).toMatchObject([{ withdrawn_by: 'm_上级' }])
})

import { beforeEach, describe, expect, test } from 'vitest'
import { adjustmentSince, finishClosing } from '../../db/assessment/close.ts'
import { beginClosing } from '../../db/assessment/open-and-close.ts'
import { assessments } from '../../db/assessment/tables.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp, together } from '../../db/client.ts'
import { recredit } from '../../db/ledgers/credits.ts'
import { frozenScore, thawed } from '../../src/rules/assessment/adjustment.ts'
import { unpacked } from '../../src/rules/assessment/kept.ts'
import { anAssessment, QUARTER, type TestAssessment } from '../harness/assessment.ts'
import { openId } from '../harness/branch.ts'
import { askOnly, rule } from '../harness/rulebook.ts'

let it: TestAssessment
beforeEach(async () => {
  it = await anAssessment()
  await askOnly(it.client, '12.general', '12.lecture', '1.judged')
  await it.holds('general', '2026-07-10')
  await it.opens()
})

const rows = async (sql: string) => (await it.client.execute(sql)).rows
const publish = () => it.press('上级', { press: 'review.publish', committee: 'committee', quarter: QUARTER })
const close = (by = '上级') => it.press(by, { press: 'review.close', committee: 'committee', quarter: QUARTER })
const results = () => rows('select branch, tenths, place, is_last, account from results order by branch')
const mine = async (who: string) => (await it.say(who, '我的', { dm: true }))?.text ?? ''
const branchItself = async (id = 'branch') => (await lookUp(it.db, [branchById(it.db, id)]))[0][0] as Branch

describe('a quarter', () => {
  test('the clock closes it after the appeals, with what it rests on', async () => {
    await publish()
    await it.turn('2026-10-20')
    expect(await results()).toEqual([])
    await it.turn('2026-10-21')
    const [result] = await results()
    expect(result).toMatchObject({ branch: 'branch', tenths: 500, place: 1, is_last: 0 })
    const frozen = thawed(unpacked(result?.account as ArrayBuffer))
    expect(frozenScore(frozen).tenths).toBe(500)
    expect(JSON.stringify(frozen)).toBe(JSON.stringify(unpacked(result?.account as ArrayBuffer)))
    expect(await rows('select closed_by from assessments')).toMatchObject([{ closed_by: 'clock' }])
  })

  test('a press closes it after the window, once even beside the clock', async () => {
    expect((await close()).toast.zh).toBe('还没有公布，请先公布。')
    await publish()
    expect((await close()).toast.zh).toContain('申诉期到10月20日（周二）')
    it.at('2026-10-21', '08:00')
    const pressed = await Promise.all([close(), close('另一上级'), it.turn('2026-10-21', '08:00')])
    expect(pressed.slice(0, 2).filter((one) => 'mood' in one && one.mood === 'success').length).toBeLessThanOrEqual(1)
    await it.turn('2026-10-21', '08:01')
    expect(await rows("select deed, count(*) n from audit where deed like 'assessment.close%' group by deed order by deed")).toMatchObject([
      { deed: 'assessment.close', n: 1 },
      { deed: 'assessment.closed', n: 1 },
    ])
    expect(await results()).toHaveLength(1)
  })

  test('a closing that was cut off is finished as it began', async () => {
    await publish()
    it.at('2026-10-21', '08:00')
    await together(it.db, [it.db.update(assessments).set({ closingAt: it.now(), closedBy: 'clock' })])
    await it.run(`insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
      values ('late', 'branch', '1.judged', '', '${QUARTER}', 'points', 0, 1, 'late', 'm_上级', ${it.now().getTime() + 60_000})`)
    await Promise.all([it.turn('2026-10-22'), it.turn('2026-10-22')])
    expect(await rows('select tenths, at from results')).toMatchObject([{ tenths: 500, at: it.at('2026-10-21', '08:00').now().getTime() }])
    expect(await rows("select count(*) n from audit where deed = 'assessment.closed'")).toMatchObject([{ n: 1 }])
  })

  test('once closed is changed and deleted by nobody', async () => {
    await publish()
    await it.turn('2026-10-21')
    await expect(it.run('update results set tenths = 1000')).rejects.toThrow('result final')
    await expect(it.run('delete from results')).rejects.toThrow('result final')
    await expect(beginClosing(it.db, { committee: 'committee', quarter: QUARTER, unit: 'unit', by: 'clock' }, it.now())).rejects.toThrow(
      'closed already',
    )
    const [assessment] = await it.db.select().from(assessments)
    if (assessment) await finishClosing(it.db, { ...assessment, unit: 'unit' }, it.now())
    expect(await rows("select count(*) n from audit where deed = 'assessment.closed'")).toMatchObject([{ n: 1 }])
  })

  test('later facts show beside the result and leave it unchanged', async () => {
    await publish()
    await it.turn('2026-10-21')
    expect(await adjustmentSince(it.db, await branchItself(), QUARTER, it.now())).toBe(null)
    await it.holds('lecture', '2026-09-05')
    it.at('2027-02-01', '09:00')
    const adjustment = await adjustmentSince(it.db, await branchItself(), QUARTER, it.now())
    expect([adjustment?.before.tenths, adjustment?.after.tenths, adjustment?.changed.map(({ before }) => before.part)]).toEqual([
      500,
      1000,
      ['12.lecture'],
    ])
    expect(await it.tenths()).toBe(500)
    const shown = await it.shown('result', { subject: 'x', branch: 'branch', quarter: QUARTER })
    expect(shown.text).toContain('按现在的事实应为 100.0 分，结果仍为 50.0 分')
    const review = await it.shown('branchReview', { subject: 'x', branch: 'branch', quarter: QUARTER })
    expect(review.text).toContain('这里再评的只作为调整说明，不改结果')
    // A record that turns out not to have been one is an adjustment too.
    await it.run("delete from closures where gathering = 'general 2026-07-10 branch'; update closures set is_quorate = 0")
    await together(it.db, [...recredit(it.db, 'general 2026-07-10 branch'), ...recredit(it.db, 'lecture 2026-09-05 branch')])
    expect((await adjustmentSince(it.db, await branchItself(), QUARTER, it.now()))?.after.tenths).toBe(0)
  })

  test('is not adjusted because somebody joined, left or lost a seat afterwards', async () => {
    await rule(it.client, { switches: { '12.committee': 'on', '12.group': 'on', '4.seats': 'on', '24.talk': 'on' } })
    await it.run(`insert into "groups" (id, branch, name) values ('g1', 'branch', '一组')`)
    await publish()
    await it.turn('2026-10-21')
    await it.run(`update seats set until_at = ${it.now().getTime()}; delete from "groups";
      insert into members (id, unit, branch, name, stage, activist_on, joined_on, added_at) values ('m_new', 'unit', 'branch', '新人', 'activist', '2026-01-01', '2026-01-01', 0);`)
    it.at('2027-03-01', '09:00')
    expect(await adjustmentSince(it.db, await branchItself(), QUARTER, it.now())).toBe(null)
  })
})

describe('the order within the committee', () => {
  const others = ['b2', 'b3', 'b4', 'b5']
  beforeEach(async () => {
    for (const id of others)
      await it.run(`insert into branches (id, unit, committee, name, since) values ('${id}', 'unit', 'committee', '${id}', '2026-01-01')`)
    await it.holds('lecture', '2026-08-01')
    for (const id of others.slice(0, 3)) await it.holds('general', '2026-08-01', [], id)
  })

  const closed = async (from: string, on: string) => {
    await it.turn(from)
    await it.client.execute(
      `update assessments set published_at = 1, published_by = 'test', appeals_until = '${from}' where published_at is null`,
    )
    await it.turn(on)
  }

  test('ties share a place, and only a single last is last', async () => {
    await closed('2026-10-08', '2026-10-21')
    expect((await results()).map(({ branch, tenths, place, is_last }) => [branch, tenths, place, is_last])).toEqual([
      ['b2', 500, 2, 0],
      ['b3', 500, 2, 0],
      ['b4', 500, 2, 0],
      ['b5', 0, 5, 1],
      ['branch', 1000, 1, 0],
    ])
    expect(await it.count('last_twice')).toBe(0)
  })

  test('twice last in a year is an assessors’ item, closed with reason', async () => {
    await closed('2026-10-08', '2026-10-21')
    for (const id of others.slice(0, 3)) await it.holds('general', '2026-11-01', [], id)
    await it.holds('general', '2026-11-02')
    await closed('2027-01-04', '2027-02-01')
    expect(await rows('select branch, year from last_twice')).toEqual([expect.objectContaining({ branch: 'b5', year: '2026' })])
    const told = (await rows("select distinct to_kind, to_id from outbox where view = 'lastTwice' order by to_id")).map(
      ({ to_id }) => to_id,
    )
    expect(told.sort()).toEqual([openId('上级'), openId('另一上级')].sort())
    expect(await rows("select view from outbox where to_kind = 'chat' and view not in ('score', 'order', 'say', 'pledgesCalled')")).toEqual(
      [],
    )
    expect(
      (await it.pressOn('上级', 'lastTwice', 'branchYear.conclude', { adjusted: 'no', reason: '', concluded_on: '2027-01-20' })).mood,
    ).toBe('warning')
    expect(await mine('上级')).toContain('2026 年末位事项 — 待办结')
    const form = { adjusted: 'no', reason: '新书记刚到任', concluded_on: '2027-01-20 +0800' }
    const pressed = await Promise.all([
      it.pressOn('上级', 'lastTwice', 'branchYear.conclude', form),
      it.pressOn('另一上级', 'lastTwice', 'branchYear.conclude', form),
    ])
    expect(pressed.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
    expect((await it.cardOf('lastTwice'))?.text).toContain('末位事项已办结：班子未调整')
    expect(await mine('上级')).not.toContain('末位事项')
  })

  test('the year shows quarters, mean and weak branches, who get a helper', async () => {
    await closed('2026-10-08', '2026-10-21')
    await it.say('上级', '/评定 年度', { dm: true })
    const year = await it.cardOf('yearReview')
    const listed = year?.card?.body.elements.find(({ tag }) => tag === 'table')?.rows as { branch: string }[]
    expect(listed.at(-1)).toEqual({ branch: 'b5', mean: '0.0', note: '弱 · 末位 ×1', q1: '–', q2: '–', q3: '0.0', q4: '–' })
    await it.run("update units set language = 'en'")
    expect(JSON.stringify((await it.cardOf('yearReview'))?.card)).toContain('"note":"weak · last ×1"')
    await it.pressOn('上级', 'yearReview', 'year.open', { of: 'b5' })
    const dates = { from: '2026-10-21', until: '2026-12-31' }
    expect((await it.pressOn('上级', 'branchYear', 'support.begin', { helper: 'nobody', ...dates })).mood).toBe('warning')
    await it.pressOn('上级', 'branchYear', 'support.begin', { helper: 'm_李华', ...dates })
    expect(await rows("select to_id from outbox where view = 'helping'")).toMatchObject([{ to_id: openId('李华') }])
    expect((await it.cardOf('helping', '李华'))?.text).toMatch(/b5[\s\S]*10月21日（周三） 至 12月31日（周四）/)
    expect(await mine('李华')).toContain('b5 — 到12月31日（周四）')
    expect(await mine('上级')).not.toContain('的帮扶')
    it.at('2027-01-04', '10:00')
    expect(await mine('上级')).toContain('b5的帮扶（李华）12月31日（周四）已到期 — 请记录结果')
    expect((await it.pressOn('上级', 'branchYear', 'support.conclude', { outcome: 'extended' })).mood).toBe('warning')
    await it.pressOn('上级', 'branchYear', 'support.conclude', { outcome: 'extended', extended: '2027-03-31' })
    await it.pressOn('上级', 'branchYear', 'support.conclude', { outcome: 'recovered' })
    expect(await rows("select to_id from outbox where view = 'helping'")).toHaveLength(2)
    expect([await mine('上级'), await mine('李华')].join()).not.toMatch(/的帮扶|我帮扶的支部/)
    expect(await rows('select outcome, from_on, until_on from supports order by until_on')).toMatchObject([
      { outcome: 'extended', until_on: '2026-12-31' },
      { outcome: 'recovered', from_on: '2026-12-31', until_on: '2027-03-31' },
    ])
  })

  test('a work report’s commentary goes to the secretary alone, once a period', async () => {
    const comment = () =>
      it.press(
        '上级',
        { press: 'branchYear.report', branch: 'branch', year: '2026' },
        { form: { period: '2026H1', heard: '2026-07-15', commentary: '抓得实' } },
      )
    expect((await comment()).mood).toBe('success')
    expect((await comment()).mood).toBe('warning')
    expect((await rows("select to_id from outbox where view = 'workReport'")).map(({ to_id }) => to_id)).toEqual([openId('李华')])
    expect((await it.cardOf('workReport'))?.text).toContain('抓得实')
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { scoreOfBranch } from '../../db/duties/score.ts'
import { dutyKey } from '../../src/rules/duties/duty.ts'
import { isCourteous } from '../../src/rules/time/courtesy.ts'
import { anAssessment, people, QUARTER, type TestAssessment } from '../harness/assessment.ts'
import { buttonsOf, openId } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

let it: TestAssessment
beforeEach(async () => {
  it = await anAssessment()
})

async function branchItself(id = 'branch'): Promise<Branch> {
  const [[branch]] = await lookUp(it.db, [branchById(it.db, id)])
  return branch as Branch
}
const score = async () => scoreOfBranch(it.db, await branchItself(), QUARTER, it.now())
const standard = async (id: number) => (await score()).standards.find((one) => one.standard === id)
const duty = async (part: string) =>
  (await accountOf(it.db, await branchItself(), QUARTER, it.now())).duties.find((one) => one.part === part)
const rows = async (sql: string) => (await it.client.execute(sql)).rows

describe('the opening', () => {
  test('opens on the first working day, with a card for the secretary', async () => {
    await it.opens()
    await it.turn('2026-10-08', '09:30')
    expect(await rows('select committee, quarter, self_until, review_until from assessments')).toMatchObject([
      { committee: 'committee', quarter: QUARTER, self_until: '2026-10-14', review_until: '2026-10-21' },
    ])
    const asked = await it.shownTo('selfAssessment')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.dueAt && isCourteous(asked[0].dueAt)).toBe(true)
    expect(await it.shownTo('selfAssessment', '李华')).toHaveLength(1)
  })

  test('asks the deputy without a secretary, and no branch begun later', async () => {
    await it.run(`update seats set until_at = 1 where role = 'secretary';
      insert into branches (id, unit, committee, name, since) values ('young', 'unit', 'committee', '新支部', '2026-10-02');
      insert into members (id, unit, branch, open_id, name, joined_on, added_at) values ('m_young', 'unit', 'young', 'ou_young', '新书记', '2026-10-02', 0);
      insert into seats (id, member, role, branch, from_at) values ('s_young', 'm_young', 'secretary', 'young', 0);`)
    await it.opens()
    expect((await rows("select to_id from outbox where view = 'selfAssessment'")).map(({ to_id }) => to_id)).toEqual([openId('王芳')])
  })

  test('a missed opening is caught up once, with as many days', async () => {
    await it.turn('2026-09-30', '12:00')
    await it.turn('2026-10-12')
    await it.turn('2026-10-13')
    expect(await rows('select quarter, self_until from assessments')).toMatchObject([{ quarter: QUARTER, self_until: '2026-10-19' }])
    expect(await it.shownTo('selfAssessment')).toHaveLength(1)
  })

  test('is not made for a committee whose branches all began later', async () => {
    it = await anAssessment(people, '2026-10-01')
    await it.opens()
    expect(await it.count('assessments')).toBe(0)
  })
})

describe('the self-assessment', () => {
  beforeEach(async () => {
    await it.holds('integrity', '2026-08-20')
    await it.opens()
  })

  test('prefills nothing that nobody said, and “fully” only where something was gathered', async () => {
    const shown = await it.cardOf('selfAssessment', '李华')
    const selects = elementsOf(shown?.card, 'select_static')
    expect(selects).toHaveLength(10)
    expect(selects.filter((one) => one.initial_option)).toHaveLength(1)
    expect(shown?.text).toContain('（22）**党风党纪教育**　已收集：8月20日（周四）')
  })

  test('goes up whole or not at all', async () => {
    const { toast, mood } = await it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', { ...it.answers(), s3: '' })
    expect([mood, toast.zh]).toEqual(['warning', '还有 1 项没有选，请选完再上报。'])
    expect(await it.count('judgements')).toBe(0)
    expect(await it.count('self_assessments')).toBe(0)
  })

  test('the branch may send it again, and the last word stands', async () => {
    await it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', it.answers('fully'))
    expect(await duty('5.judged')).toMatchObject({ state: 'waiting', proposed: { permille: 1000 } })
    it.at('2026-10-09', '10:00')
    await it.pressOn('王芳', 'selfAssessment', 'selfAssessment.submit', { ...it.answers('mostly'), s0: 'not applicable' })
    expect(await standard(8)).toMatchObject({ percentTenths: null })
    await it.adopts()
    expect(await standard(5)).toMatchObject({ percentTenths: null })
    expect(await standard(8)).toMatchObject({ percentTenths: 800 })
    expect(await it.count('self_assessments')).toBe(1)
    expect((await it.cardOf('selfAssessment', '李华'))?.text).toContain('王芳已于10月9日（周五）10:00上报')
  })

  test('pressed twice at once comes to one and the same', async () => {
    await Promise.all([1, 2].map(() => it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', it.answers('mostly'))))
    expect(await it.count('self_assessments')).toBe(1)
    await it.adopts()
    expect((await score()).standards.filter(({ percentTenths }) => percentTenths === 800)).toHaveLength(10)
  })

  test('begins the next quarter with the answers of the last', async () => {
    await it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', it.answers('partly'))
    await it.turn('2027-01-04')
    const chosen = elementsOf((await it.cardOf('selfAssessment', '李华'))?.card, 'select_static').map((one) => one.initial_option)
    expect(chosen).toEqual(Array(10).fill('partly'))
  })

  test('is taken no more once the quarter is published', async () => {
    const card = await it.cardOf('selfAssessment', '李华')
    const value = buttonsOf(card?.card).find(({ press }) => press === 'selfAssessment.submit') ?? {}
    for (const on of ['2026-10-13', '2026-10-15']) await it.turn(on)
    await publish()
    const { toast } = await it.press('李华', value, { form: it.answers() })
    expect(toast.zh).toBe('考核已经公布，不能再上报；有异议请申诉。')
    expect((await it.cardOf('selfAssessment', '李华'))?.text).toContain('查看结果、申诉')
  })
})

describe('what our own records do not prove', () => {
  beforeEach(async () => {
    await askOnly(it.client, '30.records', '28.suggestions', '14.review')
    await it.opens()
  })
  const enter = (form: Record<string, string>) => it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', form)

  test('is entered with date and reference, and counts when confirmed', async () => {
    await enter({ on0: '2026-09-20 +0800', ref0: '自查表' })
    expect(await duty('28.suggestions')).toMatchObject({ state: 'waiting', attested: { isConfirmed: false } })
    expect(await openBranch()).toContain('自查表')
    const { toast } = await it.pressOn('上级', 'branchReview', 'entries.confirm')
    expect(toast.zh).toBe('已确认 1 项。')
    expect(await duty('28.suggestions')).toMatchObject({ state: 'met', attested: { isConfirmed: true } })
  })

  test('never stands among the points that the bot proved', async () => {
    await it.run('delete from rulebooks')
    await askOnly(it.client, '30.records', '12.lecture', '12.general', '1.judged')
    await it.holds('lecture', '2026-08-20')
    const proved = async () => /\*\*([\d.]+)\*\*\n[^\n]*机器人已证明/.exec((await it.cardOf('selfAssessment', '李华'))?.text ?? '')?.[1]
    expect(await proved()).toBe('4.0')
    await it.run(`
      insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, confirmed_by, confirmed_at)
        values ('a', 'branch', '30.records', '', '${QUARTER}', '2026-09-20', '自查表', 'm_李华', 0, 'm_上级', 1);
      insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
        values ('j', 'branch', '1.judged', '', '${QUARTER}', 'points', 1000, 1, '', 'm_上级', 1),
          ('k', 'branch', '12.general', '', '${QUARTER}', 'points', 1000, 1, '', 'm_上级', 1)`)
    expect((await score()).tenths).toBe(1000)
    expect(await proved()).toBe('4.0')
  })

  test('is late in the grace; future days and half entries fail', async () => {
    expect((await enter({ on0: '2026-10-09 +0800', ref0: '台账' })).toast.zh).toContain('在今天之后')
    expect((await enter({ on0: '2026-10-08 +0800', ref0: '' })).toast.zh).toContain('日期和依据都要填')
    expect(await it.count('attestations')).toBe(0)
    await enter({ on0: '2026-10-08 +0800', ref0: '台账' })
    await openBranch()
    await it.pressOn('上级', 'branchReview', 'entries.confirm')
    expect(await duty('28.suggestions')).toMatchObject({ state: 'met late' })
  })

  test('a returned entry is told to the secretary once, and entered anew', async () => {
    await enter({ on0: '2026-09-20', ref0: '台账' })
    await openBranch()
    const [attestation] = (await rows('select id from attestations')).map(({ id }) => id)
    const returned = await it.pressOn('上级', 'branchReview', 'entries.refuse', { attestation, because: '台账上没有' })
    expect(returned.mood).toBe('success')
    const again = await it.press(
      '另一上级',
      { press: 'entries.refuse', branch: 'branch', quarter: QUARTER },
      { form: { attestation, because: '没有' } },
    )
    expect(again.mood).toBe('warning')
    expect(await it.shownTo('refused')).toHaveLength(1)
    expect((await it.cardOf('refused', '李华'))?.text).toContain('台账上没有')
    await it.pressOn('李华', 'refused', 'attest.open')
    expect((await it.cardOf('attest'))?.text).toContain('合理化建议有答复')
    await it.pressOn('李华', 'attest', 'attest.submit', { on0: '2026-09-21', ref0: '台账第 2 页' })
    expect(await duty('28.suggestions')).toMatchObject({ attested: { on: '2026-09-21' } })
  })

  test('can be taken back until it is confirmed', async () => {
    await enter({ on0: '2026-09-20', ref0: '台账' })
    await it.press('李华', { press: 'attest.open', branch: 'branch', quarter: QUARTER })
    const [attestation] = (await rows('select id from attestations')).map(({ id }) => id)
    await it.pressOn('李华', 'attest', 'attest.withdraw', { attestation })
    expect(await duty('28.suggestions')).not.toHaveProperty('attested')
    expect((await it.press('李华', { press: 'attest.withdraw', branch: 'branch', quarter: QUARTER }, { form: { attestation } })).mood).toBe(
      'warning',
    )
  })

  test('is not confirmed by who entered it while another assessor is there', async () => {
    await it.run("insert into seats (id, member, role, committee, from_at) values ('both', 'm_李华', 'assessor', 'committee', 0)")
    await enter({ on0: '2026-09-20', ref0: '台账' })
    await openBranch()
    const confirm = (by: string) => it.pressOn(by, 'branchReview', 'entries.confirm')
    expect((await confirm('李华')).toast.zh).toBe('自己登记的请由另一位考核人确认。')
    expect(await rows('select count(*) n from attestations where confirmed_at is not null')).toMatchObject([{ n: 0 }])
    await it.run("update seats set until_at = 1 where role = 'assessor' and member <> 'm_李华'")
    expect((await confirm('李华')).mood).toBe('success')
  })

  test('is confirmed by one of two assessors who press at once', async () => {
    await enter({ on0: '2026-09-20', ref0: '台账' })
    await openBranch()
    await Promise.all([it.pressOn('上级', 'branchReview', 'entries.confirm'), it.pressOn('另一上级', 'branchReview', 'entries.confirm')])
    expect(await rows("select count(*) n from audit where deed = 'attestation.confirm'")).toMatchObject([{ n: 1 }])
  })

  test('is entered once, however often the same form is sent', async () => {
    const form = { on0: '2026-09-20', ref0: '台账' }
    const value = buttonsOf((await it.cardOf('selfAssessment'))?.card).find(({ press }) => press === 'selfAssessment.submit') ?? {}
    await Promise.all([1, 2, 3].map(() => it.press('李华', value, { form })))
    expect(await it.count('attestations')).toBe(1)
  })
})

describe('the review', () => {
  beforeEach(() => it.opens())

  test('shows the assessor the progress, and takes points for the upper level', async () => {
    await it.say('上级', '/评定', { dm: true })
    expect((await it.cardOf('review'))?.text).toMatch(/0\/1\*\*\n.*支部已上报[\s\S]*\*\*4\*\*\n.*待评定/)
    await openBranch()
    const { toast } = await it.pressOn('上级', 'branchReview', 'branchReview.judge', { m0: '3.5', m1: '4', m2: '5', m3: '2' })
    expect(toast.zh).toBe('已保存 4 项评定。')
    expect(await standard(1)).toMatchObject({ percentTenths: 875, earnedTenths: 35 })
    expect((await it.pressOn('上级', 'branchReview', 'branchReview.judge', { m0: '4.5' })).toast.zh).toContain('0 到 4')
    expect((await it.pressOn('上级', 'branchReview', 'branchReview.judge', { m0: '3.5' })).toast.zh).toBe('没有改动。')
  })

  test('a correction needs a reason and stands over the branch’s later word', async () => {
    await it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', it.answers('fully'))
    await openBranch()
    expect((await it.pressOn('上级', 'branchReview', 'branchReview.judge', { s0: '1' })).toast.zh).toBe('与支部自评不同的要写理由。')
    await it.pressOn('上级', 'branchReview', 'branchReview.judge', { s0: '1', s1: '2', reason: '创新不够' })
    it.at('2026-10-09', '09:00')
    await it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', it.answers('fully'))
    expect(await standard(5)).toMatchObject({ percentTenths: 500 })
    expect(await standard(8)).toMatchObject({ percentTenths: 1000 })
  })

  test('keeps what another wrote since, and says a conflict first', async () => {
    await openBranch()
    const shown = await it.cardOf('branchReview')
    const press = buttonsOf(shown?.card).find((one) => one.press === 'branchReview.judge') as Record<string, unknown>
    await it.press('另一上级', press, { form: { m0: '3', m1: '2' } })
    const stale = await it.press('上级', press, { form: { m2: '5' } })
    expect([stale.mood, (await standard(1))?.earnedTenths, (await standard(2))?.earnedTenths]).toEqual(['success', 30, 20])

    const conflict = await it.press('上级', press, { form: { m0: '4', m1: '2' } })
    expect(conflict.toast.zh).toContain('刚刚有人改为 3，你填的是 4')
    expect(JSON.stringify(conflict.card)).toContain('"default_value":"4"')
    expect((await standard(1))?.earnedTenths).toBe(30)
    const again = buttonsOf(conflict.card).find((one) => one.press === 'branchReview.judge') as Record<string, unknown>
    expect((await it.press('上级', again, { form: { m0: '4', m1: '2', m2: '5' } })).toast.zh).toBe('已保存 1 项评定。')
    expect((await standard(1))?.earnedTenths).toBe(40)
  })

  test('a correction’s reason goes to what it corrects and nowhere else', async () => {
    await it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', it.answers('fully'))
    await openBranch()
    await it.pressOn('上级', 'branchReview', 'branchReview.judge', { m0: '3', s0: '1', reason: '与自评有出入' })
    expect(await rows('select part, reason from judgements where by_upper order by part')).toMatchObject([
      { part: '1.judged', reason: '' },
      { part: '5.judged', reason: '与自评有出入' },
    ])
    expect((await it.cardOf('branchReview'))?.text).toContain('（5）书记履职情况，0–2 分 · 已更正')
  })

  test('excuses any duty with a reason, which leaves the base', async () => {
    await openBranch()
    await it.pressOn('上级', 'branchReview', 'branchReview.corrections')
    const opened = await it.pressOn('上级', 'assessmentCorrections', 'assessmentCorrections.pick', { standard: '12' })
    const correct = buttonsOf(opened.card).find((one) => one.press === 'assessmentCorrections.correct') as Record<string, unknown>
    const general = await duty('12.general')
    const form = { duty: general && dutyKey(general), verdict: 'excused', reason: '停工检修' }
    expect(JSON.stringify(opened.card)).toContain(`"value":"${form.duty}"`)
    expect((await it.press('上级', correct, { form: { ...form, reason: '' } })).mood).toBe('warning')
    await it.press('上级', correct, { form })
    expect(await duty('12.general')).toMatchObject({ state: 'excused' })
  })

  test('an accident caps a quarter below 90; a false record zeroes (30)', async () => {
    await askOnly(it.client, '22.judged', '5.judged', '30.records')
    await it.pressOn('李华', 'selfAssessment', 'selfAssessment.submit', it.answers('fully', 2))
    await it.adopts()
    await it.press(
      '上级',
      { press: 'assessmentCorrections.correct', branch: 'branch', quarter: QUARTER },
      { form: { duty: `30.records ${QUARTER} 1`, verdict: 'points', percent: '100', reason: '已查' } },
    )
    expect((await score()).tenths).toBe(1000)
    await openBranch()
    await it.pressOn('上级', 'branchReview', 'branchReview.corrections')
    await it.pressOn('上级', 'assessmentCorrections', 'findings.record', { reason_accident: '安全处通报' })
    expect(await score()).toMatchObject({ tenths: 899, isCapped: true })
    await it.press(
      '上级',
      { press: 'findings.record', branch: 'branch', quarter: QUARTER, kind: '22' },
      { form: { reason_false: '查实未开展' } },
    )
    expect((await score()).tenths).toBe(286)
    for (const { id } of await rows('select id from findings'))
      await it.pressOn('上级', 'assessmentCorrections', 'findings.withdraw', { finding: id })
    expect((await score()).tenths).toBe(1000)
  })

  test('comes to the assessors once when the branches’ days are over', async () => {
    for (const on of ['2026-10-14', '2026-10-15', '2026-10-16']) await it.turn(on)
    expect(await it.shownTo('review', '上级')).toHaveLength(1)
    expect((await it.cardOf('review', '上级'))?.text).toContain('没有上报自评：第一支部。')
  })

  test('waits among the assessor’s own things until it is published', async () => {
    await it.turn('2026-10-15')
    expect((await it.say('上级', '我的', { dm: true }))?.text).toContain('2026年第三季度 — 待评定、公布，10月21日（周三）前')
    expect((await it.say('李华', '我的', { dm: true }))?.text).not.toContain('待评定')
    await publish()
    expect((await it.say('上级', '我的', { dm: true }))?.text).not.toContain('待评定')
  })

  test('comes to the same in whatever order branch and assessors decide', async () => {
    const s = (one: number) => `${one}.judged ${QUARTER} 1`
    const sent = { branch: 'branch', quarter: QUARTER }
    const deeds = [
      () => it.press('李华', { press: 'selfAssessment.submit', ...sent, own: [5, 8].map(s), given: [] }, { form: it.answers('mostly', 2) }),
      () =>
        it.press(
          '上级',
          { press: 'branchReview.judge', ...sent, upper: [s(1)], own: [s(5)] },
          { form: { m0: '3', s0: '1', reason: '核实' } },
        ),
      () => it.press('另一上级', { press: 'findings.record', ...sent, kind: '8' }, { form: { reason_false: '查实' } }),
    ]
    const outcomes = new Set<string>()
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      it = await anAssessment()
      await askOnly(it.client, '1.judged', '5.judged', '8.judged')
      await it.opens()
      for (const [minute, which] of order.entries()) {
        it.at('2026-10-09', `10:0${minute}`)
        expect((await deeds[which]?.())?.mood).toBe('success')
      }
      outcomes.add(JSON.stringify((await score()).standards.map(({ standard, percentTenths }) => [standard, percentTenths])))
    }
    expect(outcomes.size).toBe(1)
    expect([...outcomes][0]).toContain('[1,750]')
  })

  test('is not opened by a secretary, who gets the self-assessment instead', async () => {
    expect((await it.say('李华', '/评定', { dm: true }))?.view).toBe('selfAssessment')
    expect((await it.say('赵敏', '/评定', { dm: true }))?.text).toContain('不归你办')
  })
})

describe('publishing', () => {
  beforeEach(() => it.opens())

  test('says what is missing, happens once, and shows each secretary the result', async () => {
    await it.say('上级', '/评定', { dm: true })
    const confirm = JSON.stringify((await it.cardOf('review'))?.card)
    expect(confirm).toContain('登记待确认 0，自评待采纳 0，待评定 4，未自评 10；待定 1 个支部。')
    const both = await Promise.all([it.pressOn('上级', 'review', 'review.publish'), it.pressOn('另一上级', 'review', 'review.publish')])
    expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
    expect(await it.shownTo('result')).toHaveLength(1)
    expect((await it.cardOf('result', '李华'))?.text).toContain('上级还没有确认完，先不公布')
  })

  test('leaves the window open until the quarter’s grace is over too', async () => {
    await publish()
    // Five working days from 8 October are over on the 14th. The grace of 30 September runs to the 20th: ten working days, with Saturday the 10th worked in exchange.
    expect(await rows('select appeals_until from assessments')).toMatchObject([{ appeals_until: '2026-10-20' }])
  })

  test('the clock never does it, and asks above after ten working days', async () => {
    await it.turn('2026-11-04')
    expect(await it.shownTo('unpublished')).toEqual([])
    await it.run(`insert into members (id, unit, branch, open_id, name, joined_on, added_at) values ('m_admin', 'unit', 'branch', 'ou_admin', '管理员', '2020-01-01', 0);
      insert into seats (id, member, role, from_at) values ('s_admin', 'm_admin', 'admin', 0);`)
    for (const on of ['2026-11-05', '2026-11-06', '2027-02-01']) await it.turn(on)
    expect(await rows("select published_by from assessments where quarter = '2026Q3'")).toMatchObject([{ published_by: null }])
    expect(await rows("select to_id from outbox where view = 'unpublished' and args like '%2026Q3%'")).toMatchObject([
      { to_id: 'ou_admin' },
    ])
  })
})

async function openBranch() {
  await it.press('上级', { press: 'review.open', quarter: QUARTER }, { form: { of: 'b branch' } })
  return (await it.cardOf('branchReview'))?.text
}

const publish = (by = '上级') => it.press(by, { press: 'review.publish', committee: 'committee', quarter: QUARTER })

function elementsOf(value: unknown, tag: string): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap((one) => elementsOf(one, tag))
  if (!value || typeof value !== 'object') return []
  const element = value as Record<string, unknown>
  return [...(element.tag === tag ? [element] : []), ...Object.values(element).flatMap((one) => elementsOf(one, tag))]
}

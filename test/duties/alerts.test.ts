import { beforeEach, describe, expect, test } from 'vitest'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { addDays, moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { aBranch, buttonsOf, openId, type TestBranch } from '../harness/branch.ts'
import { askOnly, rule } from '../harness/rulebook.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
]

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch(people, { since: '2026-11-01' })
})

const run = (statements: string) => branch.store.client.executeMultiple(statements)
const alarms = async (person: string, on: string) =>
  (await alarmsFor(branch.db, openId(person), moment(on, '09:00'))).map(
    ({ duty, step, hearing }) => `${duty.part}${duty.subject ? ` ${duty.subject}` : ''} ${step} ${hearing}`,
  )

/** A group with a leader, and somebody who looks on from the committee. */
const withGroupAndAssessor = () =>
  run(`
    insert into "groups" (id, branch, name) values ('g1', 'branch', '第一党小组');
    update members set group_id = 'g1' where id = 'm_赵敏';
    insert into seats (id, member, role, group_id, from_at) values ('leads', 'm_赵敏', 'leader', 'g1', 0);
    insert into members (id, unit, open_id, name, joined_on, added_at) values ('m_upper', 'unit', '${openId('上级')}', '上级', '2020-01-01', 0);
    insert into seats (id, member, role, committee, from_at) values ('assesses', 'm_upper', 'assessor', 'committee', 0);`)

describe('the ladder', () => {
  beforeEach(async () => {
    await withGroupAndAssessor()
    await askOnly(branch.store.client, '12.group')
  })

  test.each([
    ['2026-11-19', ['12.group g1 -7 owner'], [], []],
    ['2026-11-25', ['12.group g1 -3 owner'], [], []],
    ['2026-11-27', ['12.group g1 -1 owner'], ['12.group g1 -1 secretary'], []],
    ['2026-12-01', ['12.group g1 1 owner'], ['12.group g1 1 secretary'], []],
    ['2026-12-03', ['12.group g1 3 owner'], ['12.group g1 3 secretary'], ['12.group g1 3 upper']],
    ['2026-12-09', ['12.group g1 7 owner'], ['12.group g1 7 secretary'], ['12.group g1 7 upper']],
    ['2026-12-16', [], [], []],
  ])('on %s reaches the leader, then the secretary, then the committee above', async (on, leader, secretary, upper) => {
    expect([await alarms('赵敏', on), await alarms('李华', on), await alarms('上级', on)]).toEqual([leader, secretary, upper])
  })

  test('a leaderless group is the secretary’s, who hears once', async () => {
    await run("update seats set until_at = 1 where id = 'leads'")
    expect(await alarms('李华', '2026-11-19')).toEqual(['12.group g1 -7 owner'])
    await run("insert into seats (id, member, role, group_id, from_at) values ('both', 'm_李华', 'leader', 'g1', 0)")
    expect(await alarms('李华', '2026-11-27')).toEqual(['12.group g1 -1 owner'])
  })

  test('a committee’s single late step reaches the level above', async () => {
    await rule(branch.store.client, { ladder: { after: [5] } })
    expect(await alarms('上级', '2026-12-04')).toEqual([])
    expect(await alarms('上级', '2026-12-07')).toContain('12.group g1 5 upper')
  })

  test('without an assessor the nearest committee above hears, and nobody else', async () => {
    await run(`
      insert into committees (id, unit, parent, name) values ('below', 'unit', 'committee', '分党委');
      update branches set committee = 'below';`)
    expect(await alarms('上级', '2026-12-03')).toEqual(['12.group g1 3 upper'])
    await tick(branch.db, moment('2026-12-03', '09:00'), () => {})
    expect((await branch.outboxRows()).filter(({ view }) => view === 'digest').map(({ to_id }) => to_id)).toContain(openId('上级'))
    await run(`
      insert into members (id, unit, open_id, name, joined_on, added_at) values ('m_near', 'unit', '${openId('近上级')}', '近上级', '2020-01-01', 0);
      insert into seats (id, member, role, committee, from_at) values ('near', 'm_near', 'assessor', 'below', 0);`)
    expect([await alarms('上级', '2026-12-03'), await alarms('近上级', '2026-12-03')]).toEqual([[], ['12.group g1 3 upper']])
  })

  test('an assessor hears of their own committee’s branches and of no other', async () => {
    await run(`insert into committees (id, unit, name) values ('other', 'unit', '另一党委'); update branches set committee = 'other'`)
    await askOnly(branch.store.client, '12.group')
    expect(await alarms('上级', '2026-12-03')).toEqual([])
  })
})

describe('the digest', () => {
  const text = async (on: string, person = '李华') => {
    branch.at(on, '09:00')
    return (await branch.shown('digest', { person: openId(person) })).text
  }

  test('names the cheapest way: one meeting or form for several standards', async () => {
    await askOnly(branch.store.client, '12.committee', '6.study', '15.dues')
    const said = await text('2026-11-19')
    expect(said).toContain('**开一次支委会**，议题：学习')
    expect(said).not.toMatch(/\*\*开一次(?!支委会)/)
    expect(said).toContain('党费收缴（15）')
  })

  test('a day of an unpublished year is marked provisional, no other', async () => {
    await askOnly(branch.store.client, '12.general')
    await run("update branches set since = '2026-10-01'")
    const before = await text('2026-12-22')
    expect(before).toContain('12月31日（周四）到期，还剩 7 个工作日：')
    expect(before).not.toContain('暂定')
    expect(await text('2027-01-04')).toContain('12月31日（周四）已到期，最迟1月15日（周五）补办（暂定）')
  })

  test('tells a line again only at its next step', async () => {
    await askOnly(branch.store.client, '12.committee')
    await tick(branch.db, moment('2026-11-19', '09:00'), () => {})
    expect(await text('2026-11-19')).toContain('支委会')
    await askOnly(branch.store.client, '12.committee', '15.dues')
    await tick(branch.db, moment('2026-11-20', '09:00'), () => {})
    const between = await text('2026-11-20')
    expect(between).toContain('党费收缴')
    expect(between).not.toContain('支委会')
    expect(between).toContain('早先提醒过、还没办的另有 1 件')
    await tick(branch.db, moment('2026-11-27', '09:00'), () => {})
    expect(await text('2026-11-25')).not.toContain('支委会')
    expect(await text('2026-11-27')).toContain('下个工作日到期（11月30日（周一））')
  })

  test('tells the level above once how many branches are behind, and which', async () => {
    await withGroupAndAssessor()
    await askOnly(branch.store.client, '12.group')
    const said = await text('2026-12-03', '上级')
    expect(new Set(said.match(/1 个支部有逾期事项/g)).size).toBe(1)
    expect(said).not.toContain('**1 个支部有逾期事项**')
    expect(said).toContain('· 第一支部：党小组会')
  })

  test('opens to a form with the most urgent first', async () => {
    await run("update branches set since = '2026-01-01'")
    await askOnly(branch.store.client, '15.dues', '30.records')
    branch.at('2026-12-22', '09:00')
    const { card } = await branch.shown('attest', { subject: 's', branch: 'branch', quarters: ['2026Q3', '2026Q4'] })
    const given = buttonsOf(card).find(({ press }) => press === 'attest.submit')?.given as string[]
    expect(given.slice(0, 2)).toEqual(['15.dues 2026-12 1', '30.records 2026Q4 1'])
    expect(given.slice(2)).toContain('15.dues 2026-07 1')
  })

  test('shows a member’s duty to nobody but those who look after it', async () => {
    expect(await alarms('王芳', '2026-11-27')).toEqual([])
    expect(await alarms('赵敏', '2026-11-27')).toEqual([])
  })

  test('leaves out what was muted, until all is restored; the duty stays', async () => {
    await askOnly(branch.store.client, '12.committee', '15.dues')
    branch.at('2026-11-19', '09:30')
    await branch.press('李华', { press: 'quieting.mute' }, { form: { part: '15.dues' }, chat: 'oc_dm' })
    expect(await text('2026-11-19')).not.toContain('党费收缴')
    expect((await branch.say('李华', '我的', { dm: true }))?.text).toContain('党费收缴')
    await branch.press('李华', { press: 'quieting.unmute' }, { chat: 'oc_dm' })
    expect(await text('2026-11-19')).toContain('党费收缴')
  })
})

describe('whoever wants to hear later', () => {
  const digests = async () =>
    (await branch.store.client.execute("select occasion, due_at, state from outbox where view = 'digest' order by due_at")).rows.map(
      ({ occasion, due_at }) => `${String(occasion).split(' ')[0]} ${new Date(Number(due_at) + 28_800_000).toISOString().slice(0, 16)}`,
    )
  const turn = (on: string) => tick(branch.db, moment(on, '09:00'), () => {})

  beforeEach(() => askOnly(branch.store.client, '12.committee'))

  test('in an hour hears in an hour', async () => {
    branch.at('2026-11-19', '09:30')
    await branch.press('李华', { press: 'digest.later', until: 'hour' }, { chat: 'oc_dm' })
    expect(await digests()).toEqual(['snoozed 2026-11-19T10:30'])
  })

  test('and changes their mind hears once, when they said last', async () => {
    branch.at('2026-11-19', '09:30')
    for (const until of ['hour', 'monday', 'tomorrow']) await branch.press('李华', { press: 'digest.later', until }, { chat: 'oc_dm' })
    expect((await digests()).map((one) => one.replace(/T.*/, ''))).toEqual(['snoozed 2026-11-20'])
    await turn('2026-11-20')
    expect(await digests()).toHaveLength(1)
  })

  test('next Monday hears nothing before, and once then', async () => {
    for (const on of ['2026-11-18', '2026-11-19']) await turn(on)
    branch.at('2026-11-23', '10:00')
    await branch.press('李华', { press: 'digest.later', until: 'monday' }, { chat: 'oc_dm' })
    for (let on = '2026-11-24'; on <= '2026-12-02'; on = addDays(on, 1)) await turn(on)
    const days = (await digests()).map((one) => one.replace(/T.*/, ''))
    expect(days).toEqual(['digest 2026-11-19', 'snoozed 2026-11-30', 'digest 2026-12-01'])
  })
})

test('a committee’s own ladder and its own figures decide', async () => {
  await rule(branch.store.client, { ladder: { before: [2], after: [4] } })
  const steps = await alarms('李华', '2026-11-26')
  expect(steps.length).toBeGreaterThan(0)
  expect(steps.every((one) => / -2 owner$/.test(one))).toBe(true)
})

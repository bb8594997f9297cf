import { beforeEach, describe, expect, test } from 'vitest'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { closures, gatheringBranches, gatherings } from '../../db/gatherings/tables.ts'
import { recountCredits } from '../../db/ledgers/credits.ts'
import { moment } from '../../src/calendar.ts'
import { aBranch, buttonsOf, openId, type TestBranch } from '../harness/branch.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
]

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch(committee, { since: '2026-07-01' })
})

/** A gathering as the facts know it. */
async function held(kind: 'committee' | 'general', on: string, { isClosed = true, isQuorate = true, joined = ['branch'] } = {}) {
  const id = `${kind} ${on} ${isClosed} ${isQuorate}`
  const startsAt = moment(on, '15:00')
  const endsAt = moment(on, '16:00')
  const counts = { expected: 0, present: 0, expectedVoters: 0, presentVoters: 0 }
  const { db } = branch
  await together(db, [
    db.insert(gatherings).values({ id, branch: 'branch', kind, place: '', startsAt, endsAt, calledBy: 'm_李华', calledAt: new Date(0) }),
    db.insert(gatheringBranches).values(joined.map((one) => ({ gathering: id, branch: one }))),
    ...(isClosed ? [db.insert(closures).values({ gathering: id, at: endsAt, by: 'test', ...counts, isQuorate })] : []),
    ...joined.flatMap((one) => recountCredits(db, one)),
  ])
  return id
}

async function states(quarter: string, now = moment('2026-10-08', '09:00'), id = 'branch') {
  const [found] = await branchById(branch.db, id)
  const { duties } = await accountOf(branch.db, found as Branch, quarter, now)
  const meetings = duties.filter(({ part }) => part === '12.committee' || part === '12.general')
  return Object.fromEntries(meetings.map(({ part, period, state }) => [`${part} ${period}`, state]))
}

const nothingHeld = {
  '12.committee 2026-07': 'missed',
  '12.committee 2026-08': 'missed',
  '12.committee 2026-09': 'overdue',
  '12.general 2026Q3': 'overdue',
}

test('only a held, closed and quorate gathering proves a duty', async () => {
  expect(await states('2026Q3')).toEqual(nothingHeld)
  await held('committee', '2026-07-10', { isQuorate: false })
  await held('committee', '2026-08-10', { isClosed: false })
  expect(await states('2026Q3')).toEqual(nothingHeld)
  await held('committee', '2026-07-20')
  expect(await states('2026Q3')).toEqual({ ...nothingHeld, '12.committee 2026-07': 'met' })
})

test('a gathering of several branches proves the duty of each', async () => {
  await branch.store.client.execute(
    "insert into branches (id, unit, committee, name, since) values ('b2', 'unit', 'committee', '第二支部', '2026-07-01')",
  )
  await held('general', '2026-08-10', { joined: ['branch', 'b2'] })
  expect((await states('2026Q3'))['12.general 2026Q3']).toBe('met')
  expect((await states('2026Q3', undefined, 'b2'))['12.general 2026Q3']).toBe('met')
})

test('taking the evidence away changes its own duty and no other', async () => {
  const evidence = {
    '12.committee 2026-07': await held('committee', '2026-07-10'),
    '12.committee 2026-08': await held('committee', '2026-08-10'),
    '12.committee 2026-09': await held('committee', '2026-09-10'),
    '12.general 2026Q3': await held('general', '2026-09-20'),
  }
  const all = await states('2026Q3')
  expect(new Set(Object.values(all))).toEqual(new Set(['met']))
  for (const [duty, gathering] of Object.entries(evidence)) {
    const { rows } = await branch.store.client.execute({ sql: 'select * from closures where gathering = ?', args: [gathering] })
    await branch.store.client.execute({ sql: 'delete from closures where gathering = ?', args: [gathering] })
    await together(branch.db, recountCredits(branch.db, 'branch'))
    expect(await states('2026Q3')).toEqual({ ...all, [duty]: nothingHeld[duty as keyof typeof nothingHeld] })
    const [row] = rows
    await branch.store.client.execute({
      sql: 'insert into closures values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      args: Array.from({ length: 9 }, (_, i) => row?.[i] ?? null),
    })
    await together(branch.db, recountCredits(branch.db, 'branch'))
  }
  expect(await states('2026Q3')).toEqual(all)
})

test('a branch with a committee of two owes no committee meetings', async () => {
  await branch.store.client.execute("update seats set until_at = 1 where member = 'm_张伟'")
  expect(await states('2026Q3')).toMatchObject({ '12.committee 2026-07': 'not applicable', '12.general 2026Q3': 'overdue' })
})

describe('a committee is judged month by month', () => {
  const ofCommittee = async (now: string) => {
    const { '12.general 2026Q4': _, ...months } = await states('2026Q4', moment(now, '09:00'))
    return Object.values(months)
  }

  test('a third seat granted in December asks for December and nothing before', async () => {
    const granted = moment('2026-12-21', '10:00').getTime()
    await branch.store.client.execute({ sql: "update seats set from_at = ? where member = 'm_张伟'", args: [granted] })
    expect(await ofCommittee('2026-12-21')).toEqual(['not applicable', 'not applicable', 'not applicable'])
    expect(await ofCommittee('2026-12-22')).toEqual(['not applicable', 'not applicable', 'due soon'])
    expect(await ofCommittee('2027-03-01')).toEqual(['not applicable', 'not applicable', 'missed'])
  })

  test('a committee dissolved in December keeps its record from before', async () => {
    await held('committee', '2026-10-21')
    const dissolved = moment('2026-12-10', '10:00').getTime()
    await branch.store.client.execute({ sql: 'update seats set until_at = ?', args: [dissolved] })
    for (const now of ['2026-12-22', '2027-03-01']) expect(await ofCommittee(now)).toEqual(['met', 'missed', 'not applicable'])
    await held('committee', '2026-12-05')
    expect(await ofCommittee('2027-03-01')).toEqual(['met', 'missed', 'met'])
  })
})

describe('the secretary’s alarms', () => {
  const alarms = async (on: string, person = '李华') =>
    (await alarmsFor(branch.db, openId(person), moment(on, '09:00')))
      .filter(({ duty }) => duty.part === '12.committee' || duty.part === '12.general')
      .map(({ duty, step }) => `${duty.part} ${duty.period} ${step}`)

  test.each([
    ['2026-11-18', []],
    ['2026-11-19', ['12.committee 2026-11 -7']],
    ['2026-11-24', ['12.committee 2026-11 -7']],
    ['2026-11-25', ['12.committee 2026-11 -3']],
    ['2026-11-27', ['12.committee 2026-11 -1']],
    ['2026-11-30', ['12.committee 2026-11 -1']],
    ['2026-12-01', ['12.committee 2026-11 1']],
    ['2026-12-03', ['12.committee 2026-11 3']],
    ['2026-12-09', ['12.committee 2026-11 7']],
    ['2026-12-14', ['12.committee 2026-11 7']],
    ['2026-12-15', []],
  ])('on %s: %o', async (on, expected) => {
    await branch.store.client.execute("update branches set since = '2026-11-01'")
    expect(await alarms(on)).toEqual(expected)
    await held('committee', '2026-11-18')
    expect(await alarms(on)).toEqual([])
  })

  test('go to the secretary; to the deputy only where there is none', async () => {
    await branch.store.client.execute("insert into seats (id, member, role, branch, from_at) values ('d', 'm_赵敏', 'deputy', 'branch', 0)")
    expect(await alarms('2026-08-28', '赵敏')).toEqual([])
    expect(await alarms('2026-08-28', '王芳')).toEqual([])
    expect(await alarms('2026-08-28')).not.toEqual([])
    await branch.store.client.execute("update seats set until_at = 1 where role = 'secretary'")
    expect(await alarms('2026-08-28')).toEqual([])
    expect(await alarms('2026-08-28', '赵敏')).not.toEqual([])
  })

  describe('when a meeting is called', () => {
    const nagged = ['12.committee 2026-11 -7']
    beforeEach(() => branch.store.client.execute("update branches set since = '2026-11-01'"))

    test('are silent until it is cancelled', async () => {
      const id = await held('committee', '2026-11-27', { isClosed: false })
      expect(await alarms('2026-11-19')).toEqual([])
      await branch.store.client.execute({ sql: "insert into cancellations values (?, 0, 'test', '')", args: [id] })
      expect(await alarms('2026-11-19')).toEqual(nagged)
    })

    test('are back when it was not quorate', async () => {
      const id = await held('committee', '2026-11-19', { isClosed: false })
      expect(await alarms('2026-11-19')).toEqual([])
      await branch.store.client.execute({ sql: "insert into closures values (?, 0, 'test', 0, 0, 0, 0, 0, 0)", args: [id] })
      expect(await alarms('2026-11-20')).toEqual(nagged)
    })

    test.each([
      ['committee', '2026-12-01'],
      ['general', '2026-11-27'],
    ] as const)('go on when it is %s on %s, which is no help', async (kind, on) => {
      await held(kind, on, { isClosed: false })
      expect(await alarms('2026-11-19')).toEqual(nagged)
    })
  })

  describe('when a duty is overdue', () => {
    const nagged = ['12.committee 2026-11 1']
    beforeEach(() => branch.store.client.execute("update branches set since = '2026-11-01'"))
    const call = (on: string) => held('committee', on, { isClosed: false })

    test('one more than the month’s own makes it up within the grace', async () => {
      expect(await alarms('2026-12-01')).toEqual(nagged)
      await call('2026-12-03')
      expect(await alarms('2026-12-01')).toEqual(nagged)
      await call('2026-12-10')
      expect(await alarms('2026-12-01')).toEqual([])
    })

    test('a later call sets the month’s first free for the debt', async () => {
      await call('2026-12-22')
      await call('2026-12-23')
      expect(await alarms('2026-12-01')).toEqual(nagged)
      await call('2026-12-03')
      expect(await alarms('2026-12-01')).toEqual([])
    })

    test('where the month has its own, any called meeting helps', async () => {
      await held('committee', '2026-12-01')
      expect(await alarms('2026-12-02')).toEqual(nagged)
      await call('2026-12-10')
      expect(await alarms('2026-12-02')).toEqual([])
    })
  })

  test('open the meeting form in place, for who answers for them', async () => {
    branch.at('2026-08-28', '09:00')
    const { card, text } = await branch.shown('digest', { person: openId('李华') })
    expect(text).toContain('《中国共产党支部工作条例（试行）》')
    const [first] = buttonsOf(card)
    expect((await branch.press('王芳', first ?? {}, { chat: 'oc_dm' })).toast.zh).toContain('不归你办')
    expect((await branch.press('李华', first ?? {}, { chat: 'oc_dm' })).toast.zh).toContain('表单已发在下面')
    const row = (await branch.outboxRows()).find(({ view }) => view === 'callForm')
    expect(row).toMatchObject({ to_kind: 'chat', to_id: 'oc_dm' })
    expect(JSON.parse(String(row?.args))).toMatchObject({ branch: 'branch', kind: 'committee' })
    // The credit counts the items that the meeting brings; none is offered again.
    const form = (await branch.shown('callForm', JSON.parse(String(row?.args)))).text
    expect(form).toContain('将计入标准（6）班子学习、标准（12）支委会')
    expect(form).toContain('这些议题还能一并完成：思想动态分析（20）')
  })
})

describe('the score in words', () => {
  test.each([
    ['考核', '2026年第四季度 考核'],
    ['/考核 本季度', '2026年第四季度 考核'],
    ['考核 上季度', '2026年第三季度 考核'],
    ['/score last', '2026年第三季度 考核'],
    ['/考核 2026Q3', '2026年第三季度 考核'],
    ['/考核 2026年第三季度', '2026年第三季度 考核'],
    ['/考核 三季度', '2026年第三季度 考核'],
    ['/考核 q3', '2026年第三季度 考核'],
    ['/考核 2025Q1', '2025年第一季度 考核'],
  ])('“%s” shows %s', async (line, title) => {
    expect((await branch.say('李华', line))?.text).toContain(title)
  })

  test.each(['/考核 2026Q5', '/考核 0001Q1', '/考核 2027Q1', '/考核 明年', '/考核 Q', '/考核 第四', '/考核 李华'])(
    '“%s” is no quarter to show, or the one that runs',
    async (line) => {
      expect((await branch.say('李华', line))?.text).toMatch(/请说哪个季度|这个季度还没开始|2026年第四季度/)
    },
  )

  test('opens each point to the day it was held', async () => {
    await held('committee', '2026-07-10')
    const { text = '' } = (await branch.say('李华', '考核 上季度', { dm: true })) ?? {}
    expect(text).toContain('✓ 7月10日（周五）召开；✗ 8月：未完成；! 9月：已逾期，可补办')
  })
})

test('posted scores and orders follow a close and a correction', async () => {
  const { client } = branch.store
  const at = moment('2026-10-08', '09:30').getTime()
  for (const [view, subject] of [
    ['score', 'score branch'],
    ['order', 'order committee'],
    ['score', 'score another'],
  ])
    await client.execute({
      sql: "insert into posts (message_id, recipient, view, subject, args, posted_at) values (?, 'chat:oc', ?, ?, '{}', ?)",
      args: [subject ?? '', view ?? '', subject ?? '', at],
    })
  const refreshes = async () =>
    (await client.execute("select to_id, view, version from outbox where to_kind = 'card' order by to_id")).rows.map(
      ({ to_id, view, version }) => `${to_id} (${view}) ${version}`,
    )
  const both = (version: number) => [`order committee (order) ${version}`, `score branch (score) ${version}`]

  await branch.say('李华', '/会议 支委会 今天 15:00')
  const gathering = await branch.latestGathering()
  await branch.at('2026-10-08', '15:00').press('王芳', { press: 'gathering.checkIn', gathering })
  expect(await refreshes()).toEqual([])
  await branch.at('2026-10-08', '15:50').press('李华', { press: 'host.close', gathering })
  expect(await refreshes()).toEqual(both(1))
  await branch.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_张伟'] } })
  expect(await refreshes()).toEqual(both(2))
  await branch.press('李华', { press: 'corrections.unmark', gathering }, { form: { people: ['m_张伟'] } })
  expect(await refreshes()).toEqual(both(3))
})

describe('the order of a committee', () => {
  const table = async (committee: string) => {
    const { card } = await branch.shown('order', { committee, quarter: '2026Q3' })
    const found = JSON.stringify(card?.body).match(/"columns":(\[.*?\]),"rows":(\[.*?\])/)
    const columns: { name: string }[] = JSON.parse(found?.[1] ?? '[]')
    const rows: Record<string, string>[] = JSON.parse(found?.[2] ?? '[]')
    return { columns: columns.map(({ name }) => name), rows: rows.map(({ committee: own, place, branch: of }) => [own, place, of]) }
  }

  test('ranks branches within their committee, named only among several', async () => {
    await branch.store.client.executeMultiple(`
      insert into committees (id, unit, parent, name) values ('c1', 'unit', 'committee', '一分党委'), ('c2', 'unit', 'committee', '二分党委');
      update branches set committee = 'c1';
      insert into branches (id, unit, committee, name, since) values ('b2', 'unit', 'c2', '第二支部', '2026-07-01');
      insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until)
        select id, '2026Q3', 0, '2026-10-15', '2026-10-22', 1, '2027-12-31' from committees where id <> 'committee';`)
    await held('general', '2026-08-10', { joined: ['b2'] })
    branch.at('2026-10-08', '09:30')
    expect(await table('committee')).toEqual({
      columns: ['place', 'branch', 'score', 'year', 'committee'],
      rows: expect.arrayContaining([
        ['一分党委', '1', '第一支部'],
        ['二分党委', '1', '第二支部'],
      ]),
    })
    expect(await table('c1')).toEqual({ columns: ['place', 'branch', 'score', 'year'], rows: [[undefined, '1', '第一支部']] })
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { alarmsFor } from '../db/alerts.ts'
import { together } from '../db/client.ts'
import { dutiesOfBranch } from '../db/duties.ts'
import { closures, gatheringBranches, gatherings } from '../db/gatherings.ts'
import { type Branch, branchById } from '../db/units.ts'
import { moment } from '../src/calendar.ts'
import { aBranch, buttonsOf, openId, type TestBranch } from './harness/branch.ts'

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
  ])
  return id
}

async function states(quarter: string, now = moment('2026-10-08', '09:00'), id = 'branch') {
  const [found] = await branchById(branch.db, id)
  const { duties } = await dutiesOfBranch(branch.db, found as Branch, quarter, now)
  return Object.fromEntries(duties.map(({ part, period, state }) => [`${part} ${period}`, state]))
}

const nothingHeld = {
  '12.committee 2026-07': 'missed',
  '12.committee 2026-08': 'missed',
  '12.committee 2026-09': 'overdue',
  '12.general 2026Q3': 'overdue',
}

test('a duty is proved by a gathering that was held, closed and quorate, and by nothing less', async () => {
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
    expect(await states('2026Q3')).toEqual({ ...all, [duty]: nothingHeld[duty as keyof typeof nothingHeld] })
    const [row] = rows
    await branch.store.client.execute({
      sql: 'insert into closures values (?, ?, ?, ?, ?, ?, ?, ?)',
      args: Array.from({ length: 8 }, (_, i) => row?.[i] ?? null),
    })
  }
  expect(await states('2026Q3')).toEqual(all)
})

test('a branch with a committee of two is not asked for its meetings', async () => {
  await branch.store.client.execute("update seats set until_at = 1 where member = 'm_张伟'")
  expect(await states('2026Q3')).toMatchObject({ '12.committee 2026-07': 'not applicable', '12.general 2026Q3': 'overdue' })
})

describe('the secretary’s alarms', () => {
  const alarms = async (on: string, person = '李华') =>
    (await alarmsFor(branch.db, openId(person), moment(on, '09:00'))).map(({ duty, step }) => `${duty.part} ${duty.period} ${step}`)

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

  test('open the meeting form in place, for who answers for them', async () => {
    branch.at('2026-08-28', '09:00')
    const { card, text } = await branch.shown('digest', { person: openId('李华') })
    expect(text).toContain('《中国共产党支部工作条例（试行）》')
    const [first] = buttonsOf(card)
    expect((await branch.press('王芳', first ?? {}, { chat: 'oc_dm' })).toast.zh).toContain('由支部书记')
    expect((await branch.press('李华', first ?? {}, { chat: 'oc_dm' })).toast.zh).toContain('表单已发在下面')
    const row = (await branch.outboxRows()).find(({ view }) => view === 'callForm')
    expect(row).toMatchObject({ to_kind: 'chat', to_id: 'oc_dm' })
    expect(JSON.parse(String(row?.args))).toMatchObject({ branch: 'branch', kind: 'committee' })
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
    const { text = '' } = (await branch.say('李华', '考核 上季度')) ?? {}
    expect(text).toContain('✓ 7月 支委会会议 · 按期完成：7月10日（周五）召开')
    expect(text).toContain('✗ 8月 支委会会议 · 未完成')
    expect(text).toContain('7月10日')
  })
})

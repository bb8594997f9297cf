import { beforeEach, describe, expect, test } from 'vitest'
import { finishClosing } from '../../db/assessment/close.ts'
import { assessments } from '../../db/assessment/tables.ts'
import { together } from '../../db/client.ts'
import { recountCredits } from '../../db/ledgers/credits.ts'
import { scoreboardOf } from '../../db/scoreboard/board.ts'
import { orderOfCommittee } from '../../db/scoreboard/order.ts'
import { orderWithin } from '../../db/scoreboard/order-within.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { aBranch, buttonsOf, type TestBranch } from '../harness/branch.ts'
import { askOnly, rule } from '../harness/rulebook.ts'

let branch: TestBranch
const names = ['第一支部', '第二支部', '第三支部', '第四支部', '第五支部', '第六支部']
const run = (sql: string, ...args: (string | number | null)[]) => branch.store.client.execute({ sql, args })

beforeEach(async () => {
  branch = await aBranch([{ name: '赵敏', role: 'assessor', branch: null }], { since: '2026-07-01' })
  branch.at('2026-10-08', '10:00')
  await askOnly(branch.store.client, '12.general', '12.lecture', '7.life')
  await run("insert into chats (chat_id, unit, committee, bound_by, bound_at) values ('oc_committee', 'unit', 'committee', 'test', 0)")
  for (const [nth, name] of names.entries())
    if (nth > 0)
      await run(
        "insert into branches (id, unit, committee, name, since) values (?, 'unit', 'committee', ?, '2026-07-01')",
        `b${nth + 1}`,
        name,
      )
})

async function held(kind: string, on: string, ...among: string[]) {
  const [id, at] = [`${kind} ${on}`, moment(on, '15:00').getTime()]
  await run(
    "insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at) values (?, 'branch', ?, '', ?, ?, 'm_赵敏', 0)",
    id,
    kind,
    at,
    at,
  )
  for (const one of among) await run('insert into gathering_branches (gathering, branch) values (?, ?)', id, one)
  await run(
    'insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate) values (?, ?, ?, 0, 0, 0, 0, 1)',
    id,
    at,
    'test',
  )
  for (const one of among) await together(branch.db, recountCredits(branch.db, one))
}

async function close(quarter: string, on: string, committee = 'committee') {
  const at = moment(on, '10:00')
  await run(
    'insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until, closing_at) values (?, ?, 0, ?, ?, 1, ?, ?)',
    ...[committee, quarter, on, on, on, at.getTime()],
  )
  const found = await branch.db.select().from(assessments)
  const row = found.find((one) => one.quarter === quarter && one.committee === committee)
  if (row) await finishClosing(branch.db, { ...row, unit: 'unit' }, at)
}

/** The assessor has published, and appeals are open. */
const publish = (quarter: string) =>
  run(
    "insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until) values ('committee', ?, 0, '2026-10-15', '2026-10-22', 1, '2027-12-31')",
    quarter,
  )

const order = async (more: object = {}) => branch.shown('order', { committee: 'committee', quarter: '2026Q3', ...more })
const rowsOf = (card: unknown): Record<string, string>[] => JSON.parse(JSON.stringify(card).match(/"rows":(\[.*?\])/)?.[1] ?? '[]')

/** One, two and three are good, four and five have half, six has nothing. */
async function aQuarter() {
  await held('general', '2026-08-10', 'branch', 'b2', 'b3', 'b4', 'b5')
  await held('lecture', '2026-08-11', 'branch', 'b2', 'b3')
}

test('before publication turns are listed by name, and nothing compares', async () => {
  await aQuarter()
  const { card, text } = await order()
  expect(rowsOf(card)).toEqual([
    { branch: '第一支部', done: '2', waiting: '0', owed: '0' },
    { branch: '第三支部', done: '2', waiting: '0', owed: '0' },
    { branch: '第二支部', done: '2', waiting: '0', owed: '0' },
    { branch: '第五支部', done: '1', waiting: '0', owed: '1' },
    { branch: '第六支部', done: '0', waiting: '0', owed: '2' },
    { branch: '第四支部', done: '1', waiting: '0', owed: '1' },
  ])
  expect(text).toContain('未公布')
  expect(JSON.stringify(card)).not.toMatch(/优|良|中 |弱|chart|名次 #|100\.0/)
  await rule(branch.store.client, { ranking: 'everyone' })
  expect((await order({ toAll: true })).card).toBeNull()
  await publish('2026Q3')
  expect((await order({ toAll: true })).card).not.toBeNull()
})

test('equal scores share the better place, each with its tier', async () => {
  await aQuarter()
  await publish('2026Q3')
  const rows = rowsOf((await order()).card)
  expect(rows.map(({ place, score }) => `${place}: ${score}`)).toEqual([
    '1: 100.0 优',
    '1: 100.0 优',
    '1: 100.0 优',
    '4: 50.0 弱',
    '4: 50.0 弱',
    '6: 0.0 弱',
  ])
})

test('the committee hears of a single last in a closed quarter', async () => {
  await aQuarter()
  expect((await order()).text).not.toContain('末位')
  await close('2026Q3', '2026-10-30')
  branch.at('2026-10-30', '11:00')
  const { text } = await order()
  expect(text).toContain('本季度末位：第六支部')
  expect(text).toContain('最终')
  expect((await order({ toAll: true })).card).toBeNull()
  await rule(branch.store.client, { ranking: 'everyone' })
  expect((await order({ toAll: true })).text).not.toContain('末位')
  expect(rowsOf((await order({ toAll: true })).card).map((one) => one.branch)).toContain('第六支部')
})

test('a closed quarter keeps its order when facts come later', async () => {
  await aQuarter()
  await close('2026Q3', '2026-10-30')
  branch.at('2026-10-31', '11:00')
  const before = rowsOf((await order()).card)
  await held('lecture', '2026-09-20', 'b4', 'b5', 'b6')
  expect(rowsOf((await order()).card)).toEqual(before)
})

test('gained and lost places show, with the year’s mean and badge', async () => {
  await aQuarter()
  await close('2026Q3', '2026-10-30')
  await held('general', '2026-11-10', 'b6', 'b2')
  await held('lecture', '2026-11-11', 'b6')
  await held('life', '2026-11-12', 'b6')
  branch.at('2027-01-04', '10:00')
  await publish('2026Q4')
  const rows = rowsOf((await order({ quarter: '2026Q4' })).card)
  expect(rows.find((one) => one.branch === '第六支部')).toMatchObject({ place: '1 ↑5', year: '50.0' })
  expect(rows.find((one) => one.branch === '第一支部')).toMatchObject({ place: '3 ↓2', year: '50.0' })
  expect(rowsOf((await order()).card).map(({ year }) => year)).toEqual(['100.0★', '100.0★', '100.0★', '50.0', '50.0', '0.0'])
})

test('of hundreds the first show, and a button brings the next', async () => {
  for (let nth = 0; nth < 484; nth++)
    await run(
      "insert into branches (id, unit, committee, name, since) values (?, 'unit', 'committee', ?, '2026-07-01')",
      `more${nth}`,
      `机关第${nth}党支部`,
    )
  await publish('2026Q3')
  const seen: string[] = []
  let shown: Awaited<ReturnType<typeof order>> | undefined = await order()
  expect(shown.text).toContain('前 6 个和后 6 个支部')
  for (let cards = 0; shown && cards < 10; cards++) {
    seen.push(...rowsOf(shown.card).map((one) => one.branch ?? ''))
    const [next] = buttonsOf(shown.card)
    if (!next) break
    expect((await branch.press('赵敏', next, { chat: 'oc_committee' })).toast.zh).toContain('下面')
    const row = (await branch.outboxRows()).findLast(({ view }) => view === 'order')
    expect(row).toMatchObject({ to_kind: 'chat', to_id: 'oc_committee' })
    shown = await branch.shown('order', JSON.parse(String(row?.args)))
  }
  expect(seen).toHaveLength(490)
  expect(new Set(seen).size).toBe(490)
})

test('forty committees below take no more trips than two', async () => {
  await aQuarter()
  const below = async (first: number, last: number) => {
    for (let nth = first; nth <= last; nth++) {
      await run("insert into committees (id, unit, parent, name) values (?, 'unit', 'committee', ?)", `c${nth}`, `第${nth}党总支`)
      await run(
        "insert into branches (id, unit, committee, name, since) values (?, 'unit', ?, ?, '2026-07-01')",
        `below${nth}`,
        `c${nth}`,
        `第${nth}总支一支部`,
      )
      // Half of them have closed the quarter.
      if (nth % 2 === 0) await close('2026Q3', '2026-10-30', `c${nth}`)
    }
  }
  const tripsOf = async <T>(work: () => Promise<T>) => {
    const before = branch.store.trips.reads
    return { shown: await work(), trips: branch.store.trips.reads - before }
  }
  const asked = ['committee', '2026Q3', moment('2026-10-31', '10:00')] as const
  await below(1, 2)
  const two = await tripsOf(() => orderOfCommittee(branch.db, ...asked))
  const boardOfTwo = await tripsOf(() => scoreboardOf(branch.db, ...asked))
  await below(3, 40)
  const forty = await tripsOf(() => orderOfCommittee(branch.db, ...asked))
  const board = await tripsOf(() => scoreboardOf(branch.db, ...asked))
  expect([forty.trips, board.trips]).toEqual([two.trips, boardOfTwo.trips])
  expect(forty.trips).toBeLessThanOrEqual(6)

  const named = (rows: readonly { branch: { name: string }; place: number | null }[]) =>
    rows.map(({ branch, place }) => [branch.name, place])
  const alone = []
  for (const id of [
    'committee',
    ...(await branch.store.client.execute("select id from committees where parent = 'committee' order by name")).rows.map(({ id }) =>
      String(id),
    ),
  ])
    alone.push(...(await orderWithin(branch.db, id, '2026Q3', asked[2])).rows)
  expect(named(forty.shown)).toEqual(named(alone))
  expect(named(board.shown.flatMap(({ rows }) => rows))).toEqual(named(alone))
  expect(forty.shown).toHaveLength(names.length + 40)
})

describe('by the clock', () => {
  const posted = async () =>
    (await branch.outboxRows())
      .filter(({ view }) => view === 'score' || view === 'order')
      .map(({ occasion }) => String(occasion))
      .sort()
  const turn = async (on: string, time: string) => {
    branch.at(on, time)
    await tick(branch.db, moment(on, time), () => {})
  }

  test('the quarter is posted on the first working day and when closed', async () => {
    await aQuarter()
    await turn('2026-09-30', '09:00')
    await turn('2026-10-08', '09:31')
    const provisional = ['order 2026Q3 oc_committee', 'score 2026Q3 oc_branch']
    expect(await posted()).toEqual(provisional)
    await run('delete from assessments')
    await close('2026Q3', '2026-10-29')
    for (const [on, time] of [
      ['2026-10-29', '09:41'],
      ['2026-10-29', '18:00'],
      ['2026-10-30', '09:41'],
      ['2026-10-30', '09:42'],
      ['2026-11-02', '09:41'],
    ] as const)
      await turn(on, time)
    expect(await posted()).toEqual([
      'order 2026Q3 oc_committee',
      'order final 2026Q3 oc_committee',
      'score 2026Q3 oc_branch',
      'score final 2026Q3 oc_branch',
    ])
  })

  test('a branch that followed is posted as final by itself', async () => {
    await aQuarter()
    await turn('2026-10-08', '09:31')
    await run('delete from assessments')
    await close('2026Q3', '2026-10-29')
    await run(
      "insert into undecided (branch, quarter, committee, at, published_at, appeals_until, closed_at) values ('branch', '2026Q3', 'committee', 1, 1, '2026-11-16', ?)",
      moment('2026-11-17', '22:00').getTime(),
    )
    await turn('2026-10-30', '09:41')
    await run("delete from outbox where view in ('score', 'order')")
    for (const on of ['2026-11-17', '2026-11-18', '2026-11-19']) await turn(on, '09:41')
    expect(await posted()).toEqual(['score final 2026Q3 oc_branch'])
  })

  test('the order goes to branch chats only where the rulebook allows', async () => {
    await rule(branch.store.client, { ranking: 'everyone' })
    await aQuarter()
    await turn('2026-09-30', '09:00')
    await turn('2026-10-08', '09:31')
    expect(await posted()).toEqual(['order 2026Q3 oc_branch', 'order 2026Q3 oc_committee', 'score 2026Q3 oc_branch'])
    const row = (await branch.outboxRows()).find(({ occasion }) => occasion === 'order 2026Q3 oc_branch')
    expect(JSON.parse(String(row?.args))).toMatchObject({ toAll: true })
  })
})

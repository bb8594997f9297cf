import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { branchesOf } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { miscredited } from '../../db/ledgers/credits.ts'
import { day, moment, month, time } from '../../src/calendar.ts'
import { components } from '../../src/playground/cards/walk.ts'
import { isCourteous } from '../../src/rules/time/courtesy.ts'
import { aStore, type TestStore } from '../harness/database.ts'
import { refusedByServer } from '../harness/on-server.ts'
import { recordingStatements, scansOf } from '../harness/plans.ts'
import type { LivingBranch } from './branches.ts'
import { closedQuarters } from './closed.ts'
import { messagesByRole, tableIn } from './counted.ts'
import { differences } from './differences.ts'
import { branchesProving, minutesOfYear } from './left.ts'
import { live } from './life.ts'
import { wordsOf } from './words.ts'
import { isWriting } from './work.ts'
import { aWorld, type World } from './world.ts'

const GOLDEN = new URL('../golden/year.txt', import.meta.url)

let world: World
let store: TestStore
let lived: LivingBranch[]
let said: ReturnType<typeof recordingStatements>
beforeAll(async () => {
  const start = moment('2026-01-04', '07:00')
  // The file is in memory where there is such a folder. A year is thousands of durable commits, and the disk is not tested here.
  store = await aStore(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `zhibu-year-${randomUUID()}.db`))
  world = await aWorld({ ...store, start })
  said = recordingStatements(store.db)
  lived = await live(world, { from: '2026-01-04', until: '2027-02-26' })
  // A year is more than a minute of a processor, and the whole suite runs beside it.
}, 1_800_000)
// A process keeps the modules that it imported, and this one a year of messages.
afterAll(() => {
  world = undefined as never
})

const fromBot = () => world.feishu.messages.filter(({ sender }) => sender.kind === 'app')
const isDigest = (content: unknown) => wordsOf(content, 'zh').includes('支部工作提醒')
const directTo = (chatId: string) => {
  const { mode, members } = world.feishu.chat(chatId)
  return mode === 'p2p' ? world.nameOf(members[0] ?? '') : null
}

test('nothing fails in a year, and Feishu took every message', () => {
  expect(world.errors).toEqual([])
  expect(world.feishu.log.filter(({ to, code }) => to === 'feishu' && code !== 0 && code !== undefined)).toEqual([])
  expect(fromBot().length).toBeGreaterThan(1_000)
})

test('no statement of ticks, presses and jobs scans a growing table', async () => {
  const scans: string[] = []
  // A query for nothing, which keeps a place in a batch, reads nothing.
  for (const [sql, args] of said)
    if (!/limit \?$/.test(sql) || args.at(-1) !== 0)
      for (const table of await scansOf(store.client, sql, args)) scans.push(`${table}: ${sql}`)
  expect(said.size).toBeGreaterThan(200)
  expect(await refusedByServer(said.keys(), moment('2026-01-04'))).toEqual([])
  expect(scans).toEqual([])
})

test.each([
  ['anybody but secretaries and assessors', 12, ['书记', '书记（管理员）', '党委考核人']],
  ['a member without a seat', 6, ['书记', '书记（管理员）', '组织委员', '宣传委员', '党委考核人']],
] as const)('%s gets at most %d messages a month', (_who, most, seats: readonly string[]) => {
  const members = world.cast.people.filter(({ role }) => !seats.includes(role?.zh ?? '')).map(({ name }) => name)
  const theirs = fromBot().filter(({ chatId }) => members.includes(directTo(chatId) ?? ''))
  const counted = Map.groupBy(theirs, ({ chatId, createdAt }) => `${directTo(chatId)} ${month(createdAt)}`)
  expect(counted.size).toBeGreaterThan(30)
  const titles = (all: typeof theirs) => all.map(({ createdAt, content }) => `${day(createdAt)} ${wordsOf(content, 'zh').split('\n')[0]}`)
  expect([...counted].filter(([, all]) => all.length > most).map(([key, all]) => [key, ...titles(all)])).toEqual([])
})

// T25: a whole year of a unit
test('nobody is reminded twice a day, nor of one matter', () => {
  const digests = fromBot().filter(({ versions }) => isDigest(versions[0]?.content))
  const perDay = Map.groupBy(digests, ({ chatId, createdAt }) => `${directTo(chatId)} ${day(createdAt)}`)
  expect(perDay.size).toBeGreaterThan(200)
  expect([...perDay].filter(([, all]) => all.length > 1).map(([key]) => key)).toEqual([])
  for (const [key, all] of perDay) {
    const matters = all.flatMap(({ versions }) => wordsOf(versions[0]?.content, 'zh').split('\n')).filter((line) => line.startsWith('· '))
    expect(new Set(matters).size, `${key}: ${matters.join('\n')}`).toBe(matters.length)
  }
})

// Most of those that do were snoozed, and come again because somebody asked for it.
test('few digests repeat the last one but for the days left', () => {
  const last = new Map<string, string>()
  const digests = fromBot().filter(({ versions }) => isDigest(versions[0]?.content))
  const repeated = digests.filter(({ chatId, versions }) => {
    const [matters = ''] = wordsOf(versions[0]?.content, 'zh').split('稍后再提醒我')
    const said = matters.replace(/还剩 \d+ 个工作日/g, '')
    const isSame = last.get(chatId) === said
    last.set(chatId, said)
    return isSame
  })
  expect(repeated.length / digests.length, `${repeated.length} of ${digests.length}`).toBeLessThan(0.08)
})

test('no card of the assessment comes beside the digest of its morning', () => {
  const mornings = Map.groupBy(
    world.unasked().filter(({ createdAt }) => time(createdAt) < '10:00'),
    ({ chatId, createdAt }) => `${directTo(chatId)} ${day(createdAt)}`,
  )
  const titles = [...mornings.values()].map((all) => all.map(({ content }) => wordsOf(content, 'zh').split('\n')[0] ?? ''))
  const cards = /季度 (支部自评|考核结果|考核：待定|考核评定)$/
  expect(titles.flat().filter((title) => cards.test(title)).length).toBeGreaterThan(0)
  const beside = [...mornings].filter(
    ([, all]) =>
      all.some(({ content }) => isDigest(content)) && all.some(({ content }) => cards.test(wordsOf(content, 'zh').split('\n')[0] ?? '')),
  )
  expect(beside.map(([key]) => key)).toEqual([])
})

test('what nobody asked for comes in working hours of working days', () => {
  expect(world.unasked().length).toBeGreaterThan(300)
  expect(
    world
      .unasked()
      .filter(({ createdAt }) => !isCourteous(createdAt))
      .map(({ createdAt, content }) => `${createdAt.toISOString()} ${wordsOf(content, 'zh')}`),
  ).toEqual([])
})

test('no absentee’s name and no reminder goes to a group', () => {
  const inGroups = fromBot().filter(({ chatId }) => directTo(chatId) === null)
  const said = inGroups.flatMap(({ versions }) => versions.map(({ content }) => wordsOf(content, 'zh')))
  expect(said.filter((words) => /未到\*\*：|请假\*\*：|支部工作提醒|补课单/.test(words))).toEqual([])
})

test('every control on every card has words in both languages', () => {
  const seen = fromBot().flatMap(({ versions }) => versions.map(({ content }) => content))
  const buttons = seen.flatMap((content) => components(content as object).filter(({ tag }) => tag === 'button'))
  expect(buttons.length).toBeGreaterThan(1_000)
  for (const content of seen) {
    const [zh, en] = [wordsOf(content, 'zh'), wordsOf(content, 'en')]
    expect(zh).not.toMatch(/undefined|NaN|\[object|null分/)
    expect(en).not.toMatch(/undefined|NaN|\[object/)
  }
})

test('the jobs’ README says how many messages a month that is', () => {
  const counted = messagesByRole(
    world,
    fromBot().map(({ chatId, createdAt }) => ({ name: directTo(chatId), createdAt })),
  )
  for (const readme of ['src/jobs/README.md', 'src/jobs/README.zh-CN.md'])
    expect(
      tableIn(readme).map(([, ...figures]) => figures.map(Number)),
      `${readme}\n${counted.map((row) => `| ${row.join(' | ')} |`).join('\n')}`,
    ).toEqual(counted.map(([, ...figures]) => figures))
})

test('minutes are sent and confirmed by one tap each, nothing typed twice', async () => {
  const { presses, lost } = await minutesOfYear(store.client)
  const { 'minutes.confirm': confirmed = 0, ...others } = presses
  expect(confirmed).toBeGreaterThan(60)
  expect(others).toEqual({ 'minutes.begin': confirmed, 'minutes.submit': confirmed })
  expect(lost).toEqual([])
})

test('what a meeting leaves behind proves its parts in every writing branch', async () => {
  const parts = ['9.report', '20.analysis', '28.suggestions', '29.plan', '29.summary', '30.records']
  const proving = await branchesProving(store.client, parts)
  const writing = lived.filter(isWriting).length
  expect(Object.entries(proving).filter(([, branches]) => branches < writing)).toEqual([])
  const count = async (sql: string) => Number((await store.client.execute(`select count(*) from ${sql}`)).rows[0]?.[0])
  expect(await count('reports where delivered_at is not null')).toBeGreaterThan(10)
  expect(await count('analyses where gathering is not null')).toBeGreaterThan(10)
  expect(await count('records where confirmed_at is not null')).toBe(writing * 5)
  expect(await count('voices where is_open')).toBe(0)
  expect(await count('tasks where done_at is null and dropped_at is null and owner is not null')).toBeLessThan(12)
})

test('four assessments a committee open and close as the golden file says', async () => {
  const { rows } = await store.client.execute(
    'select quarter, count(closed_at) as closed from assessments group by quarter order by quarter',
  )
  expect(rows.map(({ quarter, closed }) => [quarter, closed])).toEqual([
    ['2026Q1', 2],
    ['2026Q2', 2],
    ['2026Q3', 2],
    ['2026Q4', 2],
  ])
  const closed = await closedQuarters(store.client)
  if (process.env.UPDATE_GOLDEN || !existsSync(GOLDEN)) writeFileSync(GOLDEN, closed)
  expect(closed).toBe(readFileSync(GOLDEN, 'utf8'))
})

test('the year has an accident, an appeal and an unpublished quarter', async () => {
  const count = async (sql: string) => Number((await store.client.execute(`select count(*) from ${sql}`)).rows[0]?.[0])
  expect(await count("findings where kind = 'accident'")).toBe(1)
  expect(await count('appeals where is_upheld is not null')).toBeGreaterThan(0)
  expect(await count("assessments where published_by = 'clock'")).toBe(0)
  expect(
    await count(
      "assessments a where published_by <> (select published_by from assessments b where b.committee = a.committee and b.quarter = '2026Q1')",
    ),
  ).toBe(1)
  expect(await count('attestations where confirmed_at is not null')).toBeGreaterThan(30)
})

test('members are evaluated for a half-year and a year, in time', async () => {
  const { rows } = await store.client.execute(
    `select b.name, v.period, (select max(told_at) from member_grades g where g.evaluation = v.id) as told, v.closed_at
      from evaluations v join branches b on b.id = v.branch order by 1, 2`,
  )
  expect(rows.map(({ name, period }) => `${name} ${period}`)).toEqual([
    '教工第一支部 2026',
    '教工第一支部 2026H1',
    '教工第二支部 2026',
    '机关支部 2026',
  ])
  expect(rows.filter(({ told, closed_at }) => told === null || closed_at === null)).toEqual([])
  expect(day(new Date(Number(rows.at(-1)?.told)))).toBe('2026-12-30')
})

// T21: a hundred times, the same bytes
test('reckoned a hundred times, a closed quarter is the same bytes', async () => {
  const { rows } = await store.client.execute('select committee, quarter, closing_at from assessments order by 1, 2')
  for (const { committee, quarter, closing_at } of rows) {
    const [own] = await lookUp(store.db, [branchesOf(store.db, String(committee))])
    const reckon = async () => JSON.stringify(await accountsIn(store.db, own, [String(quarter)], new Date(Number(closing_at))))
    const first = await reckon()
    for (let again = 0; again < 100 / rows.length; again++) expect(await reckon()).toBe(first)
  }
})

// T22: every branch and standard of the year
test('the listed evidence is what each score comes from', async () => {
  const { compared, different } = await differences(store.client)
  expect(compared).toBe(6 * 4 * 30)
  expect(different).toEqual([])
})

test('the tally kept with each fact is what the facts come to', async () => {
  for (const { id } of (await store.client.execute('select id from branches')).rows) {
    expect((await miscredited(store.db, String(id)))[0]?.rows).toBe(0)
  }
})

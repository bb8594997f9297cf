import { expect, test } from 'vitest'
import { branchesOf, branchesOfUnit } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { miscredited } from '../../db/ledgers/credits.ts'
import { plant, seedFile } from '../../db/roster/seeding.ts'
import { tasksOfBranch } from '../../db/work/state.ts'
import { moment } from '../../src/calendar.ts'
import { givePast } from '../../src/generate/given.ts'
import { branchName } from '../../src/generate/homes.ts'
import { liveThrough } from '../../src/generate/past.ts'
import { generate } from '../../src/generate/unit.ts'
import { sampleCast, sampleSeed } from '../../src/playground/cast/sample.ts'
import { aStore, type TestStore } from '../harness/database.ts'

const until = new Date('2026-12-31T18:00:00+08:00')
const made = async (seed: number, branches = 12) => {
  const store = await aStore()
  return { store, ...(await generate(store.db, { seed, branches, until })) }
}
const rowsOf = async ({ client }: TestStore) => {
  const tables = [
    'branches',
    'members',
    'seats',
    'gatherings',
    'closures',
    'arrivals',
    'agenda_items',
    'attestations',
    'judgements',
    'credits',
  ]
  const all = await Promise.all(tables.map((table) => client.execute(`select * from ${table} order by 1, 2, 3`)))
  return JSON.stringify(all.map(({ rows }) => rows.map((row) => Object.values(row))))
}

test('the same seed makes the same unit, and another seed another', async () => {
  const [one, same, other] = [await made(1, 4), await made(1, 4), await made(2, 4)]
  expect(await rowsOf(one.store)).toBe(await rowsOf(same.store))
  expect(await rowsOf(one.store)).not.toBe(await rowsOf(other.store))
})

test('a unit has lawful stages and branches, and an honest tally', async () => {
  const { store, unit, people, gatherings } = await made(3)
  const { client, db } = store
  const stages = (await client.execute('select distinct stage from members where stage is not null order by 1')).rows.map(
    ({ stage }) => stage,
  )
  expect(stages).toEqual(['activist', 'applicant', 'full', 'probationer', 'prospect'])
  const { rows: sizes } = await client.execute('select count(*) as size from members where branch is not null group by branch')
  expect(sizes.every(({ size }) => Number(size) >= 3 && Number(size) <= 50)).toBe(true)
  expect(new Set((await client.execute('select name from branches')).rows.map(({ name }) => name)).size).toBe(12)
  expect(people).toBeGreaterThan(100)
  expect(gatherings / 12).toBeGreaterThan(40)
  for (const { id } of await branchesOfUnit(db, unit)) expect((await miscredited(db, id))[0]?.rows).toBe(0)
})

test('branches are numbered as people count', () => {
  const names = Array.from({ length: 22 }, (_, nth) => branchName(0, nth))
  expect([names[0], names[9], names[10], names[18], names[19], names[20], names[21]]).toEqual(
    ['一', '十', '十一', '十九', '二十', '二十一', '二十二'].map((numeral) => `机关第${numeral}党支部`),
  )
})

test('some branches do well, some are weak, and no year is faultless', async () => {
  const { store, committees } = await made(1, 22)
  const [own] = await lookUp(store.db, [branchesOf(store.db, committees[0] ?? '')])
  const scores = (await accountsIn(store.db, own, ['2026Q4'], until)).map((account) => scoreOfAccount(account).tenths ?? 0)
  expect(Math.max(...scores)).toBeGreaterThan(850)
  expect(Math.min(...scores)).toBeLessThan(750)
  expect(new Set(scores).size).toBeGreaterThan(10)
})

test('a lived year has its quarters closed and nothing left to say', async () => {
  const store = await aStore()
  const now = new Date('2026-11-24T13:00:00+08:00')
  const { since } = await generate(store.db, { seed: 1, branches: 6, until: now })
  await liveThrough(store.db, since, now, (event) => expect(event.level).not.toBe('error'))
  const { rows } = await store.client.execute(
    'select quarter, published_at is not null as published, closed_at is not null as closed from assessments order by 1',
  )
  expect(rows.map((row) => Object.values(row))).toEqual([
    ['2026Q1', 1, 1],
    ['2026Q2', 1, 1],
    ['2026Q3', 1, 0],
  ])
  expect((await store.client.execute('select * from outbox')).rows).toEqual([])
})

/** Most is due or overdue on the first and last days of a quarter, a year and a month. */
test.each(['2026-04-02', '2026-06-24', '2026-10-08', '2026-11-02', '2026-12-31', '2027-01-05'])(
  'on %s the sample unit has a tidy year behind it',
  async (on) => {
    const { db, client } = await aStore()
    const [seed, now] = [seedFile.parse(sampleSeed('playground')), moment(on, '08:00')]
    await plant(db, seed, now)
    const errors: unknown[] = []
    await liveThrough(db, await givePast(db, seed, now), now, (event) => void (event.level === 'error' && errors.push(event)))
    expect(errors).toEqual([])

    const owed = async (openId: string) => (await alarmsFor(db, openId, moment(on, '09:00'))).length
    const [first, ...secretaries] = sampleCast().people.filter(({ role }) => role?.zh.startsWith('书记'))
    expect(await owed(first?.openId ?? '')).toBeLessThanOrEqual(2)
    for (const { openId } of secretaries) expect(await owed(openId)).toBeLessThanOrEqual(9)

    const { rows } = await client.execute(
      'select count(distinct quarter) as quarters, min(tenths) as worst from results where place is not null',
    )
    expect(Number(rows[0]?.quarters)).toBeGreaterThanOrEqual(2)
    expect(Number(rows[0]?.worst)).toBeGreaterThan(300)
    for (const { key } of seed.branches) expect((await miscredited(db, key))[0]?.rows).toBe(0)
    expect(await client.execute('select * from outbox')).toMatchObject({ rows: [] })
  },
)

test('the first sample branch has two tasks to show', async () => {
  const { db } = await aStore()
  const [seed, now] = [seedFile.parse(sampleSeed('playground')), moment('2026-11-02', '08:00')]
  await plant(db, seed, now)
  await givePast(db, seed, now)
  const [tasks] = await lookUp(db, [tasksOfBranch(db, seed.branches[0]?.key ?? '')])
  expect(tasks.map(({ words, ownerName, dueOn }) => [words, ownerName, dueOn])).toEqual([
    ['拟定下季度学习计划', '李华', '2026-11-11'],
    ['整理党员活动室', '王芳', '2026-11-18'],
  ])
})

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Client } from '@libsql/client'
import { beforeAll, expect, test } from 'vitest'
import { publishAssessment } from '../../db/assessment/publish.ts'
import { branchesOf } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { openRemote } from '../../db/store/remote.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { generate } from '../../src/generate/unit.ts'
import { unpacked } from '../../src/rules/assessment/kept.ts'
import { aStore, type TestStore } from '../harness/database.ts'
import { workerHost } from '../harness/worker.ts'
import { closedQuarters } from '../year/closed.ts'
import { differences } from '../year/differences.ts'

const GOLDEN = new URL('../golden/generated.txt', import.meta.url)

const made = (db: Db) => generate(db, { seed: 7, branches: 6, until: moment('2026-12-31', '18:00') })
/**
 * The clock turns in the evening, when nothing is sent. Each quarter’s assessment opens, the assessor refuses what is left and publishes,
 * and the clock closes it after the appeals.
 */
const turns = [
  '2026-04-01',
  '2026-05-20',
  '2026-06-10',
  '2026-07-01',
  '2026-08-20',
  '2026-09-10',
  '2026-10-08',
  '2026-11-25',
  '2026-12-15',
  '2027-01-04',
  '2027-02-24',
  '2027-03-20',
]

/** Nothing may wait when a person publishes. A branch with an undecided entry, or one that was not reminded twice, would follow later. */
async function publishes(db: Db, client: Pick<Client, 'execute'>, on: string) {
  const now = moment(on, '21:00')
  const { rows } = await client.execute('select committee, quarter from assessments where published_at is null order by 1, 2')
  for (const { committee, quarter } of rows) {
    await client.execute({
      sql: `update attestations set refused_by = (select member from seats where role = 'assessor' order by id limit 1), refused_at = ?, refused_because = '查无此记录'
        where confirmed_at is null and refused_at is null and withdrawn_at is null and at < ?`,
      args: [now.getTime(), now.getTime()],
    })
    await client.execute({
      sql: `insert or ignore into alerts (branch, part, period, step, person, told_on)
        select b.id, 'self', ?, step.value, 'secretary', ? from branches b, json_each('[-1, 1]') step where b.committee = ?`,
      args: [quarter ?? null, on, committee ?? null],
    })
    await publishAssessment(db, { committee: String(committee), quarter: String(quarter) }, 'assessor', now)
  }
}

/** The daily jobs have run until the day before, as on a clock that never stopped. */
const wasAwake = (client: Pick<Client, 'execute'>, on: string) =>
  client.execute({
    sql: 'insert into job_runs (job, slot, ran_at, is_late) select job, ?1, ?1, 0 from job_runs group by job',
    args: [moment(on).getTime() - 1],
  })

const kept = async (client: Pick<Client, 'execute'>) =>
  (await client.execute('select branch, quarter, committee, tenths, weight_asked, place, is_last, account from results order by 1, 2')).rows
    .map((row) => JSON.stringify(Object.values(row).map((one) => (typeof one === 'object' && one ? unpacked(one) : one))))
    .join('\n')

let store: TestStore
let committee: string
beforeAll(async () => {
  store = await aStore()
  committee = (await made(store.db)).committees[0] ?? ''
  for (const on of turns) {
    await publishes(store.db, store.client, on)
    await tick(store.db, moment(on, '22:00'), (event) => {
      if (event.level === 'error') throw new Error(JSON.stringify(event))
    })
  }
})

test('a closed year of a generated unit equals its golden file', async () => {
  const closed = await closedQuarters(store.client)
  if (process.env.UPDATE_GOLDEN || !existsSync(GOLDEN)) writeFileSync(GOLDEN, closed)
  expect(closed).toBe(readFileSync(GOLDEN, 'utf8'))
  expect(closed.match(/^2026Q[1-4] /gm)).toHaveLength(6 * 4)
})

test('in workerd over libSQL the year closes to the same bytes', async () => {
  const host = await workerHost()
  try {
    host.at('2026-03-31', '22:00')
    await host.turn()
    const { db, client } = openRemote({ url: host.databaseUrl, fetch, wait: (ms, then) => setTimeout(then, ms), random: randomBytes })
    await made(db)
    for (const [nth, on] of turns.entries()) {
      await publishes(db, client, on)
      // Seven weeks that were missed take three turns of 800 requests. They are missed once: sqld opens its file for each request.
      if (nth > 1) await wasAwake(client, on)
      host.at(on, '22:00')
      for (let turn = 0; turn < (nth > 1 ? 2 : 4); turn++) await host.turn()
    }
    expect(await kept(client)).toBe(await kept(store.client))
    expect(await closedQuarters(client)).toBe(readFileSync(GOLDEN, 'utf8'))
  } finally {
    await host.stop()
  }
})

test('a hundred times reckoned, it comes to the same to the byte', async () => {
  const [own] = await lookUp(store.db, [branchesOf(store.db, committee)])
  const reckon = async () => {
    const accounts = await accountsIn(store.db, own, ['2026Q3'], moment('2026-12-15', '22:00'))
    return JSON.stringify(accounts.map((account) => [account.duties, scoreOfAccount(account)]))
  }
  const first = await reckon()
  expect(first.length).toBeGreaterThan(10_000)
  for (let again = 1; again < 100; again++) expect(await reckon()).toBe(first)
})

test('the evidence that is listed is what each score comes from', async () => {
  const { compared, different } = await differences(store.client)
  expect(compared).toBe(6 * 4 * 30)
  expect(different).toEqual([])
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { migrate } from '../db/migrate.ts'
import { openRemote } from '../db/remote.ts'
import { sealingWith, WrongDataKey } from '../db/sealing.ts'
import { countBallots } from '../src/jobs/count-ballots.ts'
import { aVotingBranch, type VotingBranch } from './harness/ballots.ts'
import type { TestStore } from './harness/database.ts'
import { type Sqld, startSqld } from './harness/sqld.ts'
import { filesBelow, hitsIn, tablesOf } from './harness/traces.ts'

const started: Sqld[] = []
afterAll(async () => {
  for (const one of started) await one.stop()
})
let sqld: Sqld
beforeEach(async () => {
  sqld = await startSqld()
  started.push(sqld)
})

/** A host of its own; `line` is what lies between it and the server. */
const host = (line: typeof fetch = fetch) =>
  openRemote({ url: sqld.url, fetch: line, wait: (ms, then) => setTimeout(then, line === fetch ? ms : 0), random: randomBytes })

const names = Array.from({ length: 8 }, (_, nth) => ({ name: `p${nth}`, ...(nth === 0 ? { role: 'secretary' as const } : {}) }))
const writtenIn = (name: string) => `另选某人${name}`

async function aRemoteBranch() {
  const remote = host()
  await migrate(remote.client, new Date(0))
  const store: TestStore = { ...remote, path: '', trips: { reads: 0, writes: 0 }, close: () => remote.client.close() }
  return aVotingBranch(names, { store })
}

async function anElection(it: VotingBranch) {
  const question = { scale: 'stances' as const, most: 2, writeIns: 1, subjects: [{ key: '甲号候选', name: '甲' }] }
  const ballot = await it.opens({ use: 'election', title: '支委会选举', question }, undefined, 'p0')
  for (const { name } of names)
    expect((await it.votes(name, ballot, { for: name < 'p3' ? ['甲号候选'] : [], write_0: writtenIn(name) })).mood).toBe('success')
  return ballot
}

test('on a server of somebody else’s: in its files no choice is ever in the clear, and after the count none of it can be asked for', async () => {
  const it = await aRemoteBranch()
  const ballot = await anElection(it)
  const sealed = (await it.rows('select sealed from marks')).map((row) => String(row.sealed))
  const wrapped = String((await it.rows('select wrapped_key from ballots'))[0]?.wrapped_key)
  const inTheClear = [...names.map(({ name }) => writtenIn(name)), '["m",0,', '["r",0,']
  expect(hitsIn(filesBelow(sqld.folder), sealed).length).toBeGreaterThan(0)
  expect(hitsIn(filesBelow(sqld.folder), inTheClear)).toEqual([])

  expect(await it.minute('2026-10-09', '17:01')).toEqual([])
  expect(await it.it(ballot)).toMatchObject({
    isSealed: false,
    result: { outcome: 'counted', voted: 8, tally: { members: { counts: { 甲号候选: { for: 3, abstain: 5 } } } } },
  })
  expect(await it.rows('select * from marks')).toEqual([])
  const tables = [...(await tablesOf(it.store.client)).values()].flat().join()
  expect([...sealed, wrapped].filter((one) => tables.includes(one))).toEqual([])
})

test('what its own files keep of the box after that, as the ballot says they may, opens with no other key than the bot’s', async () => {
  const it = await aRemoteBranch()
  const ballot = await anElection(it)
  const sealed = (await it.rows('select sealed from marks')).map((row) => String(row.sealed))
  const wrapped = String((await it.rows('select wrapped_key from ballots'))[0]?.wrapped_key)
  await it.minute('2026-10-09', '17:01')
  expect(hitsIn(filesBelow(sqld.folder), [...sealed, wrapped])).not.toEqual([])
  const another = sealingWith(randomBytes(32).toString('base64'), randomBytes)
  await expect(another.open(ballot, wrapped, sealed)).rejects.toThrow(WrongDataKey)
  expect((await it.shown('secrecy', {})).text).toContain('可能还留有密封的副本')
})

test('two hosts that count at once come to one result, and it is the right one', async () => {
  const it = await aRemoteBranch()
  const ballot = await anElection(it)
  it.at('2026-10-09', '16:00')
  await it.press('p0', { press: 'ballotHost.close', ballot })
  const logs: object[] = []
  const count = () => countBallots({ db: host().db, box: it.box, clock: it.now, log: (event) => void logs.push(event) })
  await Promise.all([count(), count(), count()])
  expect((await it.it(ballot)).result).toMatchObject({ outcome: 'counted', voted: 8 })
  expect(await it.rows("select count(*) as n from audit where deed in ('ballot.count', 'ballot.withhold')")).toMatchObject([{ n: 1 }])
  expect(logs).toEqual([])
})

/** A line that loses one answer: the first to a write of so many statements. */
function losing(which: (body: string) => boolean): typeof fetch {
  let isLost = false
  return async (input, init) => {
    const body = input instanceof Request ? await input.clone().text() : ''
    const answer = await fetch(input, init)
    if (isLost || !which(body)) return answer
    isLost = true
    await answer.arrayBuffer()
    throw new TypeError('fetch failed')
  }
}

test('a vote whose answer the server lost is asked for again under its claim: it is there once, with as many pieces as it should', async () => {
  const it = await aRemoteBranch()
  const ballot = await it.opens({}, undefined, 'p0')
  const { db } = host(losing((body) => body.includes('insert into \\"marks\\"')))
  Object.assign(it.db, { gate: db.gate })
  const answer = await it.votes('p1', ballot, 'for')
  expect(answer).toMatchObject({ mood: 'info', toast: { zh: expect.stringContaining('已经记录') } })
  expect([await it.count('turnout'), await it.count('marks')]).toEqual([1, 2])
  expect((await it.votes('p2', ballot, 'against')).mood).toBe('success')
  await it.minute('2026-10-09', '17:01')
  expect((await it.it(ballot)).result?.tally.members?.counts).toEqual({ 1: { against: 1, for: 1 } })
})

test('a count whose answer the server lost is found done at the next turn', async () => {
  const it = await aRemoteBranch()
  const ballot = await anElection(it)
  it.at('2026-10-09', '16:00')
  await it.press('p0', { press: 'ballotHost.close', ballot })
  const logs: object[] = []
  const log = (event: object) => void logs.push(event)
  await countBallots({ db: host(losing((body) => body.includes('ballot_results\\" ('))).db, box: it.box, clock: it.now, log })
  expect(logs).toMatchObject([{ at: 'count', ballot, error: 'TypeError' }])
  await countBallots({ db: host().db, box: it.box, clock: it.now, log })
  expect(logs).toHaveLength(1)
  expect((await it.it(ballot)).result).toMatchObject({ outcome: 'counted', voted: 8 })
})

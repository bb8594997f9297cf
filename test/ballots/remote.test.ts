import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { castByCode } from '../../db/ballots/cast.ts'
import { codeHash, makeCodes } from '../../db/ballots/codes.ts'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { openRemote } from '../../db/store/remote.ts'
import { WrongDataKey } from '../../db/vault/wrapping.ts'
import { countBallots } from '../../src/jobs/count-ballots.ts'
import { type Stance, stances } from '../../src/rules/ballots/uses.ts'
import { anApp, type TestApp } from '../harness/app.ts'
import { atOnce } from '../harness/at-once.ts'
import { aVotingBranch, type VotingBranch } from '../harness/ballots/ballots.ts'
import { filesBelow, hitsIn, tablesOf } from '../harness/ballots/traces.ts'
import { openId, type Person } from '../harness/branch.ts'
import { emptyFile, type TestStore } from '../harness/database.ts'
import { type Sqld, startSqld } from '../harness/sqld.ts'
import { sized } from '../proofs/sizes.ts'

let sqld: Sqld
beforeEach(async () => {
  sqld = await startSqld({ holds: await emptyFile() })
})
afterEach(() => sqld.stop())

/** A host of its own; `line` is what lies between it and the server. */
const host = (line: typeof fetch = fetch) =>
  openRemote({ url: sqld.url, fetch: line, wait: (ms, then) => setTimeout(then, line === fetch ? ms : 0), random: randomBytes })

const seatsHeld = ['secretary', 'deputy'] as const
const names = Array.from({ length: 8 }, (_, nth) => ({ name: `p${nth}`, role: seatsHeld[nth] }))
const writtenIn = (name: string) => `另选某人${name}`

/** As often each of two hundred presses, double presses and changes of mind, at either host in turn. */
const PRESSES_EACH = sized(2, 50)

async function aRemoteBranch(people: readonly Person[] = names) {
  const remote = host()
  const store: TestStore = { ...remote, path: '', trips: { reads: 0, writes: 0 }, close: () => remote.client.close() }
  return aVotingBranch(people, { store })
}

async function anElection(it: VotingBranch) {
  const question = { scale: 'stances' as const, most: 2, writeIns: 1, subjects: [{ key: '甲号候选', name: '甲' }] }
  const ballot = await it.opens({ use: 'election', title: '支委会选举', question }, undefined, 'p0')
  for (const { name } of names)
    expect((await it.votes(name, ballot, { for: name < 'p3' ? ['甲号候选'] : [], write_0: writtenIn(name) })).mood).toBe('success')
  return ballot
}

test('on a foreign server no choice is clear, and none stays', async () => {
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

test('its leftover files open with no other key than the bot’s', async () => {
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

test('two hosts that count at once come to one right result', async () => {
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

/** Two hosts of one bot, behind the whole door, on one server. */
async function twoHosts(voters: readonly string[], asked: Parameters<VotingBranch['opens']>[0] = {}) {
  const it = await aRemoteBranch(voters.map((name, nth) => ({ name, ...(nth === 0 ? { role: 'secretary' as const } : {}) })))
  const ballot = await it.opens(asked, voters, voters[0])
  // Each with chance of its own: two that draw the same keys are no two hosts.
  const apps = [0, 1].map(() => anApp(host(), { box: { ...it.box, random: randomBytes } }))
  const press = async (name: string, stance: Stance, nth: number) => {
    const value = { press: 'ballot.vote', ballot, stance }
    const { toast } = await (apps[nth % 2] as TestApp).presses(openId(name), value, { messageId: `om_${name}` })
    return { name, stance, type: toast?.type, said: toast?.content ?? '' }
  }
  return { ...it, ballot, apps, press, to: (moment: Date) => apps.map((app) => app.to(moment)) }
}

test.each([
  ['in secret, one vote each, the one that was answered as recorded', true],
  ['by name, one vote each', false],
])('two hundred voters at two hosts at once: %s', async (_what, isSecret) => {
  const voters = Array.from({ length: 200 }, (_, nth) => `v${nth}`)
  const { press, ballot, it, count, minute } = await twoHosts(voters, { isSecret })
  const stanceOf = (nth: number) => stances[nth % 3] ?? 'for'
  const presses = voters.flatMap((name, who) =>
    Array.from({ length: PRESSES_EACH }, (_, nth) => () => press(name, stanceOf(who + nth), who + nth)),
  )
  const answers = await atOnce(50, presses)
  const recorded = answers.filter(({ type }) => type === 'success')
  if (isSecret) expect(recorded.map(({ name }) => name).sort()).toEqual([...voters].sort())
  expect(answers.filter(({ type, said }) => type !== 'success' && !said.startsWith('已经记录'))).toEqual([])
  expect([await count('turnout'), await count(isSecret ? 'marks' : 'named_votes')]).toEqual([200, isSecret ? 400 : 200])
  expect(await minute('2026-10-09', '17:01')).toEqual([])
  const { result } = await it(ballot)
  expect(result).toMatchObject({ outcome: 'counted', voted: 200 })
  if (isSecret)
    for (const stance of stances)
      expect(result?.tally.members?.counts['1']?.[stance]).toBe(recorded.filter((one) => one.stance === stance).length)
})

test.each([
  [-1, 'success', 1],
  [0, 'warning', 0],
  [1, 'warning', 0],
])('pressed %i ms after the deadline: %s', async (ms, type, votes) => {
  const { press, to, closesAt, count } = await twoHosts(['p0', 'p1', 'p2'])
  to(new Date(closesAt.getTime() + ms))
  expect((await press('p1', 'for', 1)).type).toBe(type)
  expect([await count('turnout'), await count('marks')]).toEqual([votes, 2 * votes])
})

test.each([
  ['left', "left_on = '2026-10-08'"],
  ['was moved', 'branch = null'],
  ['is a full member no more', "stage = 'probationer'"],
])('who %s midway is refused at either host, at the next press', async (_who, change) => {
  const { press, store, count } = await twoHosts(['p0', 'p1', 'p2'])
  expect((await press('p2', 'for', 0)).type).toBe('success')
  await store.client.execute(`update members set ${change} where id = 'm_p1'`)
  for (const nth of [0, 1]) expect((await press('p1', 'for', nth)).type).toBe('warning')
  expect(await count('turnout')).toBe(1)
})

test('one code cast at two hosts at once is one vote', async () => {
  const it = await aRemoteBranch()
  const question = { scale: 'grades' as const, subjects: [{ key: '1', name: '甲' }] }
  const ballot = await it.opens({ use: 'evaluation', question }, undefined, 'p0')
  const codes = await makeCodes(it.db, await it.it(ballot), 6, await it.actorOf('p1'), it.now(), it.box)
  const standing = await it.it(ballot)
  for (const code of codes) {
    const casts = [host(), host(), host()].map(({ db }) =>
      castByCode(db, standing, codeHash(ballot, code), { basic: ['1'] }, it.now(), it.box),
    )
    const done = await Promise.allSettled(casts)
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  }
  expect([await it.count('marks'), (await it.it(ballot)).codesUsed]).toEqual([12, 6])
  expect(hitsIn(filesBelow(sqld.folder), [...codes, '["m",1,'])).toEqual([])
  await it.minute('2026-10-09', '17:01')
  expect((await it.it(ballot)).result).toMatchObject({
    outcome: 'counted',
    voted: 0,
    codesUsed: 6,
    tally: { public: { counts: { 1: { basic: 6 } } } },
  })
  expect(Object.keys((await it.it(ballot)).result?.tally ?? {})).toEqual(['public'])
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

test('a vote whose answer was lost is there once, under its claim', async () => {
  const it = await aRemoteBranch()
  const ballot = await it.opens({}, undefined, 'p0')
  const { db } = host(losing((body) => body.includes('insert into \\"marks\\"')))
  Object.assign(it.db, { gate: db.gate })
  const answer = await it.votes('p1', ballot, 'for')
  expect(answer).toMatchObject({ mood: 'info', toast: { zh: expect.stringContaining('已经记录') } })
  expect([await it.count('turnout'), await it.count('marks')]).toEqual([1, 2])
  for (const name of ['p2', 'p3']) expect((await it.votes(name, ballot, 'against')).mood).toBe('success')
  await it.minute('2026-10-09', '17:01')
  expect((await it.it(ballot)).result?.tally.members?.counts).toEqual({ 1: { against: 2, for: 1 } })
})

test('a count whose answer was lost is found done next turn', async () => {
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

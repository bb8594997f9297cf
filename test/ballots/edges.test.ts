import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { hostOf } from '../../src/host.ts'
import { countBallots } from '../../src/jobs/count-ballots.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { DATA_KEY, openId } from '../harness/branch.ts'
import { env } from '../harness/host.ts'

const election = {
  use: 'election' as const,
  title: '支委会选举',
  question: { scale: 'stances' as const, most: 1, writeIns: 1, subjects: [{ key: '1', name: '李华' }] },
}

describe('whatever is written in is a name that fits, or nothing', () => {
  test.each([
    ['what no keyboard writes', '\u0001'.repeat(20), null],
    ['a name with marks that turn it about', '王\u202e芳\u200d', '王芳'],
    ['the longest of the rarest signs', '𠮷'.repeat(20), '𠮷'.repeat(20)],
    ['quotes, each of which is written as two', '"'.repeat(20), '"'.repeat(20)],
  ])('%s', async (_what, written, name) => {
    const it = await aVotingBranch()
    const ballot = await it.opens(election)
    for (const voter of ['王芳', '张伟', '赵敏'])
      expect((await it.votes(voter, ballot, { for: [], write_0: written })).mood).toBe('success')
    await it.minute('2026-10-09', '17:01')
    expect((await it.it(ballot)).result?.tally.members?.writeIns).toEqual(name === null ? { '': 3 } : { [name]: 3 })
  })
})

test('any written-in word is a name and spoils no ballot', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens(election)
  const words = ['__proto__', 'constructor', 'toString', 'valueOf', '__proto__', '']
  for (const [nth, name] of it.full.entries()) expect((await it.votes(name, ballot, { for: [], write_0: words[nth] })).mood).toBe('success')
  await it.minute('2026-10-09', '17:01')
  const { result } = await it.it(ballot)
  expect(result?.outcome).toBe('counted')
  expect(Object.entries(result?.tally.members?.writeIns ?? {}).sort()).toEqual([
    ['', 1],
    ['__proto__', 2],
    ['constructor', 1],
    ['toString', 1],
    ['valueOf', 1],
  ])
})

describe('what is over stays over', () => {
  test('past its time a ballot takes neither extension nor additions', async () => {
    const it = await aVotingBranch()
    const ballot = await it.opens({}, ['李华', '王芳', '张伟'])
    it.at('2026-10-09', '17:00')
    const extended = await it.press('李华', { press: 'ballotMore.extend', ballot }, { form: { closes: '2026-10-10 17:00 +0800' } })
    expect(extended.toast.zh).toContain('已经结束')
    const added = await it.press('李华', { press: 'ballotMore.add', ballot }, { form: { people: ['m_赵敏'] } })
    expect(added.toast.zh).toContain('已经结束')
    expect(await it.it(ballot)).toMatchObject({ closesAt: it.closesAt, electors: 3 })
  })
})

test('somebody who came back is one person: a voter is not re-added', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  await it.store.client.execute("update members set left_on = '2026-10-08' where id = 'm_王芳'")
  await it.store.client.execute({
    sql: "insert into members (id, unit, branch, open_id, name, stage, joined_on, added_at) values ('m_again', 'unit', 'branch', ?, '王芳', 'full', '2026-10-08', 9)",
    args: [openId('王芳')],
  })
  const added = await it.press('李华', { press: 'ballotMore.add', ballot }, { form: { people: ['m_again'] } })
  expect(added.mood).toBe('warning')
  expect((await it.votes('王芳', ballot, 'against')).mood).toBe('warning')
  expect(await it.it(ballot)).toMatchObject({ electors: 6, voted: 1 })
})

test('boxes that cannot be opened, however many, hold up no other', async () => {
  const it = await aVotingBranch()
  const stuck: string[] = []
  for (let nth = 0; nth < 60; nth++) stuck.push(await it.opens({ closesAt: new Date(it.closesAt.getTime() - 1_000) }))
  for (const ballot of stuck) await it.votes('王芳', ballot, 'for')
  // As if they had been opened with another DATA_KEY.
  await it.store.client.execute('drop trigger ballots_key_destroyed_once')
  await it.store.client.execute("update ballots set wrapped_key = 'AAAA' || substr(wrapped_key, 5)")
  const fine = await it.opens()
  for (const name of ['王芳', '张伟', '赵敏']) await it.votes(name, fine, 'for')
  await it.minute('2026-10-09', '17:01')
  expect((await it.it(fine)).result?.outcome).toBe('counted')
  expect((await it.it(stuck[0] ?? '')).isSealed).toBe(true)
})

test('a count cut off before the wipe is wiped, not counted again', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  for (const name of ['王芳', '张伟', '赵敏']) await it.votes(name, ballot, 'for')
  const { wipe } = it.db.gate
  Object.assign(it.db.gate, { wipe: () => Promise.reject(new Error('cut off')) })
  it.at('2026-10-09', '17:01')
  await it.press('李华', { press: 'ballotHost.close', ballot })
  await expect(countBallots({ db: it.db, box: it.box, clock: it.now, log: () => {} })).rejects.toThrow('cut off')
  expect(await it.it(ballot)).toMatchObject({ wipedAt: null, isSealed: false, result: { outcome: 'counted' } })
  Object.assign(it.db.gate, { wipe })
  it.at('2026-10-09', '17:02')
  await it.count_()
  expect(await it.it(ballot)).toMatchObject({ wipedAt: it.now(), result: { outcome: 'counted', voted: 3 } })
  expect(await it.rows("select count(*) as n from audit where deed = 'ballot.count'")).toMatchObject([{ n: 1 }])
})

test('press and clock that count at once open no piece twice', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  for (const name of it.full) await it.votes(name, ballot, 'for')
  it.at('2026-10-09', '16:00')
  await it.press('李华', { press: 'ballotHost.close', ballot })
  const { gate } = it.db
  const { read } = gate
  let opened = 0
  Object.assign(gate, {
    read: async (statements: Parameters<typeof read>[0]) => {
      const results = await read(statements)
      if (statements.some(({ sql }) => sql.includes('"sealed" from "marks"'))) opened += results[0]?.rows.length ?? 0
      return results
    },
  })
  const config = readConfig({ ...env('http://feishu.invalid', 'file:test.db', 8787), DATA_KEY })
  const ground = { db: it.db, fetch: async () => Response.json({ code: 1 }), clock: it.now, random: it.box.random, log: () => {} }
  const { catchUp } = hostOf(config, { ...ground, wait: () => () => {}, after: () => {}, gatherMs: 0 })
  await Promise.all([catchUp(), catchUp(), catchUp()])
  expect((await it.it(ballot)).wipedAt).not.toBeNull()
  expect(opened).toBe(2 * it.full.length)
  expect((await it.it(ballot)).result?.outcome).toBe('counted')
})

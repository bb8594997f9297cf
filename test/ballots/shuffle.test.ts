import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lotsOf, shuffleLot, unshuffled } from '../../db/ballots/shuffle.ts'
import { lookUp } from '../../db/client.ts'
import { shuffleBoxes } from '../../src/jobs/shuffle-boxes.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { filesOf } from '../harness/ballots/traces.ts'

const pieces = async (it: Awaited<ReturnType<typeof aVotingBranch>>, ballot: string) =>
  (await it.rows(`select key, sealed from marks where ballot = '${ballot}' order by key`)) as unknown as { key: string; sealed: string }[]

const sealedOf = (rows: readonly { sealed: string }[]) => rows.map(({ sealed }) => sealed).toSorted()

test('a shuffle deals the keys anew and loses no piece', async () => {
  const it = await aVotingBranch()
  const [ballot, other] = [await it.opens(), await it.opens()]
  for (const name of it.full) await it.votes(name, ballot, 'for')
  await it.votes('王芳', other, 'for')
  const [before, beside] = [await pieces(it, ballot), await pieces(it, other)]
  for (const lot of lotsOf(before.length)) await shuffleLot(it.db, ballot, lot)
  const after = await pieces(it, ballot)
  expect(sealedOf(after)).toEqual(sealedOf(before))
  expect(after.filter(({ key }) => before.some((one) => one.key === key))).toEqual([])
  expect(new Set(after.map(({ key }) => key.length))).toEqual(new Set(before.map(({ key }) => key.length)))
  expect(await pieces(it, other)).toEqual(beside)
  expect(await it.count('moving_marks')).toBe(0)
})

test.each([2_000, 30_000, 50_000])('the lots of %i pieces hold every key once', (pieces) => {
  const lots = lotsOf(pieces)
  expect(pieces / lots.length).toBeLessThanOrEqual(2_000)
  const keys = ['-', '0', '00ff', '9z', 'A', '_q', 'a', 'f', 'ffff', 'zz']
  for (const key of keys) expect(lots.filter(({ from, until }) => key >= from && key < until)).toHaveLength(1)
  for (const { keep, from, until } of lots) expect(keep >= from && `${keep}f` < until).toBe(true)
})

test('a large box is shuffled lot by lot, and loses none', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  await it.db.run(`insert into marks with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
    select '${ballot}', lower(hex(randomblob(11))), 'piece ' || i from n`)
  const before = await pieces(it, ballot)
  await shuffleBoxes(it.db)
  const after = await pieces(it, ballot)
  expect(sealedOf(after)).toEqual(sealedOf(before))
  const kept = new Set(before.map(({ key }) => key))
  expect(after.filter(({ key }) => kept.has(key))).toEqual([])
})

test('a minute later no piece lies in the files twice', async () => {
  const it = await aVotingBranch(
    Array.from({ length: 40 }, (_, nth) => ({ name: `p${nth}`, ...(nth ? {} : { role: 'secretary' as const }) })),
  )
  const ballots = await Promise.all(['a', 'b', 'c'].map((id) => it.opens({ id }, undefined, 'p0')))
  for (const [nth, name] of it.full.entries()) {
    for (const ballot of ballots) await it.votes(name, ballot, 'for')
    if (nth % 8 === 7) await it.minute('2026-10-08', `09:${10 + nth}`)
  }
  const files = filesOf(it.store.path)
  expect(files.get('-wal')?.length).toBeLessThan(40_000)
  const text = files.get('database')?.toString('latin1') ?? ''
  const times = (part: string) => text.split(part).length - 1
  for (const ballot of ballots)
    for (const { key, sealed } of await pieces(it, ballot)) {
      // Parts of a row, because a row may be cut by the edge of a page.
      expect(times(key)).toBeLessThanOrEqual(1)
      for (const part of [sealed.slice(0, 16), sealed.slice(90, 106), sealed.slice(-16)]) expect(times(part)).toBeLessThanOrEqual(1)
    }
})

test('a box is shuffled in the minute after a vote alone', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const named = await it.opens({ isSecret: false })
  const waiting = async () => (await lookUp(it.db, [unshuffled(it.db)]))[0].map(({ id }) => id)
  expect(await waiting()).toEqual([])
  await it.votes('王芳', ballot, 'for')
  await it.votes('王芳', named, 'for')
  expect(await waiting()).toEqual([ballot])
  await it.minute('2026-10-08', '09:01')
  expect(await waiting()).toEqual([])
  const quiet = await pieces(it, ballot)
  await it.minute('2026-10-08', '09:02')
  expect(await pieces(it, ballot)).toEqual(quiet)
})

test('after a crash the box is whole and shuffled again', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  const before = await pieces(it, ballot)
  const { gate } = it.db
  const broken = (at: string) =>
    Object.create(it.db, {
      gate: {
        value: {
          ...gate,
          write: (statements: Parameters<typeof gate.write>[0]) =>
            statements.some(({ sql }) => sql.includes(at)) && at === 'insert into "marks"'
              ? gate.write([...statements.slice(0, 2), { sql: 'no statement', args: [], map: () => null }])
              : gate.write(statements),
          wipe: async () => {
            throw new Error('the process died')
          },
        },
      },
    }) as typeof it.db
  await expect(shuffleBoxes(broken('insert into "marks"'))).rejects.toThrow()
  expect(await pieces(it, ballot)).toEqual(before)
  await expect(shuffleBoxes(broken('nowhere'))).rejects.toThrow('died')
  expect(sealedOf(await pieces(it, ballot))).toEqual(sealedOf(before))
  expect((await lookUp(it.db, [unshuffled(it.db)]))[0]).toMatchObject([{ id: ballot }])
  await shuffleBoxes(it.db)
  expect(readFileSync(`${it.store.path}-wal`).length).toBeLessThan(40_000)
  expect((await lookUp(it.db, [unshuffled(it.db)]))[0]).toEqual([])
})

test('presses go through while boxes are shuffled, and none is lost', async () => {
  const it = await aVotingBranch()
  const ballots = await Promise.all(['a', 'b', 'c', 'd'].map((id) => it.opens({ id })))
  for (const ballot of ballots) await it.votes('王芳', ballot, 'for')
  const [answers] = await Promise.all([
    Promise.all(ballots.flatMap((ballot) => ['张伟', '赵敏', '孙丽'].map((name) => it.votes(name, ballot, 'against')))),
    shuffleBoxes(it.db),
    shuffleBoxes(it.db),
  ])
  expect(answers.map(({ mood }) => mood)).toEqual(answers.map(() => 'success'))
  await it.minute('2026-10-09', '17:01')
  for (const ballot of ballots)
    expect((await it.it(ballot)).result).toMatchObject({
      outcome: 'counted',
      tally: { members: { counts: { 1: { for: 1, against: 3 } } } },
    })
})

test('nobody takes a piece out of an open box', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  await expect(it.db.run('delete from marks')).rejects.toThrow()
  await it.db.run('insert into moving_marks select ballot, key, key, sealed from marks limit 1')
  await expect(it.db.run('delete from marks')).rejects.toThrow()
  await it.db.run("insert into moving_marks select ballot, 'was', 'gone', sealed from marks limit 1")
  await expect(it.db.run("delete from moving_marks where was = 'was'")).rejects.toThrow()
  expect(await pieces(it, ballot)).toHaveLength(2)
})

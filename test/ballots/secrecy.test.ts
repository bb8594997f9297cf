import { copyFileSync, rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { codeHash } from '../../db/ballots/codes.ts'
import { piecesOf, written } from '../../src/rules/ballots/pieces.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { filesOf, hitsIn, orderedShares, saysNothing, tablesOf } from '../harness/ballots/traces.ts'
import { openId } from '../harness/branch.ts'
import { aCopyOf } from '../harness/database.ts'

const names = Array.from({ length: 200 }, (_, nth) => `p${String(nth).padStart(3, '0')}`)

/** In an order that no list has. */
const casting = names.toSorted((a, b) => (a.split('').reverse().join('') < b.split('').reverse().join('') ? -1 : 1))

/** The words that each voter writes in. They stand nowhere before the close, and nowhere at all after a cancellation. */
const writtenIn = (name: string) => `另选某人${name}`

const people = names.map((name, nth) => ({ name, ...(nth === 0 ? { role: 'secretary' as const } : {}) }))

/** An election in which 200 people vote; everything that was sealed or shown is kept here to be looked for. */
async function voted() {
  const it = await aVotingBranch(people)
  const ballot = await it.opens(
    {
      use: 'election',
      title: '支委会选举',
      question: { scale: 'stances', most: 2, writeIns: 1, subjects: [{ key: '甲号候选', name: '甲' }] },
    },
    names,
    names[0],
  )
  const receipts: string[] = []
  for (const [nth, name] of casting.entries()) {
    const answer = await it.votes(name, ballot, { [nth % 3 === 0 ? 'for' : 'against']: ['甲号候选'], write_0: writtenIn(name) })
    receipts.push(answer.toast.zh.slice(-9))
  }
  const sealed = (await it.rows('select sealed from marks')).map((row) => String(row.sealed))
  const wrapped = String((await it.rows('select wrapped_key from ballots'))[0]?.wrapped_key)
  const inTheClear = [
    ...names.map(writtenIn),
    ...receipts,
    ...['for', 'against', 'abstain'].map((value) => {
      const [piece] = piecesOf({ marks: [{ subject: '甲号候选', value }], writeIns: [] }, 'members', '')
      return piece ? Buffer.from(written(piece)).toString().trim() : ''
    }),
  ]
  return { first: it.store, ballot, receipts, sealed, wrapped, inTheClear }
}

let election: ReturnType<typeof voted> | undefined

/** That election in files of its own: each case does something else with them. */
async function anElection() {
  election ??= voted()
  const { first, ...kept } = await election
  const it = await aVotingBranch(people, { store: await aCopyOf(first), copied: true })
  return { ...it, ...kept, files: () => filesOf(it.store.path) }
}

function copies(path: string, client: { execute(sql: { sql: string; args: string[] }): Promise<unknown> }) {
  const [raw, neat] = [`${path}.raw`, `${path}.neat`]
  onTestFinished(() => {
    for (const file of [raw, `${raw}-wal`, neat]) rmSync(file, { force: true })
  })
  return {
    raw() {
      for (const suffix of ['', '-wal']) copyFileSync(path + suffix, raw + suffix)
      return filesOf(raw)
    },
    async neat() {
      await client.execute({ sql: 'vacuum into ?', args: [neat] })
      return filesOf(neat)
    },
  }
}

// T29: no choice in file or journal
test('while open no choice or receipt stands in file or journal', async () => {
  const { store, sealed, inTheClear, files } = await anElection()
  expect(inTheClear).toContain('["m",0,"甲号候选","for"]')
  const backup = copies(store.path, store.client)
  for (const found of [files(), backup.raw(), await backup.neat()]) {
    expect([...found.values()].some((bytes) => bytes.includes(String(sealed[0])))).toBe(true)
    expect(hitsIn(found, inTheClear)).toEqual([])
  }
})

// T29: pieces of one length
test('sealed pieces look alike and stand beside no person or moment', async () => {
  const { sealed, store, rows, ballot } = await anElection()
  expect(sealed).toHaveLength(200 * 3)
  expect(new Set(sealed).size).toBe(sealed.length)
  expect(new Set(sealed.map(({ length }) => length)).size).toBe(1)
  for (const [table, values] of await tablesOf(store.client)) {
    if (table !== 'marks') expect(values.filter((value) => sealed.some((piece) => value.includes(piece)))).toEqual([])
    else expect(values.filter((value) => names.some((name) => value.includes(`m_${name}`) || value.includes(openId(name))))).toEqual([])
  }
  expect((await store.client.execute('select * from marks')).columns).toEqual(['ballot', 'key', 'sealed'])
  const keys = (await rows('select key from marks')).map(({ key }) => String(key))
  expect(keys.filter((key) => !/^[\w-]{22}$/.test(key))).toEqual([])
  expect(await rows('select distinct ballot from marks')).toMatchObject([{ ballot }])
})

test('many sealed pieces lie in an order that says nothing', async () => {
  const it = await aVotingBranch(people)
  const ballot = await it.opens({}, names, names[0])
  const inTime: string[] = []
  for (const name of casting) {
    await it.votes(name, ballot, 'for')
    const known = new Set(inTime)
    inTime.push(...(await it.rows('select sealed from marks')).map((row) => String(row.sealed)).filter((piece) => !known.has(piece)))
  }
  await it.store.client.execute('pragma wal_checkpoint(truncate)')
  for (const files of [filesOf(it.store.path), await copies(it.store.path, it.store.client).neat()]) {
    const { whole, withinPages } = orderedShares(files.get('database') ?? Buffer.alloc(0), inTime)
    expect([whole, withinPages].filter((share) => !saysNothing(share))).toEqual([])
  }
})

// T28: no piece, key or byte in the files
test('after the close no piece, key or byte of the box stays', async () => {
  const { sealed, wrapped, minute, files, it, ballot, rows, inTheClear } = await anElection()
  expect(hitsIn(files(), [...sealed, wrapped])).not.toEqual([])
  expect(await minute('2026-10-09', '17:01')).toEqual([])
  expect((await it(ballot)).wipedAt).not.toBeNull()
  expect(files().get('-wal')?.byteLength).toBe(0)
  expect(hitsIn(files(), [...sealed, wrapped])).toEqual([])
  expect(await rows('pragma freelist_count')).toMatchObject([{ freelist_count: 0 }])
  // The published result is there, each piece by itself: nobody's whole ballot.
  expect((await it(ballot)).result?.outcome).toBe('counted')
  expect(hitsIn(files(), [inTheClear.at(-3) ?? ''])).toEqual([])
})

test('votes by code leave no code, choice, receipt or order', async () => {
  const it = await aVotingBranch()
  const { path, client } = it.store
  const ballot = await it.opens({ use: 'evaluation', question: { scale: 'grades', subjects: [{ key: '甲号同志', name: '甲' }] } })
  const { codes, receipts } = await it.byCode(ballot, 120, { basic: ['甲号同志'] })
  const inTheClear = [...codes, ...codes.map((code) => code.replaceAll('-', '')), ...receipts, '["m",1,', '["r",1,', 'basic']
  const backup = copies(path, client)
  for (const found of [filesOf(path), backup.raw(), await backup.neat()]) expect(hitsIn(found, inTheClear)).toEqual([])
  for (const [table, values] of await tablesOf(client))
    expect({ table, codes: values.filter((value) => codes.some((code) => value.includes(codeHash(ballot, code)))).length }).toEqual({
      table,
      codes: table === 'ballot_codes' ? codes.length : 0,
    })
  const sealed = (await it.rows('select sealed from marks')).map((row) => String(row.sealed))
  expect(await it.minute('2026-10-09', '17:01')).toEqual([])
  expect((await it.it(ballot)).result?.tally.public?.counts).toEqual({ 甲号同志: { basic: 120 } })
  expect(hitsIn(filesOf(path), [...sealed, ...codes])).toEqual([])
  const bytes = filesOf(path).get('database') ?? Buffer.alloc(0)
  for (const inTime of [receipts, codes.map((code) => `${ballot}${codeHash(ballot, code)}`)]) {
    const { whole, withinPages } = orderedShares(bytes, inTime)
    expect([whole, withinPages].filter((share) => !saysNothing(share))).toEqual([])
  }
})

// T28: no order of casting in the files
test('what is left after the close keeps no order of casting', async () => {
  const { minute, files, receipts, ballot } = await anElection()
  await minute('2026-10-09', '17:01')
  const bytes = files().get('database') ?? Buffer.alloc(0)
  const shares = {
    receipts: orderedShares(bytes, receipts),
    writeIns: orderedShares(bytes, casting.map(writtenIn)),
    turnout: orderedShares(
      bytes,
      casting.map((name) => new RegExp(`${ballot}m_${name}(?!branch)`)),
    ),
  }
  expect(Object.entries(shares).filter(([, { whole, withinPages }]) => !saysNothing(whole) || !saysNothing(withinPages))).toEqual([])
  // Who voted when is no secret of the audit, and is seen there.
  const audited = orderedShares(
    bytes,
    casting.map((name) => new RegExp(`unitm_${name}ballot\\.vote`)),
  )
  expect(saysNothing(audited.withinPages)).toBe(false)
})

test('a cancelled ballot leaves nothing of what was chosen', async () => {
  const { press, ballot, sealed, wrapped, inTheClear, files, count_, it, at } = await anElection()
  at('2026-10-09', '10:00')
  await press(names[0] ?? '', { press: 'ballotMore.cancel', ballot }, { form: { reason: '议题有误' } })
  await count_()
  expect(await it(ballot)).toMatchObject({ isSealed: false, result: null })
  expect(files().get('-wal')?.byteLength).toBe(0)
  expect(hitsIn(files(), [...sealed, wrapped, ...inTheClear])).toEqual([])
})

test('a large store loses the box at once, rewritten at night', async () => {
  const { store, sealed, wrapped, minute, files, it, ballot, rows } = await anElection()
  const filler = JSON.stringify(Array.from({ length: 20_000 }, (_, nth) => nth))
  for (let nth = 0; nth < 12; nth++)
    await store.client.execute({
      sql: "insert into audit (at, unit, actor, deed, subject) select value, 'unit', 'somebody', 'attendance.checkIn', 'a gathering of long ago' from json_each(?)",
      args: [filler],
    })
  await minute('2026-10-09', '17:01')
  expect(await it(ballot)).toMatchObject({ wipedAt: null, isSealed: false, result: { outcome: 'counted' } })
  expect(hitsIn(files(), [...sealed, wrapped])).toEqual([])
  await minute('2026-10-10', '02:59')
  expect((await it(ballot)).wipedAt).toBeNull()
  await minute('2026-10-10', '03:00')
  expect((await it(ballot)).wipedAt).not.toBeNull()
  expect(await rows('pragma freelist_count')).toMatchObject([{ freelist_count: 0 }])
})

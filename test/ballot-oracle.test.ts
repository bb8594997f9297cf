import { expect, test } from 'vitest'
import { sealingWith } from '../db/sealing.ts'
import type { Box } from '../db/voting.ts'
import { stances } from '../src/rules/ballot-uses.ts'
import { aVotingBranch } from './harness/ballots.ts'
import { DATA_KEY, seeded } from './harness/branch.ts'
import { beyondChance, type Evidence, guesses, journalWatcher } from './harness/oracle.ts'
import { filesOf, tablesOf } from './harness/traces.ts'

const VOTES = 300
const memberOf = (name: string) => `m_${name}`

interface World {
  /** Of each ballot. */
  voters?: number
  box?: (box: Box) => Box
  /** What this world does wrong with a vote, or with a result. */
  leaks?(vote: { ballot: string; member: string; choice: string }): string
  keeps?(votes: readonly string[]): unknown
  /** Of whoever guesses. */
  hasKey?: true
  /** Without the files: the database as it can be asked, or as the store itself backs it up. */
  hasNoFiles?: true
}

/** Ballot after ballot in one branch, each voter choosing by chance, and all that is lying about of it. */
async function watched({ voters = 30, box = (own) => own, leaks, keeps, hasKey, hasNoFiles }: World = {}) {
  const names = Array.from({ length: voters }, (_, nth) => `p${String(nth).padStart(2, '0')}`)
  const it = await aVotingBranch(names.map((name, nth) => ({ name, ...(nth === 0 ? { role: 'secretary' as const } : {}) })))
  Object.assign(it.box, box({ ...it.box }))
  const chance = seeded(11)
  const look = journalWatcher(`${it.store.path}-wal`)
  const logs: string[] = []
  const open: { ballot: string; truth: Map<string, string>; journal: string[]; rows: Evidence['rows']; copy: string; wrapped: string }[] =
    []
  for (let nth = 0; nth < VOTES / voters; nth++) {
    const ballot = await it.opens({ id: `ballot${String(nth).padStart(2, '0')}` }, names, names[0])
    await it.cardsStand(ballot, names)
    look()
    const truth = new Map<string, string>()
    const journal: string[] = []
    for (const name of names.toSorted(() => (chance(1)[0] ?? 0) - 127.5)) {
      const choice = stances[(chance(1)[0] ?? 0) % 3] ?? 'for'
      await it.votes(name, ballot, choice)
      truth.set(memberOf(name), choice)
      journal.push(look())
      if (leaks) logs.push(leaks({ ballot, member: memberOf(name), choice }))
    }
    const rows = (await it.rows(`select key, sealed from marks where ballot = '${ballot}'`)).map((row) => ({
      key: String(row.key),
      sealed: String(row.sealed),
    }))
    const [wrapped = ''] = await column(it, `select wrapped_key from ballots where id = '${ballot}'`)
    await it.store.client.execute('pragma wal_checkpoint(passive)')
    const copy = filesOf(it.store.path).get('database')?.toString('latin1') ?? ''
    open.push({ ballot, truth, journal: hasNoFiles ? [] : journal, rows, copy: hasNoFiles ? '' : copy, wrapped })
  }
  expect(await it.minute('2026-10-09', '17:01')).toEqual([])
  const tables = await tablesOf(it.store.client)
  const lines = [...[...tables.values()].flat(), ...logs]
  const final = filesOf(it.store.path).get('database')?.toString('latin1') ?? ''
  const sealing = sealingWith(DATA_KEY, seeded())

  const rounds: { truth: Map<string, string>; guessed: ReturnType<typeof guesses> }[] = []
  for (const { ballot, truth, journal, rows, copy, wrapped } of open) {
    const result = (await it.it(ballot)).result
    const opened = hasKey
      ? await sealing.open(
          ballot,
          wrapped,
          rows.map(({ sealed }) => sealed),
        )
      : []
    const clear = new Map(rows.map(({ sealed }, nth) => [sealed, Buffer.from(opened[nth] ?? []).toString()]))
    const evidence: Evidence = {
      ballot,
      rows,
      journal,
      copy,
      lines,
      tally: Object.fromEntries(stances.map((one) => [one, [...truth.values()].filter((choice) => choice === one).length])),
      kept: keeps?.([...truth.values()]) ?? result?.tally,
      voters: {
        'the audit': await column(it, `select actor from audit where deed = 'ballot.vote' and subject = '${ballot}' order by id`),
        'the turnout': await column(it, `select member from turnout where ballot = '${ballot}'`),
        'the refreshes': await column(
          it,
          `select args ->> '$.member' from outbox where to_kind = 'card' and args ->> '$.ballot' = '${ballot}' order by id`,
        ),
        'the turnout’s bytes': names
          .map(memberOf)
          .toSorted((a, b) => final.search(`${ballot}${a}(?!branch)`) - final.search(`${ballot}${b}(?!branch)`)),
      },
      ...(hasKey ? { open: (sealed: string) => clear.get(sealed) ?? null } : {}),
    }
    rounds.push({ truth, guessed: guesses(evidence) })
  }
  const ways = [...(rounds[0]?.guessed.keys() ?? [])]
  return new Map(
    ways.map((way) => [way, beyondChance(rounds.map(({ truth, guessed }) => ({ truth, guess: guessed.get(way) ?? new Map() })))]),
  )
}

const column = async (it: Awaited<ReturnType<typeof aVotingBranch>>, sql: string) =>
  (await it.store.client.execute(sql)).rows.map((row) => String(row[0]))

/** Fewer than one honest run in a hundred thousand, whatever the number of ways. */
const SIGMAS = 5
const betterThanChance = (found: Awaited<ReturnType<typeof watched>>) =>
  [...found].filter(([, { sigmas }]) => sigmas > SIGMAS).map(([way]) => way)
const surely = (found: Awaited<ReturnType<typeof watched>>) => [...found].filter(([, { share }]) => share > 0.95).map(([way]) => way)

test('with the database, the journal, a copy and the logs, nobody guesses better than chance who chose what', async () => {
  const found = await watched()
  expect(found.size).toBeGreaterThan(40)
  expect(betterThanChance(found)).toEqual([])
})

test('nor with the key of the bot and the database as it can be asked: nothing in it joins a voter to a piece', async () => {
  const found = await watched({ hasKey: true, hasNoFiles: true })
  expect([...found.keys()].filter((way) => way.endsWith('opened'))).toHaveLength(1 + 4 * 3)
  expect(betterThanChance(found)).toEqual([])
})

test('but with the key as well as the files watched while they voted it is known: that is said to the voters', async () => {
  const found = await watched({ hasKey: true })
  expect(surely(found)).toContain('journal, opened')
})

test('and something of it, in a small branch whose votes fill no page, with the key and a single copy', async () => {
  const found = await watched({ voters: 6, hasKey: true })
  expect(found.get('the audit beside the pages, opened')?.sigmas).toBeGreaterThan(3)
})

const blank = (sealed: Uint8Array) => Buffer.from(sealed).toString('base64url')
const sealedBy = (seal: (piece: Uint8Array) => Promise<string> | string) => (box: Box) => ({
  ...box,
  sealing: { ...box.sealing, seal: async (_ballot: string, _key: string, pieces: readonly Uint8Array[]) => Promise.all(pieces.map(seal)) },
})

test.each<[string, World, string]>([
  ['are not sealed at all', { box: sealedBy(blank) }, 'journal, by its words'],
  [
    'are as long as they need to be',
    { box: sealedBy((piece) => blank(crypto.getRandomValues(new Uint8Array(Buffer.from(piece).toString().trim().length)))) },
    'journal, by its length',
  ],
  ['look alike where they say the same', { box: sealedBy(likeness()) }, 'journal, by its likeness'],
])('votes that %s would be found out', async (_what, world, way) => {
  expect(betterThanChance(await watched(world))).toContain(way)
})

function likeness() {
  const known = new Map<string, string>()
  return (piece: Uint8Array) => {
    const said = Buffer.from(piece).toString()
    if (!known.has(said)) known.set(said, blank(crypto.getRandomValues(new Uint8Array(144))))
    return known.get(said) ?? ''
  }
}

test('so would keys that count up, a result kept in order, and one line of a log', async () => {
  let nth = 0
  const next = () => Buffer.from(`${String(nth++).padStart(21, '0')}A`, 'base64url')
  const counting = (box: Box): Box => ({ ...box, random: (bytes) => (bytes === 16 ? next() : box.random(bytes)) })
  expect(surely(await watched({ box: counting, hasKey: true, hasNoFiles: true }))).toContain('the audit beside the keys, opened')
  expect(surely(await watched({ keeps: (votes) => votes }))).toContain('the audit beside the result')
  const leaks = ({ ballot, member, choice }: { ballot: string; member: string; choice: string }) => `${ballot} ${member} "${choice}"`
  expect(surely(await watched({ leaks }))).toEqual(['lines that name both'])
})

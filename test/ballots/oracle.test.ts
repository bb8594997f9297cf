import { expect, test } from 'vitest'
import { type BallotDeps, castByCode } from '../../db/ballots/cast.ts'
import { codeHash, makeCodes } from '../../db/ballots/codes.ts'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { type Stance, stances } from '../../src/rules/ballots/uses.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { beyondChance, commitsIn, type Evidence, guesses, journalWatcher } from '../harness/ballots/oracle.ts'
import { filesOf, tablesOf } from '../harness/ballots/traces.ts'
import { DATA_KEY, seeded } from '../harness/branch.ts'

const VOTES = 300

/** One person is graded, and nobody as excellent: that would be more than a third. */
const evaluation = { use: 'evaluation' as const, question: { scale: 'grades' as const, subjects: [{ key: '1', name: '甲' }] } }
const memberOf = (name: string) => `m_${name}`

/** Members vote on a resolution by card, or the public in an evaluation by codes. They are known by member, or by the hash of their code. */
interface World {
  byCode?: true
  /** How many vote in each ballot, and in all. */
  voters?: number
  votes?: number
  box?: (box: BallotDeps) => BallotDeps
  /** Database and journal are copied once, a minute after the votes; a few others have voted since. */
  copiesOnce?: true
}

/** Somebody who guesses in such a world. */
interface Guesser {
  /** They have the key of the bot. */
  hasKey?: true
  /** Without the files: the database as it can be asked, or as the store itself backs it up. */
  hasNoFiles?: true
  /** The mistake that this world makes with a vote or a result. */
  leaks?(vote: { ballot: string; member: string; choice: string }): string
  keeps?(votes: readonly string[]): unknown
}

/** These vote in the minute before a copy is made. The person who guesses knows their pieces, and leaves them out. */
const LATE = ['late0', 'late1', 'late2']

/** Ballot after ballot in one branch, each voter choosing by chance, and all that is lying about of it. */
async function aWorld({ byCode, voters = 30, votes = VOTES, box = (own) => own, copiesOnce }: World = {}) {
  const names = Array.from({ length: voters }, (_, nth) => `p${String(nth).padStart(2, '0')}`)
  const electors = copiesOnce ? [...names, ...LATE] : names
  const roles = ['secretary', 'deputy'] as const
  const it = await aVotingBranch(electors.map((name, nth) => ({ name, ...(roles[nth] ? { role: roles[nth] } : {}) })))
  Object.assign(it.box, box({ ...it.box }))
  const chance = seeded(11)
  const choices = byCode ? (['qualified', 'basic', 'unqualified'] as const) : stances
  const look = journalWatcher(`${it.store.path}-wal`)
  const open: {
    ballot: string
    slips: string[]
    truth: Map<string, string>
    journal: string[]
    rows: Evidence['rows']
    copy: string
    wrapped: string
  }[] = []
  for (let nth = 0; nth < votes / voters; nth++) {
    const id = `ballot${String(nth).padStart(2, '0')}`
    const ballot = await it.opens(byCode ? { ...evaluation, id } : { id }, electors, names[0])
    const codes = byCode ? await makeCodes(it.db, await it.it(ballot), voters, await it.actorOf(names[1] ?? ''), it.now(), it.box) : []
    if (!byCode) await it.cardsStand(ballot, electors)
    look()
    const truth = new Map<string, string>()
    const journal: string[] = []
    const slips = codes.map((code) => codeHash(ballot, code))
    for (const voter of (byCode ? slips : names).toSorted(() => (chance(1)[0] ?? 0) - 127.5)) {
      const choice = choices[(chance(1)[0] ?? 0) % 3] ?? choices[0]
      if (byCode) await castByCode(it.db, await it.it(ballot), voter, { [choice]: ['1'] }, it.now(), it.box)
      else await it.votes(voter, ballot, choice as Stance)
      const known = byCode ? voter : memberOf(voter)
      truth.set(known, choice)
      journal.push(look())
    }
    if (copiesOnce) expect(await it.minute('2026-10-08', `09:${String(10 + nth)}`)).toEqual([])
    const rows = (await it.rows(`select key, sealed from marks where ballot = '${ballot}'`)).map((row) => ({
      key: String(row.key),
      sealed: String(row.sealed),
    }))
    const [wrapped = ''] = await column(it, `select wrapped_key from ballots where id = '${ballot}'`)
    if (copiesOnce) for (const voter of LATE) await it.votes(voter, ballot, 'for')
    else await it.store.client.execute('pragma wal_checkpoint(passive)')
    const copies = filesOf(it.store.path)
    const copy = copies.get('database')?.toString('latin1') ?? ''
    const seen = copiesOnce ? commitsIn(copies.get('-wal') ?? Buffer.alloc(0)) : journal
    if (copiesOnce) expect(seen.length).toBeGreaterThanOrEqual(LATE.length)
    open.push({ ballot, slips, truth, journal: seen, rows, copy, wrapped })
  }
  expect(await it.minute('2026-10-09', '17:01')).toEqual([])
  const tables = await tablesOf(it.store.client)
  const lines = [...tables.values()].flat()
  const final = filesOf(it.store.path).get('database')?.toString('latin1') ?? ''
  const sealing = sealingWith(DATA_KEY, seeded())

  /** Tells for each way of guessing how far it is from chance. */
  return async function guessedBy({ hasKey, hasNoFiles, leaks, keeps }: Guesser = {}) {
    const rounds: { truth: Map<string, string>; guessed: ReturnType<typeof guesses> }[] = []
    for (const { ballot, slips, truth, rows, wrapped, ...files } of open) {
      const [journal, copy] = hasNoFiles ? [[], ''] : [files.journal, files.copy]
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
        lines: leaks ? [...lines, ...[...truth].map(([member, choice]) => leaks({ ballot, member, choice }))] : lines,
        tally: Object.fromEntries(choices.map((one) => [one, [...truth.values()].filter((choice) => choice === one).length])),
        kept: keeps?.([...truth.values()]) ?? result?.tally,
        voters: byCode
          ? {
              'the codes': await column(it, `select hash from ballot_codes where ballot = '${ballot}'`),
              'the slips as they were printed': slips,
              'the codes’ bytes': slips.toSorted((a, b) => final.indexOf(`${ballot}${a}`) - final.indexOf(`${ballot}${b}`)),
              'the codes’ bytes while it was open': slips.toSorted((a, b) => copy.indexOf(`${ballot}${a}`) - copy.indexOf(`${ballot}${b}`)),
            }
          : {
              'the audit': await column(
                it,
                `select actor from audit where deed = 'ballot.vote' and subject = '${ballot}' and actor not like 'm_late%' order by id`,
              ),
              'the turnout': await column(it, `select member from turnout where ballot = '${ballot}' and member not like 'm_late%'`),
              'the refreshes': await column(
                it,
                `select args ->> '$.member' from outbox where to_kind = 'card' and args ->> '$.ballot' = '${ballot}' and args ->> '$.member' not like 'm_late%' order by id`,
              ),
              'the turnout’s bytes': names
                .map(memberOf)
                .toSorted((a, b) => final.search(`${ballot}${a}(?!branch)`) - final.search(`${ballot}${b}(?!branch)`)),
            },
        // A code is older than the vote; the byte in front of it says that it is used.
        took: (voter) => `${byCode ? '\t' : ''}${ballot}${voter}`,
        ...(hasKey ? { open: (sealed: string) => clear.get(sealed) ?? null } : {}),
      }
      rounds.push({ truth, guessed: guesses(evidence) })
    }
    const ways = [...(rounds[0]?.guessed.keys() ?? [])]
    return new Map(
      ways.map((way) => [way, beyondChance(rounds.map(({ truth, guessed }) => ({ truth, guess: guessed.get(way) ?? new Map() })))]),
    )
  }
}

const column = async (it: Awaited<ReturnType<typeof aVotingBranch>>, sql: string) =>
  (await it.store.client.execute(sql)).rows.map((row) => String(row[0]))

/** Fewer than one honest run in a hundred thousand, whatever the number of ways. */
const SIGMAS = 5
const betterThanChance = (found: Awaited<ReturnType<Awaited<ReturnType<typeof aWorld>>>>) =>
  [...found].filter(([, { sigmas }]) => sigmas > SIGMAS).map(([way]) => way)
const surely = (found: Awaited<ReturnType<Awaited<ReturnType<typeof aWorld>>>>) =>
  [...found].filter(([, { share }]) => share > 0.95).map(([way]) => way)

/** A person who guesses only looks: one world of voting is enough for all of them. */
const once = (world: World) => {
  let made: ReturnType<typeof aWorld> | undefined
  return async (guesser: Guesser = {}) => {
    made ??= aWorld(world)
    const guessedBy = await made
    return guessedBy(guesser)
  }
}
const byMembers = once({})
const byThePublic = once({ byCode: true })

/** A mistake of the product shows in fewer votes. */
const wrong = async (box: World['box'], guesser: Guesser = {}) => (await aWorld({ box, votes: 120 }))(guesser)

// T28: a guesser with all files does no better than chance
test('from all the files nobody guesses choices better than chance', async () => {
  const found = await byMembers()
  expect(found.size).toBeGreaterThan(40)
  expect(betterThanChance(found)).toEqual([])
})

test('nor with the bot’s key and the database as it answers', async () => {
  const found = await byMembers({ hasKey: true, hasNoFiles: true })
  expect([...found.keys()].filter((way) => way.endsWith('opened'))).toHaveLength(1 + 4 * 3)
  expect(betterThanChance(found)).toEqual([])
})

test('nor by code, with the printed slips and their order', async () => {
  const found = await byThePublic()
  expect(found.size).toBeGreaterThan(40)
  expect(betterThanChance(found)).toEqual([])
  expect(betterThanChance(await byThePublic({ hasKey: true, hasNoFiles: true }))).toEqual([])
  expect(surely(await byThePublic({ hasKey: true }))).toContain('journal, opened')
})

test('key and files watched during the vote tell it: voters know', async () => {
  const found = await byMembers({ hasKey: true })
  expect(surely(found)).toContain('journal, opened')
})

// A piece is shuffled a minute after it came. One copy then says nothing of it, in a small branch either.
test.each([30, 6])('with key and one copy, %i voters are guessed no better', async (voters) => {
  const guessedBy = await aWorld({ voters, copiesOnce: true })
  const found = await guessedBy({ hasKey: true })
  expect([...found.keys()].filter((way) => way.endsWith('opened'))).toHaveLength(1 + 4 * 3)
  expect(betterThanChance(found)).toEqual([])
})

test('two copies with one vote between them tell it: voters know', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  for (const name of ['李华', '王芳', '张伟']) await it.votes(name, ballot, 'for')
  const sealed = async () => (await it.rows('select sealed from marks')).map((row) => String(row.sealed))
  await it.minute('2026-10-08', '09:01')
  const before = await sealed()
  await it.votes('赵敏', ballot, 'against')
  await it.minute('2026-10-08', '09:02')
  const between = (await sealed()).filter((one) => !before.includes(one))
  const [[wrapped]] = [await column(it, 'select wrapped_key from ballots')]
  const opened = await sealingWith(DATA_KEY, seeded()).open(ballot, wrapped ?? '', between)
  expect(opened.map((piece) => Buffer.from(piece ?? []).toString()).join()).toContain('"against"')
})

const blank = (sealed: Uint8Array) => Buffer.from(sealed).toString('base64url')
const sealedBy = (seal: (piece: Uint8Array) => Promise<string> | string) => (box: BallotDeps) => ({
  ...box,
  sealing: { ...box.sealing, seal: async (_ballot: string, _key: string, pieces: readonly Uint8Array[]) => Promise.all(pieces.map(seal)) },
})

test.each<[string, World['box'], string]>([
  ['are not sealed at all', sealedBy(blank), 'journal, by its words'],
  [
    'are as long as they need to be',
    sealedBy((piece) => blank(crypto.getRandomValues(new Uint8Array(Buffer.from(piece).toString().trim().length)))),
    'journal, by its length',
  ],
  ['look alike where they say the same', sealedBy(likeness()), 'journal, by its likeness'],
])('votes that %s would be found out', async (_what, box, way) => {
  expect(betterThanChance(await wrong(box))).toContain(way)
})

function likeness() {
  const known = new Map<string, string>()
  return (piece: Uint8Array) => {
    const said = Buffer.from(piece).toString()
    if (!known.has(said)) known.set(said, blank(crypto.getRandomValues(new Uint8Array(144))))
    return known.get(said) ?? ''
  }
}

test('counting keys, an ordered result or one log line would tell', async () => {
  let nth = 0
  const next = () => Buffer.from(String(nth++).padStart(22, '0'), 'hex')
  const counting = (box: BallotDeps): BallotDeps => ({ ...box, random: (bytes) => (bytes === 11 ? next() : box.random(bytes)) })
  expect(surely(await wrong(counting, { hasKey: true, hasNoFiles: true }))).toContain('the audit beside the keys, opened')
  expect(surely(await byMembers({ keeps: (votes) => votes }))).toContain('the audit beside the result')
  const leaks = ({ ballot, member, choice }: { ballot: string; member: string; choice: string }) => `${ballot} ${member} "${choice}"`
  expect(surely(await byMembers({ leaks }))).toEqual(['lines that name both'])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Gate } from '../../db/client.ts'
import { openDb, together } from '../../db/client.ts'
import { leaving } from '../../db/roster/roster.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { aCopyOf } from '../harness/database.ts'
import { proved, sized } from '../proofs/sizes.ts'

const electors = ['李华', '王芳', '张伟', '赵敏']
const others = ['孙丽', '周杰']
const everybody = [...electors, ...others]
/** They have abstained before it begins, so that the figures may be told. */
const before = ['陈晨', '黄磊', '丁一']

type Deed =
  | { does: 'vote'; who: string; stance: 'for' | 'against' }
  | { does: 'close' }
  | { does: 'cancel' }
  | { does: 'extend' }
  | { does: 'add'; who: string }
  | { does: 'leave'; who: string }

const among = (names: readonly string[]) => fc.constantFrom(...names)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('vote' as const),
      who: among(everybody),
      stance: fc.constantFrom('for' as const, 'against' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('extend' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('add' as const), who: among(others) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('leave' as const), who: among(everybody.slice(1)) }) },
)

/** The simplest model of a ballot: deeds come one after the other. */
class Model {
  end: 'closed' | 'cancelled' | null = null
  isExtended = false
  list = new Set([...electors, ...before])
  gone = new Set<string>()
  votes = new Map<string, string>(before.map((who) => [who, 'abstain']))

  /** Whether it is done, or refused. */
  takes(deed: Deed, isSecret: boolean): boolean {
    if (deed.does === 'leave') this.gone.add(deed.who)
    else if (this.end) return false
    else if (deed.does === 'close') {
      if (2 * this.votes.size < this.list.size) return false
      this.end = 'closed'
    } else if (deed.does === 'cancel') this.end = 'cancelled'
    else if (deed.does === 'extend') {
      if (this.isExtended) return false
      this.isExtended = true
    } else if (deed.does === 'add') {
      if (this.list.has(deed.who) || this.gone.has(deed.who)) return false
      this.list.add(deed.who)
    } else {
      if (!this.list.has(deed.who) || this.gone.has(deed.who) || (isSecret && this.votes.has(deed.who))) return false
      this.votes.set(deed.who, deed.stance)
    }
    return true
  }

  told(outcomes: readonly boolean[]) {
    return JSON.stringify({
      outcomes,
      end: this.end,
      list: [...this.list].sort(),
      votes: this.end === 'cancelled' ? [...this.votes.keys()].sort() : [...this.votes].sort(),
    })
  }
}

function* orders<T>(all: readonly T[]): Generator<T[]> {
  if (all.length === 0) yield []
  for (const [nth, first] of all.entries()) for (const rest of orders([...all.slice(0, nth), ...all.slice(nth + 1)])) yield [first, ...rest]
}

/** All that could have come of these deeds, one after the other in any order. */
function possible(deeds: readonly Deed[], isSecret: boolean): Set<string> {
  const found = new Set<string>()
  for (const order of orders(deeds.map((deed, nth) => ({ deed, nth })))) {
    const model = new Model()
    const outcomes = Array<boolean>(deeds.length).fill(false)
    for (const { deed, nth } of order) outcomes[nth] = model.takes(deed, isSecret)
    found.add(model.told(outcomes))
  }
  return found
}

/** Everything waits a little behind this gate, by chance. Reads and writes of simultaneous deeds come in between each other. */
function jittered(gate: Gate, waits: readonly number[]): Gate {
  let nth = 0
  const a = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let turns = waits[nth++ % waits.length] ?? 0; turns > 0; turns--) await new Promise((turn) => setImmediate(turn))
    return work()
  }
  return { ...gate, read: (statements) => a(() => gate.read(statements)), write: (statements) => a(() => gate.write(statements)) }
}

const people = [...everybody, ...before].map((name, nth) => ({ name, ...(nth === 0 ? { role: 'secretary' as const } : {}) }))

/** The ballot as all deeds find it. */
async function begun(isSecret: boolean) {
  const it = await aVotingBranch(people)
  const ballot = await it.opens({ isSecret }, [...electors, ...before])
  for (const who of before) await it.votes(who, ballot, 'abstain')
  return { ballot, store: it.store }
}

/** The product's own outcome when all deeds begin at the same moment. */
async function atTheSameMoment(
  { ballot, store: first }: Awaited<ReturnType<typeof begun>>,
  deeds: readonly Deed[],
  isSecret: boolean,
  waits: readonly number[],
): Promise<string> {
  const store = await aCopyOf(first)
  const db = openDb(store.client, jittered(store.db.gate, waits))
  const it = await aVotingBranch(people, { store: { ...store, db }, copied: true })
  const host = (press: string, form?: Record<string, unknown>) =>
    it.press('李华', { press: press === 'close' ? 'ballotHost.close' : `ballotMore.${press}`, ballot }, { form })
  const does = async (deed: Deed) => {
    if (deed.does === 'leave') return void (await together(db, leaving(db, 'branch', `m_${deed.who}`, it.now(), '2026-10-08')))
    if (deed.does === 'vote') return it.votes(deed.who, ballot, deed.stance)
    if (deed.does === 'add') return host('add', { people: [`m_${deed.who}`] })
    if (deed.does === 'extend') return host('extend', { closes: '2026-10-09 18:00 +0800' })
    return host(deed.does, { reason: '改期' })
  }
  const answers = await Promise.all(deeds.map(does))
  const outcomes = answers.map((answer) => answer === undefined || answer.mood === 'success')

  const { closedAt, cancelledAt } = await it.it(ballot)
  const list = (await it.rows('select member from electorates order by member')).map(({ member }) => String(member).slice(2))
  const voted = (await it.rows('select member from turnout')).map(({ member }) => String(member).slice(2))
  expect(await it.count('marks')).toBe(isSecret && !cancelledAt ? 2 * voted.length : 0)
  const said = await choicesOf(it, ballot, deeds, outcomes, isSecret)
  store.close()
  return JSON.stringify({
    outcomes,
    end: closedAt ? 'closed' : cancelledAt ? 'cancelled' : null,
    list: list.sort(),
    votes: cancelledAt ? voted.sort() : said,
  })
}

/** By name it is read who chose what; of a secret ballot what was recorded must be what is counted. */
async function choicesOf(
  it: Awaited<ReturnType<typeof aVotingBranch>>,
  ballot: string,
  deeds: readonly Deed[],
  outcomes: readonly boolean[],
  isSecret: boolean,
) {
  const { cancelledAt } = await it.it(ballot)
  if (cancelledAt) return []
  expect(await it.minute('2026-10-09', '18:01')).toEqual([])
  const { result } = await it.it(ballot)
  expect(result?.outcome).toBe('counted')
  if (!isSecret) {
    const rows = await it.rows('select member, said from named_votes')
    return rows.map(({ member, said }) => [String(member).slice(2), JSON.parse(String(said)).marks[0][1]]).sort()
  }
  const recorded = deeds.flatMap((deed, nth): [string, string][] =>
    deed.does === 'vote' && outcomes[nth] ? [[deed.who, deed.stance]] : [],
  )
  const counts = result?.tally.members?.counts['1'] ?? {}
  for (const stance of ['for', 'against']) expect(counts[stance] ?? 0).toBe(recorded.filter(([, one]) => one === stance).length)
  return [...recorded, ...before.map((who) => [who, 'abstain'])].sort()
}

// T17: secret ballots and named ones: 120 (1,000) interleavings of three to six deeds
test.for([
  ['secret', true],
  ['by name', false],
] as const)('whatever happens at once comes to what some order would: %s', async ([what, isSecret], { task }) => {
  const numRuns = sized(60, 500)
  const first = await begun(isSecret)
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 3, maxLength: 6 }),
      fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }),
      async (deeds, waits) => {
        const came = await atTheSameMoment(first, deeds, isSecret, waits)
        expect([...possible(deeds, isSecret)]).toContain(came)
      },
    ),
    { numRuns },
  )
  proved(task, 'T17', `${numRuns} interleavings of a ballot (${what}): each came to what some order would`)
})

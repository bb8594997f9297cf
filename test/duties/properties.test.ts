import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { creditsBetween, miscredited } from '../../db/ledgers/credits.ts'
import { addQuarters, day, moment, periodEnd, quarter as quarterAt } from '../../src/calendar.ts'
import { dutiesOf } from '../../src/rules/duties/duties.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { Evidence, Facts } from '../../src/rules/duties/facts.ts'
import { scoreOf } from '../../src/rules/duties/scoring.ts'
import { evidenceSpan } from '../../src/rules/duties/slots.ts'
import { agendaTags } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { type Rulebook, rulebookOf } from '../../src/rules/rulebook/rulebook.ts'
import { creditsOf, parts, standardOf, standards } from '../../src/rules/standards/standards.ts'
import { aBranch, openId } from '../harness/branch.ts'
import { anAsked, aSubject } from '../harness/duties.ts'

const cast = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '赵敏' },
]

type Deed =
  | { do: 'call'; kind: (typeof gatheringKindNames)[number]; tags: readonly (typeof agendaTags)[number][]; isJoint: boolean }
  | { do: 'come' | 'close' | 'mark' | 'unmark' | 'strike' | 'cancel' | 'reopen' | 'join' | 'leave' | 'clock'; which: number; who: number }
  | { do: 'tag'; which: number; who: number; tag: (typeof agendaTags)[number] }

const which = fc.nat(5)
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constant('call' as const),
    kind: fc.constantFrom(...gatheringKindNames.filter((kind) => kind !== 'group')),
    tags: fc.subarray([...agendaTags], { maxLength: 3 }),
    isJoint: fc.boolean(),
  }),
  fc.record({
    do: fc.constantFrom('come', 'come', 'come', 'close', 'close', 'mark', 'unmark', 'strike', 'cancel', 'reopen', 'join', 'leave', 'clock'),
    which,
    who: fc.nat(3),
  }) as fc.Arbitrary<Deed>,
  fc.record({ do: fc.constant('tag' as const), which, who: fc.nat(3), tag: fc.constantFrom(...agendaTags) }),
)

/** One meeting that is held, so that there is something to correct. */
const beginning: readonly Deed[] = [
  { do: 'call', kind: 'general', tags: ['study', 'report'], isJoint: false },
  ...[0, 1, 2].map((who): Deed => ({ do: 'come', which: 0, who })),
  { do: 'close', which: 0, who: 0 },
]

test('after any deeds in any order the tally equals the facts', async () => {
  let credited = 0
  let done = 0
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 8, maxLength: 24 }), async (sequence) => {
      const branch = await aBranch(cast, { since: '2026-07-01' })
      const { client } = branch.store
      await client.executeMultiple(`
        insert into branches (id, unit, committee, name, since) values ('b2', 'unit', 'committee', '第二支部', '2026-07-01');
        insert into members (id, unit, branch, open_id, name, stage, joined_on, added_at) values ('m_钱进', 'unit', 'b2', '${openId('钱进')}', '钱进', 'full', '2026-01-01', 0);
        insert into seats (id, member, role, branch, from_at) values ('s_钱进', 'm_钱进', 'secretary', 'b2', 0);`)
      const gatherings: string[] = []
      let minute = 0
      for (const deed of [...beginning, ...sequence]) {
        minute++
        branch.at('2026-10-08', `${String(9 + Math.floor(minute / 4)).padStart(2, '0')}:${String((minute % 4) * 15).padStart(2, '0')}`)
        done += (await perform(branch, deed, gatherings)) ? 1 : 0
        for (const id of ['branch', 'b2']) expect((await miscredited(branch.db, id))[0]?.rows, JSON.stringify(deed)).toBe(0)
      }
      credited += await branch.count('credits')
    }),
    { numRuns: 20, seed: 4 },
  )
  expect(done).toBeGreaterThan(120)
  expect(credited).toBeGreaterThan(15)
})

/** Whether it was done; many are refused, as they should be. */
async function perform(branch: Awaited<ReturnType<typeof aBranch>>, deed: Deed, gatherings: string[]): Promise<boolean> {
  const { client } = branch.store
  if (deed.do === 'call') {
    const id = `g${gatherings.length + 1}abcdefghijklmnopqr`.slice(0, 20)
    const now = branch.now()
    const starts = `${day(now)} ${new Date(now.getTime() + 8 * 3_600_000 + 20 * 60_000).toISOString().slice(11, 16)}`
    const form = { kind: deed.kind, starts, place: '', tags: [...deed.tags], others: deed.isJoint ? ['b2'] : [] }
    const { mood } = await branch.press('李华', { press: 'call.submit', branch: 'branch', gathering: id }, { form })
    if (mood === 'success') gatherings.push(id)
    return mood === 'success'
  }
  const gathering = gatherings[deed.which % Math.max(1, gatherings.length)] ?? ''
  const name = cast[deed.who]?.name ?? ''
  const press = (by: string, value: object, form?: Record<string, unknown>) => branch.press(by, { gathering, ...value }, { form })
  const answered = await {
    come: () => press(name, { press: 'gathering.checkIn' }),
    close: () => press('李华', { press: 'host.close' }),
    mark: () => press('李华', { press: 'host.mark' }, { people: [`m_${name}`, 'm_钱进'] }),
    unmark: () => press('李华', { press: 'corrections.unmark' }, { people: [`m_${name}`] }),
    strike: () => press('李华', { press: 'agenda.settle' }, { struck: deed.who === 3 ? [] : [String(deed.who + 1)] }),
    cancel: () => press('李华', { press: 'corrections.cancel' }),
    reopen: () => press('李华', { press: 'corrections.reopen' }, { gathering, reason: '补录' }),
    join: () => press('钱进', { press: 'joint.join', branch: 'b2' }),
    leave: () => press('钱进', { press: 'joint.withdraw', branch: 'b2' }),
    tag: () => press('李华', { press: 'agenda.add', tag: 'tag' in deed ? deed.tag : 'study' }),
    clock: async () => {
      const { closeGatherings } = await import('../../src/jobs/close-gatherings.ts')
      await closeGatherings({ db: branch.db, slot: branch.now(), now: branch.now(), isLate: false })
      await client.execute('select 1')
      return { mood: 'success' }
    },
  }[deed.do]()
  return answered.mood === 'success'
}

const groups = ['g1', 'g2']
const asked = anAsked({ groups: groups.map((id) => aSubject(id)) })
const moments = fc.date({ min: moment('2026-01-01'), max: moment('2027-02-28'), noInvalidDate: true })

/** A year of gatherings: each credits whatever its kind and its items do. */
const facts = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...gatheringKindNames),
      tags: fc.subarray([...agendaTags], { maxLength: 2 }),
      at: moments,
      group: fc.constantFrom(...groups),
    }),
    {
      minLength: 20,
      maxLength: 40,
    },
  )
  .map((held): Evidence[] =>
    held.flatMap(({ kind, tags, at, group }, i) =>
      creditsOf(kind, tags).map((part) => ({
        part,
        subject: parts.find(({ id }) => id === part)?.per === 'group' ? group : '',
        source: `g${i}`,
        sourceKind: 'gathering' as const,
        at,
      })),
    ),
  )
const rulebooks: fc.Arbitrary<Rulebook> = fc
  .record({
    graceWorkdays: fc.integer({ min: 0, max: 15 }),
    latePercent: fc.integer({ min: 0, max: 100 }),
    atLeast: fc.constantFrom({}, { '12.committee': 2 }, { '12.lecture': 2, '10.study': 2 }),
    cadences: fc.constantFrom({}, { '7.life': 'quarter' }, { '12.committee': 'quarter', '6.study': 'quarter' }),
    switches: fc.constantFrom({}, { '12.lecture': 'off' }, { '20.analysis': 'attested' }),
  })
  .map((own) => rulebookOf([own]))
const quarters = fc.constantFrom('2026Q1', '2026Q2', '2026Q3', '2026Q4')
const only = (evidence: readonly Evidence[]): Facts => ({ evidence, attested: [], judged: [] })
const percents = (duties: readonly Duty[], rulebook: Rulebook) =>
  new Map(scoreOf(duties, standards, rulebook).standards.map(({ standard, percentTenths }) => [standard, percentTenths]))

test('a quarter is independent of the order in which facts appear', () => {
  const shuffled = facts.chain((evidence) => fc.tuple(fc.constant(evidence), fc.shuffledSubarray(evidence, { minLength: evidence.length })))
  fc.assert(
    fc.property(shuffled, quarters, moments, rulebooks, ([known, shuffled], quarter, now, rulebook) => {
      const { from, until } = evidenceSpan(quarter, rulebook)
      const [evidence, other] = [known, shuffled].map((all) => all.filter(({ at }) => at < until)) as [Evidence[], Evidence[]]
      const all = dutiesOf(asked, quarter, only(evidence), now, rulebook)
      expect(dutiesOf(asked, quarter, only(other), now, rulebook)).toEqual(all)
      const needed = evidence.filter(({ at }) => at >= from && at <= now)
      expect(dutiesOf(asked, quarter, only(needed), now, rulebook)).toEqual(all)
    }),
    { numRuns: 400 },
  )
})

test('removing one piece of evidence changes its own standard alone', () => {
  let changed = 0
  fc.assert(
    fc.property(facts, quarters, moments, rulebooks, (evidence, quarter, now, rulebook) => {
      const alone = (some: readonly Evidence[]): Facts => ({ ...only(some), closedThrough: addQuarters(quarter, -1) })
      const before = dutiesOf(asked, quarter, alone(evidence), now, rulebook)
      const whole = percents(before, rulebook)
      for (const [i, one] of evidence.entries()) {
        const after = dutiesOf(asked, quarter, alone(evidence.toSpliced(i, 1)), now, rulebook)
        const less = percents(after, rulebook)
        const own = parts.find(({ id }) => id === one.part)?.standard
        const differing = [...whole].filter(([standard, percent]) => less.get(standard) !== percent).map(([standard]) => standard)
        expect(differing.every((standard) => standard === own)).toBe(true)
        changed += differing.length
        const isListed = before.some(
          ({ part, subject, evidence: shown, gathered = [] }) =>
            part === one.part && subject === one.subject && [shown, ...gathered].some((held) => held?.source === one.source),
        )
        if (!isListed && one.at < periodEnd(quarter)) expect(after).toEqual(before)
        if (differing.length > 0 && own !== undefined)
          expect((less.get(own) ?? -1) <= (whole.get(own) ?? 0) || less.get(own) === null).toBe(true)
      }
    }),
    { numRuns: 150, seed: 5 },
  )
  expect(changed).toBeGreaterThan(200)
})

test('in a real database removing a credit changes its standard alone', async () => {
  const { generate } = await import('../../src/generate/unit.ts')
  const { aStore } = await import('../harness/database.ts')
  const { accountsIn } = await import('../../db/duties/account.ts')
  const { scoreOfAccount } = await import('../../db/duties/score.ts')
  const { branchesOf } = await import('../../db/branches/units.ts')
  const store = await aStore()
  const until = moment('2026-12-31', '18:00')
  const { committees } = await generate(store.db, { seed: 9, branches: 3, until })
  const committee = committees[0] ?? ''
  const [own] = await lookUp(store.db, [branchesOf(store.db, committee)])
  const quarter = quarterAt(until)
  const scored = async () => {
    const accounts = await accountsIn(store.db, own, [quarter], until)
    return accounts.flatMap((account) =>
      scoreOfAccount(account).standards.map(({ standard, percentTenths }) => `${account.branch.id} ${standard} ${percentTenths}`),
    )
  }
  const before = await scored()
  const [credits] = await lookUp(store.db, [
    creditsBetween(
      store.db,
      own.map(({ id }) => id),
      moment('2026-10-01'),
      until,
    ),
  ])
  expect(credits.length).toBeGreaterThan(60)
  let changed = 0
  for (const { branch, part, subject, source, at } of credits) {
    const row = [branch, part, subject, source]
    await store.client.execute({ sql: 'delete from credits where branch = ? and part = ? and subject = ? and gathering = ?', args: row })
    const differing = (await scored()).filter((line, i) => line !== before[i])
    expect(
      differing.every((line) => line.startsWith(`${branch} ${standardOf(parts.find(({ id }) => id === part)?.standard ?? 0).id} `)),
    ).toBe(true)
    changed += differing.length
    await store.client.execute({
      sql: 'insert into credits (branch, part, subject, gathering, at) values (?, ?, ?, ?, ?)',
      args: [...row, at.getTime()],
    })
  }
  expect(changed).toBeGreaterThan(20)
  expect(await scored()).toEqual(before)
})

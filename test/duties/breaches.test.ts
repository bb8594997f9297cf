import { beforeEach, describe, expect, test } from 'vitest'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { accountOf } from '../../db/duties/account.ts'
import { addYears, moment, type Period } from '../../src/calendar.ts'
import { type BreachFact, breachesAt, stands } from '../../src/rules/duties/breaches.ts'
import { cheapest } from '../../src/rules/duties/cheapest.ts'
import { breachesOfSeats, gapsIn, type Sat } from '../../src/rules/duties/committee.ts'
import { sorted } from '../../src/rules/duties/facts.ts'
import { dutiesOfSlots } from '../../src/rules/duties/settle.ts'
import { slotOf } from '../../src/rules/duties/slots.ts'
import { defaultRulebook, rulebookOf } from '../../src/rules/rulebook/rulebook.ts'
import { type Part, partOf } from '../../src/rules/standards/standards.ts'
import { aBranch, type TestBranch } from '../harness/branch.ts'
import { anAsked } from '../harness/duties.ts'
import { askOnly } from '../harness/rulebook.ts'

const used = (from: number): BreachFact => ({ part: '23.pledge', from, until: null, what: null })
const breach = (from: number, until: number | null): BreachFact => ({ part: '23.pledge', from, until, what: 'noSecretary' })
const known = [used(100), breach(200, 300), breach(400, null)]

test.each([
  [99, null],
  [100, true],
  [199, true],
  [200, false],
  [299, false],
  [300, true],
  [400, false],
  [9_999, false],
])('at %i it stands: %s', (at, is) => {
  expect(stands(known, '23.pledge', new Date(at))).toBe(is)
  expect(breachesAt(known, '23.pledge', new Date(at)).length > 0).toBe(at === 200 || at === 299 || at >= 400)
  expect(stands(known, '30.records', new Date(at))).toBe(null)
})

describe('a part of a module that must hold', () => {
  /** The pledges as a later module will declare them. */
  const part: Part = { ...partOf('25.steps'), by: 'talks', mustHold: true }
  const [start, deadline] = [moment('2026-10-01').getTime(), moment('2027-01-01').getTime()]
  const fact = (from: number, until: number | null, what: BreachFact['what']): BreachFact => ({ part: '25.steps', from, until, what })
  const settled = (breaches: readonly BreachFact[], on: string, rulebook = defaultRulebook) => {
    const now = moment(on, '09:00')
    const asked = anAsked({ inDevelopment: true, breaches })
    const slots = [slotOf(part, '2026Q4', rulebook)]
    const subject = { id: '', since: '', until: null }
    const about = { subject, branch: asked, known: sorted({ evidence: [], attested: [], judged: [] }, now), now, latePercent: 80 }
    return dutiesOfSlots({ slots, earlier: [], all: slots }, about)[0]
  }
  const module = fact(start, null, null)

  test.each([
    ['not used is attested', [], 'attested', 'missed'],
    ['used after the deadline is attested', [fact(deadline, null, null)], 'attested', 'missed'],
    ['without a breach is met', [module], 'roster', 'met'],
    ['with one that ended is met', [module, fact(start, deadline - 1, 'noSecretary')], 'roster', 'met'],
    ['that ends at the deadline is late', [module, fact(start, deadline, 'noSecretary')], 'roster', 'met late'],
    ['that goes on is missed', [module, fact(start, null, 'noSecretary')], 'roster', 'missed'],
  ] as const)('%s', (_what, breaches, basis, state) => {
    expect(settled(breaches, '2027-03-01')).toMatchObject({ basis, state })
  })

  test('says why it is open, and nothing where it is met', () => {
    const open = settled([module, fact(start, null, 'noSecretary')], '2026-10-09')
    expect(open).toMatchObject({ state: 'upcoming', breaches: [{ what: 'noSecretary', from: start }] })
    expect(settled([module], '2026-10-09')).not.toHaveProperty('breaches')
  })

  test.each([[{ switches: { '25.steps': 'attested' } }], [{ modules: { talks: false } }]] as const)('is attested under %j', (said) => {
    const one = settled([module], '2026-12-28', rulebookOf([said]))
    expect(one).toMatchObject({ basis: 'attested', state: 'due soon' })
    expect(one).not.toHaveProperty('breaches')
  })

  test('is put right on the card of its module', () => {
    const owed = [settled([module, fact(start, null, 'noSecretary')], '2026-12-28')].flatMap((one) => one ?? [])
    expect(cheapest(owed, [], { opening: () => 'talks' })).toEqual([{ do: 'open', by: 'talks', closes: owed }])
    expect(cheapest(owed, [])).toEqual([{ do: 'put right', closes: owed }])
  })
})

describe('the breaches of seats', () => {
  const sat = (member: string, from: number, until: number | null = null, role = 'secretary'): Sat => ({ member, role, from, until })
  test.each<[string, Sat[], number, [number, number | null][]]>([
    ['nobody ever', [], 1, [[0, null]]],
    ['one from the start', [sat('a', 0)], 1, []],
    ['a gap between two', [sat('a', 0, 50), sat('b', 80)], 1, [[50, 80]]],
    ['handed over at once', [sat('a', 0, 50), sat('b', 50)], 1, []],
    ['two that overlap', [sat('a', 0, 60), sat('b', 50)], 1, []],
    ['two seats of one person', [sat('a', 0), sat('a', 0, null, 'deputy')], 2, [[0, null]]],
    [
      'several changes in one gap',
      [sat('a', 10, 20), sat('b', 15, 25), sat('c', 30)],
      2,
      [
        [0, 15],
        [20, null],
      ],
    ],
  ])('%s', (_what, seats, least, gaps) => {
    expect(gapsIn(seats, least)).toEqual(gaps.map(([from, until]) => ({ from, until })))
  })

  const since = (seventh: string) => [...Array.from({ length: 6 }, () => '2020-01-01'), seventh]
  const from = (seventh: string, full: number, until?: string) =>
    breachesOfSeats({
      sat: [sat('a', 0)],
      people: { full, since: since(seventh) },
      excuse: until ? { until, reason: '' } : null,
    }).flatMap((one) => (one.what === 'smallCommittee' ? [one.from] : []))
  test.each([
    ['six are no seven', '2026-01-01', 6, undefined, null],
    ['three months before a quarter', '2026-04-01', 7, undefined, '2026-07-01'],
    ['a day less', '2026-04-02', 7, undefined, '2026-10-01'],
    ['an excuse that ends in a quarter', '2020-01-01', 7, '2026-08-15', '2026-10-01'],
    ['an excuse from long ago', '2026-04-01', 7, '2025-01-01', '2026-07-01'],
  ] as const)('a committee is missed: %s', (_what, seventh, full, until, on) => {
    expect(from(seventh, full, until)).toEqual(on ? [moment(on).getTime()] : [])
  })
})

describe('a branch', () => {
  let branch: TestBranch
  beforeEach(async () => {
    branch = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳' }], { since: '2026-01-01' })
    await askOnly(branch.store.client, '4.term', '4.seats')
  })
  const run = (sql: string) => branch.store.client.execute(sql)
  const duty = async (part: string, quarter: Period, now: Date) => {
    const [found] = await branchById(branch.db, 'branch')
    return (await accountOf(branch.db, found as Branch, quarter, now)).duties.find((one) => one.part === part)
  }
  const shown = async () => (await branch.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 4 })).text

  test('shows on the standard’s card why it does not hold', async () => {
    branch.at('2026-12-30', '09:00')
    expect(await shown()).not.toContain('书记空缺')
    await run(`update seats set until_at = ${moment('2026-12-03', '09:00').getTime()} where role = 'secretary'`)
    await run("update branches set term_started_on = '2023-11-11'")
    expect(await shown()).toContain('书记空缺，从2026年12月3日起')
    expect(await shown()).toContain('任期已经届满，从2026年11月11日起')
    const digest = await branch.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 4 })
    expect(JSON.stringify(digest.card)).toContain('No secretary is in office, since 3 Dec 2026')
  })

  test('is not told why once it is in order again', async () => {
    branch.at('2026-12-30', '09:00')
    await run("update branches set term_started_on = '2026-11-12'")
    expect(await duty('4.term', '2026Q4', branch.now())).toMatchObject({ basis: 'roster', state: 'met' })
    expect(await shown()).not.toContain('任期已经届满')
  })

  test.each([
    ['2023-11-11', 3],
    ['2024-02-29', 3],
    ['2024-02-29', 4],
    ['2024-02-29', 5],
  ])('a term of %s ends to the millisecond after %i years', async (on, years) => {
    await run(`update branches set term_started_on = '${on}', term_years = ${years}`)
    const over = moment(addYears(on, years))
    const quarter = `${over.getUTCFullYear()}Q1`
    const period = addYears(on, years).slice(5, 7) === '02' ? quarter : `${over.getUTCFullYear()}Q4`
    const [before, after] = [await duty('4.term', period, new Date(over.getTime() - 1)), await duty('4.term', period, over)]
    expect([before?.basis, before?.state, after?.basis]).toEqual(['roster', 'met', 'attested'])
    expect(after?.breaches).toEqual([{ what: 'termOver', from: over.getTime() }])
  })
})

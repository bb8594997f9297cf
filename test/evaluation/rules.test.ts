import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { isWithinThird } from '../../src/rules/ballots/marks.ts'
import {
  appealsUntil,
  beforeGrades,
  type Evaluated,
  evaluatingFor,
  periodMeant,
  periodsOn,
  progressOf,
  proposalOf,
  stepLeft,
  type Vote,
  voteOf,
} from '../../src/rules/evaluation/evaluation.ts'

describe('what can be evaluated', () => {
  test.each([
    ['2026-01-15', '2025', ['2025', '2026H1', '2026', '2025H2']],
    ['2026-03-31', '2025', ['2025', '2026H1', '2026', '2025H2']],
    ['2026-04-01', '2026H1', ['2026H1', '2026', '2025H2', '2025']],
    ['2026-08-31', '2026H1', ['2026H1', '2026H2', '2026', '2025']],
    ['2026-09-01', '2026H2', ['2026H2', '2026', '2026H1', '2025']],
    ['2026-10-31', '2026H2', ['2026H2', '2026', '2026H1', '2025']],
    ['2026-11-01', '2026', ['2026', '2026H2', '2026H1', '2025']],
  ])('on %s is %s first, then the others', (today, likely, all) => {
    expect(periodsOn(today)[0]).toBe(likely)
    expect(periodsOn(today)).toEqual(all)
  })

  test.each([
    ['2026H2', '2026H2'],
    ['2026h1', '2026H1'],
    ['２０２６Ｈ２', '2026H2'],
    ['2026年下半年', '2026H2'],
    ['2025 年 上半年', '2025H1'],
    ['下半年', '2026H2'],
    ['2026', '2026'],
    ['2026年', '2026'],
    ['2026年度', '2026'],
    ['年终', '2026'],
    ['year-end', '2026'],
    ['', null],
    ['李华', null],
    ['2026Q3', null],
    ['26', null],
  ])('“%s” means %s', (words, period) => {
    expect(periodMeant(words, '2026-12-01')).toBe(period)
  })

  test('the year’s end that is meant in January is the last year’s', () => {
    expect(periodMeant('年终', '2027-01-10')).toBe('2026')
  })
})

describe('the vote', () => {
  const over = { cancelledAt: null, closedAt: new Date(1), result: { outcome: 'counted' } }
  test.each<[string, string, Parameters<typeof voteOf>[1], number, Vote]>([
    ['a half-year has none', '2026H2', undefined, 20, 'not asked'],
    ['a year has one', '2026', undefined, 3, 'none'],
    ['two would show what they chose', '2026', undefined, 2, 'not asked'],
    ['one that was opened counts, whoever is left', '2026', { ...over, closedAt: null, result: null }, 2, 'open'],
    ['closed, it is counted behind the close', '2026', { ...over, result: null }, 9, 'counting'],
    ['counted', '2026', over, 9, 'counted'],
    ['too few to be told are counted as well', '2026', { ...over, result: { outcome: 'few' } }, 9, 'counted'],
    ['what does not add up is void', '2026', { ...over, result: { outcome: 'unsound' } }, 9, 'void'],
    ['so is what was called off', '2026', { cancelledAt: new Date(1), closedAt: null, result: null }, 9, 'void'],
  ])('%s', (_what, period, ballot, voters, vote) => {
    expect(voteOf(period, ballot, voters, 3)).toBe(vote)
  })
})

describe('what is proposed', () => {
  test.each<[string, Parameters<typeof proposalOf>, ReturnType<typeof proposalOf>]>([
    ['the group’s view, where there was no vote', ['excellent', null], { grade: 'excellent', doubt: null }],
    ['qualified, where the group said nothing', [null, null], { grade: 'qualified', doubt: null }],
    ['the leading grade, whatever the group said', ['excellent', { basic: 3, qualified: 2 }], { grade: 'basic', doubt: null }],
    ['unqualified, if most say so', [null, { unqualified: 3, qualified: 2 }], { grade: 'unqualified', doubt: null }],
    ['excellent and qualified even: qualified', [null, { excellent: 3, qualified: 3 }], { grade: 'qualified', doubt: 'tie' }],
    ['qualified and basic even: qualified', [null, { qualified: 2, basic: 2 }], { grade: 'qualified', doubt: 'tie' }],
    ['excellent and unqualified even: between them', [null, { excellent: 2, unqualified: 2 }], { grade: 'qualified', doubt: 'tie' }],
    ['basic and unqualified even: the better', [null, { basic: 2, unqualified: 2, qualified: 1 }], { grade: 'basic', doubt: 'tie' }],
    ['all four even', [null, { excellent: 1, qualified: 1, basic: 1, unqualified: 1 }], { grade: 'qualified', doubt: 'tie' }],
    ['what may not be told', ['excellent', 'withheld'], { grade: 'qualified', doubt: 'withheld' }],
    ['no mark at all', [null, {}], { grade: 'qualified', doubt: 'withheld' }],
  ])('%s', (_what, [view, vote], proposed) => {
    expect(proposalOf(view, vote)).toEqual(proposed)
  })
})

describe('how far it has come', () => {
  const one = (more: Partial<Evaluated> = {}): Evaluated => ({
    isGone: false,
    group: 'a',
    self: {},
    view: {},
    grade: null,
    appeal: null,
    ...more,
  })
  const until = moment('2026-12-09')
  const now = moment('2026-12-02', '10:00')
  const told = { toldAt: moment('2026-12-20', '09:00') }
  const progress = (people: Evaluated[], at = now, vote: Vote = 'not asked') =>
    progressOf({ people, vote, turnout: { voted: 0, electors: 3 }, selfUntil: until, appealWorkdays: 5 }, at)

  test.each<[string, Evaluated[], Date, Vote, string | null]>([
    ['somebody has not written', [one(), one({ self: null })], now, 'not asked', 'self'],
    ['the days for it are over', [one(), one({ self: null })], until, 'not asked', 'grades'],
    ['somebody who left has not', [one(), one({ self: null, view: null, isGone: true })], now, 'not asked', 'grades'],
    ['one of a group is not spoken of', [one(), one({ group: 'b' }), one({ group: 'b', view: null })], now, 'not asked', 'groups'],
    ['the vote is not opened', [one()], now, 'none', 'vote'],
    ['the vote is open', [one()], now, 'open', 'vote'],
    ['the vote is void', [one()], now, 'void', 'vote'],
    ['the vote is counted', [one()], now, 'counted', 'grades'],
    ['all are graded', [one({ grade: { toldAt: null } })], now, 'counted', 'told'],
    ['all are told', [one({ grade: told })], moment('2026-12-25', '23:59'), 'counted', 'appeals'],
    ['the days to appeal are over', [one({ grade: told })], moment('2026-12-26'), 'counted', null],
    ['an appeal waits', [one({ grade: told, appeal: { answeredAt: null } })], moment('2027-02-01'), 'counted', 'appeals'],
    ['it was answered', [one({ grade: told, appeal: { answeredAt: now } })], moment('2027-02-01'), 'counted', null],
  ])('%s', (_what, people, at, vote, left) => {
    expect(stepLeft(progress(people, at, vote))).toBe(left)
  })

  test('groups are counted as groups, and those without one as one', () => {
    const { groups, self } = progress([one(), one({ view: null }), one({ group: null }), one({ group: null, self: null })])
    expect([groups, self]).toEqual([
      { done: 1, of: 2, isDone: false },
      { done: 3, of: 4, isDone: false },
    ])
  })

  test('the grades wait for nothing but what goes before them', () => {
    expect(beforeGrades(progress([one({ grade: { toldAt: null } })]))).toBeNull()
    expect(beforeGrades(progress([one()], now, 'counting'))).toBe('vote')
  })
})

test.each([
  ['2026-12-01 09:00', '2026-12-09 00:00'],
  ['2026-12-04 20:59', '2026-12-12 00:00'],
  ['2026-09-24 08:00', '2026-10-10 00:00'],
])('told on %s one may appeal until %s, five working days on', (told, until) => {
  const at = (words: string) => moment(words.slice(0, 10), words.slice(11))
  expect(appealsUntil(at(told), 5)).toEqual(at(until))
})

/** 组织部门工作指引：优秀等次一般不超过党员总数的三分之一。 */
test.each([
  [0, 1, true],
  [1, 1, false],
  [1, 2, false],
  [1, 3, true],
  [2, 5, false],
  [2, 6, true],
  [2, 7, true],
  [3, 8, false],
  [3, 9, true],
  [16, 48, true],
  [17, 50, false],
  [20, 60, true],
])('%i excellent of %i: %s', (excellent, graded, is) => {
  expect(isWithinThird(excellent, graded)).toBe(is)
})

test.each([
  ['14.review', '2026', {}, [], 'to begin'],
  ['14.review', '2026', {}, [{ period: '2026H2', isTold: true }], 'to begin'],
  ['14.review', '2026', {}, [{ period: '2026', isTold: false }], 'under way'],
  ['14.review', '2026', {}, [{ period: '2026', isTold: true }], 'told'],
  ['14.review', '2025', {}, [{ period: '2026', isTold: true }], 'to begin'],
  ['14.review', '2026', { '14.review': 'attested' }, [{ period: '2026', isTold: true }], null],
  ['15.dues', '2026-12', {}, [{ period: '2026', isTold: true }], null],
] as const)('of %s in %s, with %j and under way %j: %s', (part, period, switches, underWay, is) => {
  expect(evaluatingFor({ part, period }, underWay, { switches, modules: {} })).toBe(is)
})

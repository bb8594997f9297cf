import { describe, expect, test } from 'vitest'
import { isGrounded, isUndecided, publicationOf } from '../../src/rules/assessment/publication.ts'
import { isAssessorsDay, selfStepDue } from '../../src/rules/assessment/reminders.ts'
import { stageOf } from '../../src/rules/assessment/stage.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { partOf } from '../../src/rules/standards/standards.ts'

const QUARTER = '2026Q3'
const aDuty = (part: Duty['part'], more: Partial<Duty>): Duty => ({
  part,
  standard: partOf(part).standard,
  subject: '',
  period: QUARTER,
  nth: 1,
  dueOn: '2026-09-30',
  graceEndsOn: '2026-10-20',
  state: 'due soon',
  basis: partOf(part).proof,
  ...more,
})
const proposed = { verdict: 'points', permille: 1000 } as const
const judged = { permille: 1000, byUpper: true, reason: '' }

const waitingEntry = aDuty('28.suggestions', { state: 'waiting', attested: { id: 'a', on: '2026-09-01', isConfirmed: false } })
const lateEntry = aDuty('28.suggestions', { state: 'missed', attested: { id: 'a', on: '2026-09-01', isConfirmed: false, isLate: true } })
const proposal = aDuty('5.judged', { state: 'waiting', proposed })
const unanswered = aDuty('5.judged', {})
const decided = aDuty('5.judged', { state: 'met', proposed, judged })

describe('a branch at publication', () => {
  test.each([
    ['an entry in time waits', [waitingEntry], true, true],
    ['a late entry holds up nothing', [lateEntry], true, false],
    ['a proposal waits', [proposal], true, true],
    ['a decided proposal does not', [decided], true, false],
    ['silence after two reminders does not', [unanswered], true, false],
    ['silence that nobody reminded waits', [unanswered], false, true],
    ['an item kept from an earlier quarter is not asked', [aDuty('5.judged', { kept: true })], false, false],
  ])('%s', (_what, duties, isReminded, waits) => {
    expect(isUndecided({ branch: 'b', duties, isReminded }, QUARTER)).toBe(waits)
  })

  test('only a reminded branch’s silence is named as zero', () => {
    const of = (branch: string, isReminded: boolean) => ({ branch, duties: [unanswered], isReminded })
    const { undecided, unanswered: zeros } = publicationOf([of('asked', true), of('unasked', false)], QUARTER)
    expect([undecided, zeros]).toEqual([['unasked'], [{ branch: 'asked', part: '5.judged', period: QUARTER }]])
  })
})

describe('an upper item', () => {
  const upper = (more: Partial<Duty> = {}) => aDuty('1.judged', more)
  const isJudged = upper({ state: 'met', judged })
  test.each([
    ['judged for all counts', [isJudged, isJudged], []],
    ['judged for some leaves the base of all', [isJudged, upper()], [{ part: '1.judged', period: QUARTER, judged: 1, asked: 2 }]],
    ['judged for none is listed too', [upper(), upper()], [{ part: '1.judged', period: QUARTER, judged: 0, asked: 2 }]],
    ['not applicable by the assessor’s word is judged', [isJudged, upper({ state: 'not applicable', judged })], []],
    ['not asked of a branch makes no gap', [isJudged, upper({ state: 'not applicable' })], []],
  ])('%s', (_what, duties, leftOut) => {
    const branches = duties.map((duty, i) => ({ branch: `b${i}`, duties: [duty], isReminded: true }))
    expect(publicationOf(branches, QUARTER).leftOut).toEqual(leftOut)
  })
})

test.each([
  ['fully, with a gathering', proposed, 1, true],
  ['fully, with nothing', proposed, 0, false],
  ['mostly, with nothing', { verdict: 'points', permille: 800 } as const, 0, false],
  ['not done, with nothing', { verdict: 'points', permille: 0 } as const, 0, true],
  ['not applicable, with a gathering', { verdict: 'not applicable', permille: 0 } as const, 1, false],
])('an answer rests on something: %s', (_what, answer, gathered, is) => {
  const held = Array.from({ length: gathered }, () => ({ source: 'g', sourceKind: 'gathering' as const, at: new Date(0) }))
  expect(isGrounded({ proposed: answer, gathered: held })).toBe(is)
})

describe('the reminders', () => {
  const told = (step: number, toldOn: string) => ({ step, toldOn })
  test.each([
    ['before the last day but one', [], '2026-10-12', null],
    ['the working day before', [], '2026-10-13', -1],
    ['once a step', [told(-1, '2026-10-13')], '2026-10-14', null],
    ['the working day after', [told(-1, '2026-10-13')], '2026-10-15', 1],
    ['a missed first is made up', [], '2026-10-19', -1],
    ['never two on one day', [told(-1, '2026-10-19')], '2026-10-19', null],
    ['the second a day later', [told(-1, '2026-10-19')], '2026-10-20', 1],
    ['never a third', [told(-1, '2026-10-19'), told(1, '2026-10-20')], '2026-10-30', null],
  ])('of a branch: %s', (_what, before, today, step) => {
    expect(selfStepDue('2026-10-14', before, today)).toBe(step)
  })

  test.each([
    ['a week’s first working day, open', '2026-10-12', true, true],
    ['a week’s second, open', '2026-10-13', true, false],
    ['a month’s first working day, none open', '2026-12-01', false, true],
    ['a week’s first working day, none open', '2026-12-07', false, false],
    ['a Sunday', '2026-12-06', true, false],
  ])('of an assessor: %s', (_what, today, isOpen, is) => {
    expect(isAssessorsDay(today, isOpen)).toBe(is)
  })
})

const at = new Date(0)
test.each([
  ['running', { isOver: false, committeePublishedAt: null, publishedAt: null, closedAt: null }],
  ['provisional', { isOver: true, committeePublishedAt: null, publishedAt: null, closedAt: null }],
  ['undecided', { isOver: true, committeePublishedAt: at, publishedAt: null, closedAt: null }],
  ['published', { isOver: true, committeePublishedAt: at, publishedAt: at, closedAt: null }],
  ['final', { isOver: true, committeePublishedAt: at, publishedAt: at, closedAt: at }],
])('a branch’s quarter is %s', (stage, moments) => {
  expect(stageOf(moments)).toBe(stage)
})

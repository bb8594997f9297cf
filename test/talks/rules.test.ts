import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { isBackdated, wrongWithDay } from '../../src/rules/talks/days.ts'
import { branchOfTalk, isDisciplinary, kindsOf, stageOn, type Talker } from '../../src/rules/talks/kind-of.ts'
import type { TalkKind } from '../../src/rules/talks/kinds.ts'
import { nearestNames } from '../../src/rules/talks/nearest.ts'
import { pairOf } from '../../src/rules/talks/pair.ts'
import { pairsLeft, proposals } from '../../src/rules/talks/planner.ts'
import { talkSaid } from '../../src/rules/talks/said.ts'
import { counts, stateOfTalk } from '../../src/rules/talks/state.ts'

const now = moment('2026-10-08', '09:00')
const noDates = { appliedOn: null, activistOn: null, prospectOn: null, probationerOn: null, fullOn: null }

const person = (stage: Talker['stage'], more: Partial<Talker> = {}): Talker => ({
  ...noDates,
  id: 'someone',
  branch: 'home',
  above: ['first', 'unit'],
  stage,
  held: [],
  ...more,
})
const seat = (role: Talker['held'][number]['role'], more: Partial<Talker['held'][number]> = {}) => ({
  role,
  branch: 'home',
  committee: null,
  from: 0,
  until: null,
  ...more,
})
const secretary = person('full', { held: [seat('secretary')] })
const member = person('full')
const assessor = person(null, { branch: null, above: [], held: [seat('assessor', { branch: null, committee: 'first' })] })
const elsewhere = person(null, { branch: null, above: [], held: [seat('assessor', { branch: null, committee: 'second' })] })

describe('the kind of a talk', () => {
  test.each<[string, Talker, Talker, TalkKind | undefined]>([
    ['secretary and activist', secretary, person('activist'), 'activist'],
    ['member and activist', member, person('activist'), 'activist'],
    ['secretary and development target', secretary, person('prospect'), 'activist'],
    ['secretary and applicant', secretary, person('applicant'), 'application'],
    ['two of the committee', secretary, person('full', { held: [seat('discipline')] }), 'withinCommittee'],
    ['secretary and member', secretary, member, 'committeeMember'],
    ['secretary and probationer', secretary, person('probationer'), 'committeeMember'],
    ['two members', member, member, 'memberMember'],
    ['leader and member', person('full', { held: [seat('leader', { branch: null })] }), member, 'memberMember'],
    ['assessor and development target', assessor, person('prospect'), 'beforeApproval'],
    ['assessor of elsewhere and development target', elsewhere, person('prospect'), 'activist'],
    ['assessor and activist', assessor, person('activist'), 'activist'],
    ['secretary and newly converted', secretary, person('full', { fullOn: '2026-09-30' }), 'afterApproval'],
    ['member and newly converted', member, person('full', { fullOn: '2026-09-30' }), 'memberMember'],
    ['secretary and long converted', secretary, person('full', { fullOn: '2026-07-09' }), 'committeeMember'],
    [
      'secretary of another branch',
      person('full', { branch: 'away', held: [seat('secretary', { branch: 'away' })] }),
      member,
      'committeeMember',
    ],
    ['activist and applicant', person('activist'), person('applicant'), undefined],
  ])('%s', (_, one, other, kind) => {
    expect([kindsOf(one, other, '2026-10-08')[0], kindsOf(other, one, '2026-10-08')[0]]).toEqual([kind, kind])
  })

  test('care is always possible and never assumed', () => {
    for (const other of [member, secretary, person('activist'), person('prospect'), assessor])
      expect(kindsOf(secretary, other, '2026-10-08').indexOf('care')).toBeGreaterThan(0)
  })

  test.each([
    ['2026-08-31', 'applicant', 'application'],
    ['2026-09-01', 'activist', 'activist'],
    ['2026-12-09', 'prospect', 'activist'],
    ['2026-12-11', 'probationer', 'committeeMember'],
  ] as const)('on %s the stage was %s', (on, stage, kind) => {
    const grown = person('probationer', {
      appliedOn: '2026-02-01',
      activistOn: '2026-09-01',
      prospectOn: '2026-12-01',
      probationerOn: '2026-12-10',
    })
    expect([stageOn(grown, on), kindsOf(secretary, grown, on)[0]]).toEqual([stage, kind])
  })

  test.each([
    ['2026-09-30', 'memberMember'],
    ['2026-10-01', 'committeeMember'],
    ['2026-10-05', 'committeeMember'],
    ['2026-10-06', 'memberMember'],
  ])('on %s the seat made it %s', (on, kind) => {
    const sat = seat('secretary', { from: moment('2026-10-01', '15:00').getTime(), until: moment('2026-10-05', '10:00').getTime() })
    expect(kindsOf(person('full', { held: [sat] }), member, on)[0]).toBe(kind)
  })

  test('it counts where the one under development is', () => {
    const activist = person('activist', { branch: 'away' })
    expect(branchOfTalk(secretary, activist, '2026-10-08')).toBe('away')
    expect(branchOfTalk(activist, secretary, '2026-10-08')).toBe('away')
    expect(branchOfTalk(secretary, person('full', { branch: 'away' }), '2026-10-08')).toBe('away')
    expect(branchOfTalk(secretary, assessor, '2026-10-08')).toBe('home')
    expect(branchOfTalk(assessor, assessor, '2026-10-08')).toBeNull()
  })

  test.each(['诫勉', '提醒谈话', '函询', '和他约谈', 'a reprimand', 'disciplinary'])('“%s” belongs elsewhere', (line) => {
    expect(isDisciplinary(line)).toBe(true)
  })
  test.each(['王芳 昨天', '关怀', '提醒我找王芳谈心', 'Wang Fang'])('“%s” is an ordinary line', (line) => {
    expect(isDisciplinary(line)).toBe(false)
  })
})

test.each([
  ['2026-10-09', 'to come'],
  ['2026-10-08', null],
  ['2026-09-08', null],
  ['2026-09-07', 'too far back'],
])('a talk of %s: %s', (on, wrong) => {
  expect(wrongWithDay(on, '2026-10-08', 30)).toBe(wrong)
})

test.each([
  ['2026-10-01', false],
  ['2026-09-30', true],
])('registered a week later, %s: %s', (on, marked) => {
  expect(isBackdated(on, now)).toBe(marked)
})

const at = (ms: number) => new Date(ms)
const HOUR = 3_600_000
const none = { claimedAt: at(0), confirmedAt: null, deniedAt: null, withdrawnAt: null }
test.each([
  [none, 0, 'claimed', false],
  [none, 30 * 24 * HOUR - 1, 'claimed', false],
  [none, 30 * 24 * HOUR, 'lapsed', false],
  [{ ...none, confirmedAt: at(1) }, 24 * HOUR, 'confirmed', true],
  [{ ...none, confirmedAt: at(1) }, 24 * HOUR + 1, 'fixed', true],
  [{ ...none, deniedAt: at(1) }, 2, 'denied', false],
  [{ ...none, withdrawnAt: at(1) }, 2, 'withdrawn', false],
  [{ ...none, confirmedAt: at(1), withdrawnAt: at(2) }, 3, 'withdrawn', false],
] as const)('the state of %j after %i ms is %s', (talk, ms, state, isCounted) => {
  expect([stateOfTalk(talk, at(ms)), counts(talk)]).toEqual([state, isCounted])
})

test('a pair is the same from either side', () => {
  expect([pairOf('b', 'a'), pairOf('a', 'b')]).toEqual([
    { a: 'a', b: 'b' },
    { a: 'a', b: 'b' },
  ])
})

/** Thursday, 8 October 2026. */
test.each([
  ['王芳', '王芳', null, null],
  ['王芳 昨天', '王芳', null, '2026-10-07'],
  ['昨天 王芳', '王芳', null, '2026-10-07'],
  ['昨天和王芳谈心', '王芳', null, '2026-10-07'],
  ['王芳 关怀', '王芳', 'care', null],
  ['王芳 前天 关怀', '王芳', 'care', '2026-10-06'],
  ['王芳 大前天', '王芳', null, '2026-10-05'],
  ['王芳 今天', '王芳', null, '2026-10-08'],
  ['王芳 周三', '王芳', null, '2026-10-07'],
  ['王芳 周四', '王芳', null, '2026-10-08'],
  ['王芳 周五', '王芳', null, '2026-10-02'],
  ['王芳 上周三', '王芳', null, '2026-09-30'],
  ['王芳 10月3日', '王芳', null, '2026-10-03'],
  ['王芳 12月30日', '王芳', null, '2025-12-30'],
  ['王芳 3号', '王芳', null, '2026-10-03'],
  ['王芳 28号', '王芳', null, '2026-09-28'],
  ['王芳 2026-10-02', '王芳', null, '2026-10-02'],
  ['周一鸣', '周一鸣', null, null],
  ['周一鸣 周一', '周一鸣', null, '2026-10-05'],
  ['Wang Fang yesterday', 'Wang Fang', null, '2026-10-07'],
  ['with wang fang on Monday', 'wang fang', null, '2026-10-05'],
  ['Wang Fang care', 'Wang Fang', 'care', null],
  ['Wang Fang 3 Oct', 'Wang Fang', null, '2026-10-03'],
  ['孙行者 昨天', '孙行者', null, '2026-10-07'],
  ['昨天', '', null, '2026-10-07'],
])('“%s” names %s, %s, on %s', (line, name, kind, on) => {
  const said = talkSaid(line, ['王芳', '周一鸣', 'Wang Fang'], now)
  expect(said).toEqual({ name, kind, on, isUnclear: false, hasMore: false })
})

test.each([
  ['王芳 昨天 前天', true, false],
  ['王芳 周末', true, false],
  ['王芳 昨天 心情不好', false, true],
])('“%s”: unclear %s, more %s', (line, isUnclear, hasMore) => {
  expect(talkSaid(line, ['王芳'], now)).toMatchObject({ name: '王芳', isUnclear, hasMore })
})

test.each([
  ['王方', ['王芳']],
  ['张三丰', ['张三']],
  ['欧阳', []],
])('the names nearest to %s are %j', (said, found) => {
  const names = ['王芳', '李华', '张三'].map((name) => ({ name }))
  expect(nearestNames(said, names, 4).map(({ name }) => name)).toEqual(found)
})

describe('the planner', () => {
  const anybody = (id: string, group: string | null = null, isAway = false) => ({ id, group, isAway })
  const talk = (a: string, b: string, onDay: string) => ({ ...pairOf(a, b), onDay })
  const own = { id: 'me', group: 'g' }
  const people = [anybody('me', 'g'), anybody('a'), anybody('b', 'g'), anybody('c'), anybody('d', 'g', true), anybody('e')]

  test('fewest talks first, own group first, nobody away, not the last', () => {
    expect(proposals(own, people, [], '2026-10')).toEqual(['b', 'a', 'c'])
    expect(proposals(own, people, [talk('x', 'b', '2026-03-01')], '2026-10')).toEqual(['a', 'c', 'e'])
    expect(proposals(own, people, [talk('me', 'a', '2026-09-30')], '2026-10')).toEqual(['b', 'c', 'e'])
  })

  test('the list of a month stays, less those who were met', () => {
    expect(proposals(own, people, [talk('me', 'a', '2026-10-02')], '2026-10')).toEqual(['b', 'c'])
    expect(proposals(own, people, [talk('x', 'a', '2026-10-02')], '2026-10')).toEqual(['b', 'a', 'c'])
  })

  test('pairs that have not talked are left', () => {
    expect(pairsLeft(['b', 'a', 'c'], [talk('a', 'b', '2026-01-01')])).toEqual([
      ['b', 'c'],
      ['a', 'c'],
    ])
  })
})

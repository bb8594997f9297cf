import { describe, expect, test } from 'vitest'
import type { BallotAsItStands } from '../../db/ballots/state.ts'
import type { ElectorateKind } from '../../src/rules/ballots/electorate.ts'
import type { Question } from '../../src/rules/ballots/marks.ts'
import type { Piece } from '../../src/rules/ballots/pieces.ts'
import { type Turnout, tallyOf, toldOf } from '../../src/rules/ballots/tally.ts'
import { type BallotUse, type ScaleName, uses } from '../../src/rules/ballots/uses.ts'
import { resultLines } from '../../src/words/ballots.ts'
import { withheldSaid } from '../../src/words/withheld.ts'

const question = (scale: ScaleName): Question => ({ scale, subjects: [{ key: '1', name: '甲' }] })

const marks = (values: readonly string[], circle: 'members' | 'public' = 'members', subject = '1'): Piece[] =>
  values.map((value) => ({ is: 'mark', circle, subject, value }))

interface Cast {
  use: BallotUse
  values: readonly string[]
  isSecret?: boolean
  electorate?: ElectorateKind
  gathering?: string | null
  others?: readonly string[]
  own?: number
}

/** The kept result of such votes, and the words about it. */
function told({ use, values, isSecret = true, electorate = 'all', gathering = null, others = [], own = 0 }: Cast) {
  const asked = question(uses[use].scale)
  const turnout: Turnout = { members: values.length + own, public: others.length, own: { 1: own } }
  const kept = toldOf(
    asked,
    { use, isSecret, electorate, gathering },
    tallyOf(asked, [...marks(values), ...marks(others, 'public')]),
    turnout,
  )
  const result = {
    outcome: Object.keys(kept).length > 0 ? 'counted' : 'few',
    countedAt: new Date(0),
    expected: 10,
    voted: turnout.members,
    codes: others.length,
    codesUsed: others.length,
    tally: kept,
  }
  const it = {
    use,
    isSecret,
    electorate,
    gathering,
    question: asked,
    result,
    closedAt: new Date(0),
    presentVoters: null,
    expectedVoters: null,
  }
  const standing = it as unknown as BallotAsItStands
  return { kept, said: [withheldSaid(standing), ...resultLines(standing)].flatMap((text) => (text ? [text.zh] : [])) }
}

const times = (value: string, many: number) => Array.from({ length: many }, () => value)
const mixed: Record<ScaleName, [string, string]> = {
  grades: ['excellent', 'qualified'],
  stances: ['for', 'against'],
  chosen: ['chosen', 'passed'],
  agreement: ['5', '3'],
  score: ['90', '80'],
}

describe('below its use’s minimum nothing is told; at it, the figures', () => {
  const cases = (['evaluation', 'award', 'review', 'pulse'] as const).map((use) => ({ use, least: uses[use].least }))
  // T31: one below, at and above the least number of each use
  test.each(cases)('$use: $least', ({ use, least }) => {
    const [one, other] = mixed[uses[use].scale]
    const few = told({ use, values: [one, ...times(other, least - 2)] })
    expect(few.kept).toEqual({})
    expect(few.said).toEqual([`参加的不足 ${least} 人，说出票数就看得出谁投了什么，所以只公布人数。`])
    const enough = told({ use, values: [one, ...times(other, least - 1)] })
    expect(enough.kept.members?.counts).toEqual({ 1: { [one]: 1, [other]: least - 1 } })
    expect(enough.said.join()).not.toContain('不足')
  })

  test.each(['resolution', 'election'] as const)('in a meeting a %s always announces its counts', (use) => {
    expect(told({ use, gathering: 'meeting', values: ['against'] }).kept.members?.counts).toEqual({ 1: { against: 1 } })
  })

  test.each([
    ['resolution', 'all', 3],
    ['resolution', 'committee', 3],
    ['resolution', 'chosen', 5],
    ['award', 'chosen', 5],
    ['pulse', 'committee', 5],
  ] as const)('outside a meeting a %s of %s needs %i votes', (use, electorate, least) => {
    const [one, other] = mixed[uses[use].scale]
    const few = told({ use, electorate, values: [one, ...times(other, least - 2)] })
    expect(few.kept).toEqual({})
    expect(few.said).toEqual([`参加的不足 ${least} 人，说出票数就看得出谁投了什么，所以只公布人数。`])
    expect(told({ use, electorate, values: [one, ...times(other, least - 1)] }).kept.members).toBeDefined()
  })

  test('a named vote has no minimum', () =>
    expect(told({ use: 'resolution', isSecret: false, electorate: 'chosen', values: ['for'] }).kept.members).toBeDefined())

  test('of no votes at all it is said that nobody voted', () =>
    expect(told({ use: 'resolution', values: [] }).said).toEqual(['没有人投票。']))
})

describe('what all chose alike is a text and no figures', () => {
  test.each([
    ['evaluation', 'qualified', '**甲**　一致：合格'],
    ['evaluation', 'unqualified', '**甲**　一致：不合格'],
    ['award', 'chosen', '**甲**　一致推荐'],
    ['award', 'passed', '**甲**　0 票'],
    ['pulse', '1', '**甲**　意见一致，不列票数'],
  ] as const)('%s, all %s: %s', (use, value, sentence) => {
    const { said } = told({ use, values: times(value, 6) })
    expect(said).toEqual([sentence])
    expect(said.join()).not.toContain('6')
  })

  test('of a pulse the figures are not even kept', () => {
    const { kept } = told({ use: 'pulse', values: times('1', 6) })
    expect(kept).toEqual({ members: { counts: {}, writeIns: {}, withheld: { 1: 'alike' } } })
    expect(JSON.stringify(kept)).not.toContain('6')
  })

  test.each([
    ['resolution', 'for', '赞成 6 · 不赞成 0 · 弃权 0'],
    ['election', 'for', '赞成 6 · 不赞成 0 · 弃权 0'],
  ] as const)('but a %s announces its counts', (use, value, sentence) =>
    expect(told({ use, values: times(value, 6) }).said[0]).toBe(sentence),
  )

  test('a named vote is shown with its name, alike or not', () =>
    expect(told({ use: 'award', values: ['chosen', 'chosen'], isSecret: false }).said).toEqual(['**甲**　2 票']))
})

describe('each subject is a circle of its own', () => {
  test('of somebody graded by two others nothing is told, though three voted', () => {
    const { kept, said } = told({ use: 'evaluation', values: ['excellent', 'qualified'], own: 1 })
    expect(kept).toEqual({ members: { counts: {}, writeIns: {}, withheld: { 1: 'few' } } })
    expect(said).toEqual(['**甲**　不足 3 人，不公布'])
  })

  test('a project of their own branch is marked by too few others', () =>
    expect(told({ use: 'review', values: ['90', '80'], own: 5 }).said).toEqual(['**甲**　不足 3 人，不公布']))
})

test('circles are told apart, and the small one cannot be reckoned out', () => {
  const { kept, said } = told({ use: 'evaluation', values: ['excellent', 'qualified', 'qualified'], others: ['basic', 'basic'] })
  expect(Object.keys(kept)).toEqual(['members'])
  expect(said).toEqual(['**党员**', '**甲**　优秀 1 · 合格 2', '**群众**：不足 5 人，不公布'])
})

describe('staff and public each need a pulse’s minimum of their own', () => {
  const three = ['excellent', 'qualified', 'qualified']
  const four = [...three, 'basic']
  test.each([
    ['four of them', three, four, ['members'], '**群众**：不足 5 人，不公布'],
    ['five of them', three, [...four, 'basic'], ['members', 'public'], '**甲**　优秀 1 · 合格 2 · 基本合格 2'],
    ['five of them, and two members', ['excellent', 'basic'], [...four, 'basic'], ['public'], '**党员**：不足 3 人，不公布'],
    ['all five alike', three, times('unqualified', 5), ['members', 'public'], '**甲**　一致：不合格'],
  ])('%s', (_who, values, others, circles, last) => {
    const { kept, said } = told({ use: 'evaluation', values, others })
    expect(Object.keys(kept)).toEqual(circles)
    expect(said).toContain(last)
  })

  test('where both are too small it is said of both', () =>
    expect(told({ use: 'evaluation', values: ['excellent', 'basic'], others: four }).said).toEqual([
      '参加的不足 3 人（群众不足 5 人），说出票数就看得出谁投了什么，所以只公布人数。',
    ]))
})

test('what is kept is in an order independent of the count', () => {
  const asked: Question = { scale: 'stances', subjects: [{ key: '1', name: '甲' }], most: 1, writeIns: 1 }
  const names = (...all: string[]): Piece[] => all.map((name) => ({ is: 'writeIn', circle: 'members', name }))
  const turnout = { members: 3, public: 0, own: {} }
  const keep = (pieces: Piece[]) =>
    JSON.stringify(
      toldOf(asked, { use: 'election', isSecret: true, electorate: 'all', gathering: 'meeting' }, tallyOf(asked, pieces), turnout),
    )
  expect(keep([...marks(['against', 'for', 'abstain']), ...names('乙', '', '丙')])).toBe(
    keep([...names('丙', '乙', ''), ...marks(['abstain', 'for', 'against'])]),
  )
})

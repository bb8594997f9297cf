import { describe, expect, test } from 'vitest'
import type { BallotKind } from '../../src/rules/ballots/electorate.ts'
import { questionOf } from '../../src/rules/ballots/form.ts'
import { castOf, isWithinThird, type Question } from '../../src/rules/ballots/marks.ts'
import { PIECE_BYTES, type Piece, piecesOf, read, receiptFrom, shuffled, written } from '../../src/rules/ballots/pieces.ts'
import { faultsOf, mayTell, tallyOf, trimmedMeanTenths, unanimous } from '../../src/rules/ballots/tally.ts'
import { type BallotUse, ballotUses, mustBeSecret, uses } from '../../src/rules/ballots/uses.ts'

const nobody = { member: null, branch: null }
const subjects = (...names: string[]) => names.map((name, nth) => ({ key: String(nth + 1), name }))
const wrong = (cast: ReturnType<typeof castOf>) => ('wrong' in cast ? cast.wrong.zh : 'nothing')

describe('at most a third are excellent, and nothing is divided', () => {
  test.each([
    [0, 2, true],
    [1, 2, false],
    [1, 3, true],
    [1, 4, true],
    [2, 5, false],
    [2, 6, true],
    [16, 50, true],
    [17, 50, false],
    [17, 51, true],
  ])('%i of %i: %s', (excellent, graded, is) => expect(isWithinThird(excellent, graded)).toBe(is))
})

describe('an evaluation', () => {
  const six = subjects('李华', '王芳', '张伟', '赵敏', '孙丽', '周杰').map((one) => ({ ...one, member: `m${one.key}` }))
  const question: Question = { scale: 'grades', subjects: six }
  const voter = { member: 'm2', branch: 'b' }

  test('whoever is not picked is qualified, and nobody marks themself', () => {
    const cast = castOf(question, { excellent: ['1', '3'], unqualified: ['4'] }, voter)
    expect(cast).toEqual({
      marks: [
        { subject: '1', value: 'excellent' },
        { subject: '3', value: 'excellent' },
        { subject: '4', value: 'unqualified' },
        { subject: '5', value: 'qualified' },
        { subject: '6', value: 'qualified' },
      ],
      writeIns: [],
    })
    expect('marks' in castOf(question, {}, nobody) && castOf(question, {}, nobody)).toMatchObject({ marks: { length: 6 } })
  })

  test.each([
    [{ excellent: ['1', '3', '4'] }, '最多 2 人'],
    [{ basic: ['1'], unqualified: ['1'] }, '李华选进了两个等次'],
    [{ excellent: ['2'] }, '不能评自己'],
    [{ unqualified: ['2'] }, '不能评自己'],
  ])('%o is refused: %s', (filled, sentence) => expect(wrong(castOf(question, filled, voter))).toContain(sentence))

  test('what an old card sends and is nobody’s here is left out', () => {
    expect(castOf(question, { excellent: ['99', '1'], pleasant: ['3'] }, voter)).toMatchObject({
      marks: [{ subject: '1', value: 'excellent' }, {}, {}, {}, {}],
    })
  })
})

describe('an election', () => {
  const question: Question = { scale: 'stances', subjects: subjects('李华', '王芳', '张伟'), most: 2, writeIns: 2 }

  test('unnamed subjects are abstained on, and all ballots have equal pieces', () => {
    expect(castOf(question, { for: ['1'], against: ['3'], write_0: ' 王 小明 ' }, nobody)).toEqual({
      marks: [
        { subject: '1', value: 'for' },
        { subject: '2', value: 'abstain' },
        { subject: '3', value: 'against' },
      ],
      writeIns: ['王小明', ''],
    })
    expect(castOf(question, {}, nobody)).toMatchObject({ writeIns: ['', ''] })
  })

  test.each([
    [{ for: ['1', '2', '3'] }, '最多选 2 人，你选了 3 人'],
    [{ for: ['1', '2'], write_0: '王小明' }, '最多选 2 人，你选了 3 人'],
    [{ for: ['1'], against: ['1'] }, '同时选了赞成和不赞成'],
    [{ write_0: '李华' }, '李华已经是候选人'],
    [{ write_0: '王小明', write_1: '王 小明' }, '写了两次'],
    [{ write_0: '名'.repeat(21) }, '最多 20 个字'],
  ])('%o is refused: %s', (filled, sentence) => expect(wrong(castOf(question, filled, nobody))).toContain(sentence))

  test('a foreign name keeps its blanks', () => {
    expect(castOf(question, { write_0: ' Li  Hua ' }, nobody)).toMatchObject({ writeIns: ['Li Hua', ''] })
  })
})

describe('the other scales', () => {
  test.each<[string, Question, Record<string, unknown>, string]>([
    ['a resolution without a stance', { scale: 'stances', subjects: subjects('动议') }, {}, '请选择赞成'],
    ['a resolution with another word', { scale: 'stances', subjects: subjects('动议') }, { stance: 'perhaps' }, '请选择赞成'],
    ['an award without a choice', { scale: 'chosen', subjects: subjects('甲', '乙'), most: 1 }, {}, '请至少选一个'],
    [
      'an award with too many',
      { scale: 'chosen', subjects: subjects('甲', '乙', '丙'), most: 2 },
      { chosen: ['1', '2', '3'] },
      '最多选 2 个',
    ],
    ['a pulse with a gap', { scale: 'agreement', subjects: subjects('甲', '乙') }, { agreement_1: '5' }, '请回答「乙」'],
    ['a pulse with another figure', { scale: 'agreement', subjects: subjects('甲') }, { agreement_1: '6' }, '请回答「甲」'],
    ['a score that is no figure', { scale: 'score', subjects: subjects('甲') }, { score_1: '很好' }, '0 到 100 的整数分'],
    ['a score above', { scale: 'score', subjects: subjects('甲') }, { score_1: '101' }, '0 到 100 的整数分'],
    ['half a point', { scale: 'score', subjects: subjects('甲') }, { score_1: '89.5' }, '0 到 100 的整数分'],
  ])('%s is refused', (_what, question, filled, sentence) => expect(wrong(castOf(question, filled, nobody))).toContain(sentence))

  test('full-width figures are figures, and nobody scores their own branch', () => {
    const question: Question = {
      scale: 'score',
      subjects: [
        { key: '1', name: '甲' },
        { key: '2', name: '乙', branch: 'ours' },
      ],
    }
    const of = { member: 'm', branch: 'ours' }
    expect(castOf(question, { score_1: ' ９０ ' }, of)).toEqual({ marks: [{ subject: '1', value: '90' }], writeIns: [] })
    expect(wrong(castOf(question, { score_1: '90', score_2: '100' }, of))).toContain('不能评自己')
  })
})

describe('a piece', () => {
  const pieces: Piece[] = [
    { is: 'mark', circle: 'members', subject: '12', value: 'unqualified' },
    { is: 'mark', circle: 'public', subject: '1', value: 'for' },
    { is: 'writeIn', circle: 'members', name: '名'.repeat(20) },
    { is: 'writeIn', circle: 'members', name: '' },
    { is: 'receipt', circle: 'members', code: 'ABCD-2345' },
  ]
  test.each(pieces)('%o comes back as it was, as long as all others', (piece) => {
    expect(written(piece).length).toBe(PIECE_BYTES)
    expect(read(written(piece))).toEqual(piece)
  })

  test.each(['', 'null', '[]', '["m"]', '["m",0,"1"]', '["x",0,"1"]', '["m",9,"1","for"]', '["m",0,1,2]', '{"is":"mark"}', '\u{ffff}'])(
    'what we did not write is none: %j',
    (text) => expect(read(new TextEncoder().encode(text.padEnd(PIECE_BYTES)))).toBeNull(),
  )

  test('a name too long for a piece cannot be written', () => {
    expect(() => written({ is: 'writeIn', circle: 'members', name: '名'.repeat(40) })).toThrow(RangeError)
  })

  test('a ballot is its marks, its written-in names and one receipt', () => {
    const cast = { marks: [{ subject: '1', value: 'for' }], writeIns: ['', ''] }
    expect(piecesOf(cast, 'members', 'ABCD-2345').map(({ is }) => is)).toEqual(['mark', 'writeIn', 'writeIn', 'receipt'])
  })
})

test('a receipt is forty bits in letters that nobody takes for others', () => {
  expect(receiptFrom(new Uint8Array(5))).toBe('AAAA-AAAA')
  expect(receiptFrom(new Uint8Array(5).fill(255))).toBe('7777-7777')
  expect(receiptFrom(Uint8Array.from([0, 0, 0, 0, 1]))).toBe('AAAA-AAAB')
})

test('shuffling keeps the multiset, and every order is as likely', () => {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const orders = new Map<string, number>()
  for (let nth = 0; nth < 6_000; nth++) {
    const order = shuffled(['a', 'b', 'c'], random).join('')
    orders.set(order, (orders.get(order) ?? 0) + 1)
  }
  expect([...orders.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  for (const count of orders.values()) expect(Math.abs(count - 1_000)).toBeLessThan(200)
})

describe('the tally', () => {
  const question: Question = { scale: 'stances', subjects: subjects('动议') }
  const vote = (value: string, code: string): Piece[] => [
    { is: 'mark', circle: 'members', subject: '1', value },
    { is: 'receipt', circle: 'members', code },
  ]
  const three = [...vote('for', 'C'), ...vote('for', 'A'), ...vote('against', 'B')]
  const turnout = { members: 3, public: 0, own: {} }

  test('counts what was opened, and sorts the receipts', () => {
    expect(tallyOf(question, three)).toMatchObject({
      circles: { members: { counts: { 1: { for: 2, against: 1 } } }, public: { counts: { 1: {} } } },
      receipts: ['A', 'B', 'C'],
      strange: 0,
    })
    expect(faultsOf(question, tallyOf(question, three), turnout)).toEqual([])
  })

  test.each<[string, (Piece | null)[]]>([
    ['a mark is missing', three.slice(1)],
    ['a receipt is missing', three.slice(0, -1)],
    ['a mark too many', [...three, { is: 'mark', circle: 'members', subject: '1', value: 'for' }]],
    ['a whole ballot too many', [...three, ...vote('for', 'D')]],
    ['one could not be opened', [...three.slice(1), null]],
    ['a mark of another question', [...three.slice(1), { is: 'mark', circle: 'members', subject: '2', value: 'for' }]],
    ['a mark that is none', [...three.slice(1), { is: 'mark', circle: 'members', subject: '1', value: 'perhaps' }]],
    ['a receipt twice', [...three.slice(0, -1), { is: 'receipt', circle: 'members', code: 'A' }]],
    ['a member’s vote among the public’s', three.map((piece) => ({ ...piece, circle: 'public' as const }))],
    ['an inherited word for a subject', [...three.slice(1), { is: 'mark', circle: 'members', subject: 'toString', value: 'for' }]],
  ])('does not agree with the turnout when %s', (_what, pieces) =>
    expect(faultsOf(question, tallyOf(question, pieces), turnout)).not.toEqual([]),
  )

  test.each<[string, Piece | null]>([
    ['does not open', null],
    ['is a mark of another question', { is: 'mark', circle: 'members', subject: '2', value: 'for' }],
    ['is no mark at all', { is: 'mark', circle: 'members', subject: '1', value: 'perhaps' }],
    ['is a name where none can be written', { is: 'writeIn', circle: 'members', name: '某人' }],
  ])('a piece too many that %s does no harm', (_what, piece) => {
    const tally = tallyOf(question, [...three, piece])
    expect(tally.strange).toBe(1)
    expect(faultsOf(question, tally, turnout)).toEqual([])
  })

  test('the failed sum is named, with what is and what is due', () => {
    expect(faultsOf(question, tallyOf(question, three.slice(1)), turnout)).toEqual([
      { sum: 'marks', circle: 'members', subject: '1', is: 2, due: 3 },
    ])
    const twins = [...three.slice(0, -1), { is: 'receipt', circle: 'members', code: 'A' } as const]
    expect(faultsOf(question, tallyOf(question, twins), turnout)).toEqual([{ sum: 'twins', circle: 'members', is: 1, due: 0 }])
  })

  test('of each person as many marks as voted, less their own', () => {
    const graded: Question = { scale: 'grades', subjects: subjects('李华', '王芳') }
    const marks = (subject: string, times: number): Piece[] =>
      Array.from({ length: times }, () => ({ is: 'mark', circle: 'members', subject, value: 'qualified' }))
    const receipts: Piece[] = ['A', 'B', 'C'].map((code) => ({ is: 'receipt', circle: 'members', code }))
    const all = (first: number, second: number) => tallyOf(graded, [...marks('1', first), ...marks('2', second), ...receipts])
    expect(faultsOf(graded, all(2, 3), { members: 3, public: 0, own: { 1: 1 } })).toEqual([])
    expect(faultsOf(graded, all(3, 3), { members: 3, public: 0, own: { 1: 1 } })).toHaveLength(1)
    expect(faultsOf(graded, all(3, 2), { members: 3, public: 0, own: { 1: 1 } })).toHaveLength(2)
  })
})

const inMeeting = (use: BallotUse): BallotKind => ({ use, isSecret: true, electorate: 'all', gathering: 'meeting' })

describe('of a circle that is too small nothing is told', () => {
  test.each([
    ['evaluation', 2, false],
    ['evaluation', 3, true],
    ['award', 2, false],
    ['review', 3, true],
    ['pulse', 4, false],
    ['pulse', 5, true],
    ['resolution', 1, true],
    ['election', 1, true],
    ['resolution', 0, false],
  ] as const)('%s, %i votes: %s', (use, votes, is) => expect(mayTell(inMeeting(use), votes)).toBe(is))

  test.each([
    [3, false],
    [4, false],
    [5, true],
  ])('of the public in an evaluation, %i votes: %s', (votes, is) => expect(mayTell(inMeeting('evaluation'), votes, 'public')).toBe(is))
})

test('unanimous votes are known as such, unless there is one alone', () => {
  expect(unanimous({ for: 3 })).toBe('for')
  expect(unanimous({ for: 3, against: 0 })).toBe('for')
  expect(unanimous({ for: 2, against: 1 })).toBeNull()
  expect(unanimous({ for: 1 })).toBeNull()
  expect(unanimous({})).toBeNull()
})

test('a project’s mean drops highest and lowest, and rounds half up', () => {
  expect(trimmedMeanTenths({ 90: 1, 80: 1 })).toBeNull()
  expect(trimmedMeanTenths({ 100: 1, 90: 1, 0: 1 })).toBe(900)
  expect(trimmedMeanTenths({ 100: 1, 90: 1, 81: 1, 0: 1 })).toBe(855)
  expect(trimmedMeanTenths({ 90: 2, 80: 1, 70: 1, 0: 1 })).toBe(800)
  expect(trimmedMeanTenths({ 100: 1, 91: 1, 90: 2, 0: 1 })).toBe(903)
})

test('what must be secret is, and only the rest may be named', () => {
  expect(ballotUses.filter(mustBeSecret)).toEqual(['evaluation', 'election', 'pulse'])
  expect(ballotUses.filter((use) => uses[use].voters === 'full')).toEqual(['resolution', 'election'])
})

describe('a question from the form', () => {
  test.each([
    ['resolution', '选派一人', '', '', { subjects: [{ key: '1', name: '选派一人' }] }],
    ['pulse', '满意度', '', '', { subjects: [{ key: '1', name: '满意度' }] }],
    ['pulse', '满意度', '履职\n\n 团结 ；务实', '', { subjects: [{ name: '履职' }, { name: '团结' }, { name: '务实' }] }],
    ['award', '先进', '甲\n乙\n丙', '2', { most: 2 }],
    ['award', '先进', '甲\n乙', '', { most: 1 }],
    ['review', '评审', '项目一', '', { scale: 'score' }],
  ] as const)('%s “%s” of %j, at most %j', (use, title, lines, most, question) =>
    expect(questionOf(use, title, lines, most)).toMatchObject(question),
  )

  test.each([
    ['resolution', '', '', '', '请写明投什么'],
    ['resolution', '题'.repeat(61), '', '', '最多 60 个字'],
    ['award', '先进', '甲', '', '至少写两个候选'],
    ['award', '先进', '甲\n乙', '2', '1 到 1 的整数'],
    ['award', '先进', '甲\n乙\n丙', '0', '1 到 2 的整数'],
    ['award', '先进', '甲\n乙\n丙', '很多', '1 到 2 的整数'],
    ['award', '先进', '甲\n甲', '', '写了两次'],
    ['review', '评审', '', '', '请写出要评的项目'],
    ['review', '评审', '名'.repeat(41), '', '太长'],
    ['pulse', '满意度', Array.from({ length: 11 }, (_, nth) => nth).join('\n'), '', '最多 10 项'],
  ] as const)('%s “%s” of %j, at most %j is refused: %s', (use, title, lines, most, sentence) => {
    const question = questionOf(use, title, lines, most)
    expect('wrong' in question && question.wrong.zh).toContain(sentence)
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  areEnough,
  isElectable,
  isRunOff,
  isVoid,
  leastThat,
  type MatchedSheet,
  mayElect,
  type Nominee,
  outcomeIn,
  outcomeOf,
  type Round,
} from '../../src/rules/meeting-votes/elections.ts'

const nominee = (name: string): Nominee => ({ name, member: `m_${name}` })
const standings = (...votes: [string, number][]) => votes.map(([name, count]) => ({ ...nominee(name), votes: count }))
const names = (people: readonly { name: string }[]) => people.map(({ name }) => name)

describe('基层组织选举工作条例 (2020), on nominees: at least a fifth more than seats', () => {
  test.each([
    [1, 1, false],
    [2, 1, true],
    [3, 3, false],
    [4, 3, true],
    [5, 5, false],
    [6, 5, true],
    [7, 6, false],
    [8, 6, true],
    [8, 7, false],
    [9, 7, true],
    [11, 10, false],
    [12, 10, true],
  ])('%i nominees for %i seats: %s', (nominees, seats, enough) => {
    expect(areEnough(nominees, seats)).toBe(enough)
  })

  test('the least number that is said suffices, one fewer does not', () => {
    for (let seats = 1; seats < 40; seats++) {
      const least = leastThat((number) => areEnough(number, seats))
      expect([areEnough(least, seats), areEnough(least - 1, seats)]).toEqual([true, false])
    }
  })
})

describe('the same, on the vote: four fifths of those entitled are there', () => {
  test.each([
    [5, 3, false],
    [5, 4, true],
    [10, 7, false],
    [10, 8, true],
    [11, 8, false],
    [11, 9, true],
    [14, 11, false],
    [14, 12, true],
    [50, 39, false],
    [50, 40, true],
    [1, 1, true],
    [0, 0, false],
  ])('of %i expected %i present: %s', (expectedVoters, presentVoters, may) => {
    expect(mayElect({ expectedVoters, presentVoters })).toBe(may)
  })
})

describe('the elected need more than half of the voters present', () => {
  test.each([
    [5, 10, false],
    [6, 10, true],
    [5, 9, true],
    [4, 9, false],
    [1, 1, true],
    [0, 0, false],
  ])('%i votes of %i present: %s', (votes, present, electable) => {
    expect(isElectable(votes, present)).toBe(electable)
  })

  test('voters expected do not matter: six of ten present elect', () => {
    expect(outcomeIn({ seats: 1, presentVoters: 10, isRunOff: false }, standings(['王芳', 6]))).toMatchObject({
      elected: [{ name: '王芳' }],
    })
  })

  test.each([
    ['as many as seats', 2, '甲9 乙6 丙5', '甲乙', '', 0, 0],
    ['more than seats: by votes', 2, '甲6 乙9 丙8', '乙丙', '', 0, 0],
    ['a tie within the seats decides nothing', 2, '甲8 乙8 丙6', '甲乙', '', 0, 0],
    ['a tie at the last seat', 2, '甲9 乙7 丙7', '甲', '乙丙', 1, 0],
    ['a tie of three for two', 3, '甲9 乙7 丙7 丁7', '甲', '乙丙丁', 2, 0],
    ['all tie', 1, '甲8 乙8', '', '甲乙', 1, 0],
    ['exactly half elects nobody', 1, '甲5 乙5', '', '', 0, 1],
    ['too few: the seats are left', 3, '甲9 乙5 丙3 丁2', '甲', '', 0, 2],
    ['those below half do not tie for a seat', 2, '甲9 乙4 丙4', '甲', '', 0, 1],
  ])('%s', (_what, seats, votes, elected, tied, seatsTied, seatsLeft) => {
    const candidates = votes.split(' ').map((one): [string, number] => [one[0] ?? '', Number(one.slice(1))])
    const outcome = outcomeIn({ seats, presentVoters: 10, isRunOff: false }, standings(...candidates))
    if (outcome.is !== 'counted') throw new Error('void')
    expect([names(outcome.elected).join(''), names(outcome.tied).join(''), outcome.seatsTied, outcome.seatsLeft]).toEqual([
      elected,
      tied,
      seatsTied,
      seatsLeft,
    ])
  })

  test('seats are filled, tied or left, and nobody without half elected', () => {
    const votes = fc.array(fc.nat(20), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(votes, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 }), (counts, seats, presentVoters) => {
        const all = counts.map((count, nth) => ({ name: `${nth}`, member: null, votes: Math.min(count, presentVoters) }))
        const outcome = outcomeIn({ seats, presentVoters, isRunOff: false }, all)
        if (outcome.is !== 'counted') throw new Error('void')
        const { elected, tied, seatsTied, seatsLeft } = outcome
        expect(elected.length + seatsTied + seatsLeft).toBe(seats)
        expect([...elected, ...tied].every(({ votes }) => 2 * votes > presentVoters)).toBe(true)
        if (seatsTied > 0) expect(tied.length).toBeGreaterThan(seatsTied)
        const lowest = Math.min(...elected.map(({ votes }) => votes))
        const others = all.filter(({ name }) => !names(elected).includes(name))
        expect(others.every(({ votes }) => votes <= lowest)).toBe(true)
      }),
    )
  })
})

describe('as many ballots as were handed out, or fewer', () => {
  test.each([
    [10, 10, 10, false],
    [10, 9, 10, false],
    [9, 10, 10, true],
    [11, 11, 10, true],
    [10, 0, 10, false],
  ])('%i handed out and %i returned by %i voters is void: %s', (handedOut, returned, present, isSo) => {
    expect(isVoid({ handedOut, returned }, present)).toBe(isSo)
  })
})

const sheet = (votes: readonly number[], more: Partial<MatchedSheet> = {}): MatchedSheet => ({
  handedOut: 10,
  returned: 10,
  invalid: 0,
  votes: votes.map((count) => ({ for: count, against: 10 - count, abstain: 0 })),
  writeIns: [],
  ...more,
})
const round = (id: string, people: readonly string[], votes: readonly number[] | null, more: Partial<Round> = {}): Round => ({
  id,
  after: null,
  seats: 2,
  expectedVoters: 10,
  presentVoters: 10,
  nominees: people.map(nominee),
  sheet: votes && sheet(votes),
  ...more,
})

describe('rounds', () => {
  const first = round('1', ['甲', '乙', '丙'], [9, 7, 7])

  test('nobody has counted yet', () => {
    expect(outcomeOf(round('1', ['甲'], null), [])).toBeNull()
  })

  test('among the tied more votes suffice, and a tie repeats', () => {
    const second = round('2', ['乙', '丙'], [5, 4], { after: '1', seats: 1 })
    expect(isRunOff(second, [first, second])).toBe(true)
    expect(outcomeOf(second, [first, second])).toMatchObject({ elected: [{ name: '乙' }], seatsLeft: 0 })
    const tied = round('2', ['乙', '丙'], [5, 5], { after: '1', seats: 1 })
    expect(outcomeOf(tied, [first, tied])).toMatchObject({ elected: [], tied: [{ name: '乙' }, { name: '丙' }] })
    const third = round('3', ['丙', '乙'], [4, 3], { after: '2', seats: 1 })
    expect(outcomeOf(third, [first, tied, third])).toMatchObject({ elected: [{ name: '丙' }] })
  })

  test('a round for seats that were left asks for half again', () => {
    const before = round('1', ['甲', '乙', '丙'], [9, 5, 4])
    const second = round('2', ['乙', '丙'], [5, 4], { after: '1', seats: 1 })
    expect(isRunOff(second, [before, second])).toBe(false)
    expect(outcomeOf(second, [before, second])).toMatchObject({ elected: [], seatsLeft: 1 })
  })

  test('a void vote is repeated as the same vote, tied or not', () => {
    const spoilt = round('2', ['乙', '丙'], [5, 4], { after: '1', seats: 1, sheet: sheet([], { returned: 11 }) })
    const again = round('3', ['乙', '丙'], [5, 4], { after: '2', seats: 1 })
    expect(outcomeOf(spoilt, [first, spoilt])).toEqual({ is: 'void', why: 'more' })
    expect(outcomeOf(again, [first, spoilt, again])).toMatchObject({ elected: [{ name: '乙' }] })
    const plain = round('4', ['甲', '乙', '丙'], [5, 5, 4], { after: '0' })
    expect(outcomeOf(plain, [round('0', ['甲', '乙', '丙'], [], { sheet: sheet([], { returned: 11 }) }), plain])).toMatchObject({
      elected: [],
    })
  })

  test('attendance that was put right below four fifths makes it void', () => {
    expect(outcomeOf(round('1', ['甲', '乙', '丙'], [7, 6, 5], { presentVoters: 7 }), [])).toEqual({ is: 'void', why: 'few' })
  })

  test('who was written in is elected like a nominee', () => {
    const it = round('1', ['甲', '乙', '丙'], [9, 4, 3], {
      sheet: sheet([9, 4, 3], { writeIns: [{ name: '丁', for: 6, is: 'member', meant: { name: '丁', member: null } }] }),
    })
    expect(outcomeOf(it, [])).toMatchObject({ elected: [{ name: '甲' }, { name: '丁', member: null }] })
  })
})

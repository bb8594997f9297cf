import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sheetOf } from '../../src/rules/meeting-votes/tally-sheet.ts'

describe('the sheet', () => {
  const of = { nominees: ['甲', '乙', '丙'].map((name) => ({ name, member: `m_${name}` })), seats: 2, presentVoters: 10 }
  const good = { handedOut: '10', returned: '10', invalid: '1', votes_0: '7 2 0', votes_1: '6 3 0', votes_2: '3 5 1', writeIns: '丁 1' }

  test('is taken where all of it adds up', () => {
    expect(sheetOf(of, good)).toEqual({
      handedOut: 10,
      returned: 10,
      invalid: 1,
      votes: [
        { for: 7, against: 2, abstain: 0 },
        { for: 6, against: 3, abstain: 0 },
        { for: 3, against: 5, abstain: 1 },
      ],
      writeIns: [{ name: '丁', for: 1 }],
    })
    expect(sheetOf(of, { ...good, votes_0: '７、２，０', writeIns: '丁：1票\n' })).toEqual(sheetOf(of, good))
  })

  test.each([
    [{ handedOut: '' }, '「发出的选票」请填整数'],
    [{ returned: '九' }, '「收回的选票」请填整数'],
    [{ invalid: '1.5' }, '「废票」请填整数'],
    [{ handedOut: '11' }, '多于到会有选举权的 10 人'],
    [{ returned: '9', invalid: '10' }, '多于收回的 9 张'],
    [{ votes_1: '' }, '乙：请填三个整数'],
    [{ votes_1: '6 3' }, '乙：请填三个整数'],
    [{ votes_1: '6 3 0 0' }, '乙：请填三个整数'],
    [{ votes_1: '-6 15 0' }, '乙：请填三个整数'],
    [{ votes_1: '6 2 0' }, '乙的三项相加是 8，有效票是 9 张'],
    [{ invalid: '0' }, '甲的三项相加是 9，有效票是 10 张'],
    [{ votes_2: '5 4 0' }, '赞成票共 19 票'],
    [{ writeIns: '丁' }, '姓名后面写票数'],
    [{ writeIns: '丁 0' }, '姓名后面写票数'],
    [{ writeIns: '甲 1' }, '甲是候选人'],
    [{ writeIns: '丁 1\n丁 1' }, '「丁」写了两次'],
    [{ writeIns: '丁 10' }, '多于有效票 9 张'],
    [{ writeIns: `${'丁'.repeat(21)} 1` }, '最多 20 个字'],
  ])('%j is refused in one sentence', (wrong, says) => {
    const read = sheetOf(of, { ...good, ...wrong })
    if (!('wrong' in read)) throw new Error('taken')
    expect(read.wrong.zh).toContain(says)
    expect(read.wrong.en).not.toBe('')
  })

  test('of more ballots than were handed out nothing is counted', () => {
    expect(sheetOf(of, { handedOut: '9', returned: '10' })).toEqual({ handedOut: 9, returned: 10, invalid: 0, votes: [], writeIns: [] })
  })

  test('is never taken with sums that do not agree', () => {
    const figure = fc.nat(12).map(String)
    fc.assert(
      fc.property(
        figure,
        figure,
        figure,
        fc.array(fc.tuple(figure, figure, figure), { minLength: 3, maxLength: 3 }),
        (handedOut, returned, invalid, votes) => {
          const filled = Object.fromEntries(votes.map((three, nth) => [`votes_${nth}`, three.join(' ')]))
          const read = sheetOf(of, { handedOut, returned, invalid, ...filled })
          if ('wrong' in read || read.votes.length === 0) return
          const valid = read.returned - read.invalid
          expect(read.votes.every((one) => one.for + one.against + one.abstain === valid)).toBe(true)
          expect(read.votes.reduce((sum, one) => sum + one.for, 0)).toBeLessThanOrEqual(2 * valid)
          expect(read.returned).toBeLessThanOrEqual(read.handedOut)
        },
      ),
    )
  })
})

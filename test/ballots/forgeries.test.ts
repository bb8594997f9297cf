import { describe, expect, test } from 'vitest'
import type { BallotAsItStands } from '../../db/ballots/state.ts'
import { receiptFrom } from '../../src/rules/ballots/pieces.ts'
import { stances } from '../../src/rules/ballots/uses.ts'
import { verify } from '../../src/scripts/verify-ballot.ts'
import { type BallotExport, exportOf } from '../../src/words/ballot-export.ts'
import { retaken } from '../harness/ballots/forged.ts'
import { seeded } from '../harness/branch.ts'

const chance = seeded(17)
const dice = (sides: number) => ((chance(1)[0] ?? 0) * 256 + (chance(1)[0] ?? 0)) % sides

/** A resolution on which a thousand have voted. */
function aThousand(): BallotExport {
  const counts: Record<string, number> = { for: 0, against: 0, abstain: 0 }
  for (let nth = 0; nth < 1_000; nth++) {
    const stance = stances[dice(3)] ?? 'for'
    counts[stance] = (counts[stance] ?? 0) + 1
  }
  const receipts = Array.from({ length: 1_000 }, (_, nth) => receiptFrom(Uint8Array.from([nth >> 8, nth & 255, ...chance(3)]))).sort()
  const result = {
    outcome: 'counted',
    countedAt: new Date(0),
    expected: 1_200,
    voted: 1_000,
    codes: 0,
    codesUsed: 0,
    leftOut: 0,
    edition: 2,
    tally: { members: { counts: { 1: counts }, writeIns: {} } },
  }
  const it = {
    id: 'ballot',
    use: 'resolution',
    isSecret: true,
    electorate: 'all',
    gathering: null,
    title: '一件事',
    baseMoves: [],
    additions: [],
    extensions: [],
    views: null,
    question: { scale: 'stances', subjects: [{ key: '1', name: '一件事' }] },
    openedAt: new Date(0),
    closedAt: new Date(1),
    expectedVoters: null,
    presentVoters: null,
    result,
  }
  return exportOf(it as unknown as BallotAsItStands, receipts) as BallotExport
}

type Forgery = (file: BallotExport) => void
const tallied = (file: BallotExport) => file.tally.members?.counts['1'] as Record<string, number>
const anyMark = (file: BallotExport) => dice(file.marks.length)
const forgeries: Record<string, Forgery> = {
  'a mark is dropped': (file) => void file.marks.splice(anyMark(file), 1),
  'a mark is altered': (file) => {
    const mark = file.marks[anyMark(file)]
    if (mark) mark[2] = mark[2] === 'for' ? 'against' : 'for'
  },
  'a mark is added': (file) => void file.marks.push(['members', '1', 'for']),
  'a mark is dropped, and the figures with it': (file) => {
    const [[, , value] = ['members', '1', 'for']] = file.marks.splice(anyMark(file), 1)
    tallied(file)[value] = (tallied(file)[value] ?? 0) - 1
  },
  'a mark is altered, and the figures with it': (file) => {
    const mark = file.marks[anyMark(file)]
    if (!mark) return
    tallied(file)[mark[2]] = (tallied(file)[mark[2]] ?? 0) - 1
    mark[2] = mark[2] === 'for' ? 'against' : 'for'
    tallied(file)[mark[2]] = (tallied(file)[mark[2]] ?? 0) + 1
  },
  'a whole ballot is dropped, with receipt, turnout and figures': (file) => {
    forgeries['a mark is dropped, and the figures with it']?.(file)
    file.receipts = file.receipts.filter((_, nth) => nth !== 7)
    file.turnout.members.voted--
    if (file.resolution) file.resolution.presentVoters--
  },
  'a whole ballot is added, with receipt, turnout and figures': (file) => {
    file.marks.push(['members', '1', 'for'])
    tallied(file).for = (tallied(file).for ?? 0) + 1
    file.receipts = [...file.receipts, 'ZZZZ-ZZZZ'].sort()
    file.turnout.members.voted++
    if (file.resolution) file.resolution.presentVoters++
  },
  'a receipt is exchanged': (file) => {
    file.receipts = file.receipts.with(anyMark(file), 'ZZZZ-ZZZZ').sort()
  },
  'a receipt is dropped': (file) => {
    file.receipts = file.receipts.filter((_, nth) => nth !== 3)
  },
  'the decision is turned round': (file) => {
    if (file.resolution) file.resolution.isCarried = !file.resolution.isCarried
  },
}

describe('of a thousand ballots one is dropped, altered or added', () => {
  const original = aThousand()
  const all = Object.entries(forgeries)
  const forged = Array.from({ length: 1_000 }, (_, nth) => {
    const [what, forge] = all[nth % all.length] ?? ['', () => {}]
    const file = structuredClone(original)
    forge(file)
    return { what, file }
  })
  const passed = (found: typeof forged, asked: { fingerprint?: string }) =>
    found.filter(({ file }) => verify(JSON.stringify(file), asked).isGood).map(({ what }) => what)

  test('the original is good, and each of its receipts is found', () => {
    const text = JSON.stringify(original)
    expect(verify(text, { fingerprint: original.fingerprint, receipts: original.receipts }).isGood).toBe(true)
    expect(new Set(original.receipts).size).toBe(1_000)
  })

  // T32: 1,000 of 1,000
  test('a thousand times: each is found, by the fingerprint that was published', () => {
    const { fingerprint } = original
    expect(passed(forged, { fingerprint })).toEqual([])
    // Though the forger takes the fingerprint anew.
    const anew = forged.map(({ what, file }) => ({ what, file: retaken(file) }))
    expect(passed(anew, { fingerprint })).toEqual([])
  })

  test('without it whatever contradicts itself; a consistent forgery only receipts tell', () => {
    expect(passed(forged, {})).toEqual([])
    const anew = forged.map(({ what, file }) => ({ what, file: retaken(file) }))
    expect([...new Set(passed(anew, {}))].sort()).toEqual(
      [
        'a mark is altered, and the figures with it',
        'a receipt is exchanged',
        'a whole ballot is added, with receipt, turnout and figures',
        'a whole ballot is dropped, with receipt, turnout and figures',
      ].sort(),
    )
  })
})

/** A ballot on which some have voted, with figures as somebody who controls the database could write them. */
function figures(use: string, question: object, counts: Record<string, Record<string, number>>, more: Record<string, unknown> = {}) {
  const { voted = 10, writeIns = {}, presentVoters = 10, elected, ...rest } = more as Record<string, never>
  const result = {
    outcome: 'counted',
    expected: 12,
    voted,
    codes: 0,
    codesUsed: 0,
    leftOut: 0,
    edition: 2,
    tally: { members: { counts, writeIns } },
  }
  const it = {
    id: 'ballot',
    use,
    isSecret: true,
    electorate: 'all',
    title: '一件事',
    question,
    baseMoves: [],
    additions: [],
    extensions: [],
    standers: [],
    openedAt: new Date(0),
    closedAt: new Date(1),
    expectedVoters: 12,
    presentVoters,
    result,
  }
  const receipts = Array.from({ length: voted }, (_, nth) => receiptFrom(Uint8Array.from([nth, ...chance(4)]))).sort()
  const file = exportOf({ ...it, ...rest } as unknown as BallotAsItStands, receipts) as BallotExport
  if (elected && file.election) file.election = { ...file.election, ...(elected as object) }
  return verify(JSON.stringify(retaken(file)))
}

const named = (...names: string[]) => names.map((name, nth) => ({ key: String(nth + 1), name }))
const graded = { scale: 'grades', subjects: named('甲', '乙', '丙', '丁') }
const award = { scale: 'chosen', most: 1, subjects: named('甲', '乙', '丙') }
const elects = { scale: 'stances', most: 1, writeIns: 1, subjects: named('甲', '乙') }
const all = (value: string, other: string, counts: readonly number[]) =>
  Object.fromEntries(
    counts.map((count, nth) => [
      nth + 1,
      Object.fromEntries(Object.entries({ [value]: count, [other]: 10 - count }).filter(([, many]) => many > 0)),
    ]),
  )
const votes = (first: number, second: number) => all('for', 'against', [first, second])
const nobodyWritten = { writeIns: { '': 10 } }

// Sums alone do not show these: each of them agrees with its turnout.
test.each<[string, ReturnType<typeof figures>, RegExp | null]>([
  ['a third are excellent', figures('evaluation', graded, all('excellent', 'qualified', [10, 0, 0, 0])), null],
  ['two in four are excellent', figures('evaluation', graded, all('excellent', 'qualified', [10, 1, 0, 0])), /11 excellent marks/],
  ['each chose one', figures('award', award, all('chosen', 'passed', [6, 4, 0])), null],
  ['some chose two', figures('award', award, all('chosen', 'passed', [6, 5, 0])), /11 were chosen/],
  ['somebody chose nobody', figures('award', award, all('chosen', 'passed', [6, 3, 0])), /chooses somebody/],
  ['the first is elected', figures('election', elects, votes(6, 4), nobodyWritten), null],
  ['more are approved than voters may', figures('election', elects, votes(6, 5), nobodyWritten), /11 were chosen/],
  ['a name makes one too many', figures('election', elects, votes(6, 4), { writeIns: { '': 9, 丙: 1 } }), /11 were chosen/],
  ['a nominee is written in', figures('election', elects, votes(6, 3), { writeIns: { '': 9, 乙: 1 } }), /stands on the ballot/],
  [
    'exactly half is elected',
    figures('election', elects, votes(5, 4), { ...nobodyWritten, elected: { elected: ['甲'], seatsLeft: 0 } }),
    /without the numbers/,
  ],
  [
    'a stranger is elected',
    figures('election', elects, votes(6, 4), { ...nobodyWritten, elected: { elected: ['丁'] } }),
    /without the numbers/,
  ],
  [
    'both are elected to one seat',
    figures('election', { ...elects, most: 2 }, votes(7, 6), { ...nobodyWritten, elected: { elected: ['甲', '乙', '甲'] } }),
    /3 are elected/,
  ],
  [
    'the second is elected',
    figures('election', { ...elects, most: 2, isRunOff: true }, votes(8, 7), {
      ...nobodyWritten,
      elected: { elected: ['乙'], seatsLeft: 1 },
    }),
    /more votes|seat is left/,
  ],
  [
    'the winner is passed over',
    figures('election', elects, votes(6, 4), { ...nobodyWritten, elected: { elected: [], seatsLeft: 1 } }),
    /a seat is left open/,
  ],
  ['fewer were present than voted', figures('election', elects, votes(6, 4), { ...nobodyWritten, presentVoters: 9 }), /were present/],
  ['they are no tie', figures('election', elects, votes(6, 4), { ...nobodyWritten, elected: { elected: [], tied: ['甲'] } }), /not tied/],
  [
    'more leave themselves out than voted',
    figures(
      'evaluation',
      { scale: 'grades', subjects: named('甲', '乙', '丙', '丁').map((one) => ({ ...one, member: one.key })) },
      Object.fromEntries([1, 2, 3, 4].map((key) => [key, { qualified: 2 }])),
      { voted: 3 },
    ),
    /leaves out one/,
  ],
])('figures in which %s are judged', (_what, { isGood, says }, why) => {
  expect(says).toMatch(why ?? /^Counted again/)
  expect(isGood).toBe(why === null)
})

/** Another fact in an old export would change its published fingerprint. */
const firstEdition = ['format', 'ballot', 'turnout', 'outcome', 'resolution', 'marks', 'writeIns', 'tally', 'withheld', 'receipts']

test('a result published in the first edition keeps its fingerprint', () => {
  const { fingerprint, ...file } = exportOf(
    {
      id: 'b',
      use: 'election',
      isSecret: true,
      electorate: 'chosen',
      title: '选举',
      question: elects,
      openedAt: new Date(0),
      closedAt: new Date(1),
      expectedVoters: 12,
      presentVoters: 10,
      result: {
        outcome: 'counted',
        expected: 10,
        voted: 10,
        codes: 0,
        codesUsed: 0,
        leftOut: 0,
        edition: 1,
        tally: { members: { counts: votes(6, 4), ...nobodyWritten } },
      },
    } as unknown as BallotAsItStands,
    Array.from({ length: 10 }, (_, nth) => receiptFrom(Uint8Array.from([nth, 0, 0, 0, 0]))).sort(),
  ) as BallotExport
  expect(Object.keys(file)).toEqual(firstEdition)
  expect(Object.keys(file.ballot)).not.toContain('electorate')
  expect(file.format).toBe('zhibu-ballot-1')
  expect(verify(JSON.stringify({ ...file, fingerprint }), { fingerprint }).isGood).toBe(true)
})

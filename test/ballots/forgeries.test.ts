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
    tally: { members: { counts: { 1: counts }, writeIns: {} } },
  }
  const it = {
    id: 'ballot',
    use: 'resolution',
    isSecret: true,
    title: '一件事',
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

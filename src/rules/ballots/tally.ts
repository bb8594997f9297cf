import type { Hands } from '../meeting-votes/resolutions.ts'
import { type BallotKind, leastVoters } from './electorate.ts'
import type { Question, Subject } from './marks.ts'
import { type Circle, circles, type Piece } from './pieces.ts'
import { scales, stances } from './uses.ts'

/** Counts how often each subject got each mark: the multiset, and nothing else. */
export interface CircleTally {
  counts: Record<string, Record<string, number>>
  writeIns: Record<string, number>
  /** Subjects whose figures must not be told, with the reason; their figures are not kept. */
  withheld?: Record<string, Withheld>
}

/** Too few people marked the subject, or all marked it alike where that alone reveals each vote. */
export type Withheld = 'few' | 'alike'

export interface Tally {
  circles: Record<Circle, CircleTally>
  /** Sorted, so that their order reveals nothing. */
  receipts: string[]
  /** The number of receipts in each circle. */
  ballots: Record<Circle, number>
  /** Pieces that nobody can have cast: not ours, or no mark of this question. */
  strange: number
}

/** Counts the opened pieces; null is a piece that could not be opened. */
export function tallyOf(question: Question, pieces: readonly (Piece | null)[]): Tally {
  const tally: Tally = {
    circles: { members: emptyFor(question), public: emptyFor(question) },
    receipts: [],
    ballots: { members: 0, public: 0 },
    strange: 0,
  }
  for (const piece of pieces) add(tally, question, piece)
  tally.receipts.sort()
  return tally
}

/** Written-in names are counted under their own words. A plain object already has some of them, such as “constructor”. */
const emptyFor = ({ subjects }: Question): CircleTally => ({
  counts: Object.fromEntries(subjects.map(({ key }) => [key, {}])),
  writeIns: Object.create(null),
})

function add(tally: Tally, { scale, writeIns = 0 }: Question, piece: Piece | null) {
  if (piece?.is === 'receipt') {
    tally.receipts.push(piece.code)
    tally.ballots[piece.circle]++
    return
  }
  const circle = piece && tally.circles[piece.circle]
  if (piece?.is === 'mark' && circle && Object.hasOwn(circle.counts, piece.subject) && scales[scale].values.includes(piece.value)) {
    const counts = circle.counts[piece.subject] as Record<string, number>
    counts[piece.value] = (counts[piece.value] ?? 0) + 1
  } else if (piece?.is === 'writeIn' && circle && writeIns > 0) circle.writeIns[piece.name] = (circle.writeIns[piece.name] ?? 0) + 1
  else tally.strange++
}

/** How many of each circle took part and, by subject, how many of them could not mark it. */
export interface Turnout {
  members: number
  public: number
  own: Readonly<Record<string, number>>
}

export const sumOf = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** A sum that does not agree with the turnout. It tells how many pieces there are and should be, and nothing of what they say. */
export interface Fault {
  sum: 'receipts' | 'twins' | 'writeIns' | 'marks'
  circle: Circle
  /** The key of the subject whose marks they are. */
  subject?: string
  is: number
  due: number
}

/**
 * Everybody who took part has one receipt. Each subject has a mark from each of them, except from people whose own it is. Strange pieces
 * do no harm where all sums agree without them.
 */
export function faultsOf({ subjects, writeIns = 0 }: Question, tally: Tally, turnout: Turnout): Fault[] {
  const twins = tally.receipts.length - new Set(tally.receipts).size
  const ofCircle = (circle: Circle): Fault[] => {
    const { counts, writeIns: names } = tally.circles[circle]
    const due = ({ key }: Subject) => turnout[circle] - (circle === 'members' ? (turnout.own[key] ?? 0) : 0)
    return [
      { sum: 'receipts', circle, is: tally.ballots[circle], due: turnout[circle] },
      { sum: 'writeIns', circle, is: sumOf(names), due: turnout[circle] * writeIns },
      ...subjects.map(
        (subject): Fault => ({ sum: 'marks', circle, subject: subject.key, is: sumOf(counts[subject.key] ?? {}), due: due(subject) }),
      ),
    ]
  }
  const all: Fault[] = [{ sum: 'twins', circle: 'members', is: twins, due: 0 }, ...circles.flatMap(ofCircle)]
  return all.filter(({ is, due }) => is !== due)
}

/** Votes of staff and the public are told only from this many on, whatever the use. */
const LEAST_OF_PUBLIC = 5

/** The least number of votes in a circle for its figures to be told. */
export const leastOf = (kind: BallotKind, circle: Circle): number => (circle === 'public' ? LEAST_OF_PUBLIC : leastVoters(kind))

/** A circle's figures may be told only when it is large enough; otherwise only the turnout is. */
export const mayTell = (kind: BallotKind, votes: number, circle: Circle = 'members'): boolean => votes > 0 && votes >= leastOf(kind, circle)

/** Whether anything besides the turnout may be told. */
export const isTold = (kind: BallotKind, turnout: Turnout): boolean => circles.some((circle) => mayTell(kind, turnout[circle], circle))

/** Returns each circle that is large enough, by itself. Circles are never added up, so that nobody can subtract one from the total. */
export const toldOf = (question: Question, kind: BallotKind, tally: Tally, turnout: Turnout): Partial<Record<Circle, CircleTally>> =>
  Object.fromEntries(
    circles
      .filter((circle) => mayTell(kind, turnout[circle], circle))
      .map((circle) => [circle, circleOf(question, kind, tally.circles[circle], circle)]),
  )

/**
 * The sums with the written views of absent voters. The ballots' own counts are not kept: the difference would tell the stance of a single
 * absent voter.
 */
export function withHandedIn(told: ReturnType<typeof toldOf>, views: Hands | null): ReturnType<typeof toldOf> {
  if (!views || !told.members) return told
  const plus = (marks: Readonly<Record<string, number>>) => {
    const sums = stances.map((stance) => [stance, (marks[stance] ?? 0) + views[stance]] as const)
    return inOrder(Object.fromEntries(sums.filter(([, sum]) => sum > 0)))
  }
  const counts = Object.fromEntries(Object.entries(told.members.counts).map(([key, marks]) => [key, plus(marks)]))
  return { ...told, members: { ...told.members, counts } }
}

/** The people who mark one subject are a circle too: somebody graded by two others is not told their marks. */
function circleOf({ subjects }: Question, kind: BallotKind, { counts, writeIns }: CircleTally, circle: Circle): CircleTally {
  const whyNot = (marks: Readonly<Record<string, number>>): Withheld | null => {
    if (kind.isSecret && sumOf(marks) < leastOf(kind, circle)) return 'few'
    return kind.isSecret && kind.use === 'pulse' && unanimous(marks) !== null ? 'alike' : null
  }
  const all = subjects.map(({ key }) => ({ key, marks: counts[key] ?? {}, why: whyNot(counts[key] ?? {}) }))
  const withheld = all.flatMap(({ key, why }) => (why ? [[key, why] as const] : []))
  return {
    counts: Object.fromEntries(all.filter(({ why }) => why === null).map(({ key, marks }) => [key, inOrder(marks)])),
    writeIns: inOrder(writeIns),
    ...(withheld.length > 0 ? { withheld: Object.fromEntries(withheld) } : {}),
  }
}

/** Sorting hides the order in which votes were counted. */
const inOrder = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Returns the one mark that all gave, or null. It reveals each vote, so it is told without figures, and never for a pulse. */
export function unanimous(counts: Readonly<Record<string, number>>): string | null {
  const given = Object.entries(counts).filter(([, count]) => count > 0)
  return given.length === 1 && (given[0]?.[1] ?? 0) > 1 ? (given[0]?.[0] ?? null) : null
}

/** A project's mean in tenths, rounded half up, without the highest and the lowest score. Null with fewer than three scores. */
export function trimmedMeanTenths(counts: Readonly<Record<string, number>>): number | null {
  const scores = Object.entries(counts)
    .flatMap(([score, count]) => Array.from({ length: count }, () => Number(score)))
    .sort((a, b) => a - b)
    .slice(1, -1)
  if (scores.length === 0) return null
  const sum = scores.reduce((all, score) => all + score, 0)
  return Math.floor((20 * sum + scores.length) / (2 * scores.length))
}

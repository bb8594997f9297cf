import { createHash } from 'node:crypto'
import type { BallotAsItStands } from '../../db/ballots/state.ts'
import { type Circle, circles } from '../rules/ballots/pieces.ts'
import type { CircleTally, Withheld } from '../rules/ballots/tally.ts'
import { isCarried } from '../rules/gatherings/quorum.ts'

/** What came out of a ballot, so that anybody can count it again: `npm run verify-ballot` does. It says nothing of who chose what. */
export interface BallotExport {
  format: 'zhibu-ballot-1'
  ballot: {
    id: string
    use: string
    title: string
    isSecret: boolean
    openedAt: string
    closedAt: string
    scale: string
    most: number | null
    writeIns: number
    /** `own` is whose mark may be missing: that of the person graded, or of all of one branch. */
    subjects: { key: string; name: string; own: 'person' | 'branch' | null }[]
  }
  turnout: Record<Circle, { entitled: number; voted: number }>
  outcome: string
  /** Of a resolution: by what it is measured, and whether it is carried. */
  resolution: { expectedVoters: number; presentVoters: number; isCarried: boolean } | null
  /** The marks that were counted, one by one. They are sorted, so that their order says nothing. */
  marks: [circle: Circle, subject: string, value: string][]
  /** Names written in; empty where none was. */
  writeIns: [circle: Circle, name: string][]
  tally: Partial<Record<Circle, CircleTally>>
  withheld: [circle: Circle, subject: string, why: Withheld][]
  receipts: readonly string[]
  /** SHA-256 of all of the above. Published with the result, it shows whether a copy is the one that was counted. */
  fingerprint: string
}

/** Null while it is not counted. Only what nothing changes after the close goes in, or the fingerprint would change as well. */
export function exportOf(it: BallotAsItStands, receipts: readonly string[]): BallotExport | null {
  const { result, closedAt, question } = it
  if (!result || !closedAt) return null
  const told = circles.flatMap((circle) => (result.tally[circle] ? [{ circle, tally: result.tally[circle] }] : []))
  const all: Omit<BallotExport, 'fingerprint'> = {
    format: 'zhibu-ballot-1',
    ballot: {
      id: it.id,
      use: it.use,
      title: it.title,
      isSecret: it.isSecret,
      openedAt: it.openedAt.toISOString(),
      closedAt: closedAt.toISOString(),
      scale: question.scale,
      most: question.most ?? null,
      writeIns: question.writeIns ?? 0,
      subjects: question.subjects.map(({ key, name, member, branch }) => ({
        key,
        name,
        own: member !== undefined ? 'person' : branch !== undefined ? 'branch' : null,
      })),
    },
    turnout: { members: { entitled: result.expected, voted: result.voted }, public: { entitled: result.codes, voted: result.codesUsed } },
    outcome: result.outcome,
    resolution: resolutionOf(it),
    marks: told
      .flatMap(({ circle, tally }) =>
        Object.entries(tally.counts).flatMap(([subject, counts]) =>
          expanded(counts).map((value): [Circle, string, string] => [circle, subject, value]),
        ),
      )
      .sort(inOrder),
    writeIns: told.flatMap(({ circle, tally }) => expanded(tally.writeIns).map((name): [Circle, string] => [circle, name])).sort(inOrder),
    tally: result.tally,
    withheld: told
      .flatMap(({ circle, tally }) =>
        Object.entries(tally.withheld ?? {}).map(([subject, why]): [Circle, string, Withheld] => [circle, subject, why]),
      )
      .sort(inOrder),
    receipts,
  }
  return { ...all, fingerprint: createHash('sha256').update(canonical(all)).digest('hex') }
}

function resolutionOf({ use, question, result, expectedVoters, presentVoters }: BallotAsItStands): BallotExport['resolution'] {
  if (use !== 'resolution' || result?.outcome !== 'counted') return null
  const measured = { expectedVoters: expectedVoters ?? result.expected, presentVoters: presentVoters ?? result.voted }
  const approvals = result.tally.members?.counts[question.subjects[0]?.key ?? '']?.for ?? 0
  return { ...measured, isCarried: isCarried({ ...measured, approvals }) }
}

const expanded = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([value, count]) => Array<string>(count).fill(value))

const inOrder = (a: readonly string[], b: readonly string[]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

/** JSON with the keys of every object in order and no blank: the same facts are the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`
}

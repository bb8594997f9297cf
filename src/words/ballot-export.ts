import { createHash } from 'node:crypto'
import type { BallotAsItStands } from '../../db/ballots/state.ts'
import { mayDecide } from '../rules/ballots/electorate.ts'
import { type Circle, circles } from '../rules/ballots/pieces.ts'
import type { CircleTally, Withheld } from '../rules/ballots/tally.ts'
import { isCarried } from '../rules/gatherings/quorum.ts'
import { sumOfViews } from '../rules/meeting-votes/written-views.ts'
import { type Text, t } from '../text.ts'
import { electionOutcome } from './decisions.ts'

/**
 * The result of a ballot, complete enough for anybody to count it again with `npm run verify-ballot`. It never tells who chose which
 * mark.
 */
export interface BallotExport {
  /** The first edition has none of the facts that are optional here, the second all but those of the base. */
  format: 'zhibu-ballot-1' | 'zhibu-ballot-2' | 'zhibu-ballot-3'
  ballot: {
    id: string
    use: string
    title: string
    isSecret: boolean
    /** How the voters were found. With the meeting it decides what may be told and carried. */
    electorate?: string
    isInMeeting?: boolean
    openedAt: string
    closedAt: string
    scale: string
    most: number | null
    writeIns: number
    /** `own` tells whose mark may be missing: that of the person graded, or of everybody in one branch. */
    subjects: { key: string; name: string; own: 'person' | 'branch' | null }[]
  }
  turnout: Record<Circle, { entitled: number; voted: number }>
  /** The changes after the opening; `by` is the member’s id. */
  additions?: { at: string; by: string; people: number }[]
  extensions?: { at: string; by: string; from: string; to: string }[]
  /** How many were out of the base, or off the list, before the opening. The scope is null for suspended rights. */
  baseMoves?: { scope: string | null; people: number; at: string; by: string; confirmedAt: string | null; confirmedBy: string | null }[]
  outcome: string
  /** The measure of a resolution, and whether it is carried. */
  resolution: { expectedVoters: number; presentVoters: number; isCarried: boolean; writtenViews?: number } | null
  /** The measure of an election and what came of it, by name. */
  election?: { presentVoters: number; isRunOff: boolean; elected: string[]; tied: string[]; seatsLeft: number } | null
  /** Pieces in the box that were no mark of the question, and were left out. */
  leftOut?: number
  /** The counted marks, one by one, sorted so that their order reveals nothing. */
  marks: [circle: Circle, subject: string, value: string][]
  /** Names written in; empty where there are none. */
  writeIns: [circle: Circle, name: string][]
  tally: Partial<Record<Circle, CircleTally>>
  withheld: [circle: Circle, subject: string, why: Withheld][]
  receipts: readonly string[]
  /** SHA-256 of everything above. Published with the result, it shows whether a copy is the counted one. */
  fingerprint: string
}

/** Null until the ballot is counted. Only facts that never change after the close go in, because the fingerprint covers them. */
export function exportOf(it: BallotAsItStands, receipts: readonly string[]): BallotExport | null {
  const { result, closedAt, question } = it
  if (!result || !closedAt) return null
  const isFirst = result.edition === 1
  const format = `zhibu-ballot-${result.edition}` as BallotExport['format']
  const told = circles.flatMap((circle) => (result.tally[circle] ? [{ circle, tally: result.tally[circle] }] : []))
  const all: Omit<BallotExport, 'fingerprint'> = {
    format,
    ballot: {
      id: it.id,
      use: it.use,
      title: it.title,
      isSecret: it.isSecret,
      ...(isFirst ? {} : { electorate: it.electorate, isInMeeting: it.gathering !== null }),
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
    ...(isFirst ? {} : { election: electionOf(it), leftOut: result.leftOut, ...changesOf(it) }),
    ...(result.edition >= 3 ? { baseMoves: movesOf(it) } : {}),
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

/** The fingerprint tells a reader whether an export is the ballot that was counted. Null where no result is told or kept. */
export function fingerprintSaid(it: BallotAsItStands | undefined, receipts: readonly string[]): Text | null {
  const exported = it && exportOf(it, receipts)
  if (!exported || exported.outcome === 'unsound') return null
  return t(`核对指纹 ${exported.fingerprint}`, `Fingerprint ${exported.fingerprint}`)
}

const changesOf = ({ additions, extensions }: BallotAsItStands) => ({
  additions: additions.map(({ at, by, people }) => ({ at: at.toISOString(), by, people })),
  extensions: extensions.map(({ at, by, from, to }) => ({ at: at.toISOString(), by, from: from.toISOString(), to: to.toISOString() })),
})

const movesOf = ({ baseMoves }: BallotAsItStands) =>
  baseMoves.map(({ scope, people, at, by, confirmedAt, confirmedBy }) => ({
    scope,
    people,
    at: at.toISOString(),
    by,
    confirmedAt: confirmedAt?.toISOString() ?? null,
    confirmedBy,
  }))

/** In the first edition the voters decided however they were found. */
function resolutionOf(it: BallotAsItStands): BallotExport['resolution'] {
  const { use, question, result, expectedVoters, presentVoters, views } = it
  if (use !== 'resolution' || result?.outcome !== 'counted' || !(result.edition === 1 || mayDecide(it))) return null
  const measured = { expectedVoters: expectedVoters ?? result.expected, presentVoters: presentVoters ?? result.voted }
  const approvals = result.tally.members?.counts[question.subjects[0]?.key ?? '']?.for ?? 0
  const writtenViews = views ? sumOfViews(views) : 0
  return { ...measured, isCarried: isCarried({ ...measured, approvals }), ...(writtenViews > 0 ? { writtenViews } : {}) }
}

function electionOf(it: BallotAsItStands): BallotExport['election'] {
  const outcome = electionOutcome(it)
  if (outcome?.is !== 'counted' || !it.result) return null
  const names = (some: typeof outcome.elected) => some.map(({ name }) => name)
  return {
    presentVoters: it.presentVoters ?? it.result.expected,
    isRunOff: it.question.isRunOff ?? false,
    elected: names(outcome.elected),
    tied: names(outcome.tied),
    seatsLeft: outcome.seatsLeft,
  }
}

const expanded = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([value, count]) => Array<string>(count).fill(value))

const inOrder = (a: readonly string[], b: readonly string[]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

/** JSON with sorted keys and no blanks: equal facts give equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`
}

import type { MatchedWriteIn, WriteIn } from './write-ins.ts'

/** A nominee, or a written-in name; a member where the branch knows them. */
export interface Nominee {
  name: string
  member: string | null
}

/** The contents of the box, counted by tellers or from a ballot. */
export interface TallySheet {
  /** Ballots handed out and returned; `invalid` are among the returned ones. */
  handedOut: number
  returned: number
  invalid: number
  /** In the nominees' order; empty for a void vote, which is not counted. */
  votes: { for: number; against: number; abstain: number }[]
  writeIns: WriteIn[]
}

/** The contents of the box, its written-in names matched to the people of the branch. */
export type MatchedSheet = Omit<TallySheet, 'writeIns'> & { writeIns: readonly MatchedWriteIn[] }

/** At least a fifth more nominees than seats (基层组织选举工作条例, on nominees). */
export const areEnough = (nominees: number, seats: number): boolean => 5 * nominees >= 6 * seats

/** At least four fifths of those entitled are present (same regulation, on the vote). Before 2020 it was more than four fifths. */
export const mayElect = ({ expectedVoters, presentVoters }: { expectedVoters: number; presentVoters: number }): boolean =>
  expectedVoters > 0 && 5 * presentVoters >= 4 * expectedVoters

/** Finds the least number that satisfies a rule, for the sentence that states it. */
export function leastThat(isSo: (number: number) => boolean): number {
  let number = 1
  while (!isSo(number)) number++
  return number
}

/** Each voter present has one ballot. A vote is void when the box holds more than were handed out, or than voters. */
export const isVoid = ({ handedOut, returned }: Pick<TallySheet, 'handedOut' | 'returned'>, presentVoters: number): boolean =>
  returned > handedOut || returned > presentVoters

/** One vote of an election, with those before it. */
export interface Round {
  id: string
  /** The vote before this one: a tie, a void vote, or a vote that left seats open. */
  after: string | null
  seats: number
  expectedVoters: number
  presentVoters: number
  nominees: readonly Nominee[]
  sheet: MatchedSheet | null
}

export interface NomineeVotes extends Nominee {
  votes: number
}

export type Outcome =
  /** Too few voters were present after attendance was corrected, or the box held more ballots than possible. */
  | { is: 'void'; why: 'few' | 'more' }
  /** The tellers are asked first who these written-in names are. */
  | { is: 'asked'; names: string[] }
  | {
      is: 'counted'
      /** The most votes first. */
      elected: NomineeVotes[]
      /** The nominees who share the last seats, and the number of those seats: they are voted on again. */
      tied: NomineeVotes[]
      seatsTied: number
      /** Seats for which too few nominees have more than half. */
      seatsLeft: number
    }

/** The outcome of a round; null while nobody has counted it. */
export function outcomeOf(round: Round, all: readonly Round[]): Outcome | null {
  const { sheet, seats, presentVoters, nominees } = round
  if (!sheet) return null
  if (!mayElect(round)) return { is: 'void', why: 'few' }
  if (isVoid(sheet, presentVoters)) return { is: 'void', why: 'more' }
  const asked = sheet.writeIns.filter(({ is }) => is === 'asked').map(({ name }) => name)
  if (asked.length > 0) return { is: 'asked', names: asked }
  const stood = nominees.map((nominee, nth) => ({ ...nominee, votes: sheet.votes[nth]?.for ?? 0 }))
  return outcomeIn({ seats, presentVoters, isRunOff: isRunOff(round, all) }, [...stood, ...writtenIn(sheet.writeIns)])
}

/** The people written in who can be elected. Two names of one member are one candidate. */
export function writtenIn(writeIns: readonly MatchedWriteIn[]): NomineeVotes[] {
  const all: NomineeVotes[] = []
  for (const { meant, for: votes } of writeIns) {
    if (!meant) continue
    const same = meant.member === null ? undefined : all.find(({ member }) => member === meant.member)
    if (same) same.votes += votes
    else all.push({ ...meant, votes })
  }
  return all
}

export const outcomeIn = (
  { seats, presentVoters, isRunOff }: { seats: number; presentVoters: number; isRunOff: boolean },
  candidates: readonly NomineeVotes[],
): Outcome =>
  filled(
    seats,
    candidates.filter(({ votes }) => (isRunOff ? votes > 0 : isElectable(votes, presentVoters))),
  )

/** More than half of the voters present, not of those expected (same regulation, on who is elected). Exactly half is not enough. */
export const isElectable = (votes: number, presentVoters: number): boolean => 2 * votes > presentVoters

/** With more electable nominees than seats, the most votes win. Nominees tied for the last seat go to another vote. */
function filled(seats: number, electable: readonly NomineeVotes[]): Outcome {
  const ranked = electable.toSorted((a, b) => b.votes - a.votes)
  const seatsLeft = Math.max(0, seats - ranked.length)
  const last = ranked[seats - 1]?.votes
  if (ranked.length <= seats || last !== ranked[seats]?.votes)
    return { is: 'counted', elected: ranked.slice(0, seats), tied: [], seatsTied: 0, seatsLeft }
  const elected = ranked.filter(({ votes }) => votes > (last ?? 0))
  return { is: 'counted', elected, tied: ranked.filter(({ votes }) => votes === last), seatsTied: seats - elected.length, seatsLeft }
}

/**
 * A vote between tied nominees, who all had more than half before: the most votes are enough. It stays a run-off when it is held again
 * because nothing came of it.
 */
export function isRunOff({ after, nominees }: Pick<Round, 'after' | 'nominees'>, all: readonly Round[]): boolean {
  const before = all.find(({ id }) => id === after)
  if (!before) return false
  const outcome = outcomeOf(before, all)
  if (outcome?.is !== 'counted') return isRunOff(before, all)
  return outcome.tied.length > 0 && areSame(outcome.tied, nominees)
}

const areSame = (some: readonly Nominee[], others: readonly Nominee[]) =>
  some.length === others.length && some.every((one) => isAmong(one, others))

/** Two people may bear one name, so a member is compared by id. */
export const isAmong = (one: Nominee, others: readonly Nominee[]): boolean =>
  others.some(({ name, member }) => (one.member === null || member === null ? one.name === name : one.member === member))

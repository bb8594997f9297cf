/** Whoever stands, or was written in: a member where the branch knows them. */
export interface Nominee {
  name: string
  member: string | null
}

/** What was found in the box, by the tellers or by the count of a ballot. */
export interface TallySheet {
  /** Ballots handed out, taken back, and of those the invalid ones. */
  handedOut: number
  returned: number
  invalid: number
  /** By nominee, in their order; of a void vote none, for it is not counted. */
  votes: { for: number; against: number; abstain: number }[]
  writeIns: { name: string; for: number }[]
}

/** At least a fifth more stand than there are seats (基层组织选举工作条例, on nominees). */
export const areEnough = (nominees: number, seats: number): boolean => 5 * nominees >= 6 * seats

/** At least four fifths of those entitled are there (the same, on the vote; until 2020 it was more than that). */
export const mayElect = ({ expectedVoters, presentVoters }: { expectedVoters: number; presentVoters: number }): boolean =>
  expectedVoters > 0 && 5 * presentVoters >= 4 * expectedVoters

/** The least number of which that is so, for the sentence that asks for it. */
export function leastThat(isSo: (number: number) => boolean): number {
  let number = 1
  while (!isSo(number)) number++
  return number
}

/** Each of those who are there has one ballot: with more in the box than were handed out, or than voters, nobody knows whose the others are. */
export const isVoid = ({ handedOut, returned }: Pick<TallySheet, 'handedOut' | 'returned'>, presentVoters: number): boolean =>
  returned > handedOut || returned > presentVoters

/** One vote in an election, with those before it. */
export interface Round {
  id: string
  /** The one that it follows: after a tie, after a void vote, or for the seats that were left. */
  after: string | null
  seats: number
  expectedVoters: number
  presentVoters: number
  nominees: readonly Nominee[]
  sheet: TallySheet | null
}

export interface NomineeVotes extends Nominee {
  votes: number
}

export type Outcome =
  /** Too few were there, as attendance was put right; or there are more ballots than there can be. */
  | { is: 'void'; why: 'few' | 'more' }
  | {
      is: 'counted'
      /** The most votes first. */
      elected: NomineeVotes[]
      /** Who share the last seats, and how many seats that is: they are voted on again. */
      tied: NomineeVotes[]
      seatsTied: number
      /** Seats for which too few have more than half. */
      seatsLeft: number
    }

/** What a round came to; null while nobody has counted it. */
export function outcomeOf(round: Round, all: readonly Round[]): Outcome | null {
  const { sheet, seats, presentVoters, nominees } = round
  if (!sheet) return null
  if (!mayElect(round)) return { is: 'void', why: 'few' }
  if (isVoid(sheet, presentVoters)) return { is: 'void', why: 'more' }
  const candidates = [
    ...nominees.map((nominee, nth) => ({ ...nominee, votes: sheet.votes[nth]?.for ?? 0 })),
    ...sheet.writeIns.map(({ name, for: votes }) => ({ name, member: null, votes })),
  ]
  return outcomeIn({ seats, presentVoters, isRunOff: isRunOff(round, all) }, candidates)
}

/** Who is elected of those who have votes. */
export const outcomeIn = (
  { seats, presentVoters, isRunOff }: { seats: number; presentVoters: number; isRunOff: boolean },
  candidates: readonly NomineeVotes[],
): Outcome =>
  filled(
    seats,
    candidates.filter(({ votes }) => (isRunOff ? votes > 0 : isElectable(votes, presentVoters))),
  )

/** More than half of the voters who are there, not of those expected: exactly half is not enough (the same, on who is elected). */
export const isElectable = (votes: number, presentVoters: number): boolean => 2 * votes > presentVoters

/** Where more are electable than there are seats they go by votes; who cannot be told apart at the last seat is elected by another vote. */
function filled(seats: number, electable: readonly NomineeVotes[]): Outcome {
  const ranked = electable.toSorted((a, b) => b.votes - a.votes)
  const seatsLeft = Math.max(0, seats - ranked.length)
  const last = ranked[seats - 1]?.votes
  if (ranked.length <= seats || last !== ranked[seats]?.votes)
    return { is: 'counted', elected: ranked.slice(0, seats), tied: [], seatsTied: 0, seatsLeft }
  const elected = ranked.filter(({ votes }) => votes > (last ?? 0))
  return { is: 'counted', elected, tied: ranked.filter(({ votes }) => votes === last), seatsTied: seats - elected.length, seatsLeft }
}

/** Between those who tied, all of whom had their half before: here the more votes are enough. Held again because nothing came of it, it still is. */
export function isRunOff({ after, nominees }: Pick<Round, 'after' | 'nominees'>, all: readonly Round[]): boolean {
  const before = all.find(({ id }) => id === after)
  if (!before) return false
  const outcome = outcomeOf(before, all)
  if (outcome?.is !== 'counted') return isRunOff(before, all)
  return outcome.tied.length > 0 && areSame(outcome.tied, nominees)
}

const areSame = (some: readonly Nominee[], others: readonly Nominee[]) =>
  some.length === others.length && some.every((one) => isAmong(one, others))

/** Two may bear one name; who is a member is known by that. */
export const isAmong = (one: Nominee, others: readonly Nominee[]): boolean =>
  others.some(({ name, member }) => (one.member === null || member === null ? one.name === name : one.member === member))

import { nameWritten } from '../ballots/marks.ts'

/** A person of the branch as an election found them at its opening. Only a full member with all rights can be elected. */
export interface Stander {
  id: string
  name: string
  mayStand: boolean
}

/** The tellers' word on a name: a member, somebody who cannot be elected, or nobody whom they could make out. */
export type TellersAnswer = { member: string } | 'ineligible' | 'unread'

/** A name on the ballots as the tellers reported it, with their answer where they were asked. */
export interface WriteIn {
  name: string
  for: number
  answer?: TellersAnswer
}

/** A written-in name that was matched. Only a `member` can be elected, and `asked` waits for the tellers. */
export interface MatchedWriteIn {
  name: string
  for: number
  is: 'member' | 'ineligible' | 'unread' | 'asked'
  /** The person meant, under their own name; `member` is null in older elections. */
  meant: { name: string; member: string | null } | null
}

const named = (name: string, people: readonly Stander[]) => people.filter((one) => nameWritten(one.name) === nameWritten(name))

/** The names that nobody can match alone: no person bears them, or several do and one of them may stand. */
function isDoubtful(name: string, people: readonly Stander[]): boolean {
  const called = named(name, people)
  return called.length === 0 || (called.length > 1 && called.some(({ mayStand }) => mayStand))
}

/**
 * Matches the names to the people of the branch. The tellers are asked about a doubtful name; a ballot by card has no tellers, and the
 * name stays unread. An election opened before its people were kept (`people` null) takes each name as it did then.
 */
export function matched(writeIns: readonly WriteIn[], people: readonly Stander[] | null, byCard: boolean): MatchedWriteIn[] {
  return writeIns.map(({ name, for: votes, answer }) => {
    const nobody = (is: Exclude<MatchedWriteIn['is'], 'member'>) => ({ name, for: votes, is, meant: null })
    if (people === null) return { name, for: votes, is: 'member', meant: { name, member: null } }
    const isInDoubt = isDoubtful(name, people)
    if (isInDoubt && answer === undefined) return nobody(byCard ? 'unread' : 'asked')
    if (isInDoubt && typeof answer === 'string') return nobody(answer)
    const only = typeof answer === 'object' && isInDoubt ? people.find(({ id }) => id === answer.member) : named(name, people)[0]
    return only?.mayStand ? { name, for: votes, is: 'member', meant: { name: only.name, member: only.id } } : nobody('ineligible')
  })
}

/** A corrected count keeps the tellers' answers about the names that it still has. */
export const answersKept = (writeIns: readonly WriteIn[], before: readonly WriteIn[]): WriteIn[] =>
  writeIns.map((one) => {
    const answer = before.find(({ name }) => name === one.name)?.answer
    return answer === undefined ? one : { ...one, answer }
  })

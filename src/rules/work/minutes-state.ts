import { addDays, type Day, day, moment } from '../../calendar.ts'
import { branchSeats, type SeatRole } from '../branches/rights.ts'
import type { GatheringKind } from '../gatherings/gatherings.ts'
import { addWorkdays } from '../time/workdays.ts'

const DUE_WORKDAYS = 5
export const MOST_POINTS = 1_000
export const MOST_REASON = 100

/** The kinds whose minutes are due: without them 30.records is in breach. */
export const minutedKinds: readonly GatheringKind[] = ['general', 'committee', 'group', 'life']

/** The last day for confirming the minutes. */
export const minutesDueOn = (closedAt: Date): Day => addWorkdays(day(closedAt), DUE_WORKDAYS)

/** The moment from which minutes that nobody confirmed are late. */
export const minutesLateFrom = (closedAt: Date): number => moment(addDays(minutesDueOn(closedAt), 1)).getTime()

export type MinutesState = 'none' | 'draft' | 'returned' | 'submitted' | 'reopened' | 'locked'

/** The moments that decide the state. */
export interface MinutesMoments {
  submittedAt: Date | null
  returnedBecause: string | null
  reopenedAt: Date | null
  confirmedAt: Date | null
}

/** Re-opened minutes wait for a confirmation again, as submitted ones do. */
export function stateOfMinutes(it: MinutesMoments | null | undefined): MinutesState {
  if (!it) return 'none'
  if (it.confirmedAt) return 'locked'
  if (it.submittedAt) return it.reopenedAt ? 'reopened' : 'submitted'
  return it.returnedBecause === null ? 'draft' : 'returned'
}

/** Somebody who was there. */
export interface There {
  id: string
  name: string
  isFull: boolean
  roles: readonly SeatRole[]
}

const recording: readonly SeatRole[] = ['organisation', 'publicity', 'deputy', 'secretary', 'discipline', 'committeeMember', 'leader']
const isSeated = ({ roles }: There) => roles.some((role) => role === 'leader' || branchSeats.some((seat) => seat === role))
const rank = ({ roles }: There) => Math.min(...roles.map((role) => recording.indexOf(role)).filter((at) => at >= 0))

/** The people who may record: the committee, and the leader of a group's meeting, as far as they were there. */
export const recorders = (there: readonly There[]): There[] => there.filter(isSeated).toSorted((a, b) => rank(a) - rank(b))

/** Organisation records, else publicity, else another of the committee; the host only where nobody else of it was there. */
export function recorderFor(there: readonly There[], host: string): string {
  const seated = recorders(there)
  return (seated.find(({ id }) => id !== host) ?? seated[0])?.id ?? host
}

/**
 * The people who may confirm: the committee that was there, without the recorder. Where the recorder alone was there of it, any full member
 * who was there. Null where nobody is left: the assessor confirms.
 */
export function confirmers(there: readonly There[], recorder: string): There[] | null {
  const seated = recorders(there)
  const others = seated.filter(({ id }) => id !== recorder)
  if (others.length > 0) return others
  const full = seated.length > 0 ? there.filter(({ id, isFull }) => isFull && id !== recorder) : []
  return full.length > 0 ? full : null
}

/** The one who is asked to confirm: the host, else the first of those who may. */
export const confirmerFor = (those: readonly There[], host: string | null): There | undefined =>
  those.find(({ id }) => id === host) ?? those.toSorted((a, b) => seatOf(a) - seatOf(b))[0]

const seatOf = ({ roles }: There) =>
  Math.min(99, ...roles.map((role) => branchSeats.indexOf(role as (typeof branchSeats)[number])).filter((at) => at >= 0))

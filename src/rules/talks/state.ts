import { DAY_MS } from '../../calendar.ts'

/** A confirmed talk is fixed after this time; until then either of the two takes it back alone. */
export const FIXED_AFTER_MS = DAY_MS

/** A claim without an answer lapses after this time. */
export const LAPSES_AFTER_MS = 30 * DAY_MS

export type TalkState = 'claimed' | 'lapsed' | 'confirmed' | 'fixed' | 'denied' | 'withdrawn'

export interface TalkDates {
  claimedAt: Date
  confirmedAt: Date | null
  deniedAt: Date | null
  withdrawnAt: Date | null
}

export function stateOfTalk({ claimedAt, confirmedAt, deniedAt, withdrawnAt }: TalkDates, now: Date): TalkState {
  if (withdrawnAt) return 'withdrawn'
  if (deniedAt) return 'denied'
  if (confirmedAt) return now.getTime() - confirmedAt.getTime() < FIXED_AFTER_MS ? 'confirmed' : 'fixed'
  return now.getTime() - claimedAt.getTime() < LAPSES_AFTER_MS ? 'claimed' : 'lapsed'
}

/** Only a talk that both have confirmed counts. */
export const counts = (talk: TalkDates): boolean => talk.confirmedAt !== null && talk.withdrawnAt === null

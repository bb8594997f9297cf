import { addMinutes, DAY_MS } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import { courteousFrom } from '../time/courtesy.ts'

type Punctuality = 'early' | 'on time' | 'late' | 'over'

export const punctualityNames: Readonly<Record<Punctuality, Text>> = {
  early: t('签到未开始', 'check-in not open yet'),
  'on time': t('准时', 'on time'),
  late: t('迟到', 'late'),
  over: t('已结束', 'over'),
}

const OPENS_BEFORE_MINUTES = 30

export const opensAt = ({ startsAt }: { startsAt: Date }): Date => addMinutes(startsAt, -OPENS_BEFORE_MINUTES)

export const REMINDED_BEFORE_MINUTES = 60

/** The group is reminded once within the hour before, at a courteous time if there is one. */
export const remindedAt = ({ startsAt }: { startsAt: Date }): Date => courteousFrom(addMinutes(startsAt, -REMINDED_BEFORE_MINUTES))

/** The start itself is still on time. The end itself is over, as it is for the clock that closes the gathering. */
export function punctualityAt(gathering: { startsAt: Date; endsAt: Date }, at: Date): Punctuality {
  if (at < opensAt(gathering)) return 'early'
  if (at >= gathering.endsAt) return 'over'
  return at <= gathering.startsAt ? 'on time' : 'late'
}

/** After this, attendance changes only through a re-opening with a reason, which lasts as long again. */
const locksAt = (closedAt: Date): Date => new Date(closedAt.getTime() + DAY_MS)

export const isLocked = (closedAt: Date | null, at: Date, reopenedAt: Date | null = null): boolean =>
  closedAt !== null && at >= locksAt(closedAt) && (reopenedAt === null || at >= locksAt(reopenedAt))

/** Nothing of the meeting is corrected any more: the time for it is over, or the minutes are confirmed. */
export const isFixed = (
  { closedAt, reopenedAt, isMinuted }: { closedAt: Date | null; reopenedAt: Date | null; isMinuted: boolean },
  at: Date,
): boolean => isMinuted || isLocked(closedAt, at, reopenedAt)

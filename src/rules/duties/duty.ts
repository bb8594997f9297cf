import type { Day, Period } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { Proof } from '../standards/standard.ts'
import type { PartId, StandardId } from '../standards/standards.ts'
import type { Judged } from './facts.ts'

export type DutyState = 'upcoming' | 'due soon' | 'overdue' | 'met' | 'met late' | 'missed' | 'not applicable' | 'excused'

export const stateNames: Readonly<Record<DutyState, Text>> = {
  upcoming: t('未到期', 'not due yet'),
  'due soon': t('即将到期', 'due soon'),
  overdue: t('已逾期，可补办', 'overdue, can still be made up'),
  met: t('按期完成', 'met'),
  'met late': t('逾期补办', 'met late'),
  missed: t('未完成', 'missed'),
  'not applicable': t('不适用', 'not applicable'),
  excused: t('上级同意免除', 'excused by the upper level'),
}

export interface Duty {
  part: PartId
  standard: StandardId
  /** The group or activist it is about; empty for the branch. */
  subject: string
  period: Period
  /** 1, or the how-manieth of the period where a rulebook asks for several. */
  nth: number
  dueOn: Day
  /** The last day on which it can still be met, late. */
  graceEndsOn: Day
  state: DutyState
  basis: Proof
  /** Not due in this quarter: it keeps the state of when it last was. */
  kept?: true
  evidence?: { gathering: string; at: Date }
  attested?: { id: string; on: Day; isConfirmed: boolean }
  judged?: Pick<Judged, 'permille' | 'byUpper' | 'reason'>
  /** What the bot gathered for a person to confirm. */
  gathered?: readonly { gathering: string; at: Date }[]
}

/** By our own records: what somebody gave a date for, or judged, is never called proved. */
export const isProved = ({ judged, evidence, basis, state }: Pick<Duty, 'judged' | 'evidence' | 'basis' | 'state'>): boolean =>
  !judged && (evidence !== undefined || (basis === 'roster' && state === 'met'))

/** A duty as it is named on a card and found again: part, period, whose, and the how-manieth. */
export const dutyKey = ({ part, period, subject, nth }: { part: string; period: Period; subject: string; nth: number }) =>
  `${part} ${period} ${nth}${subject ? ` ${subject}` : ''}`

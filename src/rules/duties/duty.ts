import type { Day, Period } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { Proof } from '../standards/standard.ts'
import type { PartId, StandardId } from '../standards/standards.ts'
import type { Breach } from './breaches.ts'
import type { Attested, Evidence, Judged } from './facts.ts'

/** `waiting`: the branch gave its word in time, and the assessor has not decided. Nobody loses or gains by that silence. */
export type DutyState = 'upcoming' | 'due soon' | 'overdue' | 'waiting' | 'met' | 'met late' | 'missed' | 'not applicable' | 'excused'

export const stateNames: Readonly<Record<DutyState, Text>> = {
  upcoming: t('未到期', 'not due yet'),
  'due soon': t('即将到期', 'due soon'),
  overdue: t('已逾期，可补办', 'overdue, can still be made up'),
  waiting: t('待确认', 'waiting to be confirmed'),
  met: t('按期完成', 'met'),
  'met late': t('逾期补办', 'met late'),
  missed: t('未完成', 'missed'),
  'not applicable': t('不适用', 'not applicable'),
  excused: t('上级同意免除', 'excused by the upper level'),
}

export type Proposed = Pick<Judged, 'verdict' | 'permille'>

/** Evidence as a duty keeps it: enough to name and to open it. */
export type Held = Pick<Evidence, 'source' | 'sourceKind' | 'at'>

export interface Duty {
  part: PartId
  standard: StandardId
  /** The group or activist that owes the duty; empty for the branch. */
  subject: string
  period: Period
  /** 1, or the number within the period where a rulebook asks for several. */
  nth: number
  dueOn: Day
  /** The last day on which the duty can still be met, late. */
  graceEndsOn: Day
  state: DutyState
  basis: Proof
  /** The duty is not due in this quarter and keeps its last state. */
  kept?: true
  evidence?: Held
  /** The last quarter's debt is paid before this duty, with what was held on a day or is held next. */
  paysFirst?: { period: Period; heldOn: Day | null }
  attested?: Pick<Attested, 'id' | 'on' | 'isConfirmed' | 'isLate' | 'saysNone'>
  /** The branch's answer on an S item. It counts nothing: the assessor's word decides. */
  proposed?: Proposed
  judged?: Pick<Judged, 'permille' | 'byUpper' | 'reason'>
  /** The reasons for which it does not hold, while it is open or missed. */
  breaches?: readonly Pick<Breach, 'what' | 'from'>[]
  /** The gatherings that the bot found for a person to confirm. */
  gathered?: readonly Held[]
}

/** The upper level lets a branch be without a committee until a day. The committee's duties are then not asked. */
export interface CommitteeExcuse {
  until: Day
  reason: string
}

/** Our own records prove a duty. A date given by somebody, or a judgement, is never called proof. */
export const isProved = ({ judged, evidence, basis, state }: Pick<Duty, 'judged' | 'evidence' | 'basis' | 'state'>): boolean =>
  !judged && (evidence !== undefined || (basis === 'roster' && state === 'met'))

/** Names a duty on a card, to find it again: part, period, number and subject. */
export const dutyKey = ({ part, period, subject, nth }: { part: string; period: Period; subject: string; nth: number }) =>
  `${part} ${period} ${nth}${subject ? ` ${subject}` : ''}`

import { addQuarters, type Day, type Period, type Quarter } from '../../src/calendar.ts'
import { dutiesOf } from '../../src/rules/duties/duties.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { Asked, Evidence, Subject } from '../../src/rules/duties/facts.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'

/** A branch as its duties see it: everything in order, unless said otherwise. */
export const anAsked = (more: Partial<Asked> = {}): Asked => ({
  since: '2020-01-01',
  hasCommittee: () => true,
  groups: [],
  activists: [],
  inDevelopment: false,
  breaches: (['4.term', '4.seats'] as const).map((part) => ({ part, from: 0, until: null, what: null })),
  ...more,
})

/** A group or an activist that was always there, unless said otherwise. */
export const aSubject = (id: string, more: Partial<Subject> = {}): Subject => ({ id, since: '2020-01-01', until: null, ...more })

/** Committee and general meetings alone, where a test is about dates and not about which standard. The quarter before is closed. */
export const meetingDuties = (
  branch: { since: Day; hasCommittee: (period: Period) => boolean },
  quarter: Quarter,
  evidence: readonly Omit<Evidence, 'subject'>[],
  now: Date,
  rulebook: Rulebook,
): Duty[] =>
  dutiesOf(
    anAsked(branch),
    quarter,
    { evidence: evidence.map((one) => ({ ...one, subject: '' })), attested: [], judged: [], closedThrough: addQuarters(quarter, -1) },
    now,
    rulebook,
  ).filter(({ part }) => part === '12.committee' || part === '12.general')

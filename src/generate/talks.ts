import { type Db, type Statement, statementOf } from '../../db/client.ts'
import { contacts, talks } from '../../db/talks/tables.ts'
import { addMonths, type Day, moment, month } from '../calendar.ts'
import { branchSeats } from '../rules/branches/rights.ts'
import { opinionDueOn } from '../rules/talks/due.ts'
import type { TalkKind } from '../rules/talks/kinds.ts'
import { pairOf } from '../rules/talks/pair.ts'
import type { MadeBranch } from './people.ts'

/** Talks of a sample branch are held in the middle of past months. This quarter's are left to the visitor. */
const HELD_ON = '-16'

/**
 * Gives a sample branch a contact for each of those under development, and talks in the past year. No chance is
 * drawn for them, so that the branch's other facts stay as they were.
 */
export function talksOf(db: Db, unit: string, branch: Pick<MadeBranch, 'id' | 'people'>, until: Date): Statement[] {
  const { id, people } = branch
  const growing = people.filter(({ stage }) => stage === 'activist' || stage === 'applicant')
  const seated = people.filter(({ roles }) => branchSeats.some((seat) => roles.some((role) => role === seat)))
  const members = people.filter((one) => one.stage === 'full' && !seated.includes(one))
  const [secretary, second] = seated
  const contact = members[0] ?? second
  if (!secretary || !contact) return []
  const named = growing.map(({ id: member }, nth) => ({
    id: `contact-${id}-${nth}`,
    branch: id,
    member,
    contact: contact.id,
    fromOn: dayBack(until, 10),
    setBy: secretary.id,
    setAt: moment(dayBack(until, 10), '10:00'),
  }))
  const held: { one: string; other: string; kind: TalkKind; back: number }[] = [
    ...growing
      .filter(({ stage }) => stage === 'activist')
      .flatMap((one) => [9, 6, 3].map((back) => ({ one: contact.id, other: one.id, kind: 'activist' as const, back }))),
    ...(second ? [{ one: secretary.id, other: second.id, kind: 'withinCommittee' as const, back: 5 }] : []),
    ...members.slice(0, 1).map((one) => ({ one: secretary.id, other: one.id, kind: 'committeeMember' as const, back: 4 })),
  ]
  const rows = held.map(({ one, other, kind, back }, nth) => {
    const onDay = dayBack(until, back)
    return {
      id: `talk-${id}-${nth}`,
      unit,
      branch: id,
      ...pairOf(one, other),
      kind,
      onDay,
      claimedBy: one,
      claimedAt: moment(onDay, '16:00'),
      confirmedAt: moment(onDay, '18:30'),
      opinionDueOn: kind === 'activist' ? opinionDueOn(onDay) : null,
    }
  })
  return [
    ...(named.length > 0 ? [statementOf(db.insert(contacts).values(named))] : []),
    ...(rows.length > 0 ? [statementOf(db.insert(talks).values(rows))] : []),
  ]
}

const dayBack = (until: Date, months: number): Day => `${addMonths(month(until), -months)}${HELD_ON}`

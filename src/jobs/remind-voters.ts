import { voterSubject } from '../../db/ballots/cast.ts'
import { voterCard } from '../../db/ballots/open.ts'
import { allOpen, notVoted } from '../../db/ballots/voter-cards.ts'
import { type Db, lookUp, type Statement, statementOf } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { giveWay } from '../../db/ledgers/renew.ts'
import { day } from '../calendar.ts'
import { type Nudge, nudgeDays } from '../rules/duties/nudges.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import { batchesOf } from './each.ts'
import type { Job, Lot } from './job.ts'

/** The number of people reminded in one round trip. */
const LOT = 50

/**
 * A member who has not voted gets their card again, in mid-ballot and on its last working day. Nobody else learns who that is. The cursor is
 * the last ballot and member. A second reminder would retire the card that they have just got.
 */
export const remindVoters: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  const [lastBallot, lastMember] = from ? (JSON.parse(from) as [string, string]) : ['', '']
  const [open] = await lookUp(db, [allOpen(db, now)])
  for (const { id, openedAt, closesAt } of open) {
    const days = nudgeDays(new Date(openedAt), new Date(closesAt))
    const nudge = (['middle', 'last'] as const).find((which) => days[which] === day(now))
    if (!nudge || id < lastBallot) continue
    const [people] = await lookUp(db, [notVoted(db, id)])
    const left = people.filter(({ member }) => id > lastBallot || member > lastMember)
    for (const lot of batchesOf(left, LOT))
      yield { statements: lot.flatMap((one) => reminderTo(db, id, one, nudge, now)), cursor: JSON.stringify([id, lot.at(-1)?.member]) }
  }
}

function reminderTo(db: Db, ballot: string, { member, openId }: { member: string; openId: string }, nudge: Nudge, now: Date): Statement[] {
  const { view, args } = voterCard(ballot, member)
  return [
    ...giveWay(db, voterSubject(ballot, member), now),
    statementOf(
      enqueue(db, {
        occasion: `nudge ${nudge} ${ballot} ${member}`,
        to: { person: openId },
        view,
        args: { ...args, reminder: true },
        dueAt: spread(now, openId),
        lane: 'bulk',
        unasked: true,
      }),
    ),
  ]
}

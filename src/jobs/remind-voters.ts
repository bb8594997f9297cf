import { voterSubject } from '../../db/ballots/cast.ts'
import { voterCard } from '../../db/ballots/open.ts'
import { allOpen, notVoted } from '../../db/ballots/voter-cards.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { giveWay } from '../../db/ledgers/renew.ts'
import { day } from '../calendar.ts'
import { type Nudge, nudgeDays } from '../rules/duties/nudges.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import { batchesOf, eachOf } from './each.ts'
import type { Job } from './job.ts'

/** A member who has not voted gets their card again, in mid-ballot and on its last working day. Nobody else learns who that is. */
export const remindVoters: Job = async ({ db, slot, now }) => {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  const [open] = await lookUp(db, [allOpen(db, now)])
  const nudges = open.flatMap(({ id, openedAt, closesAt }) => {
    const days = nudgeDays(new Date(openedAt), new Date(closesAt))
    const nudge = (['middle', 'last'] as const).find((which) => days[which] === day(now))
    return nudge ? [{ id, nudge }] : []
  })
  await eachOf(nudges, ({ id, nudge }) => remind(db, id, nudge, now))
}

const BATCH = 50

async function remind(db: Db, ballot: string, nudge: Nudge, now: Date) {
  const [people] = await lookUp(db, [notVoted(db, ballot)])
  for (const batch of batchesOf(people, BATCH)) {
    await together(
      db,
      batch.flatMap(({ member, openId }) => {
        const { view, args } = voterCard(ballot, member)
        const to = { person: openId }
        const dueAt = spread(now, openId)
        return [
          ...giveWay(db, voterSubject(ballot, member), now),
          enqueue(db, {
            occasion: `nudge ${nudge} ${ballot} ${member}`,
            to,
            view,
            args: { ...args, reminder: true },
            dueAt,
            lane: 'bulk',
            unasked: true,
          }),
        ]
      }),
    )
  }
}

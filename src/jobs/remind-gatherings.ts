import { host } from '../../cards/gatherings/host.ts'
import { reminder } from '../../cards/gatherings/reminder.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { chatsOfGathering, reminderOf, startingBetween } from '../../db/gatherings/gatherings.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { refreshAt } from '../../db/ledgers/refresh.ts'
import { addMinutes } from '../calendar.ts'
import { REMINDED_BEFORE_MINUTES } from '../rules/gatherings/attendance.ts'
import { isCourteous } from '../rules/time/courtesy.ts'
import { batchesOf, eachOf } from './each.ts'
import type { Job } from './job.ts'

/** The group gets one post within the hour before a gathering. A gathering called or moved within that hour has been announced already. */
export const remindGatherings: Job = async ({ db, now }) => {
  const [soon] = await lookUp(db, [toRemind(db, now)])
  await eachOf(batchesOf(soon, BATCH), async (batch) => {
    const chats = await lookUp(
      db,
      batch.map(({ id }) => statementOf(chatsOfGathering(db, id))),
    )
    const reminders = batch.flatMap((gathering, nth) => [
      ...(chats[nth] ?? []).map(({ chatId }) =>
        enqueue(db, {
          occasion: `${reminderOf(gathering)} ${chatId}`,
          to: { chat: chatId },
          ...reminder.args({ gathering: gathering.id, startsAt: gathering.startsAt.getTime() }),
          dueAt: now,
          lane: 'bulk',
          unasked: true,
        }),
      ),
      // The host's card offers the end from the start on. A check-in that would renew it may not come.
      ...((chats[nth] ?? []).length > 0
        ? [refreshAt(db, { subject: gathering.id, view: host.args.view, at: gathering.startsAt, now })]
        : []),
    ])
    if (reminders.length > 0) await together(db, reminders)
  })
}

/** None at an hour at which nobody is written to unasked. */
export function toRemind(db: Db, now: Date) {
  const until = isCourteous(now) ? addMinutes(now, REMINDED_BEFORE_MINUTES) : now
  return startingBetween(db, now, until, REMINDED_BEFORE_MINUTES * 60_000)
}

/** The number of gatherings reminded of in one round trip. */
const BATCH = 50

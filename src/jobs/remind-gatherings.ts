import { reminder } from '../../cards/gatherings/reminder.ts'
import { lookUp, together } from '../../db/client.ts'
import { chatsOfGathering, startingBetween } from '../../db/gatherings/gatherings.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { addMinutes } from '../calendar.ts'
import { REMINDED_BEFORE_MINUTES } from '../rules/gatherings/attendance.ts'
import { isCourteous } from '../rules/time/courtesy.ts'
import type { Job } from './job.ts'

/** The group gets one post within the hour before a gathering. A gathering called or moved within that hour has been announced already. */
export const remindGatherings: Job = async ({ db, now }) => {
  if (!isCourteous(now)) return
  const [soon] = await lookUp(db, [startingBetween(db, now, addMinutes(now, REMINDED_BEFORE_MINUTES), REMINDED_BEFORE_MINUTES * 60_000)])
  for (const { id, startsAt } of soon) {
    const [chats] = await lookUp(db, [chatsOfGathering(db, id)])
    if (chats.length === 0) continue
    await together(
      db,
      chats.map(({ chatId }) =>
        enqueue(db, {
          occasion: `remind ${id} ${startsAt.getTime()} ${chatId}`,
          to: { chat: chatId },
          ...reminder.args({ gathering: id, startsAt: startsAt.getTime() }),
          dueAt: now,
          lane: 'bulk',
          unasked: true,
        }),
      ),
    )
  }
}

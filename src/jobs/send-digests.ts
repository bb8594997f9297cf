import { digest } from '../../cards/digest.ts'
import { alarmsFor, caretakers, tell, toldTo } from '../../db/alerts.ts'
import { type Db, together } from '../../db/client.ts'
import { enqueue } from '../../db/outbox.ts'
import { day } from '../calendar.ts'
import { isCourteous, spread } from '../rules/courtesy.ts'
import type { Job } from '../schedule.ts'
import { eachOf } from './each.ts'

/**
 * One message a working day to whoever looks after a branch, when a duty has reached a step of its ladder that they were not told of.
 * A day that is over gets none: what is still open comes with today's.
 */
export const sendDigests: Job = async ({ db, slot, now }) => {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  await eachOf(await caretakers(db), ({ openId }) => digestFor(db, openId, slot, now))
}

async function digestFor(db: Db, person: string, slot: Date, now: Date) {
  const alarms = await alarmsFor(db, person, now)
  const told = new Set((await toldTo(db, person)).map(keyOf))
  const news = alarms
    .map(({ branch, duty, step }) => ({ branch: branch.id, part: duty.part, period: duty.period, step, person, toldOn: day(now) }))
    .filter((alert) => !told.has(keyOf(alert)))
  const dueAt = spread(slot < now ? now : slot, person)
  if (news.length === 0 || !isCourteous(dueAt)) return

  await together(db, [
    tell(db, news),
    enqueue(db, {
      occasion: `digest ${day(now)} ${person}`,
      to: { person },
      ...digest.args({ person }),
      dueAt,
      lane: 'bulk',
      unasked: true,
    }),
  ])
}

const keyOf = ({ branch, part, period, step }: { branch: string; part: string; period: string; step: number }) =>
  `${branch} ${part} ${period} ${step}`

import { type Db, lookUp, together } from '../../db/client.ts'
import { selfViewFor, selfViewSubject } from '../../db/evaluation/run.ts'
import { type EvaluationAsItStands, evaluationById, openEvaluations } from '../../db/evaluation/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { giveWay } from '../../db/ledgers/renew.ts'
import { day } from '../calendar.ts'
import { type Nudge, nudgeDays } from '../rules/duties/nudges.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/**
 * A member who has not written of themself gets the form again, in the middle of its days and on the last. Nobody else learns who that is.
 */
export const remindEvaluated: Job = async ({ db, slot, now }) => {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  const [open] = await lookUp(db, [openEvaluations(db)])
  await eachOf(open, async ({ id }) => {
    const it = await evaluationById(db, id)
    if (!it || it.people.some(({ grade }) => grade !== null)) return
    const days = nudgeDays(it.openedAt, it.selfUntil)
    const nudge = (['middle', 'last'] as const).find((which) => days[which] === day(now))
    if (nudge) await remind(db, it, nudge, now)
  })
}

async function remind(db: Db, { id, people }: EvaluationAsItStands, nudge: Nudge, now: Date) {
  const silent = people.flatMap(({ member, openId, isGone, self }) => (openId && !isGone && !self ? [{ member, openId }] : []))
  if (silent.length === 0) return
  await together(
    db,
    silent.flatMap(({ member, openId }) => [
      ...giveWay(db, selfViewSubject(id, member), now),
      enqueue(db, {
        ...selfViewFor(id, { member, openId }, { reminder: true }),
        occasion: `selfView ${nudge} ${id} ${member}`,
        dueAt: spread(now, openId),
        lane: 'bulk',
        unasked: true,
      }),
    ]),
  )
}

import { type Db, lookUp, type Statement, statementOf } from '../../db/client.ts'
import { selfViewFor, selfViewSubject } from '../../db/evaluation/run.ts'
import { type EvaluationAsItStands, evaluationById, openEvaluations } from '../../db/evaluation/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { giveWay } from '../../db/ledgers/renew.ts'
import { day } from '../calendar.ts'
import { type Nudge, nudgeDays } from '../rules/duties/nudges.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import type { Job, Lot } from './job.ts'

/**
 * A member who has not written of themself gets the form again, halfway and on the last day. Nobody else learns who that is.
 */
export const remindEvaluated: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  const [open] = await lookUp(db, [openEvaluations(db)])
  for (const id of open.map((one) => one.id).sort()) {
    if (from && id <= from) continue
    const it = await evaluationById(db, id)
    if (!it || it.people.some(({ grade }) => grade !== null)) continue
    const days = nudgeDays(it.openedAt, it.selfUntil)
    const nudge = (['middle', 'last'] as const).find((which) => days[which] === day(now))
    if (nudge) yield { statements: remindersTo(db, it, nudge, now), cursor: id }
  }
}

const remindersTo = (db: Db, { id, people }: EvaluationAsItStands, nudge: Nudge, now: Date): Statement[] =>
  people.flatMap(({ member, openId, isGone, self }) =>
    openId && !isGone && !self
      ? [
          ...giveWay(db, selfViewSubject(id, member), now),
          statementOf(
            enqueue(db, {
              ...selfViewFor(id, { member, openId }, { reminder: true }),
              occasion: `selfView ${nudge} ${id} ${member}`,
              dueAt: spread(now, openId),
              lane: 'bulk',
              unasked: true,
            }),
          ),
        ]
      : [],
  )

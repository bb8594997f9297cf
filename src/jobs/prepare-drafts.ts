import { draftArgs } from '../../cards/draft.ts'
import { isConstraint, lookUp, together } from '../../db/client.ts'
import { memberById } from '../../db/members.ts'
import { enqueue, refresh } from '../../db/outbox.ts'
import { calledWithin, draftsAhead, keepDraft, openRhythms, type Rhythm, startOf } from '../../db/rhythms.ts'
import { secretariesOf } from '../../db/seats.ts'
import { addDays, day, moment } from '../calendar.ts'
import { placeOfGathering } from '../context.ts'
import { isCourteous, spread } from '../rules/courtesy.ts'
import { type Occurrence, occurrences } from '../rules/rhythms.ts'
import { may } from '../rules/rights.ts'
import { addWorkdays } from '../rules/workdays.ts'
import type { Job, JobContext } from '../schedule.ts'
import { eachOf } from './each.ts'

const AHEAD_WORKDAYS = 5

/** What comes round within five working days is put before its host, once; a draft that was overtaken by hand says so. */
export const prepareDrafts: Job = async (context) => {
  const { db, now } = context
  const ahead = await draftsAhead(db, now)
  const overtaken = ahead.filter(({ called, answer }) => called && !answer)
  if (overtaken.length > 0)
    await together(
      db,
      overtaken.map(({ id, on }) => refresh(db, { subject: draftArgs(id, on).args.subject, at: now, afterPress: false })),
    )
  if (!isCourteous(now)) return
  const isPrepared = new Set(ahead.map(({ id, on }) => `${id} ${on}`))
  await eachOf(await openRhythms(db), async (rhythm) => {
    for (const one of occurrences(rhythm.rule, day(now), addWorkdays(day(now), AHEAD_WORKDAYS)))
      if (startOf(rhythm, one) > now && !isPrepared.has(`${rhythm.id} ${one.named}`)) await prepare(context, rhythm, one)
  })
}

async function prepare({ db, slot, now }: JobContext, rhythm: Rhythm, one: Occurrence) {
  const [from, until] = [moment(one.from), moment(addDays(one.to, 1))]
  const [[already]] = await lookUp(db, [calledWithin(db, rhythm, from, until)])
  const to = already ? null : await hostOf(db, rhythm)
  const dueAt = to && spread(slot < now ? now : slot, to)
  if (!to || !dueAt || !isCourteous(dueAt)) return

  const on = one.named
  await together(db, [
    keepDraft(db, { rhythm: rhythm.id, on, startsAt: startOf(rhythm, one), from, until, preparedAt: now, to }),
    enqueue(db, { occasion: `draft ${rhythm.id} ${on}`, to: { person: to }, ...draftArgs(rhythm.id, on), dueAt }),
  ]).catch((error) => {
    // Another turn of the clock was there first.
    if (!isConstraint(error)) throw error
  })
}

/** Whoever set it, while they may still call it; else the secretary, or the deputy where there is none. */
async function hostOf(db: JobContext['db'], { branch, unit, group, lineage, setBy }: Rhythm): Promise<string | null> {
  const [[setter], secretaries] = await lookUp(db, [memberById(db, unit, setBy), secretariesOf(db, branch)])
  const isStill = setter?.openId && may(setter, 'callGathering', placeOfGathering({ branch, group, unit, lineage }))
  return (isStill ? setter.openId : secretaries[0]?.openId) ?? null
}

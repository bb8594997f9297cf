import { isAssessed, touching } from '../../db/assessment/assessments.ts'
import { digestsTo } from '../../db/assessment/digests.ts'
import { assessorsWaitedFor } from '../../db/assessment/matters.ts'
import { remindersTold, SELF, selfOwing } from '../../db/assessment/reminders.ts'
import { committeesOfBranches, secretariesOfBranches } from '../../db/branches/answering.ts'
import { type Db, lookUp, type Statement, statementOf } from '../../db/client.ts'
import { type Alert, tell } from '../../db/duties/alerts.ts'
import { snoozedOn } from '../../db/duties/quiet.ts'
import { day } from '../calendar.ts'
import { isAssessorsDay, selfStepDue } from '../rules/assessment/reminders.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import { batchesOf } from './each.ts'
import type { Job, Lot } from './job.ts'

/** The number of branches whose people are read at once. */
const LOT = 200

/**
 * Reminds branches that have not sent their quarter up, twice, and assessors of what waits for them. All of it rides in the day's digest:
 * whoever gets one already gets no second.
 */
export const remindAssessed: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  const [all] = await lookUp(db, [selfOwing(db)])
  const owing = all
    .filter((one) => isAssessed(one, one.quarter) && (!from || one.branch > from))
    .sort((a, b) => (a.branch < b.branch ? -1 : 1))
  for (const lot of batchesOf(owing, LOT)) yield { statements: await remindersTo(db, lot, slot, now), cursor: lot.at(-1)?.branch ?? '' }
  yield { statements: await toAssessors(db, slot, now), cursor: '~' }
}

async function remindersTo(db: Db, owing: Awaited<ReturnType<typeof selfOwing>>, slot: Date, now: Date): Promise<Statement[]> {
  const ids = owing.map(({ branch }) => branch)
  const [told, secretaries, committees, snoozed] = await lookUp(db, [
    remindersTold(db, ids),
    secretariesOfBranches(db, ids),
    committeesOfBranches(db, ids),
    snoozedOn(db, day(now)),
  ])
  const isSnoozed = new Set(snoozed.map(({ person }) => person))
  const reminded = owing.flatMap(({ branch, quarter, selfUntil }) => {
    const step = selfStepDue(
      selfUntil,
      told.filter((one) => one.branch === branch && one.quarter === quarter),
      day(now),
    )
    if (step === null) return []
    // The second goes to everybody who may answer: the branch does not lose by one person's silence.
    const people = (step === -1 ? secretaries : committees).filter((one) => one.branch === branch && !isSnoozed.has(one.openId))
    return people.map(({ openId }): Alert => ({ branch, part: SELF, period: quarter, step, person: openId, toldOn: day(now) }))
  })
  if (reminded.length === 0) return []
  const touched = [...Map.groupBy(reminded, ({ period }) => period)]
  return [
    statementOf(tell(db, reminded)),
    ...touched.map(([quarter, some]) =>
      touching(
        db,
        some.map(({ branch }) => branch),
        quarter,
        now,
      ),
    ),
    ...digestsTo(db, due([...new Set(reminded.map(({ person }) => person))], slot, now), now),
  ]
}

async function toAssessors(db: Db, slot: Date, now: Date): Promise<Statement[]> {
  const [waitedFor, snoozed] = await lookUp(db, [assessorsWaitedFor(db), snoozedOn(db, day(now))])
  const isSnoozed = new Set(snoozed.map(({ person }) => person))
  const today = waitedFor.filter(({ openId, isOpen }) => isAssessorsDay(day(now), isOpen) && !isSnoozed.has(openId))
  const people = today.map(({ openId }) => openId)
  return digestsTo(db, due(people, slot, now), now)
}

const due = (people: readonly string[], slot: Date, now: Date) =>
  people.map((person) => ({ person, dueAt: spread(slot < now ? now : slot, person) }))

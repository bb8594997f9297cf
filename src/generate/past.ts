import { unclosed } from '../../db/assessment/assessments.ts'
import { publishAssessment } from '../../db/assessment/publish.ts'
import { assessorsOf } from '../../db/branches/answering.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { addDays, addQuarters, type Day, day, moment, quarter } from '../calendar.ts'
import { tick } from '../clock/schedule.ts'
import { firstWorkdayOf } from '../rules/time/workdays.ts'

/** An assessment opens on its first day, is published after the review, and closes after the appeals. */
const DAYS_TO_OPEN_PUBLISH_AND_CLOSE = [0, 48, 70]

/** Lets the product’s own clock assess the quarters that lie wholly in a year of made facts. The assessors publish: the clock never does. */
export async function liveThrough(db: Db, since: Day, until: Date, log: (event: Record<string, unknown>) => void): Promise<void> {
  const after = Array.from({ length: 4 }, (_, nth) => firstWorkdayOf(addQuarters(quarter(moment(since)), nth + 2)))
  const days = after.flatMap((first) => DAYS_TO_OPEN_PUBLISH_AND_CLOSE.map((later) => addDays(first, later)))
  const evenings = [...days, addDays(day(until), -1)].sort().map((on) => moment(on, '22:00'))
  for (const at of evenings.filter((evening) => evening < until)) {
    await tick(db, at, log)
    await publishReviewed(db, at)
  }
  // The messages of that year count as said.
  await together(db, [{ sql: 'delete from outbox', args: [], map: () => undefined }])
}

/** The assessors publish what they were to have reviewed by now. */
async function publishReviewed(db: Db, at: Date) {
  const [open] = await lookUp(db, [unclosed(db)])
  for (const { assessment } of open) {
    if (assessment.publishedAt || day(at) <= assessment.reviewUntil) continue
    const [[assessor]] = await lookUp(db, [assessorsOf(db, assessment.committee)])
    if (assessor) await publishAssessment(db, assessment, assessor.member, at)
  }
}

import { unclosed } from '../../db/assessment/assessments.ts'
import { finishClosing } from '../../db/assessment/close.ts'
import { beginClosing, publishAssessment } from '../../db/assessment/open-and-publish.ts'
import { lookUp } from '../../db/client.ts'
import { CLOCK } from '../../db/ledgers/audit.ts'
import { day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import { clockPublishesOn } from '../rules/assessment/assessment.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/**
 * The clock closes an assessment after the window for appeals if none waits for an answer, or once an assessor pressed. It publishes one
 * that nobody published for two weeks after the review. Nothing is left hanging, and nothing counts that was not judged.
 */
export const closeAssessments: Job = async ({ db, now }) => {
  const [open] = await lookUp(db, [unclosed(db)])
  await eachOf(open, async ({ assessment, unit, appealsWaiting }) => {
    const { committee, quarter, closingAt, publishedAt, appealsUntil, reviewUntil } = assessment
    if (closingAt) return finishClosing(db, { ...assessment, unit }, now)
    if (!publishedAt && day(now) > clockPublishesOn(reviewUntil))
      return void (await publishAssessment(db, assessment, CLOCK, now).catch(unlessDone))
    if (publishedAt && appealsUntil && day(now) > appealsUntil && appealsWaiting === 0) {
      const isBegun = await beginClosing(db, { committee, quarter, unit, by: CLOCK }, now).then(() => true, unlessDone)
      if (isBegun) await finishClosing(db, { ...assessment, closingAt: now, unit }, now)
    }
  })
}

/** A refusal means that an assessor was quicker. */
function unlessDone(error: unknown): false {
  if (error instanceof Refusal) return false
  throw error
}

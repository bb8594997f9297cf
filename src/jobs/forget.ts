import { forgetAssessmentDrafts } from '../../db/assessment/table-drafts.ts'
import { together } from '../../db/client.ts'
import { forgetAlerts } from '../../db/duties/alerts.ts'
import { forgetDeliveries, KEPT_FOR_MS } from '../../db/ledgers/deliveries.ts'
import { forgetRuns } from '../../db/ledgers/job-runs.ts'
import { forgetPosts, forgetSent } from '../../db/ledgers/outbox.ts'
import { forgetAsks } from '../../db/roster/asks.ts'
import { forgetDrafts } from '../../db/roster/drafts.ts'
import { forgetMoves } from '../../db/roster/proposals.ts'
import { forgetRulebookAsks, forgetRulebookDrafts } from '../../db/rulebook/drafts.ts'
import { forgetHolidayDrafts } from '../../db/rulebook/holidays.ts'
import { day } from '../calendar.ts'
import type { Job } from './job.ts'

/**
 * Rows that only protect from repeats are forgotten when no repeat can come any more. Words about people go in the night of the day that
 * stands beside them.
 */
export const forget: Job = async ({ db, now }) => {
  const before = new Date(now.getTime() - KEPT_FOR_MS)
  await together(db, [
    forgetDeliveries(db, before),
    forgetSent(db, before),
    ...forgetPosts(db, now),
    forgetDrafts(db, now),
    forgetAsks(db, now),
    forgetHolidayDrafts(db, now),
    forgetRulebookDrafts(db, now),
    forgetRulebookAsks(db, now),
    forgetMoves(db, now),
    forgetAssessmentDrafts(db, now),
    forgetAlerts(db, day(now)),
    forgetRuns(db, now),
  ])
  const [{ forgetNotes }, { forgetOpinions }, { forgetWorryDrafts }] = await Promise.all([
    import('../../db/talks/notes.ts'),
    import('../../db/talks/opinions.ts'),
    import('../../db/talks/worries.ts'),
  ])
  await together(db, [...forgetNotes(db, now), ...forgetOpinions(db, now), forgetWorryDrafts(db, now)])
}

import { forgetAssessmentDrafts } from '../../db/assessment-drafts.ts'
import { together } from '../../db/client.ts'
import { forgetDeliveries, KEPT_FOR_MS } from '../../db/deliveries.ts'
import { forgetHolidayDrafts } from '../../db/holidays.ts'
import { forgetPosts, forgetSent } from '../../db/outbox.ts'
import { forgetDrafts } from '../../db/roster-drafts.ts'
import { forgetAsks } from '../../db/roster-files.ts'
import { forgetMoves } from '../../db/roster-proposals.ts'
import { forgetRulebookAsks, forgetRulebookDrafts } from '../../db/rulebook-drafts.ts'
import type { Job } from '../schedule.ts'

/** What only protects from repeats is forgotten when no repeat can come any more. */
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
  ])
}

import { forgetAssessmentDrafts } from '../../db/assessment/table-drafts.ts'
import { together } from '../../db/client.ts'
import { forgetAlerts } from '../../db/duties/alerts.ts'
import { forgetDeliveries, KEPT_FOR_MS } from '../../db/ledgers/deliveries.ts'
import { forgetRuns } from '../../db/ledgers/job-runs.ts'
import { forgetPosts, forgetSent } from '../../db/ledgers/outbox.ts'
import { refreshAll } from '../../db/ledgers/refresh.ts'
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
export const forget: Job = async ({ db, now, slot, tells }) => {
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
  const [{ forgetNotes }, { forgetOpinions }, { forgetWorryDrafts }, { lapsedShown }, { forgetForms }, { enterUnsigned }, { BOARDS }] =
    await Promise.all([
      import('../../db/talks/notes.ts'),
      import('../../db/talks/opinions.ts'),
      import('../../db/talks/worries.ts'),
      import('../../db/talks/lasting-cards.ts'),
      import('../../db/voices/speak.ts'),
      import('../../db/voices/night.ts'),
      import('../../db/pledges/board-messages.ts'),
    ])
  // Cards of the board lose whoever left, and all names before they can no longer be changed.
  await together(db, [forgetForms(db, slot), ...enterUnsigned(db, now, day(now)), refreshAll(db, { beginning: BOARDS, at: now })])
  const [notes, opinions, worryDrafts] = [forgetNotes(db, now), forgetOpinions(db, now), forgetWorryDrafts(db, now)]
  // Each slot is a day, and a missed one is caught up.
  const gone = await together(db, [...notes, ...opinions, worryDrafts, ...(await lapsedShown(db, slot, now))])
  // Each list ends with its deletion.
  const [lastNote, lastOpinion] = [notes.length - 1, notes.length + opinions.length - 1]
  tells?.({ notes: Number(gone[lastNote]), opinions: Number(gone[lastOpinion]), worryDrafts: Number(gone[lastOpinion + 1]) })
}

import { reviewOfCommittee } from '../../cards/assessment/review.ts'
import { unclosed } from '../../db/assessment/assessments.ts'
import { assessorsOf, nearest } from '../../db/branches/answering.ts'
import { lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { day } from '../calendar.ts'
import { courteousFrom, spread } from '../rules/time/courtesy.ts'
import { nextWorkday } from '../rules/time/workdays.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** The assessors get the review once, when the branches’ days are over. */
export const askAssessors: Job = async ({ db, slot, now }) => {
  const [open] = await lookUp(db, [unclosed(db)])
  const today = open.filter(({ assessment }) => !assessment.publishedAt && nextWorkday(assessment.selfUntil) === day(slot))
  await eachOf(today, async ({ assessment: { committee, quarter } }) => {
    const [assessors] = await lookUp(db, [assessorsOf(db, committee)])
    if (assessors.length === 0) return
    await together(
      db,
      nearest(assessors).map(({ openId }) =>
        enqueue(db, {
          occasion: `review ${committee} ${quarter} ${openId}`,
          to: { person: openId },
          ...reviewOfCommittee(committee, quarter),
          dueAt: courteousFrom(spread(courteousFrom(now), openId)),
          lane: 'bulk',
        }),
      ),
    )
  })
}

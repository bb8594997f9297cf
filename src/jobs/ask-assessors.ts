import { reviewOfCommittee } from '../../cards/assessment/review.ts'
import { unpublished } from '../../cards/assessment/unpublished.ts'
import { type Assessment, unclosed } from '../../db/assessment/assessments.ts'
import { adminsOf, assessorsOf, nearest } from '../../db/branches/answering.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { day } from '../calendar.ts'
import { askedAboveOn } from '../rules/assessment/assessment.ts'
import { afterTheDigests } from '../rules/time/courtesy.ts'
import { nextWorkday } from '../rules/time/workdays.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** The assessors get the review once, when the branches’ days are over. One who lets it lie is passed over: the level above is asked. */
export const askAssessors: Job = async ({ db, slot, now }) => {
  const [open] = await lookUp(db, [unclosed(db)])
  const waiting = open.filter(({ assessment }) => !assessment.publishedAt)
  const today = waiting.filter(({ assessment }) => nextWorkday(assessment.selfUntil) === day(slot))
  // The outbox forgets what it sent; the day alone sees to it that nobody is asked twice.
  const late = waiting.filter(({ assessment }) => askedAboveOn(assessment.reviewUntil) === day(slot))
  await eachOf(late, ({ assessment, unit }) => askAbove(db, assessment, unit, now))
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
          dueAt: afterTheDigests(now, openId),
          lane: 'bulk',
        }),
      ),
    )
  })
}

/** The assessors of the next committee above may judge and publish. Where there is none, the administrators appoint somebody who may. */
async function askAbove(db: Db, { committee, quarter }: Pick<Assessment, 'committee' | 'quarter'>, unit: string, now: Date) {
  const [assessors, admins] = await lookUp(db, [assessorsOf(db, committee), adminsOf(db, unit)])
  const idle = nearest(assessors).map(({ member }) => member)
  const above = nearest(assessors.filter(({ depth, member }) => depth > (assessors[0]?.depth ?? 0) && !idle.includes(member)))
  const asked =
    above.length > 0
      ? above.map(({ openId }) => ({ openId, ...reviewOfCommittee(committee, quarter) }))
      : admins.map(({ openId }) => ({ openId, ...unpublished.args({ committee, quarter }) }))
  await together(
    db,
    asked.map(({ openId, ...shown }) =>
      enqueue(db, {
        occasion: `review above ${committee} ${quarter} ${openId}`,
        to: { person: openId },
        ...shown,
        dueAt: afterTheDigests(now, openId),
        lane: 'bulk',
      }),
    ),
  )
}

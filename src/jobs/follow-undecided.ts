import { closeFollower, type Following, following, followingStep } from '../../db/assessment/followers.ts'
import { publishFollowers } from '../../db/assessment/publish.ts'
import { lookUp } from '../../db/client.ts'
import { day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/**
 * A branch that was published as undecided follows once its last word is decided. The deed is that of the person who published the quarter.
 * It closes after its own time for appeals, when the others are closed.
 */
export const followUndecided: Job = async ({ db, now }) => {
  const [open] = await lookUp(db, [following(db)])
  const steps = open.map((one) => ({ one, step: followingStep(one, day(now)) }))
  const touched = steps.flatMap(({ one, step }) => (step === 'publish' ? [one] : []))
  await eachOf([...Map.groupBy(touched, ({ committee, quarter }) => `${committee} ${quarter}`).values()], async (theirs) => {
    await publishFollowers(db, together(theirs), now).catch(unlessChanged)
  })
  await eachOf(
    steps.flatMap(({ one, step }) => (step === 'close' ? [one] : [])),
    (one) => closeFollower(db, one, now),
  )
}

function together(theirs: readonly Following[]) {
  const [{ committee, quarter, by }] = theirs as [Following]
  const touchedAt = new Date(Math.max(...theirs.map((one) => one.touchedAt?.getTime() ?? 0)))
  return { committee, quarter, by, touchedAt, branches: theirs.map(({ branch }) => branch) }
}

/** A refusal means that somebody said something meanwhile; the next minute looks again. */
function unlessChanged(error: unknown) {
  if (!(error instanceof Refusal)) throw error
}

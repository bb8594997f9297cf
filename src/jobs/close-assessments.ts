import { unclosed } from '../../db/assessment/assessments.ts'
import { finishClosing } from '../../db/assessment/close.ts'
import { beginClosing } from '../../db/assessment/open-and-close.ts'
import { lookUp, type Statement } from '../../db/client.ts'
import { CLOCK } from '../../db/ledgers/audit.ts'
import { day } from '../calendar.ts'
import { Refusal } from '../refusal.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

type Unclosed = ReturnType<typeof unclosed> extends Statement<(infer T)[]> ? T : never

/**
 * The clock closes an assessment once an assessor pressed, or after the window for appeals if none waits.
 * It never publishes one: that is a person's press.
 */
export const closeAssessments: Job = async ({ db, now }) => {
  const [open] = await lookUp(db, [unclosed(db)])
  await eachOf(open, async ({ assessment, unit, appealsWaiting }) => {
    const { committee, quarter } = assessment
    const step = clockStep({ assessment, unit, appealsWaiting }, now)
    if (step === 'finish') return finishClosing(db, { ...assessment, unit }, now)
    if (step === 'close') {
      const isBegun = await beginClosing(db, { committee, quarter, unit, by: CLOCK }, now).then(() => true, unlessDone)
      if (isBegun) await finishClosing(db, { ...assessment, closingAt: now, unit }, now)
    }
  })
}

/** The clock's next step with an assessment; null while people are at work on it. */
export function clockStep({ assessment, appealsWaiting }: Unclosed, now: Date): 'finish' | 'close' | null {
  const { closingAt, publishedAt, appealsUntil } = assessment
  if (closingAt) return 'finish'
  return publishedAt && appealsUntil && day(now) > appealsUntil && appealsWaiting === 0 ? 'close' : null
}

/** A refusal means that an assessor was quicker. */
function unlessDone(error: unknown): false {
  if (error instanceof Refusal) return false
  throw error
}

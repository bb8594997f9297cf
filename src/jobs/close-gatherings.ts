import { lookUp } from '../../db/client.ts'
import { closeGathering, HeadcountMoved } from '../../db/gatherings/close.ts'
import { unclosedBefore } from '../../db/gatherings/gatherings.ts'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import { CLOCK } from '../../db/ledgers/audit.ts'
import { Refusal } from '../refusal.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** The clock closes a gathering that nobody closed, as of the moment it was to end. */
export const closeGatherings: Job = async ({ db, now }) => {
  const [over] = await lookUp(db, [unclosedBefore(db, now)])
  await eachOf(over, async ({ id }) => {
    const [gathering] = await lookUp(db, [gatheringAsItStands(db, id)])
    if (gathering) await closeGathering(db, gathering, CLOCK, gathering.endsAt).catch(leaveToNextMinute)
  })
}

/** Somebody closed it meanwhile, or an arrival was being entered: the next minute sees to the rest. */
function leaveToNextMinute(error: unknown) {
  if (!(error instanceof Refusal) && !(error instanceof HeadcountMoved)) throw error
}

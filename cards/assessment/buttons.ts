import * as z from 'zod'
import { isQuarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const openAppeal = buttonOf('result.appeal', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

/** A branch's quarter, for whoever holds a seat of its committee. */
export const openSelf = buttonOf('selfAssessment.open', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

const ofCommittee = z.object({ committee: id, quarter: z.string().refine(isQuarter) })

/** Everything that waits for the assessor's word, over all branches of a committee. */
export const openWaitingList = buttonOf('waitingList.open', ofCommittee)

import * as z from 'zod'
import type { Matters } from '../../db/assessment/matters.ts'
import { isQuarter } from '../../src/calendar.ts'
import { button } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { t } from '../../src/text.ts'

export const openAppeal = buttonOf('result.appeal', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

/** A branch's quarter, for whoever holds a seat of its committee. */
export const openSelf = buttonOf('selfAssessment.open', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

const ofCommittee = z.object({ committee: id, quarter: z.string().refine(isQuarter) })

/** Everything that waits for the assessor's word, over all branches of a committee. */
export const openWaitingList = buttonOf('waitingList.open', ofCommittee)

/** A committee's progress (`c …`) or a branch's quarter (`b …`), named by the button or chosen in its form. */
export const openReview = buttonOf('review.open', z.object({ quarter: z.string().refine(isQuarter), shown: z.string().max(60).optional() }))

/** The buttons of `mattersShown`, in the digest and on a person’s own list. */
export const matterButtons = {
  self: ({ branch, quarter }: Matters['owed'][number]) =>
    button(t('现在自评', 'Assess now'), openSelf.value({ branch, quarter }), { type: 'primary' }),
  confirm: ({ committee, quarter }: Matters['toConfirm'][number]) =>
    button(t('处理待确认', 'Decide what waits'), openWaitingList.value({ committee, quarter }), { type: 'primary' }),
}

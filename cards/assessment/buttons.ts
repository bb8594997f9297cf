import * as z from 'zod'
import type { Matters } from '../../db/assessment/matters.ts'
import { isQuarter, isYear } from '../../src/calendar.ts'
import { button } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { t } from '../../src/text.ts'

export const openAppeal = buttonOf('result.appeal', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

/** A branch's quarter, for whoever holds a seat of its committee. */
export const openSelf = buttonOf('selfAssessment.open', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

/** The most letters that the forms take, and their answers keep. */
export const LONGEST = { appeal: 300, reason: 100, commentary: 500 } as const

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

export const publishReview = buttonOf('review.publish', ofCommittee)

export const closeReview = buttonOf('review.close', ofCommittee)

export const submitAppeal = buttonOf('result.submitAppeal', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

const ofYear = z.object({ branch: id, year: z.string().refine(isYear) })

export const concludeItem = buttonOf('branchYear.conclude', ofYear)

export const commentReport = buttonOf('branchYear.report', ofYear)

/** `until` is the moment at which the list was shown. */
export const confirmList = buttonOf('waitingList.confirm', ofCommittee.extend({ until: z.number() }))

/** `judged` is the count of judgements by which the list was shown. */
export const adoptProposals = buttonOf('waitingList.adopt', ofCommittee.extend({ which: z.enum(['grounded', 'rest']), judged: z.number() }))

export const submitSelfAssessment = buttonOf(
  'selfAssessment.submit',
  z.object({
    branch: id,
    quarter: z.string().refine(isQuarter),
    own: z.array(z.string().max(80)).max(40),
    given: z.array(z.string().max(80)).max(40),
  }),
)

export const openStandardToCorrect = buttonOf('assessmentCorrections.pick', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

export const correctDuty = buttonOf('assessmentCorrections.correct', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

export const showAppeal = buttonOf('appeal.show', z.object({ appeal: id }))

export const submitAnswer = buttonOf('appeal.answer', z.object({ appeal: id }))

/** `seen` holds the form's values as it was shown: a field left alone does not undo another assessor's change. */
const sent = z.object({ branch: id, quarter: z.string().refine(isQuarter) })
const keys = z.array(z.string().max(80)).max(40)

export const judgeAll = buttonOf('branchReview.judge', sent.extend({ upper: keys, own: keys, seen: z.string().max(4_000).optional() }))

export const openAssessmentCorrections = buttonOf('branchReview.corrections', sent)

import * as z from 'zod'
import { assessmentOf, overviewSubject, reviewSubject } from '../../db/assessment/assessments.ts'
import * as messages from '../../db/assessment/messages.ts'
import { beginClosing } from '../../db/assessment/open-and-close.ts'
import { reviewOf } from '../../db/assessment/progress.ts'
import { publishAssessment } from '../../db/assessment/publish.ts'
import { branchById, committeeById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { day } from '../../src/calendar.ts'
import { sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { spokenDay } from '../../src/spoken.ts'
import { counted, t } from '../../src/text.ts'
import { noPages, view } from '../../src/view.ts'
import { branchReview } from './branch-review.ts'
import { closeReview, openReview, publishReview } from './buttons.ts'

export const review = view({
  message: messages.review,
  async show(db, { committee, quarter }, now, pages) {
    const it = await reviewOf(db, committee, quarter, now)
    const { reviewCard } = await import('./drawn.ts')
    return it ? reviewCard(it, now, pages !== noPages) : sentence(t('没有找到这个党委。', 'There is no such committee here.'))
  },
})

export const reviewOfCommittee = (committee: string, quarter: string) =>
  review.args({ subject: overviewSubject(committee, quarter), committee, quarter })

export const branchReviewOf = (branch: string, quarter: string) =>
  branchReview.args({ subject: reviewSubject(branch, quarter), branch, quarter })

export const openReviewPress = press({
  button: openReview,
  rights: ['assess'],
  fills: z.object({ of: z.string().max(60).nullish() }),
  async answer(ctx, { quarter, shown }, _seen, { of: chosen }) {
    const { actor, db } = memberOrRefuse(ctx)
    const of = shown ?? chosen
    const [kind, wanted] = [(of ?? '').slice(0, 2), (of ?? '').slice(2)]
    const [[branch], [committee]] = await lookUp(db, [branchById(db, wanted), committeeById(db, wanted)])
    if (kind === 'c ') {
      const { id: found } = foundOrRefuse(actor, 'assess', committee, ({ unit, lineage }) => ({ unit, lineage }))
      await together(db, [reply(privately(ctx), reviewOfCommittee(found, quarter))])
    } else {
      const found = foundOrRefuse(actor, 'assess', branch, placeOf)
      await together(db, [reply(privately(ctx), branchReviewOf(found.id, quarter))])
    }
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

export const publishReviewPress = press({
  button: publishReview,
  rights: ['publishAssessment'],
  look: ({ db }, { committee, quarter }) =>
    [statementOf(committeeById(db, committee)), statementOf(assessmentOf(db, committee, quarter))] as const,
  async answer(ctx, _sent, [[found], [assessment]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'publishAssessment', found, ({ unit, lineage }) => ({ unit, lineage }))
    if (!assessment) refuse('这个季度的考核还没有开始。', 'This quarter’s assessment has not begun.')
    const { appealsUntil, undecided } = await publishAssessment(db, assessment, actor.id, now)
    const until = spokenDay(appealsUntil)
    const waiting =
      undecided > 0 ? t(`${undecided} 个支部待定。`, ` ${counted(undecided, 'branch is', 'branches are')} undecided.`) : t('', '')
    return { toast: t(`已公布，申诉到${until.zh}。${waiting.zh}`, `Published; appeals until ${until.en}.${waiting.en}`), mood: 'success' }
  },
})

export const closeReviewPress = press({
  button: closeReview,
  rights: ['publishAssessment'],
  look: ({ db }, { committee, quarter }) =>
    [statementOf(committeeById(db, committee)), statementOf(assessmentOf(db, committee, quarter))] as const,
  async answer(ctx, { committee, quarter }, [[found], [assessment]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const place = foundOrRefuse(actor, 'publishAssessment', found, ({ unit, lineage }) => ({ unit, lineage }))
    if (!assessment?.appealsUntil) refuse('还没有公布，请先公布。', 'It is not published yet; publish it first.')
    const until = spokenDay(assessment.appealsUntil)
    if (day(now) <= assessment.appealsUntil)
      refuse(`申诉期到${until.zh}，之后才能结束。`, `Appeals run until ${until.en}; it can be closed after that.`)
    await beginClosing(db, { committee, quarter, unit: place.unit, by: actor.id }, now)
    return { toast: t('正在结束，一两分钟内完成。', 'Closing; done within a minute or two.'), mood: 'success' }
  },
})

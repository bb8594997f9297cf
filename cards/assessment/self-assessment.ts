import { assessmentOfBranch, selfSubject } from '../../db/assessment/assessments.ts'
import { assessedBranch, ownDuties, toAttest } from '../../db/assessment/branch-quarter.ts'
import * as messages from '../../db/assessment/messages.ts'
import { sayPublished } from '../../db/assessment/open-and-close.ts'
import { submitSelf } from '../../db/assessment/self-assessment.ts'
import type { Actor } from '../../db/branches/members.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { answers } from '../../src/rules/assessment/assessment.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { dutyKey } from '../../src/rules/duties/duty.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { filledFields, readGiven } from '../../src/words/attest-fields.ts'
import { openSelf, submitSelfAssessment } from './buttons.ts'

export const selfAssessment = view({
  message: messages.selfAssessment,
  async show(db, { branch: of, quarter, answersOnly }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    const { selfAssessmentCard } = await import('./drawn.ts')
    return branch ? selfAssessmentCard(await assessedBranch(db, branch, quarter, now), now, answersOnly) : null
  },
})

export const selfAssessmentFor = (actor: Actor, branch: Branch, quarter: string) =>
  selfAssessment.args({
    subject: selfSubject(branch.id, quarter),
    branch: branch.id,
    quarter,
    ...(may(actor, 'attest', placeOf(branch)) ? {} : { answersOnly: true }),
  })

export const openSelfPress = press({
  button: openSelf,
  rights: ['submitSelf'],
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'submitSelf', found, placeOf)
    await together(db, [reply(privately(ctx), selfAssessmentFor(actor, branch, quarter))])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

export const submitSelfAssessmentPress = press({
  button: submitSelfAssessment,
  rights: ['submitSelf'],
  fills: filledFields,
  look: ({ db }, { branch, quarter }) =>
    [statementOf(branchById(db, branch)), statementOf(assessmentOfBranch(db, branch, quarter))] as const,
  async answer(ctx, { quarter, ...sent }, [[found], [assessment]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'submitSelf', found, placeOf)
    if (!assessment) refuse('本季度的考核还没有开始。', 'This quarter’s assessment has not begun.')
    if (assessment.publishedAt) sayPublished()
    const it = await assessedBranch(db, branch, quarter, now)
    const own = ownDuties(it, quarter)
    const answered = own.flatMap(({ part, subject, period, ...rest }) => {
      const at = sent.own.indexOf(dutyKey({ part, subject, period, nth: rest.nth }))
      const answer = answers.find((one) => one === filled[`s${at}`])
      return answer ? [{ id: newId(), part, subject, period, answer }] : []
    })
    const left = own.length - answered.length
    if (left > 0) refuse(`还有 ${left} 项没有选，请选完再上报。`, `${left} are not answered yet; please choose, then send it up.`)
    const given = readGiven(may(actor, 'attest', placeOf(branch)) ? sent.given : [], filled, toAttest(it, now), now, newId)
    await submitSelf(db, { branch, quarter, answers: answered, given }, actor, now)
    return { toast: t('已上报。', 'Sent up.'), mood: 'success' }
  },
})

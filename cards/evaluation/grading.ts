import { actorById } from '../../db/branches/members.ts'
import { lookUp } from '../../db/client.ts'
import { gradingSubject } from '../../db/evaluation/grade.ts'
import * as messages from '../../db/evaluation/messages.ts'
import { evaluationById } from '../../db/evaluation/state.ts'
import { press } from '../../src/press.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { view } from '../../src/view.ts'
import { againGrades, chooseGrades, giveReasons, gradeLists, gradeReasons } from './buttons.ts'
import { cancelledCard, placeOfEvaluation } from './guards.ts'

const cards = () => import('./drawn.ts')

export const grading = view({
  message: messages.grading,
  async show(db, { evaluation, viewer }) {
    const it = await evaluationById(db, evaluation)
    if (!it) return cancelledCard()
    const [[actor]] = await lookUp(db, [actorById(db, viewer)])
    return may(actor ?? null, 'setGrades', placeOfEvaluation(it)) ? (await cards()).gradingCard(it, viewer) : null
  },
})

export const gradingOf = (evaluation: string, viewer: string) => grading.args({ subject: gradingSubject(evaluation), evaluation, viewer })

export const chooseGradesPress = press({
  button: chooseGrades,
  rights: ['setGrades'],
  isPersonal: true,
  fills: gradeLists,
  answer: async (ctx, sent, _seen, filled) => (await cards()).choseGrades(ctx, sent, filled),
})

export const giveReasonsPress = press({
  button: giveReasons,
  rights: ['setGrades'],
  isPersonal: true,
  fills: gradeReasons,
  answer: async (ctx, sent, _seen, filled) => (await cards()).gaveReasons(ctx, sent, filled),
})

/** Goes back to the lists. */
export const againGradesPress = press({
  button: againGrades,
  rights: ['setGrades'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).chooseGradesAgain(ctx, sent),
})

import { branchById } from '../../db/branches/units.ts'
import { statementOf, together } from '../../db/client.ts'
import { evaluationsOf } from '../../db/evaluation/state.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { openOrResume } from './buttons.ts'
import { evaluationOf } from './evaluation.ts'
import { evaluationForm } from './open.ts'

/** A duty leads here: to the evaluation that proves it, or to the form that opens one. */
export const openOrResumePress = press({
  button: openOrResume,
  rights: ['runEvaluation'],
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(evaluationsOf(db, branch))] as const,
  async answer(ctx, { period }, [[found], all]) {
    const { actor, db, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'runEvaluation', found, placeOf)
    const begun = all.find((one) => one.period === period)
    const shown = begun ? evaluationOf(begun.id, actor.id) : evaluationForm.args({ id: newId(), branch: branch.id, period })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('已发在私聊里。', 'It is in your direct chat.'), mood: 'success' }
  },
})

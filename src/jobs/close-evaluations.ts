import { lookUp } from '../../db/client.ts'
import { closeEvaluation } from '../../db/evaluation/grade.ts'
import { evaluationById, openEvaluations, progressIn } from '../../db/evaluation/state.ts'
import { CLOCK } from '../../db/ledgers/audit.ts'
import { Refusal } from '../refusal.ts'
import { stepLeft } from '../rules/evaluation/evaluation.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** The clock closes an evaluation when every step is done and nobody can appeal any more. Nobody has to think of it. */
export const closeEvaluations: Job = async ({ db, now }) => {
  const [open] = await lookUp(db, [openEvaluations(db)])
  await eachOf(open, async ({ id }) => {
    const it = await evaluationById(db, id)
    if (it && stepLeft(progressIn(it, now)) === null) await closeEvaluation(db, it, CLOCK, now).catch(someoneElseDid)
  })
}

/** A refusal means that a press closed it at the same moment. */
function someoneElseDid(error: unknown) {
  if (!(error instanceof Refusal)) throw error
}

import { lookUp } from '../../db/client.ts'
import { closeEvaluation } from '../../db/evaluation/grade.ts'
import { evaluationById, openEvaluations, progressIn } from '../../db/evaluation/state.ts'
import { CLOCK } from '../../db/ledgers/audit.ts'
import { Refusal } from '../refusal.ts'
import { stepLeft } from '../rules/evaluation/evaluation.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** An evaluation of which every step is done, and against which nobody can appeal any more, is over: nobody has to think of it. */
export const closeEvaluations: Job = async ({ db, now }) => {
  const [open] = await lookUp(db, [openEvaluations(db)])
  await eachOf(open, async ({ id }) => {
    const it = await evaluationById(db, id)
    if (it && stepLeft(progressIn(it, now)) === null) await closeEvaluation(db, it, CLOCK, now).catch(someoneElseDid)
  })
}

/** Closed by a press at the same moment. */
function someoneElseDid(error: unknown) {
  if (!(error instanceof Refusal)) throw error
}

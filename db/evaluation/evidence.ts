import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { lookUp } from '../client.ts'
import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './messages.ts'
import { evaluationSubject } from './run.ts'
import { evaluations } from './tables.ts'

/** The evaluation's card names people and grades, hence the committee alone opens it. */
export const openEvaluation: OpenEvidence = async (db, { branch, source, reader }) => {
  const [[found]] = await lookUp(db, [
    db.select({ id: evaluations.id }).from(evaluations).where(sql`${evaluations.id} = ${source} and ${evaluations.branch} = ${branch.id}`),
  ])
  if (!found) refuse('没有找到这次评议。', 'There is no such review.')
  if (!may(reader, 'runEvaluation', { unit: branch.unit, branch: branch.id, lineage: branch.lineage }))
    refuse(
      '评议的经过由支委会看，这里只说哪天办结。',
      'The review itself is for the committee; others see the day on which it was finished.',
    )
  return messages.evaluation({ subject: evaluationSubject(source), evaluation: source, viewer: reader.id })
}

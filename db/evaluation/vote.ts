import { sql } from 'drizzle-orm'
import type { BallotDeps } from '../ballots/cast.ts'
import { type Elector, openBallot } from '../ballots/open.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { evaluationSubject, isGraded, isOver, refuseGraded } from './run.ts'
import type { EvaluationAsItStands } from './state.ts'
import { evaluations } from './tables.ts'

/** A vote that was cancelled, or did not add up, is held again under the next name. Two may open it at once: the key lets one through. */
const nextBallot = ({ id, ballotId }: Pick<EvaluationAsItStands, 'id' | 'ballotId'>): string =>
  `${id}v${ballotId ? Number(ballotId.slice(id.length + 1)) + 1 : 1}`

/** Refreshes the cards of an evaluation whose vote was counted or called off. */
export const voteMoved = (db: Db, ballot: string, at: Date): Statement =>
  refresh(db, { subject: evaluationSubject(ballot.slice(0, ballot.lastIndexOf('v'))), at, afterPress: true })

export async function openVote(
  db: Db,
  it: EvaluationAsItStands,
  closesAt: Date,
  electors: readonly Elector[],
  actor: Actor,
  now: Date,
  box: Pick<BallotDeps, 'sealing'>,
) {
  const subjects = it.people.filter(({ isGone }) => !isGone).map(({ key, name, member }) => ({ key, name, member }))
  const id = nextBallot(it)
  await openBallot(
    db,
    {
      id,
      unit: it.unit,
      branch: it.branch,
      committee: null,
      use: 'evaluation',
      isSecret: true,
      electorate: 'all',
      title: it.period,
      question: { scale: 'grades', subjects },
      closesAt,
    },
    electors,
    actor,
    now,
    box,
    [
      failIf(db, sql`${isGraded(it.id)} or ${isOver(it.id)}`, refuseGraded),
      statementOf(db.update(evaluations).set({ ballot: id }).where(sql`${evaluations.id} = ${it.id}`)),
      record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.vote', subject: it.id }),
      refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
    ],
  )
}

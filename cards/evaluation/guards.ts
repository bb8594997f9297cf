import { type EvaluationAsItStands, evaluationById, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { type Card, card, lines } from '../../src/card.ts'
import { type Context, foundOrRefuse, type KnownContext, memberOrRefuse, placeOf } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
import type { Place, Right } from '../../src/rules/branches/rights.ts'
import { t } from '../../src/text.ts'

export const placeOfEvaluation = ({ branch, unit, lineage }: Pick<EvaluationAsItStands, 'branch' | 'unit' | 'lineage'>): Place =>
  placeOf({ id: branch, unit, lineage })

/** The evaluation that a button names, for an actor with the right; refuses anybody else. */
export async function evaluationFor(ctx: Context, evaluation: string, right: Right): Promise<KnownContext & { it: EvaluationAsItStands }> {
  const here = memberOrRefuse(ctx)
  return { ...here, it: foundOrRefuse(here.actor, right, await evaluationById(here.db, evaluation), placeOfEvaluation) }
}

/** The same for somebody evaluated in it. Others are refused as if there were no such evaluation. */
export async function ownPartIn(
  ctx: Context,
  evaluation: string,
): Promise<KnownContext & { it: EvaluationAsItStands; own: PersonEvaluated }> {
  const here = memberOrRefuse(ctx)
  const it = await evaluationById(here.db, evaluation)
  const own = it?.people.find(({ member }) => member === here.actor.id)
  if (!it || !own) refuse('你不在这次评议的名单上，或评议已经取消。', 'You are not on the list of this evaluation, or it was cancelled.')
  return { ...here, it, own }
}

/** The card of an evaluation that was opened by mistake and cancelled. */
export const cancelledCard = (): Card =>
  card(t('民主评议', 'Evaluation'), [lines(t('这次评议已经取消。', 'This evaluation was cancelled.'))], { colour: 'grey' })

import { lookUp } from '../../db/client.ts'
import { selfViewSubject } from '../../db/evaluation/run.ts'
import { evaluationById, evaluationsOf, evaluationsOfMember } from '../../db/evaluation/state.ts'
import { day } from '../../src/calendar.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type KnownContext, mayOrRefuse, placeOf } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { periodMeant } from '../../src/rules/evaluation/evaluation.ts'
import { evaluationOf } from './evaluation.ts'
import { groupViewOf } from './group-view.ts'
import { placeOfEvaluation } from './guards.ts'
import { evaluationForm } from './open.ts'
import { ownGradeOf } from './own-grade.ts'
import { selfView } from './self-view.ts'

/** The card that 「评议」 asks for: one's own part, a group's, or the steps of a time. */
export const evaluationAsked = (here: KnownContext, said: string) =>
  OWN.test(said) ? ownPart(here) : GROUP.test(said) ? lotHere(here) : asked(here, said)

const OWN = /^(我的?|自评|结果|mine|me|self)$/iu
const GROUP = /^(党?小组|group)$/iu

/** The committee gets the steps, or the form that opens an evaluation. A leader gets the group's view; everybody else their own. */
async function asked(here: KnownContext, said: string) {
  const { db, actor, now } = here
  const isOfBranch = actor.branch !== null || actor.seats.some(({ branch }) => branch !== null)
  if (!isOfBranch && said === '') return ownPart(here)
  const branch = await branchHere(here)
  const period = periodMeant(said, day(now))
  if (said !== '' && !period)
    refuse(
      '没看懂是哪一段时间，可以说「/评议 2026年下半年」或「/评议 年终」。',
      'Which time is meant? Say “/evaluation 2026H2” or “/evaluation 2026”.',
    )
  if (period) mayOrRefuse(actor, 'runEvaluation', placeOf(branch))
  const [all] = await lookUp(db, [evaluationsOf(db, branch.id)])
  const found = period ? all.find((one) => one.period === period) : all.find(({ closedAt }) => closedAt === null)
  if (may(actor, 'runEvaluation', placeOf(branch)))
    return found ? evaluationOf(found.id, actor.id) : evaluationForm.args({ id: here.newId(), branch: branch.id, period })
  const [lot] = found ? await lotsOf(here, found.id) : []
  return lot && !lot.isDone ? groupViewOf(lot.evaluation, lot.group, actor.id) : ownPart(here)
}

/** The group whose view the actor enters, as its leader or as secretary. */
async function lotHere(here: KnownContext) {
  const branch = await branchHere(here)
  const [all] = await lookUp(here.db, [evaluationsOf(here.db, branch.id)])
  const open = all.find(({ closedAt }) => closedAt === null)
  if (!open) refuse('眼下没有正在进行的评议。', 'No evaluation is under way.')
  const [lot] = await lotsOf(here, open.id)
  if (!lot) mayOrRefuse(here.actor, 'enterGroupView', placeOf(branch))
  return groupViewOf(open.id, lot?.group ?? null, here.actor.id)
}

/** The groups whose view the actor may enter; groups without a view come first. */
async function lotsOf({ db, actor }: KnownContext, evaluation: string) {
  const it = await evaluationById(db, evaluation)
  if (!it) return []
  const lots = Map.groupBy(
    it.people.filter(({ isGone }) => !isGone),
    ({ group }) => group,
  )
  return [...lots]
    .filter(([group]) => may(actor, 'enterGroupView', { ...placeOfEvaluation(it), group: group ?? undefined }))
    .map(([group, people]) => ({ evaluation, group, isDone: people.every(({ view }) => view !== null) }))
    .sort((a, b) => Number(a.isDone) - Number(b.isDone))
}

/** The result once it was told, else the form for one's own view. */
async function ownPart({ db, actor }: KnownContext) {
  const [[latest]] = await lookUp(db, [evaluationsOfMember(db, actor.id)])
  const it = latest && (await evaluationById(db, latest.id))
  const own = it?.people.find(({ member }) => member === actor.id)
  if (!it || !own) refuse('眼下没有评你的民主评议。', 'You are not being evaluated at the moment.')
  return own.grade?.toldAt
    ? ownGradeOf(it.id, actor.id)
    : selfView.args({ subject: selfViewSubject(it.id, actor.id), evaluation: it.id, member: actor.id })
}

import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import * as deeds from '../../db/pledges/checks.ts'
import { checkingOf, checkOf, findingsOf } from '../../db/pledges/checks.ts'
import { officersOf } from '../../db/pledges/integrity.ts'
import * as messages from '../../db/pledges/messages.ts'
import * as problems from '../../db/pledges/problems.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { day, type Half, pickedDay, yearOf } from '../../src/calendar.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { runningHalf } from '../../src/rules/pledges/integrity.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { askProblem, checkAgain, noteProblem, passOfficers, readProblem } from './buttons.ts'
import { type CheckShown, checkCard, checkFactsCard, problemCard, problemForm } from './check-card.ts'

async function asShown(db: Db, branch: Branch, half: Half, actor: Actor): Promise<CheckShown> {
  const [officers, [check], findings] = await lookUp(db, [
    officersOf(db, branch.id, yearOf(half)),
    checkOf(db, branch.id, half),
    findingsOf(db, branch.id, half),
  ])
  const checking = checkingOf(actor, branch, officers)
  return { branch: branch.id, branchName: branch.name, half, closedAt: check?.closedAt ?? null, officers, findings, checking }
}

export const integrityCheckView = view({
  message: messages.integrityCheck,
  async show(db, { branch: of, half, viewer }) {
    const [[branch], [actor]] = await lookUp(db, [branchById(db, of), actorById(db, viewer)])
    return branch && may(actor ?? null, 'checkIntegrity', placeOf(branch)) && actor
      ? checkCard(await asShown(db, branch, half, actor))
      : null
  },
})

export const integrityFacts = view({
  message: messages.integrityFacts,
  async show(db, { branch: of, half }) {
    const [[branch], [check], findings] = await lookUp(db, [branchById(db, of), checkOf(db, of, half), findingsOf(db, of, half)])
    return branch ? checkFactsCard(branch.name, half, check?.closedAt ?? null, findings) : null
  },
})

async function checkerOf(ctx: Context, { branch: of, half }: { branch: string; half: Half }) {
  const here = memberOrRefuse(ctx)
  const { actor, db, now } = here
  const [[found]] = await lookUp(db, [branchById(db, of)])
  const branch = foundOrRefuse(actor, 'checkIntegrity', found, placeOf)
  await refuseUnlessUsed(db, 'pledges', branch.id, now)
  return { ...here, branch, shown: await asShown(db, branch, half, actor) }
}

/** Only the running half-year is checked: what was missed then is attested, or judged. */
function refuseOver(half: Half, now: Date) {
  if (half !== runningHalf(now)) refuse('这半年已经过去，请看这半年的检查。', 'That half-year is over; please look at the present one.')
}

export const passOfficersPress = press({
  button: passOfficers,
  rights: ['checkIntegrity'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { actor, branch, db, now, shown, newId } = await checkerOf(ctx, sent)
    refuseOver(sent.half, now)
    const officers = shown.officers.filter(({ id }) => sent.officers.includes(id))
    if (officers.length === 0) refuse('没有要你检查的人。', 'Nobody is yours to check.')
    const people = officers.map(({ id }) => ({ id, finding: newId() }))
    await deeds.passOfficers(db, branch, { half: sent.half, people, checking: shown.checking }, actor, now)
    const after = await asShown(db, branch, sent.half, actor)
    return {
      toast: after.closedAt ? t('检查完了。', 'The check is closed.') : t('已记下，还有人等别人检查。', 'Noted; another checks the rest.'),
      mood: 'success',
      card: checkCard(after),
    }
  },
})

export const askProblemPress = press({
  button: askProblem,
  rights: ['checkIntegrity'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { now, shown, newId } = await checkerOf(ctx, sent)
    return {
      toast: t('请填好再记。', 'Please fill it in.'),
      mood: 'info',
      card: problemForm(shown, { finding: newId(), task: newId() }, day(now)),
    }
  },
})

export const noteProblemPress = press({
  button: noteProblem,
  rights: ['checkIntegrity'],
  isPersonal: true,
  fills: z.object({
    officer: z.string().max(40).nullish(),
    words: z.string().max(3_000).nullish(),
    on: z.string().max(40).nullish(),
  }),
  async answer(ctx, { half, finding, task, ...sent }, _seen, { officer, words, on }) {
    const { actor, branch, db, now, shown, box } = await checkerOf(ctx, { ...sent, half })
    refuseOver(half, now)
    if (!officer) refuse('请选是谁。', 'Please choose the person.')
    const problem = { half, officer, finding, task, words: words ?? '', dueOn: pickedDay(on), checking: shown.checking }
    await problems.noteProblem(db, await box.sealing.vault(), branch, problem, actor, now)
    return {
      toast: t('已记下，本人多了一项任务。', 'Noted; the person has a task.'),
      mood: 'success',
      card: checkCard(await asShown(db, branch, half, actor)),
    }
  },
})

export const readProblemPress = press({
  button: readProblem,
  rights: ['doTask'],
  isPersonal: true,
  async answer(ctx, { finding, branch: of, half }) {
    const { actor, db, now, box } = memberOrRefuse(ctx)
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    if (!branch) refuse('没有这一条，或者不归你看。', 'There is no such entry, or it is not yours to read.')
    const words = await problems.readProblem(db, await box.sealing.vault(), finding, actor, now)
    const shown = await asShown(db, branch, half, actor)
    const name = shown.findings.find(({ id }) => id === finding)?.name ?? ''
    const problem = { of: name, words }
    return {
      toast: t('只给你看。', 'For you alone.'),
      mood: 'info',
      card: may(actor, 'checkIntegrity', placeOf(branch)) ? checkCard({ ...shown, problem }) : problemCard(branch.name, half, problem),
    }
  },
})

export const checkAgainPress = press({
  button: checkAgain,
  rights: ['checkIntegrity'],
  isPersonal: true,
  async answer(ctx, { finding, ...sent }) {
    const { actor, branch, db, now, shown } = await checkerOf(ctx, sent)
    const it = shown.findings.find(({ id }) => id === finding)
    if (!it) refuse('没有这一条。', 'There is no such entry.')
    await problems.checkAgain(db, branch, it, actor, now)
    return { toast: t('已复查。', 'Looked at again.'), mood: 'success', card: checkCard(await asShown(db, branch, sent.half, actor)) }
  },
})

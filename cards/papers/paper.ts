import * as z from 'zod'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { paperFacts, planFacts } from '../../db/papers/facts.ts'
import { nextMeeting, nextMeetingOrRefuse } from '../../db/papers/meetings.ts'
import * as messages from '../../db/papers/messages.ts'
import { paperSubject } from '../../db/papers/messages.ts'
import {
  adoptPaper as adopt,
  keepPaper,
  listPaper as list,
  paperById,
  paperOf,
  registerPaper as register,
  withdrawPaper as withdraw,
} from '../../db/papers/papers.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { pickedDay, type Year } from '../../src/calendar.ts'
import { card, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type AdoptedKind, LONGEST_PLACE, LONGEST_TITLE } from '../../src/rules/papers/kinds.ts'
import { asWritten, clipped, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { draftPlan } from '../../src/words/papers/plan-text.ts'
import { draftReport } from '../../src/words/papers/report-text.ts'
import { adoptPaper, editPaper, listPaper, openPaper, registerPaper, savePaper, withdrawPaper } from './buttons.ts'
import { contentOf, type PaperShown, paperCard, paperForm, registerForm, stateSaid, titleOf, titlesOf } from './paper-card.ts'
import { filledParts, partsFilled } from './parts.ts'

/** The meetings that adopt a plan or a summary. */
const ADOPTING = ['committee', 'general'] as const

async function shownFor(db: Db, branch: Branch, kind: AdoptedKind, year: Year): Promise<PaperShown> {
  const [[it], [next]] = await lookUp(db, [paperOf(db, branch.id, kind, year), nextMeeting(db, branch.id, ADOPTING)])
  return { branch, kind, year, it, next }
}

async function drafted(db: Db, { branch, kind, year, it }: PaperShown, now: Date, isEnglish = false): Promise<string[]> {
  if (it?.words) return it.words
  const parts =
    kind === 'plan' ? draftPlan(await planFacts(db, branch, year, now), year) : draftReport(await paperFacts(db, branch, year, now))
  return parts.map(({ zh, en }) => (isEnglish ? en : zh))
}

export const paper = view({
  message: messages.paper,
  async show(db, { branch: of, kind, year }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    if (!branch) return null
    const shown = await shownFor(db, branch, kind, year)
    return shown.it ? paperCard(shown) : paperForm(shown, await drafted(db, shown, now))
  },
})

/** An adopted paper, opened as evidence. */
export const paperRead = view({
  message: messages.paperRead,
  async show(db, { paper: id }) {
    const [[it]] = await lookUp(db, [paperById(db, id)])
    if (!it?.adoptedAt || it.year === null) return null
    return card(titleOf(it.kind as AdoptedKind, it.year), [...contentOf(it), note(stateSaid(it))], { subtitle: asWritten(it.branchName) })
  },
})

const look = ({ db }: { db: Db }, { branch }: { branch: string }) => [statementOf(branchById(db, branch))] as const

async function committeeOf(ctx: Context, [found]: readonly Branch[]) {
  const here = memberOrRefuse(ctx)
  const branch = foundOrRefuse(here.actor, 'keepPapers', found, placeOf)
  await refuseUnlessUsed(here.db, 'papers', branch.id, here.now)
  return { ...here, branch }
}

/** A duty's button leads here, from the digest or the score. */
export const openPaperPress = press({
  button: openPaper,
  rights: ['keepPapers'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { kind, year }, [found]) {
    const { db, actor, branch } = await committeeOf(ctx, found)
    const shown = messages.paper({ subject: paperSubject(branch.id), branch: branch.id, kind, year, viewer: actor.id })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const editPaperPress = press({
  button: editPaper,
  rights: ['keepPapers'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { kind, year, isEnglish, isElsewhere }, [found]) {
    const { db, now, branch } = await committeeOf(ctx, found)
    const shown = await shownFor(db, branch, kind, year)
    if (shown.it?.adoptedAt)
      return { toast: t('已经通过，不能再改。', 'It is adopted and stays as it is.'), mood: 'info', card: paperCard(shown) }
    if (isElsewhere) return { toast: t('写明放在哪里。', 'Say where it lies.'), mood: 'info', card: registerForm(shown) }
    return {
      toast: t('改好后保存。', 'Save it when it is right.'),
      mood: 'info',
      card: paperForm(shown, await drafted(db, shown, now, isEnglish)),
    }
  },
})

export const savePaperPress = press({
  button: savePaper,
  rights: ['keepPapers'],
  isPersonal: true,
  fills: filledParts,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { kind, year, isAdopted }, [found], filled) {
    const { db, now, actor, newId, branch } = await committeeOf(ctx, found)
    const words = partsFilled(filled, titlesOf[kind])
    await keepPaper(db, branch, { id: newId(), kind, year, title: titleOf(kind, year).zh, words }, isAdopted, actor, now)
    return {
      toast: isAdopted ? t('已通过。', 'Adopted.') : t('已保存，还没有通过。', 'Saved, not adopted yet.'),
      mood: 'success',
      card: paperCard(await shownFor(db, branch, kind, year)),
    }
  },
})

/** Answers about the paper that stands for the year. */
async function standing(ctx: Context, { kind, year }: { kind: AdoptedKind; year: Year }, found: readonly Branch[]) {
  const here = await committeeOf(ctx, found)
  const { it, next } = await shownFor(here.db, here.branch, kind, year)
  if (!it) refuse('还没有这一年的材料，先写一份。', 'There is no paper of that year yet; write one first.')
  return { ...here, it, next, after: () => shownFor(here.db, here.branch, kind, year) }
}

export const adoptPaperPress = press({
  button: adoptPaper,
  rights: ['keepPapers'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found]) {
    const { db, now, actor, branch, it, after } = await standing(ctx, sent, found)
    await adopt(db, branch, it, actor, now)
    return { toast: t('已通过。', 'Adopted.'), mood: 'success', card: paperCard(await after()) }
  },
})

export const listPaperPress = press({
  button: listPaper,
  rights: ['keepPapers'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found]) {
    const { db, now, actor, branch, it, after } = await standing(ctx, sent, found)
    await list(db, it, await nextMeetingOrRefuse(db, branch.id, ADOPTING), actor, now)
    return { toast: t('已列入议题。', 'On the agenda.'), mood: 'success', card: paperCard(await after()) }
  },
})

export const withdrawPaperPress = press({
  button: withdrawPaper,
  rights: ['keepPapers'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [found]) {
    const { db, now, actor, it, after } = await standing(ctx, sent, found)
    await withdraw(db, it, actor, now)
    const shown = await after()
    return {
      toast: t('已撤回，可以重新写或登记。', 'Taken back; write or register another.'),
      mood: 'success',
      card: paperForm(shown, await drafted(db, shown, now)),
    }
  },
})

export const registerPaperPress = press({
  button: registerPaper,
  rights: ['keepPapers'],
  isPersonal: true,
  fills: z.object({ title: z.string().max(2_000).nullish(), place: z.string().max(2_000).nullish(), on: z.string().max(40).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { kind, year }, [found], filled) {
    const { db, now, actor, newId, branch } = await committeeOf(ctx, found)
    const on = pickedDay(filled.on)
    if (!on) refuse('请选日期。', 'Please choose the day.')
    const [title, place] = [clipped(filled.title ?? '', LONGEST_TITLE), clipped(filled.place ?? '', LONGEST_PLACE)]
    await register(db, branch, { id: newId(), kind, year, title, place, on }, actor, now)
    return { toast: t('已登记。', 'Registered.'), mood: 'success', card: paperCard(await shownFor(db, branch, kind, year)) }
  },
})

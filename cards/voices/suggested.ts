import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { feel } from '../../db/voices/answer.ts'
import { type Answer, opened, type Voice, voiceByCode } from '../../db/voices/inbox.ts'
import { meantOf } from '../../db/voices/meant.ts'
import * as messages from '../../db/voices/messages.ts'
import { hashOfCode, speakSigned, speakUnsigned } from '../../db/voices/speak.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, row, words } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { codeTyped } from '../../src/rules/ballots/codes.ts'
import { type VoiceKind, voiceKindNames } from '../../src/rules/voices/kinds.ts'
import { promisedOn, stateOfVoice } from '../../src/rules/voices/state.ts'
import { voiceFrom } from '../../src/rules/voices/words.ts'
import { asWritten, both, t } from '../../src/text.ts'
import { feltSaid, stateSaid } from '../../src/words/voices/said.ts'
import { feelByCode } from './buttons.ts'
import { answerShown, typedLines } from './lines.ts'
import { chosenKinds, lookUpCard, receivedCard } from './suggest-card.ts'

/** The branch for which somebody speaks. */
function ownBranchOrRefuse(ctx: Context) {
  const known = memberOrRefuse(ctx)
  mayOrRefuse(known.actor, 'speakUp', { unit: known.actor.unit })
  const { branch } = known.actor
  if (!branch) refuse('你不在任何支部，请当面和支部书记说。', 'You are in no branch; please speak to a branch secretary in person.')
  return { ...known, branch }
}

/** Sends the form to the direct chat; a group would show what is written. */
export async function openedSuggest(ctx: Context, { kind }: { kind?: VoiceKind | undefined }): Promise<PressAnswer> {
  const { db, branch } = ownBranchOrRefuse(ctx)
  await together(db, [statementOf(reply(privately(ctx), messages.suggest({ branch, ...(kind ? { kind } : {}) })))])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

interface Filled {
  kind?: string | null | undefined
  words?: string | null | undefined
  sign?: string | null | undefined
  meant?: string | null | undefined
}

export async function submitted(ctx: Context, sent: { branch: string; code: string }, filled: Filled): Promise<PressAnswer> {
  const { db, actor, now, box, branch: own } = ownBranchOrRefuse(ctx)
  // The form names its branch, and whoever moved on since then speaks for that branch no more.
  if (sent.branch !== own) refuse('你已经不在这个支部，请重新说「建议」。', 'You are no longer in this branch; please say “suggest” again.')
  const kind = chosenKinds.find((one) => one === filled.kind) ?? 'suggestion'
  if (filled.sign !== 'signed' && filled.sign !== 'unsigned') refuse('请选署名还是不署名。', 'Please choose whether it is signed.')
  const said = voiceFrom(filled.words ?? '')
  if ('wrong' in said) throw new Refusal(said.wrong)
  const [[branch], meant] = await lookUp(db, [branchById(db, own), meantOf(db, own)])
  if (!branch) refuse('没有找到这个支部。', 'There is no such branch.')
  const about = { kind, words: said.words, meant: meant.find(({ id }) => id === filled.meant)?.id ?? null, id: ctx.newId() }
  const vault = await box.sealing.vault()
  const by = promisedOn(kind, day(now))
  if (filled.sign === 'signed') {
    await speakSigned(db, vault, branch, about, actor, now)
    return { toast: t('已提交。', 'It is sent.'), mood: 'success', card: receivedCard(branch.name, by, null, said.hadLinks) }
  }
  const code = codeTyped(sent.code)
  if (!code) refuse('这张表已经过时，请重新说「建议」。', 'This form is out of date; please say “suggest” again.')
  await speakUnsigned(db, vault, branch, { ...about, code }, now)
  return {
    toast: t('已提交，请记下代码。', 'It is sent; please note the code.'),
    mood: 'success',
    card: receivedCard(branch.name, by, code, said.hadLinks, ctx.pages.plain('voice')),
  }
}

async function byCodeOrRefuse(ctx: Context, typed: string) {
  const known = memberOrRefuse(ctx)
  mayOrRefuse(known.actor, 'speakUp', { unit: known.actor.unit })
  const code = codeTyped(typed)
  const [[it]] = code ? await lookUp(ctx.db, [voiceByCode(ctx.db, hashOfCode(code))]) : [[]]
  if (!code || it?.unit !== known.actor.unit)
    refuse('没有这个代码，请照记下的再输一次。', 'There is no such code; please enter it as you noted it.')
  return { ...known, code, it }
}

export async function openedLookUp(ctx: Context): Promise<PressAnswer> {
  const { db, branch } = ownBranchOrRefuse(ctx)
  const [[found]] = await lookUp(db, [branchById(db, branch)])
  return { toast: t('请填代码。', 'Please enter the code.'), mood: 'info', card: lookUpCard(found?.name ?? '') }
}

/** Reading writes nothing, so nothing tells who asked. */
export async function lookedUp(ctx: Context, filled: { code?: string | null | undefined }): Promise<PressAnswer> {
  const { code, it, db, now, box } = await byCodeOrRefuse(ctx, filled.code ?? '')
  const { answers, words: said } = await opened(db, await box.sealing.vault(), it)
  const feelings = (solved: boolean) => feelByCode.value({ code, solved })
  return { toast: stateSaid(it, answers, now), mood: 'info', card: ownVoiceCard(it, said, answers, now, feelings) }
}

export async function feltByCode(ctx: Context, { code: typed, solved }: { code: string; solved: boolean }): Promise<PressAnswer> {
  const { it, db, now, box } = await byCodeOrRefuse(ctx, typed)
  const vault = await box.sealing.vault()
  const before = await opened(db, vault, it)
  const { isOpenAgain } = await feel(db, it, before.answers.at(-1), solved, null, now)
  const [[after]] = await lookUp(db, [voiceByCode(db, it.codeHash ?? '')])
  const { answers, words: said } = await opened(db, vault, after ?? it)
  return { toast: feltSaid(solved, isOpenAgain), mood: 'success', card: ownVoiceCard(after ?? it, said, answers, now, null) }
}

/** The author's own card: the words, each answer, and whether it was solved. */
export function ownVoiceCard(
  it: Voice,
  said: string,
  answers: readonly Answer[],
  now: Date,
  feelings: ((solved: boolean) => object) | null,
): Card {
  const isAsked = feelings && stateOfVoice({ takenAt: it.takenAt, answers }, now) === 'answered'
  return card(
    both((l) => `${voiceKindNames[it.kind][l]} · ${stateSaid(it, answers, now)[l]}`),
    [
      words(typedLines(said)),
      ...answers.flatMap(answerShown),
      isAsked
        ? row(button(t('解决了', 'Solved'), feelings(true), { type: 'primary' }), button(t('还没有', 'Not yet'), feelings(false)))
        : null,
    ],
    { colour: 'turquoise', subtitle: asWritten(it.branchName) },
  )
}

import type { BallotDeps } from '../../db/ballots/cast.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { answerVoice, feel, leaveToUpper, take } from '../../db/voices/answer.ts'
import { answers, noteReading, opened, takersOf, type Voice, voiceById } from '../../db/voices/inbox.ts'
import { namesOfUnit } from '../../db/voices/meant.ts'
import { day, pickedDay } from '../../src/calendar.ts'
import { type Card, sentence } from '../../src/card.ts'
import { type Context, type KnownContext, memberOrRefuse } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { outcomes, themes } from '../../src/rules/voices/kinds.ts'
import { namesIn } from '../../src/rules/voices/names.ts'
import { LONGEST_ANSWER, LONGEST_PUBLISHED, voiceFrom } from '../../src/rules/voices/words.ts'
import { asWritten, listed, type Text, t } from '../../src/text.ts'
import { feltSaid } from '../../src/words/voices/said.ts'
import { feelAnswer } from './buttons.ts'
import { backInInbox } from './inbox-card.ts'
import { ownVoiceCard } from './suggested.ts'
import { voiceCard } from './voice-card.ts'

type Here = KnownContext & { it: Voice }

/** A missing voice, another's, and one that is about the reader are refused alike. */
async function toAnswer(ctx: Context, { voice }: { voice: string }): Promise<Here> {
  const known = memberOrRefuse(ctx)
  const [[it]] = await lookUp(ctx.db, [voiceById(ctx.db, voice)])
  if (!it || !answers(known.actor, it))
    refuse('这一条不归你答复，或者已经转给别人。', 'This one is not yours to answer, or has been handed to somebody else.')
  return { ...known, it }
}

async function shown({ db, actor, box, it }: Here, toast: Text, mood: PressAnswer['mood'] = 'success'): Promise<PressAnswer> {
  const { words, answers: given } = await opened(db, await box.sealing.vault(), it)
  const [takers] = await lookUp(db, [takersOf(db, it)])
  return { toast, mood, card: voiceCard(it, words, given, takers, actor.id) }
}

export async function openedVoice(ctx: Context, sent: { voice: string }): Promise<PressAnswer> {
  const here = await toAnswer(ctx, sent)
  if (!here.it.isOpen) refuse('这一条已经答复了。', 'This one has its answer already.')
  await noteReading(here.db, here.it, here.actor, here.now)
  return shown(here, t('看过有记录。', 'Reading it is on record.'), 'info')
}

export async function tookVoice(ctx: Context, sent: { voice: string }): Promise<PressAnswer> {
  const here = await toAnswer(ctx, sent)
  await take(here.db, here.it, here.actor.id, here.actor, here.now)
  return shown(await again(here), t('由你来办。', 'It is yours.'))
}

const again = async (here: Here): Promise<Here> => {
  const [[it]] = await lookUp(here.db, [voiceById(here.db, here.it.id)])
  return { ...here, it: it ?? here.it }
}

export async function handedVoice(ctx: Context, sent: { voice: string }, { to }: { to?: string | null | undefined }): Promise<PressAnswer> {
  const here = await toAnswer(ctx, sent)
  const [takers] = await lookUp(here.db, [takersOf(here.db, here.it)])
  const taker = takers.find(({ id }) => id === to)
  if (!taker) refuse('请选交给谁。', 'Please choose to whom.')
  await take(here.db, here.it, taker.id, here.actor, here.now)
  const { card } = await backInInbox(ctx)
  const name = asWritten(taker.name)
  return { toast: t(`已交给${name.zh}。`, `Handed to ${name.en}.`), mood: 'success', ...(card ? { card } : {}) }
}

export async function leftVoice(ctx: Context, sent: { voice: string }): Promise<PressAnswer> {
  const here = await toAnswer(ctx, sent)
  await leaveToUpper(here.db, here.it, here.actor, here.now)
  return shown(await again(here), t('改为 20 个工作日内答复。', 'The answer is now due within 20 working days.'))
}

interface Filled {
  outcome?: string | null | undefined
  words?: string | null | undefined
  theme?: string | null | undefined
  published?: string | null | undefined
  owner?: string | null | undefined
  due?: string | null | undefined
}

export async function answeredVoice(ctx: Context, sent: { voice: string; nth: number }, filled: Filled): Promise<PressAnswer> {
  const here = await toAnswer(ctx, sent)
  const outcome = outcomes.find((one) => one === filled.outcome)
  if (!outcome) refuse('请选结果。', 'Please choose the outcome.')
  const said = voiceFrom(filled.words ?? '', LONGEST_ANSWER)
  if ('wrong' in said) throw new Refusal(said.wrong)
  const published = await publishedOrRefuse(here, filled.published ?? '')
  const theme = themes.find((one) => one === filled.theme) ?? null
  return answered(ctx, here, { outcome, words: said.words, theme, published }, sent.nth, await pickedTask(here, outcome, published, filled))
}

type Task = { owner: string; dueOn: string; words: string }

/** A task is made of a voice that is adopted, wholly or in part. Without an owner or a day it is an answer and no task. */
async function pickedTask({ db, now, it }: Here, outcome: string, words: string | null, { owner, due }: Filled): Promise<Task | null> {
  const dueOn = pickedDay(due)
  if (!owner && !dueOn) return null
  if (!owner || !dueOn) refuse('立任务要写谁办、哪天办完；不立就都不选。', 'A task has an owner and a day; leave both out for none.')
  if (outcome === 'not' || outcome === 'aside') refuse('没有采纳的不立任务。', 'Nothing is made a task that is not adopted.')
  if (dueOn < day(now)) refuse('办完的日子不能早于今天。', 'The day cannot be before today.')
  if (!words) refuse('立任务请在「一句话写办什么」里写清楚。', 'Please write in one line what is done; it names the task.')
  const [takers] = await lookUp(db, [takersOf(db, it)])
  if (!takers.some(({ id }) => id === owner)) refuse('请在名单里选谁办。', 'Please choose the owner from the list.')
  return { owner, dueOn, words }
}

async function publishedOrRefuse({ db, it }: Here, typed: string): Promise<string | null> {
  if (typed.trim() === '') return null
  const said = voiceFrom(typed.replace(/\s+/gu, ' '), LONGEST_PUBLISHED)
  if ('wrong' in said) throw new Refusal(said.wrong)
  const [all] = await lookUp(db, [namesOfUnit(db, it.unit)])
  const found = namesIn(
    said.words,
    all.map(({ name }) => name),
  )
  if (found.length > 0) {
    const names = listed(found.map(asWritten))
    refuse(`公布的话里请不要写姓名：${names.zh}`, `Please write no names in what is published: ${names.en}`)
  }
  return said.words
}

async function answered(
  ctx: Context,
  here: Here,
  said: Parameters<typeof answerVoice>[3],
  nth: number,
  task: Task | null,
): Promise<PressAnswer> {
  const { db, actor, now, box, it } = here
  const vault = await box.sealing.vault()
  const given = (await opened(db, vault, it)).answers.length
  if (nth !== given + 1) refuse('这一条已经答复了。', 'This one has its answer already.')
  await answerVoice(db, vault, it, said, nth, actor, now, task ? { ...task, id: ctx.newId() } : null)
  const { card } = await backInInbox(ctx)
  const toast = it.author
    ? t('已答复，会告诉提的人。', 'Answered; the author is told.')
    : t('已答复，提的人凭代码看。', 'Answered; the author reads it by the code.')
  return { toast, mood: 'success', ...(card ? { card } : {}) }
}

/** For the author alone; nothing is left to show once the author is another. */
export async function voiceAnsweredShown(
  db: Db,
  { voice, member }: { voice: string; member: string },
  now: Date,
  box: BallotDeps | undefined,
): Promise<Card | null> {
  const [[it]] = await lookUp(db, [voiceById(db, voice)])
  if (!it || !box || it.author !== member) return null
  const { words, answers: given } = await opened(db, await box.sealing.vault(), it)
  return ownVoiceCard(it, words, given, now, (solved) => feelAnswer.value({ voice, solved }))
}

export async function feltAnswer(ctx: Context, { voice, solved }: { voice: string; solved: boolean }): Promise<PressAnswer> {
  const { db, actor, now, box } = memberOrRefuse(ctx)
  const [[it]] = await lookUp(db, [voiceById(db, voice)])
  if (!it || it.author !== actor.id) refuse('没有找到这一条。', 'There is no such thing.')
  const { answers: given } = await opened(db, await box.sealing.vault(), it)
  const { isOpenAgain } = await feel(db, it, given.at(-1), solved, actor, now)
  const card = await voiceAnsweredShown(db, { voice, member: actor.id }, now, box)
  return { toast: feltSaid(solved, isOpenAgain), mood: 'success', card: card ?? sentence(feltSaid(solved, isOpenAgain)) }
}

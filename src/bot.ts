import { sql } from 'drizzle-orm'
import { say } from '../cards/home/say.ts'
import { fileNamed, pressNamed, viewNamed } from '../cards/index.ts'
import { becomeAdmin } from '../commands/claim.ts'
import { commands, offerCommand, runCommand } from '../commands/index.ts'
import { answerSentence, heard } from '../commands/nearest.ts'
import { receiveRoster } from '../commands/roster.ts'
import type { BallotDeps } from '../db/ballots/cast.ts'
import { type Chat, chatById } from '../db/branches/chats.ts'
import { type Actor, actorByOpenId } from '../db/branches/members.ts'
import { isForeign } from '../db/branches/seats.ts'
import { unitByTenant } from '../db/branches/units.ts'
import { AlreadyDelivered, boundTo, type Db, isConstraint, lookUp, together } from '../db/client.ts'
import { gatheringOfCard } from '../db/gatherings/gatherings.ts'
import { claim } from '../db/ledgers/deliveries.ts'
import { deliveries } from '../db/ledgers/tables.ts'
import type { Card } from './card.ts'
import type { Answer } from './command.ts'
import { type Assist, type Context, type Mention, reply } from './context.ts'
import type { PressAnswer, Pressed } from './press.ts'
import { Refusal, refuse } from './refusal.ts'
import { type Text, t } from './text.ts'
import { type FileDeps, type FileMessage, noPages, type Pages } from './view.ts'

/** Everything a request gets from outside. */
export interface RequestDeps {
  db: Db
  now: Date
  newId(): string
  /** The open_ids that the configuration makes administrators. */
  admins: readonly string[]
  pages: Pages
  box: BallotDeps
  assist?: Assist | undefined
}

export interface Words {
  eventId: string
  /** Null for a menu entry, which has no message and is answered to the person. */
  messageId: string | null
  tenantKey: string
  openId: string
  chat: { id: string; isGroup: boolean }
  /** The words without the bot’s own mention. */
  text: string
  /** The platform’s name for the kind of message: `audio`, `image` and others have no words. */
  messageType?: string
  /** The message that this one replies to. */
  replyTo?: string
  /** A file that came instead of words. */
  file?: { key: string; name: string }
  mentions: readonly Mention[]
}

interface PressedButton {
  eventId: string
  tenantKey: string
  openId: string
  messageId?: string
  chat: { id: string }
  value: unknown
  form?: Record<string, unknown>
}

/** Thrown for a message whose name no view bears. Null would drop the message as one with nothing left to say, unseen. */
class UnknownView extends Error {
  override name = 'UnknownView'

  constructor(view: string) {
    super(`No view is called ${view}.`)
  }
}

/**
 * Renders a view by its name, as the outbox does when it sends.
 * @returns null when there is nothing left to say
 * @throws UnknownView
 */
export async function render(
  db: Db,
  view: string,
  args: Record<string, unknown>,
  now: Date,
  pages: Pages = noPages,
  box?: BallotDeps,
): Promise<Card | null> {
  const named = view === offerCommand.name ? offerCommand : await viewNamed(view)
  if (!named) throw new UnknownView(view)
  return named.render(db, args, now, pages, box)
}

/**
 * Renders an outbox row by the name of its view: a card, or a file.
 * @throws UnknownView
 */
export async function renderMessage(
  db: Db,
  view: string,
  args: Record<string, unknown>,
  now: Date,
  deps: FileDeps,
): Promise<Card | FileMessage | null> {
  const file = await fileNamed(view)
  return file ? file.render(db, args, now, deps) : render(db, view, args, now, deps.pages, deps.box)
}

/** Answers words from a chat. Everything they cause, the answer included, waits in the outbox when this returns. */
export async function answerWords(bot: RequestDeps, words: Words): Promise<void> {
  const [seen, [actor], [bound], [unit], [about]] = await lookUp(bot.db, [
    bot.db
      .select({ at: deliveries.at })
      .from(deliveries)
      .where(sql`${deliveries.eventId} = ${words.eventId} or ${deliveries.messageId} = ${words.messageId}`),
    actorByOpenId(bot.db, words),
    chatById(bot.db, { chatId: words.chat.id }),
    unitByTenant(bot.db, words),
    gatheringOfCard(bot.db, { messageId: words.replyTo ?? '' }),
  ])
  if (seen.length > 0) return

  const ctx = { ...contextOf(bot, words, actor ?? null, { ...words.chat, bound: bound ?? null }, words.messageId), about: about?.id }
  if (await appointConfiguredAdmin(bot, ctx, unit?.id ?? null)) return answerWords({ ...bot, admins: [] }, words)
  if (!unit && (await isForeign(bot.db, words.tenantKey))) return
  try {
    const answer = await (words.file ? receiveRoster(ctx, words.file) : answerLine(ctx, words)).catch(refusalSaid)
    if (answer) await together(ctx.db, [reply(ctx, 'say' in answer ? say.args(answer.say) : answer)])
  } catch (error) {
    if (!(error instanceof AlreadyDelivered)) throw error
  }
}

/** A State Council notice of a year’s holidays fits. */
const LONGEST_LINE = 1_500

async function answerLine(ctx: Context, { text, messageType = 'text' }: Words): Promise<Answer> {
  // A line may name a colleague before the bot; the words that follow are still meant for the bot.
  const line = text
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n\s*/gu, '\n')
    .replace(/^(?:\s?@_user_\d+)+/, '')
    .trim()
    .slice(0, LONGEST_LINE)
  if (line === '' && messageType !== 'text') {
    const say = (await import('./rules/words/media.ts')).mediaSaid(messageType)
    if (say) return { say }
  }
  const said = heard(line === '' ? '帮助' : line, commands)
  if (said) return said.command.answer(ctx, said.command.keepsLines ? said.rest : inOneLine(said.rest))
  return answerSentence(ctx, line, commands, offerCommand)
}

const inOneLine = (words: string) => words.replace(/\n/gu, ' ')

const refusalSaid = (error: unknown): Answer => {
  if (error instanceof Refusal) return { say: error.says }
  throw error
}

/** Answers a press with a toast and, where the card changes, the card. It costs one read and, if it changes something, one write. */
export async function answerPress(bot: RequestDeps, pressed: PressedButton): Promise<PressAnswer> {
  const meant = await meaningOf(pressed)
  if (!meant)
    return {
      toast: t(
        '这个按钮已经过时，请看最新的卡片，或直接说「帮助」。',
        'This button is out of date; please use the latest card, or say “help”.',
      ),
      mood: 'info',
    }
  try {
    return await attemptPress(bot, pressed, meant).catch((error) => {
      if (!(error instanceof AlreadyDelivered)) throw error
      return attemptPress(bot, pressed, meant)
    })
  } catch (error) {
    if (error instanceof Refusal) return { toast: error.says, mood: 'warning' }
    if (error instanceof AlreadyDelivered) return { toast: alreadyRecorded, mood: 'info' }
    throw error
  }
}

const alreadyRecorded: Text = t('已经记录，不用再按。', 'Already recorded; no need to press again.')

async function attemptPress(bot: RequestDeps, pressed: PressedButton, meant: Pressed): Promise<PressAnswer> {
  const asked = meant.look({ db: bot.db, now: bot.now, tenantKey: pressed.tenantKey, openId: pressed.openId })
  const [[actor], ...seen] = (await lookUp(bot.db, [actorByOpenId(bot.db, pressed), ...asked])) as [Actor[], ...unknown[]]
  const chat = { id: pressed.chat.id, isGroup: true, bound: null }
  const ctx = contextOf(bot, pressed, actor ?? null, chat, null)
  if (!actor && (await appointConfiguredAdmin(bot, ctx, undefined))) return attemptPress({ ...bot, admins: [] }, pressed, meant)
  if (!actor && (await isForeign(bot.db, pressed.tenantKey)))
    refuse('这里不是你的单位，按了没有作用。', 'This is not your organisation; the press did nothing.')
  return meant.answer(ctx, seen)
}

async function meaningOf({ value, form }: PressedButton): Promise<Pressed | null> {
  const name = typeof value === 'object' && value !== null && 'press' in value ? value.press : undefined
  if (typeof name !== 'string') return null
  const press = name === runCommand.name ? runCommand : await pressNamed(name)
  return press?.read(value, form) ?? null
}

function contextOf(
  bot: RequestDeps,
  from: Words | PressedButton,
  actor: Actor | null,
  chat: { id: string; isGroup: boolean; bound: Chat | null },
  messageId: string | null,
): Context {
  const { eventId, tenantKey, openId } = from
  return {
    db: boundTo(bot.db, claim(bot.db, { eventId, messageId, at: bot.now.getTime() })),
    now: bot.now,
    eventId,
    tenantKey,
    openId,
    actor,
    chat,
    mentions: 'mentions' in from ? from.mentions : [],
    answerTo: messageId
      ? { reply: messageId, in: chat.id, ...(chat.isGroup ? {} : { with: openId }) }
      : chat.id
        ? { chat: chat.id }
        : { person: openId },
    newId: bot.newId,
    pages: bot.pages,
    box: bot.box,
    assist: bot.assist,
    pressedOn: 'value' in from ? from.messageId : undefined,
  }
}

/** Makes a person named in ADMINS an administrator at their first word. It is not bound to the delivery, which is yet to be answered. */
async function appointConfiguredAdmin(bot: RequestDeps, ctx: Context, unit: string | null | undefined): Promise<boolean> {
  if (!bot.admins.includes(ctx.openId) || ctx.actor?.seats.some(({ role }) => role === 'admin')) return false
  const known = unit === undefined ? (await lookUp(bot.db, [unitByTenant(bot.db, ctx)]))[0][0]?.id : unit
  // The keys let one of two messages through that came at once. The person is administrator now either way.
  await together(bot.db, becomeAdmin({ ...ctx, db: bot.db }, known ?? null)).catch((error) => {
    if (!isConstraint(error)) throw error
  })
  return true
}

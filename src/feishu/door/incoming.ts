import * as z from 'zod'
import { withoutFormat } from '../../text.ts'
import { messageFile, messageText } from './message-text.ts'
import type { JsonObject } from './safe-json.ts'

/** An event of Feishu’s, in our words. */
export type Incoming =
  | WordsEvent
  | PressEvent
  | { kind: 'botAdded'; chatId: string; openId?: string; name?: string; createdAt?: number }
  | { kind: 'botRemoved' | 'chatGone'; chatId: string; createdAt?: number }
  | { kind: 'peopleJoined' | 'peopleLeft'; chatId: string; people: { openId: string; name?: string }[]; createdAt?: number }
  | { kind: 'menu'; openId: string; key: string }
  | { kind: 'entered'; openId?: string; chatId: string }
  /** Every other event, known or not: there is nothing to do. */
  | { kind: 'unused'; type: string }

interface WordsEvent {
  kind: 'words'
  messageId: string
  chatId: string
  chatType: 'p2p' | 'group'
  /** `''` only for a bot, which need not have one. */
  openId: string
  unionId?: string
  fromBot: boolean
  messageType: string
  /** `''` unless the message is text or a post. */
  text: string
  /** The message that this one is a reply to. */
  replyTo?: string
  /** A file that was sent; it can be fetched by the message and this key. */
  file?: { key: string; name: string }
  mentions: { key: string; openId?: string; name: string; isBot: boolean }[]
  atAll: boolean
}

interface PressEvent {
  kind: 'press'
  openId: string
  unionId?: string
  /** An object or a string, as the button was made; it went through the client. */
  value: unknown
  form?: Record<string, unknown>
  option?: string
  options?: string[]
  checked?: boolean
  input?: string
  name?: string
  messageId?: string
  chatId?: string
}

/** Undefined when an event that we use has another shape than it should. */
export function readIncoming(type: string, event: JsonObject): Incoming | undefined {
  const shape = shapes.get(type)
  return shape ? shape.safeParse(event).data : { kind: 'unused', type }
}

/** Feishu writes null, nothing or an empty string for a missing value. */
const maybe = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined)
const id = z.string().min(1).max(256)
const maybeText = z
  .string()
  .nullish()
  .transform((value) => value || undefined)
const maybeName = maybeText.transform((name) => (name && withoutFormat(name)) || undefined)
const maybePerson = maybe(z.object({ open_id: maybeText, union_id: maybeText }))

const mention = z
  .object({ key: z.string(), id: maybe(z.object({ open_id: maybeText })), mentioned_type: maybeText, name: maybeName })
  .transform(({ key, id, mentioned_type, name = '' }) => ({ key, openId: id?.open_id, name, isBot: mentioned_type === 'bot' }))

const words = z
  .object({
    sender: z.object({ sender_id: maybePerson, sender_type: z.string() }),
    message: z.object({
      message_id: id,
      chat_id: id,
      chat_type: id,
      message_type: id,
      content: maybe(z.string()),
      mentions: maybe(z.array(mention)),
      parent_id: maybeText,
    }),
  })
  .transform(({ sender, message }, issues): WordsEvent => {
    const text = messageText(message.message_type, message.content ?? '')
    const fromBot = sender.sender_type !== 'user'
    const openId = sender.sender_id?.open_id ?? (fromBot ? '' : undefined)
    if (text === undefined || openId === undefined) {
      issues.addIssue('content or sender')
      return z.NEVER
    }

    const mentions = message.mentions ?? []
    return {
      kind: 'words',
      messageId: message.message_id,
      chatId: message.chat_id,
      // Topic groups have had a type of their own.
      chatType: message.chat_type === 'p2p' ? 'p2p' : 'group',
      openId,
      unionId: sender.sender_id?.union_id,
      fromBot,
      messageType: message.message_type,
      text,
      replyTo: message.parent_id,
      file: messageFile(message.message_type, message.content ?? ''),
      mentions,
      // An @all is said to come without an entry among the mentions; the SDK reads it from one.
      atAll: mentions.some(({ key }) => key === '@_all') || /@_all(?!\w)/.test(text),
    }
  })

const press = z
  .object({
    operator: z.object({ open_id: id, union_id: maybeText }),
    action: z.object({
      value: z.unknown().optional(),
      form_value: maybe(z.record(z.string(), z.unknown())),
      option: maybe(z.string()),
      options: maybe(z.union([z.string(), z.array(z.string())])),
      checked: maybe(z.boolean()),
      input_value: maybe(z.string()),
      name: maybe(z.string()),
    }),
    context: maybe(z.object({ open_message_id: maybeText, open_chat_id: maybeText })),
  })
  .transform(({ operator, action, context }): PressEvent => {
    // The image picker sends its single choice under the plural key.
    const single = typeof action.options === 'string' ? action.options : undefined
    return {
      kind: 'press',
      openId: operator.open_id,
      unionId: operator.union_id,
      value: action.value,
      form: action.form_value,
      option: action.option ?? single,
      options: typeof action.options === 'string' ? [action.options] : action.options,
      checked: action.checked,
      input: action.input_value,
      name: action.name,
      messageId: context?.open_message_id,
      chatId: context?.open_chat_id,
    }
  })

const chat = z.object({ chat_id: id })

/** The envelope’s creation time is a text; some samples count microseconds. */
const milliseconds = z
  .unknown()
  .transform((value) => (typeof value === 'string' && /^\d{13,16}$/.test(value) ? Number(value.slice(0, 13)) : undefined))

const botAdded = chat.extend({ operator_id: maybePerson, name: maybeName, create_time: milliseconds }).transform(
  ({ chat_id, operator_id, name, create_time: createdAt }): Incoming => ({
    kind: 'botAdded',
    chatId: chat_id,
    openId: operator_id?.open_id,
    name,
    createdAt,
  }),
)

const botGone = (kind: 'botRemoved' | 'chatGone') =>
  chat
    .extend({ create_time: milliseconds })
    .transform(({ chat_id, create_time: createdAt }): Incoming => ({ kind, chatId: chat_id, createdAt }))

/** A person of another company may come without an id that we could know them by. */
const people = (kind: 'peopleJoined' | 'peopleLeft') =>
  chat
    .extend({ users: maybe(z.array(z.object({ user_id: maybePerson, name: maybeName }))), create_time: milliseconds })
    .transform(({ chat_id, users = [], create_time: createdAt }): Incoming => {
      const people = users.flatMap(({ user_id, name }) => (user_id?.open_id ? [{ openId: user_id.open_id, name }] : []))
      return { kind, chatId: chat_id, people, createdAt }
    })

const menu = z
  .object({ operator: z.object({ operator_id: z.object({ open_id: id }) }), event_key: id })
  .transform(({ operator, event_key }): Incoming => ({ kind: 'menu', openId: operator.operator_id.open_id, key: event_key }))

const entered = chat
  .extend({ operator_id: maybePerson })
  .transform(({ chat_id, operator_id }): Incoming => ({ kind: 'entered', chatId: chat_id, openId: operator_id?.open_id }))

const firstEntered = chat
  .extend({ user: maybePerson })
  .transform(({ chat_id, user }): Incoming => ({ kind: 'entered', chatId: chat_id, openId: user?.open_id }))

const shapes: ReadonlyMap<string, z.ZodType<Incoming>> = new Map<string, z.ZodType<Incoming>>([
  ['im.message.receive_v1', words],
  ['card.action.trigger', press],
  ['im.chat.member.bot.added_v1', botAdded],
  ['im.chat.member.bot.deleted_v1', botGone('botRemoved')],
  ['im.chat.disbanded_v1', botGone('chatGone')],
  ['im.chat.member.user.added_v1', people('peopleJoined')],
  ['im.chat.member.user.deleted_v1', people('peopleLeft')],
  // An invitation was taken back: the person invited is not in the chat.
  ['im.chat.member.user.withdrawn_v1', people('peopleLeft')],
  ['application.bot.menu_v6', menu],
  ['im.chat.access_event.bot_p2p_chat_entered_v1', entered],
  ['p2p_chat_create', firstEntered],
])

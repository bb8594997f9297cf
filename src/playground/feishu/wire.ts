import { sealBody, signatureOf } from '../../feishu/door/verify.ts'
import type { Chat } from './chats.ts'
import { bytesFrom } from './ids.ts'
import type { Message } from './messages.ts'
import { idsOf, type Person } from './people.ts'
import type { World } from './world.ts'

export interface Envelope {
  schema: '2.0'
  header: { event_id: string; event_type: string; create_time: string; token: string; app_id: string; tenant_key: string }
  event: object
}

export interface Secrets {
  encryptKey: string
  verificationToken: string
}

/** The ways into a chat and out of it; `withdrawn` is an invitation taken back. */
export type Membership = 'added' | 'deleted' | 'withdrawn'

/** A person's act on a control, as the platform sends it. */
export interface Action {
  tag: string
  value?: unknown
  name?: string
  timezone?: string
  option?: string
  options?: string[]
  input_value?: string
  checked?: boolean
  form_value?: Record<string, unknown>
}

/** Builds the event envelopes of this Feishu. */
export function createWire(world: World, { verificationToken }: Secrets) {
  const { tenantKey, appId } = world
  const nowMs = () => world.clock().getTime()

  const wrap = (type: string, event: object, create_time = String(nowMs())): Envelope => ({
    schema: '2.0',
    header: { event_id: world.makeId(''), event_type: type, create_time, token: verificationToken, app_id: appId, tenant_key: tenantKey },
    event,
  })

  const inChat = ({ chatId, name }: Chat, by: Person) => ({
    chat_id: chatId,
    operator_id: idsOf(by),
    external: false,
    operator_tenant_key: tenantKey,
    name,
    i18n_names: { zh_cn: name, en_us: name, ja_jp: name },
  })

  return {
    message(message: Message, chat: Chat, person: Person, { text, mentions }: Mentioned): Envelope {
      return wrap('im.message.receive_v1', {
        sender: { sender_id: idsOf(person), sender_type: 'user', tenant_key: tenantKey },
        message: {
          message_id: message.id,
          create_time: String(message.createdAt.getTime()),
          update_time: String(message.createdAt.getTime()),
          chat_id: chat.chatId,
          chat_type: chat.mode === 'p2p' ? 'p2p' : 'group',
          message_type: message.msgType,
          content: JSON.stringify(message.msgType === 'text' ? { text } : message.content),
          ...(mentions.length > 0 ? { mentions } : {}),
        },
      })
    },

    /** A press, alone among the events, carries its time in microseconds. */
    press: (message: Message, { openId, unionId, userId }: Person, action: Action): Envelope =>
      wrap(
        'card.action.trigger',
        {
          operator: { tenant_key: tenantKey, open_id: openId, union_id: unionId, user_id: userId },
          token: world.makeId('c-'),
          action,
          host: 'im_message',
          context: { open_message_id: message.id, open_chat_id: message.chatId },
        },
        `${nowMs()}000`,
      ),

    botAdded: (chat: Chat, by: Person): Envelope => wrap('im.chat.member.bot.added_v1', inChat(chat, by)),

    membersChanged: (what: Membership, chat: Chat, by: Person, people: readonly Person[]): Envelope =>
      wrap(`im.chat.member.user.${what}_v1`, {
        ...inChat(chat, by),
        users: people.map((person) => ({ name: person.name, tenant_key: tenantKey, user_id: idsOf(person) })),
      }),

    /** The event names no chat and no message: the bot answers the person. Its own `timestamp` is in seconds. */
    menu: (person: Person, eventKey: string): Envelope =>
      wrap('application.bot.menu_v6', {
        operator: { operator_name: person.name, operator_id: idsOf(person) },
        event_key: eventKey,
        timestamp: Math.floor(nowMs() / 1000),
      }),

    chatEntered: (chat: Chat, person: Person, last: Message | undefined): Envelope =>
      wrap('im.chat.access_event.bot_p2p_chat_entered_v1', {
        chat_id: chat.chatId,
        operator_id: idsOf(person),
        ...(last ? { last_message_id: last.id, last_message_create_time: String(last.createdAt.getTime()) } : {}),
      }),

    urlVerification: (challenge: string) => ({ challenge, token: verificationToken, type: 'url_verification' }),
  }
}

interface Mention {
  key: string
  id: { open_id: string; union_id: string; user_id: string }
  mentioned_type: 'user' | 'bot'
  name: string
  tenant_key: string
}

interface Mentioned {
  text: string
  mentions: Mention[]
}

/** `@name` becomes a placeholder, numbered in the order of the text. A bot's mention has an empty user_id. `@所有人` becomes `@_all` and stands in no list. */
export function mentionsIn(world: World, chat: Chat, typed: string): Mentioned {
  const people = chat.members.map((openId) => world.people.get(openId))
  const bot = { ...world.bot, userId: '' }
  const named = new Map([...people, ...(chat.hasBot ? [bot] : [])].map((it) => [it.name, it]))
  const longestFirst = [...named.keys()].sort((a, b) => b.length - a.length).map(escaped)
  const mentions: Mention[] = []
  const text = typed.replace(new RegExp(`@(所有人|${longestFirst.join('|')})`, 'g'), (whole, name: string) => {
    if (name === '所有人') return '@_all'
    const it = named.get(name)
    if (!it) return whole
    const key = `@_user_${mentions.length + 1}`
    mentions.push({ key, id: idsOf(it as Person), mentioned_type: it === bot ? 'bot' : 'user', name, tenant_key: world.tenantKey })
    return key
  })
  return { text, mentions }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Encrypts a payload and signs the very bytes sent. The URL check alone carries no signature. */
export function sealed({ clock, random }: World, { encryptKey }: Secrets, payload: object, { signed = true } = {}): Posted {
  const body = sealBody(JSON.stringify(payload), encryptKey, bytesFrom(random, 16))
  const timestamp = String(Math.floor(clock().getTime() / 1000))
  const nonce = Buffer.from(bytesFrom(random, 8)).toString('hex')
  const signature = {
    'X-Lark-Request-Timestamp': timestamp,
    'X-Lark-Request-Nonce': nonce,
    'X-Lark-Signature': signatureOf(timestamp, nonce, encryptKey, body),
  }
  return { body, headers: { 'content-type': 'application/json;charset=utf-8', ...(signed ? signature : {}) } }
}

export interface Posted {
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

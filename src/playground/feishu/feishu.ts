import { setTimeout as wait } from 'node:timers/promises'
import type { Hono } from 'hono'
import { type ControlQuery, type Filled, findControl, reactionOf } from '../controls.ts'
import { takeAnswer } from './answer.ts'
import { createApi } from './api.ts'
import type { Fault } from './api-faults.ts'
import { type Answered, createDelivery, type Disorder, NOT_DELIVERED, type Webhook } from './delivery.ts'
import type { Message } from './messages.ts'
import { type Action, createWire, type Membership, mentionsIn, type Secrets } from './wire.ts'
import { createWorld, type Logged, type World } from './world.ts'

interface FeishuDeps extends Secrets {
  clock: () => Date
  random: () => number
  appId: string
  appSecret: string
  tenantKey?: string
  /** The name after the @ in a group. */
  botName?: string
  webhook: Webhook
  sleep?: (ms: number) => Promise<void>
}

interface PressOptions extends Filled {
  /** Presses the card as of that version; 0 is the card as sent. Another person's client may not show the newest yet. */
  version?: number
}

export type Feishu = ReturnType<typeof createFeishu>
export type { Answered, ControlQuery, Fault, Logged, Message }

const FORTNIGHT = 14 * 86_400_000

/** A stand-in for Feishu: people and chats, the Open API, and the events sent to the bot. */
export function createFeishu({ webhook, sleep = unhurried, ...options }: FeishuDeps) {
  const world = createWorld(options)
  const wire = createWire(world, options)
  const disorder: Disorder = { twice: false, reorder: false }
  const delivery = createDelivery(world, options, webhook, sleep, disorder)
  const faults: Fault[] = []
  const api = createApi(world, faults)
  const { people, chats, messages } = world

  async function say(openId: string, where: string, text: string): Promise<Answered> {
    const person = people.get(openId)
    const chat = where === 'bot' ? chats.dm(openId) : chats.get(where)
    if (!chat.members.includes(openId) || chat.status !== 'normal') throw new Error(`${person.name} cannot speak in ${chat.name}`)
    const message = messages.add({ chatId: chat.chatId, sender: { kind: 'user', id: openId }, msgType: 'text', content: { text } })
    const mentioned = mentionsIn(world, chat, text)
    const isHeard = chat.mode === 'p2p' || mentioned.mentions.some(({ id }) => id.open_id === world.bot.openId)
    const answered = isHeard ? await delivery.event(wire.message(message, chat, person, mentioned)) : NOT_DELIVERED
    return { ...answered, messageId: message.id }
  }

  /** Sends a file from the person's machine. A file mentions nobody in a group: the bot hears of it in direct chats only. */
  async function sendFile(openId: string, where: string, name: string, bytes: Uint8Array): Promise<Answered> {
    const person = people.get(openId)
    const chat = where === 'bot' ? chats.dm(openId) : chats.get(where)
    const content = { file_key: world.files.add(name, bytes, 'user').key, file_name: name }
    const message = messages.add({ chatId: chat.chatId, sender: { kind: 'user', id: openId }, msgType: 'file', content })
    const event = wire.message(message, chat, person, { text: '', mentions: [] })
    return { ...(chat.mode === 'p2p' ? await delivery.event(event) : NOT_DELIVERED), messageId: message.id }
  }

  /** Presses the named control as the client would. */
  async function press(
    openId: string,
    messageId: string,
    which: ControlQuery,
    { version, ...filled }: PressOptions = {},
  ): Promise<Answered> {
    const message = existing(world, messageId)
    const card = version === undefined ? message.content : message.versions[version]?.content
    const deed = reactionOf(card, findControl(card, which), filled)
    if ('silent' in deed) return NOT_DELIVERED
    if ('missing' in deed) return { ...NOT_DELIVERED, body: deed }
    return act(openId, messageId, deed.action)
  }

  /** Presses with any action, also one that no client would send. */
  async function act(openId: string, messageId: string, action: Action): Promise<Answered> {
    const message = existing(world, messageId)
    const person = people.get(openId)
    const age = world.clock().getTime() - message.createdAt.getTime()
    if (message.deleted || age > FORTNIGHT) return showError(message, openId, { ...NOT_DELIVERED, error: 200080 })
    world.pressed.push(messageId)
    const answered = await delivery.callback(wire.press(message, person, action)).finally(() => release(world, messageId))
    const error = answered.error ?? takeAnswer(world, message, openId, answered.body)
    return error === undefined ? answered : showError(message, openId, { ...answered, error })
  }

  function showError({ id }: Message, openId: string, answered: Answered & { error?: number }): Answered {
    const content = `${answered.error}`
    world.toasts.push({
      at: world.clock(),
      openId,
      messageId: id,
      type: 'error',
      content,
      i18n: {},
      ...(answered.error ? { error: answered.error } : {}),
    })
    return answered
  }

  return {
    api: api as unknown as Hono,
    /** The API in the shape of `fetch`, for a client in the same process. */
    fetch: (input: string | URL | Request, init?: RequestInit): Promise<Response> => asFetched(api, new Request(input, init)),
    faults,
    disorder,
    bot: world.bot,
    messages: messages.all,
    toasts: world.toasts,
    log: world.log,
    people: people.all,
    chats: chats.all,

    addPerson: people.add,
    addChat: chats.add,
    person: people.get,
    chat: chats.get,
    message: (id: string): Message => existing(world, id),
    dm: (openId: string): string => chats.dm(people.get(openId).openId).chatId,

    async addBot(chatId: string, byOpenId: string): Promise<Answered> {
      const chat = chats.get(chatId)
      chat.hasBot = true
      return delivery.event(wire.botAdded(chat, people.get(byOpenId)))
    },
    removeBot(chatId: string): void {
      chats.get(chatId).hasBot = false
    },
    join(openId: string, chatId: string): void {
      const { members } = chats.get(chatId)
      if (!members.includes(people.get(openId).openId)) members.push(openId)
    },
    leave(openId: string, chatId: string): void {
      const chat = chats.get(chatId)
      chat.members = chat.members.filter((member) => member !== openId)
    },
    /** Like `join` and `leave`, but done by a person; a bot in the chat is told. */
    async members(what: Membership, chatId: string, openIds: readonly string[], byOpenId: string): Promise<Answered> {
      const chat = chats.get(chatId)
      const others = chat.members.filter((member) => !openIds.includes(member))
      chat.members = what === 'added' ? [...others, ...openIds] : others
      const event = wire.membersChanged(what, chat, people.get(byOpenId), openIds.map(people.get))
      return chat.hasBot ? delivery.event(event) : NOT_DELIVERED
    },
    resign(openId: string): void {
      people.get(openId).employment = 'resigned'
      for (const chat of chats.all()) if (chat.mode !== 'p2p') chat.members = chat.members.filter((member) => member !== openId)
    },
    dissolve(chatId: string): void {
      chats.get(chatId).status = 'dissolved'
    },

    say,
    sendFile,
    /** The file that a message brought. */
    fileOf: (messageId: string) => world.files.find(String((existing(world, messageId).content as { file_key?: unknown }).file_key)),
    press,
    act,
    menu: (openId: string, eventKey: string): Promise<Answered> => delivery.event(wire.menu(people.get(openId), eventKey)),
    enterDm(openId: string): Promise<Answered> {
      const chat = chats.dm(openId)
      const last = messages.all.findLast(({ chatId }) => chatId === chat.chatId)
      return delivery.event(wire.chatEntered(chat, people.get(openId), last))
    },
    verifyUrl: (challenge: string): Promise<Answered> => delivery.verifyUrl(wire.urlVerification(challenge)),
    redeliverDue: delivery.redeliverDue,
    deliverAgain: delivery.deliverAgain,
  }
}

/** The wait keeps no process alive. */
const unhurried = (ms: number): Promise<void> => wait(ms, undefined, { ref: false })

/** Several people may press one card at once: one entry is removed. */
function release({ pressed }: World, messageId: string): void {
  pressed.splice(pressed.indexOf(messageId), 1)
}

function existing({ messages }: World, id: string): Message {
  const message = messages.find(id)
  if (!message) throw new Error(`there is no message ${id}`)
  return message
}

/** An aborted call fails at once, though the platform may still be at work on it. */
async function asFetched(api: { fetch(request: Request): Response | Promise<Response> }, request: Request): Promise<Response> {
  const { signal } = request
  signal.throwIfAborted()
  const abandoned = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  return Promise.race([api.fetch(request), abandoned])
}

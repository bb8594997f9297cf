import { type Chats, createChats } from './chats.ts'
import { createFiles, type Files } from './files.ts'
import { idsFrom, type MakeId } from './ids.ts'
import { createLimits, type Limits } from './limits.ts'
import { createMessages, type Messages } from './messages.ts'
import { createPeople, type People } from './people.ts'
import { createTokens, type Tokens } from './tokens.ts'
import type { Written } from './written.ts'

/** One line of the wire log, in either direction. */
export interface Logged {
  at: Date
  to: 'feishu' | 'bot'
  method: string
  path: string
  status: number
  code?: number
  body: unknown
  ms: number
  /** Towards the bot: the payload before encryption, and the size of the encrypted body. */
  payload?: object
  bytes?: number
  /** The work of the bot's store for this line, if the bot reports it. */
  written?: Written | undefined
}

/** The words a person saw after a press: the bot's own, or the client's error with its code. */
interface Toast {
  at: Date
  openId: string
  messageId: string
  type: string
  content: string
  i18n: Record<string, string>
  error?: number
}

/** The whole state of this Feishu. */
export interface World {
  clock: () => Date
  random: () => number
  makeId: MakeId
  appId: string
  appSecret: string
  tenantKey: string
  bot: { openId: string; unionId: string; name: string }
  people: People
  chats: Chats
  messages: Messages
  files: Files
  limits: Limits
  tokens: Tokens
  toasts: Toast[]
  log: Logged[]
  /** Cards being pressed: they cannot be patched until the bot has answered. */
  pressed: string[]
}

interface WorldDeps {
  clock: () => Date
  random: () => number
  appId: string
  appSecret: string
  tenantKey?: string
  botName?: string
}

export function createWorld({ clock, random, appId, appSecret, tenantKey = 'playground', botName = '支部' }: WorldDeps): World {
  const makeId = idsFrom(random)
  return {
    clock,
    random,
    makeId,
    appId,
    appSecret,
    tenantKey,
    bot: { openId: makeId('ou_'), unionId: makeId('on_'), name: botName },
    people: createPeople(makeId),
    chats: createChats(makeId),
    messages: createMessages(clock, makeId),
    files: createFiles(makeId),
    limits: createLimits(clock),
    tokens: createTokens(clock, makeId),
    toasts: [],
    log: [],
    pressed: [],
  }
}

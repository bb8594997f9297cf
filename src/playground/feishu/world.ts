import { type Chats, createChats } from './chats.ts'
import { createFiles, type Files } from './files.ts'
import { idsFrom, type MakeId } from './ids.ts'
import { createLimits, type Limits } from './limits.ts'
import { createMessages, type Messages } from './messages.ts'
import { createPeople, type People } from './people.ts'
import { createTokens, type Tokens } from './tokens.ts'
import type { Written } from './written.ts'

/** One line of what went over the wire, in either direction. */
export interface Logged {
  at: Date
  to: 'feishu' | 'bot'
  method: string
  path: string
  status: number
  code?: number
  body: unknown
  ms: number
  /** Towards the bot: what was in the envelope, before it was sealed into so many bytes. */
  said?: object
  bytes?: number
  /** What the bot's store was asked for it, if it tells. */
  written?: Written | undefined
}

/** What a person was shown after a press: the bot's words, or the client's own error with its code. */
export interface Toast {
  at: Date
  openId: string
  messageId: string
  type: string
  content: string
  i18n: Record<string, string>
  error?: number
}

/** Everything that this Feishu is at a moment. */
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
  /** Cards being pressed: until the bot has answered they cannot be patched. */
  pressed: string[]
}

interface Installed {
  clock: () => Date
  random: () => number
  appId: string
  appSecret: string
  tenantKey?: string
  botName?: string
}

export function createWorld({ clock, random, appId, appSecret, tenantKey = 'playground', botName = '支部' }: Installed): World {
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

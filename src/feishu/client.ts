import * as lark from '@larksuiteoapi/node-sdk'
import * as z from 'zod'
import { type Answer, lineOver } from './line.ts'
import { codeOf, type Outcome, outcomeOf } from './outcome.ts'
import { tenantToken } from './token.ts'

/** Everything that is ever said to Feishu, as the outbox needs it. Nothing here throws but `bot`. */
export interface Mouth {
  send(to: { kind: 'chat' | 'person' | 'reply' | 'card'; id: string }, card: object, uuid: string): Promise<Outcome>
  bot(): Promise<{ openId: string; name: string }>
}

export interface MouthOptions {
  appId: string
  appSecret: string
  domain: 'feishu' | 'lark' | (string & {})
  fetch: typeof globalThis.fetch
  clock: () => Date
  /** Codes and the platform's log ids only: never content, people or secrets. */
  log?: (event: object) => void
  timeoutMs?: number
}

type Target = Parameters<Mouth['send']>[0]
type Options = ReturnType<typeof lark.withTenantToken>

export function createMouth({ appId, appSecret, domain, fetch, clock, log, timeoutMs = 5_000 }: MouthOptions): Mouth {
  const client = new lark.Client({
    appId,
    appSecret,
    domain: hosts[domain] ?? domain,
    httpInstance: lineOver(fetch, timeoutMs),
    disableTokenCache: true,
    logger: silent,
  })
  const token = tenantToken(
    () => heard(client.auth.v3.tenantAccessToken.internal({ data: { app_id: appId, app_secret: appSecret } })),
    clock,
  )

  /** With a token; one found dead is dropped and the call made once more. */
  async function call(name: string, speak: (options: Options) => Promise<unknown>): Promise<Answer> {
    const first = await attempt(speak)
    const answer = first.code !== undefined && dead.has(first.code) && !first.isUnsent ? await attempt(speak) : first
    if (answer.code !== 0) log?.({ event: 'feishu', call: name, code: codeOf(answer), logId: answer.logId })
    return answer
  }

  async function attempt(speak: (options: Options) => Promise<unknown>): Promise<Answer> {
    const held = await token.get()
    if (typeof held !== 'string') return held
    const answer = await heard(speak(lark.withTenantToken(held)))
    if (answer.code !== undefined && dead.has(answer.code)) token.drop(held)
    return answer
  }

  return {
    send: async (to, card, uuid) => outcomeOf(await call(to.kind, (options) => say(client, to, JSON.stringify(card), uuid, options))),

    async bot() {
      const answer = await call('bot', (options) => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }, options))
      const { data } = botInfo.safeParse(answer.body)
      if (!data) throw new Error(`the bot's name could not be asked: ${codeOf(answer)}`)
      return { openId: data.bot.open_id, name: data.bot.app_name ?? '' }
    },
  }
}

function say({ im }: lark.Client, { kind, id }: Target, content: string, uuid: string, options: Options): Promise<unknown> {
  const card = { msg_type: 'interactive', content, uuid }
  const path = { message_id: encodeURIComponent(id) }
  if (kind === 'reply') return im.v1.message.reply({ path, data: card }, options)
  if (kind === 'card') return im.v1.message.patch({ path, data: { content } }, options)
  return im.v1.message.create({ params: { receive_id_type: idTypes[kind] }, data: { receive_id: id, ...card } }, options)
}

const idTypes = { chat: 'chat_id', person: 'open_id' } as const
const hosts: Record<string, lark.Domain> = { feishu: lark.Domain.Feishu, lark: lark.Domain.Lark }
const dead = new Set([99991663, 99991665])
const botInfo = z.looseObject({ code: z.literal(0), bot: z.looseObject({ open_id: z.string(), app_name: z.string().optional() }) })

/** The SDK hands on what its line answers, and ours answers this, whatever the SDK's types promise. */
const heard = (answer: Promise<unknown>) => answer as Promise<Answer>

/** The SDK's own logger would write what was sent. */
const nothing = () => {}
const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing }

import * as lark from '@larksuiteoapi/node-sdk'
import * as z from 'zod'
import { type ChatPerson, download, type Fetched, fetchedFrom, fileKeyIn, peopleIn, upload } from './files.ts'
import { type HttpAnswer, httpOver } from './http.ts'
import { codeOf, type Outcome, outcomeOf } from './outcome.ts'
import { tenantToken } from './token.ts'

/** Every call that the bot makes to Feishu. None of them throws but `bot`. */
export interface FeishuClient {
  /** Sends a card, or `{ file: { name, bytes } }`, which is uploaded first. Feishu takes one `uuid` once an hour. */
  send(to: { kind: 'chat' | 'person' | 'reply' | 'card'; id: string }, shown: object, uuid: string): Promise<Outcome>
  /** Fetches a file that a person sent. */
  download(messageId: string, fileKey: string): Promise<Fetched>
  /** The people in a chat; null when Feishu does not say. */
  peopleIn(chatId: string): Promise<ChatPerson[] | null>
  bot(): Promise<{ openId: string; name: string }>
}

interface FeishuClientDeps {
  appId: string
  appSecret: string
  domain: 'feishu' | 'lark' | (string & {})
  fetch: typeof globalThis.fetch
  clock: () => Date
  /** Gets codes and the platform’s log ids: never content, people or secrets. */
  log?: (event: object) => void
  timeoutMs?: number
}

type Target = Parameters<FeishuClient['send']>[0]
type Options = ReturnType<typeof lark.withTenantToken>

export function createFeishuClient({ appId, appSecret, domain, fetch, clock, log, timeoutMs = 5_000 }: FeishuClientDeps): FeishuClient {
  const host = hosts[domain] ?? domain
  const client = new lark.Client({
    appId,
    appSecret,
    domain: host,
    httpInstance: httpOver(fetch, timeoutMs),
    disableTokenCache: true,
    logger: silent,
  })
  const token = tenantToken(
    () => asAnswer(client.auth.v3.tenantAccessToken.internal({ data: { app_id: appId, app_secret: appSecret } })),
    clock,
  )

  /** Calls with a token. A token found dead is dropped, and the call made once more. */
  async function call(name: string, ask: (options: Options, token: string) => Promise<unknown>): Promise<HttpAnswer> {
    const first = await attempt(ask)
    const answer = first.code !== undefined && deadTokens.has(first.code) && !first.isUnsent ? await attempt(ask) : first
    if (answer.code !== 0) log?.({ event: 'feishu', call: name, code: codeOf(answer), logId: answer.logId })
    return answer
  }

  async function attempt(ask: (options: Options, token: string) => Promise<unknown>): Promise<HttpAnswer> {
    const held = await token.get()
    if (typeof held !== 'string') return held
    const answer = await asAnswer(ask(lark.withTenantToken(held), held))
    if (answer.code !== undefined && deadTokens.has(answer.code)) token.drop(held)
    return answer
  }

  async function send(to: Target, shown: object, uuid: string): Promise<Outcome> {
    if (!isFile(shown))
      return outcomeOf(await call(to.kind, (options) => sendMessage(client, to, 'interactive', JSON.stringify(shown), uuid, options)))
    const { name, bytes } = shown.file
    const taken = await call('upload', (_, token) => upload({ fetch, host, token, timeoutMs }, name, bytes))
    const file_key = fileKeyIn(taken)
    if (!file_key) return outcomeOf({ ...taken, code: taken.code || undefined })
    return outcomeOf(await call(to.kind, (options) => sendMessage(client, to, 'file', JSON.stringify({ file_key }), uuid, options)))
  }

  return {
    send,

    download: async (messageId, fileKey) =>
      fetchedFrom(await call('download', (_, token) => download({ fetch, host, token, timeoutMs: 6 * timeoutMs }, messageId, fileKey))),

    peopleIn: (chatId) =>
      peopleIn((params) =>
        call('members', (options) => client.im.v1.chatMembers.get({ path: { chat_id: encodeURIComponent(chatId) }, params }, options)),
      ),

    async bot() {
      const answer = await call('bot', (options) => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }, options))
      const { data } = botInfo.safeParse(answer.body)
      if (!data) throw new Error(`the bot's name could not be asked: ${codeOf(answer)}`)
      return { openId: data.bot.open_id, name: data.bot.app_name ?? '' }
    },
  }
}

const isFile = (shown: object): shown is { file: { name: string; bytes: Uint8Array } } => 'file' in shown

function sendMessage(
  { im }: lark.Client,
  { kind, id }: Target,
  msg_type: 'interactive' | 'file',
  content: string,
  uuid: string,
  options: Options,
): Promise<unknown> {
  const message = { msg_type, content, uuid }
  const path = { message_id: encodeURIComponent(id) }
  if (kind === 'reply') return im.v1.message.reply({ path, data: message }, options)
  if (kind === 'card') return im.v1.message.patch({ path, data: { content } }, options)
  return im.v1.message.create({ params: { receive_id_type: idTypes[kind] }, data: { receive_id: id, ...message } }, options)
}

const idTypes = { chat: 'chat_id', person: 'open_id' } as const
const hosts: Record<string, string> = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' }
const deadTokens = new Set([99991663, 99991665])
const botInfo = z.looseObject({ code: z.literal(0), bot: z.looseObject({ open_id: z.string(), app_name: z.string().optional() }) })

/** The SDK hands on the answer of its HTTP instance. Ours gives this, whatever the SDK’s types promise. */
const asAnswer = (answer: Promise<unknown>) => answer as Promise<HttpAnswer>

/** The SDK's own logger would write what was sent. */
const nothing = () => {}
const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing }

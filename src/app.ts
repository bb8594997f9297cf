import { Hono } from 'hono'
import type { BallotDeps } from '../db/ballots/cast.ts'
import { type Db, together } from '../db/client.ts'
import { refreshCard } from '../db/ledgers/refresh.ts'
import { answerPress, answerWords, type RequestDeps } from './bot.ts'
import { noticeChat } from './chats/events.ts'
import type { Assist } from './context.ts'
import { bodyReader } from './feishu/door/body.ts'
import { type Delivery, type Received, receive, type Secrets } from './feishu/door/events.ts'
import { refusalsSaid } from './feishu/door/refusals.ts'
import { turnstile } from './feishu/door/turnstile.ts'
import { healthOf } from './health.ts'
import type { PressAnswer } from './press.ts'
import { plainly, type Text, t } from './text.ts'
import type { Pages } from './view.ts'
import type { Address } from './web/address.ts'

/** Everything the app gets from outside. Time, chance and the way to Feishu come in here and nowhere else. */
export interface AppDeps {
  db: Db
  secrets: Secrets
  admins: readonly string[]
  clock(): Date
  /** Returns that many random bytes. */
  random(bytes: number): Uint8Array
  /** Makes the addresses of web pages; `address` reads them again by the same key. */
  pages: Pages
  address: Address
  /** Seals ballots. */
  box: BallotDeps
  /** The optional language model; absent by default. */
  assist?: Assist | undefined
  /** Calls back after `ms`; the function it returns calls that off. */
  wait(ms: number, then: () => void): () => void
  /** The bot’s own open_id: words in a group are for the bot when they name it. */
  botOpenId(): Promise<string>
  /** Keeps work going behind the answer. */
  after(work: Promise<unknown>): void
  /** Sends the messages that wait; called behind every answer. */
  deliver(): Promise<unknown>
  /** Goes on with work that takes longer than an answer may: files to read, long imports. */
  workOff(): Promise<unknown>
  log(event: Record<string, unknown>): void
  /** False while the long connection has been lost for too long; absent where there is none. */
  isConnected?: () => boolean
}

/** The platform gives up after 3 s; at 2.5 s we answer neutrally and finish behind the answer. */
const WATCHDOG_MS = 2_500

export function createApp(deps: AppDeps): Hono {
  const app = new Hono()
  const isHealthy = healthOf(deps)
  const bodyOf = bodyReader(deps.wait)
  const refuse = refusalsSaid(deps)
  // Headers that come at once and bodies that come at once are two crowds. A body may come long after its headers.
  const [toBeRead, toBeJudged] = [turnstile(), turnstile()]
  app.get('/healthz', async (c) =>
    (await isHealthy()) && (deps.isConnected?.() ?? true) ? c.json({ ok: true }) : c.json({ ok: false }, 503),
  )
  app.post('/lark/webhook', async (c) => {
    const now = deps.clock()
    await toBeRead()
    const body = await bodyOf(c.req.raw, now)
    await toBeJudged()
    const received = body instanceof Uint8Array ? receive(body, c.req.raw.headers, deps.secrets, now) : body
    if (received.outcome !== 'refused') return answerDelivery(deps, received)
    refuse(received)
    // The rest of a body that was not read would be taken for the next request.
    return c.json({ error: 'refused' }, received.status, body === received ? { connection: 'close' } : {})
  })
  // The pages are loaded on the first request for one. The webhook needs none of them, and plain Node reads no .tsx.
  app.all('/p/*', async (c) => {
    const response = await (await import('./web/door.tsx')).openPage({ ...deps, newId: () => newId(deps.random) }, c.req.raw)
    if (c.req.method === 'POST') deps.after(deps.deliver())
    return response
  })
  app.on(['GET', 'POST'], '/voice', async (c) => (await import('./web/door.tsx')).openVoice(deps, c.req.raw))
  app.get('/secrecy', async (c) => (await import('./web/door.tsx')).openPlain(deps, c.req.raw))
  app.onError((error, c) => {
    deps.log({ level: 'error', at: 'app', error: error instanceof Error ? error.name : 'unknown' })
    return c.json({ error: 'internal' }, 500)
  })
  return app
}

/** The long connection comes in here too: its deliveries are the same, already verified. */
export async function answerDelivery(deps: AppDeps, received: Received): Promise<Response> {
  if (received.outcome === 'challenge') return Response.json({ challenge: received.challenge })
  if (received.outcome === 'refused') {
    deps.log({ level: 'warn', at: 'door', reason: received.reason, status: received.status })
    return Response.json({ error: 'refused' }, { status: received.status })
  }
  const { delivery } = received
  const work = carryOut(deps, delivery)
    .catch((error) => faultAnswer(deps, delivery, error))
    .finally(() => deps.after(deps.deliver()))
  return new Promise((answer) => {
    const callOff = deps.wait(WATCHDOG_MS, () => {
      deps.after(work.then(() => refreshPressedCard(deps, delivery)))
      answer(neutralAnswer(delivery))
    })
    work.then((response) => {
      callOff()
      answer(response)
    })
  })
}

/** Stands in for a late answer. A press gets a word; an event gets 503 and comes again, harmless by its claim. */
function neutralAnswer(delivery: Delivery): Response {
  if (!delivery.isCallback) return Response.json({}, { status: 503 })
  return toasted(t('正在处理，请稍后看卡片的更新。', 'Still working on it; the card will show the result.'), 'info')
}

/** A refresh shows on the card what the late answer would have shown. */
async function refreshPressedCard(deps: AppDeps, delivery: Delivery): Promise<void> {
  if (delivery.kind !== 'press' || !delivery.messageId) return
  await together(deps.db, [refreshCard(deps.db, { messageId: delivery.messageId, at: deps.clock() })])
  await deps.deliver()
}

async function carryOut(deps: AppDeps, delivery: Delivery): Promise<Response> {
  const { db, admins, pages, box, assist } = deps
  const bot: RequestDeps = { db, now: deps.clock(), newId: () => newId(deps.random), admins, pages, box, assist }
  if (delivery.kind === 'press') {
    const { eventId, tenantKey, openId, messageId, chatId, value, form } = delivery
    const answer = await answerPress(bot, { eventId, tenantKey, openId, messageId, chat: { id: chatId ?? '' }, value, form })
    if (answer.goesOn) deps.after(deps.workOff())
    return pressed(answer)
  }
  if (delivery.kind === 'words') await receiveWords(deps, bot, delivery)
  else await noticeChat(bot, delivery)
  return Response.json({})
}

async function receiveWords(deps: AppDeps, bot: RequestDeps, said: Extract<Delivery, { kind: 'words' }>) {
  if (said.fromBot) return
  const self = said.chatType === 'group' || said.mentions.length > 0 ? await deps.botOpenId() : ''
  if (said.chatType === 'group' && !said.mentions.some(({ openId }) => openId === self)) return
  const others = said.mentions.flatMap(({ key, openId, name }) => (openId && openId !== self ? [{ key, openId, name }] : []))
  const own = new Set(said.mentions.filter(({ openId }) => openId === self).map(({ key }) => key))
  const text = said.text.replace(/@_user_\d+/g, (key) => (own.has(key) ? ' ' : key))
  const { eventId, messageId, tenantKey, openId, chatId, chatType, messageType, replyTo, file } = said
  await answerWords(bot, {
    eventId,
    messageId,
    tenantKey,
    openId,
    chat: { id: chatId, isGroup: chatType === 'group' },
    text,
    messageType,
    replyTo,
    file,
    mentions: others,
  })
  if (file) deps.after(deps.workOff())
}

function pressed({ toast, mood = 'success', card }: PressAnswer): Response {
  return Response.json({ toast: toastOf(toast, mood), ...(card ? { card: { type: 'raw', data: card } } : {}) })
}

const toasted = (text: Text, mood: string) => Response.json({ toast: toastOf(text, mood) })

/** A toast reads no markup. */
function toastOf(text: Text, type: string) {
  const { zh, en } = plainly(text)
  return { type, content: zh, i18n: { zh_cn: zh, en_us: en } }
}

/** Logs a fault by name and place, never with the content of the delivery. A press gets an apology; an event comes again. */
function faultAnswer(deps: AppDeps, delivery: Delivery, error: unknown): Response {
  deps.log({ level: 'error', at: 'delivery', event: delivery.eventId, kind: delivery.kind, error: describe(error) })
  if (!delivery.isCallback) return Response.json({}, { status: 500 })
  return toasted(
    t('出了点问题，没有记录下来，请稍后再按一次。', 'Something went wrong and nothing was recorded; please press again shortly.'),
    'error',
  )
}

/** An error’s message may hold values, over several lines; its name, its code and its first frame say enough. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { name, message, stack = '' } = error
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const begins = stack.indexOf(message)
  const trace = begins < 0 ? '' : stack.slice(begins + message.length)
  const [, frame = ''] = /\n\s+at (\S+)/.exec(trace) ?? []
  return `${name}${code} at ${frame}`
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** 100 random bits in 20 letters. */
export const newId = (random: AppDeps['random']): string => Array.from(random(20), (byte) => ALPHABET[byte & 31]).join('')

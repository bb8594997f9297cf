import { type Context, Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { day } from '../calendar.ts'
import { dayKind } from '../rules/workdays.ts'
import { type Text, t } from '../text.ts'
import { clientFiles } from './assets.ts'
import { type Cast, gather } from './cast.ts'
import { faultKinds, type Hitches, isSwitchedOn, switchFault } from './faults.ts'
import type { Feishu } from './feishu.ts'
import { inspect } from './inspect.ts'
import { jumpsFrom, weeksAround } from './jumps.ts'
import { page, policy } from './page.ts'
import { style } from './page-style.ts'
import { stateFor } from './state.ts'

export interface PlaygroundOptions {
  feishu: Feishu
  cast: Cast
  clock(): Date
  moveClock(to: Date): void | Promise<void>
  /** What kind of day it is, as the clock line says it. */
  dayKind?(at: Date): Text
  /** What goes wrong on the way to the bot, as the webhook of this Feishu reads it. */
  hitches?: Hitches
  /** How many messages the bot still has to send. */
  waiting?(): Promise<number>
  /** Begins everything anew. */
  reset?(): void
}

const id = z.string().max(80)
const said = {
  say: z.object({ as: id, chat: id, text: z.string().min(1).max(2000) }),
  file: z.object({ as: id, chat: id, name: z.string().min(1).max(250), base64: z.base64() }),
  press: z.object({
    as: id,
    message: id,
    path: z.string().max(200),
    form: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.boolean()])).optional(),
    option: z.string().optional(),
    options: z.array(z.string()).optional(),
    input: z.string().optional(),
    checked: z.boolean().optional(),
  }),
  clock: z.object({ to: z.iso.datetime({ offset: true }) }),
  people: z.object({ name: z.string().trim().min(1).max(20), chat: id.optional() }),
  invite: z.object({ as: id, chat: id }),
  enter: z.object({ as: id }),
  fault: z.object({ kind: z.enum(faultKinds), on: z.boolean() }),
  again: z.object({ event: id }),
}

/** The stand-in Open API and a page on it. To be served on loopback only, beside a bot that it meets by HTTP alone. */
export function createPlayground(options: PlaygroundOptions): Hono {
  const { feishu, cast, clock, moveClock, dayKind: named = () => t('', ''), hitches = { late: 0 }, reset } = options
  gather(feishu, cast)
  const file = clientFiles()
  const app = new Hono()
  app.use(onlyHere)
  app.all('/open-apis/*', (c) => feishu.api.fetch(c.req.raw))
  app.use(onlyOwnPage)

  app.get('/', (c) => c.html(page, 200, { 'content-security-policy': policy, 'cache-control': 'no-store' }))
  app.get('/playground/app.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/playground/:name{.+\\.js}', async (c) => {
    const code = await file(c.req.param('name'))
    return code ? c.body(code as string, 200, { 'content-type': 'text/javascript; charset=utf-8' }) : c.notFound()
  })
  app.get('/playground/state', async (c) => {
    const { views = '', since = '' } = c.req.query()
    const now = clock()
    const days = weeksAround(now, dayKind)
    const state = stateFor(
      feishu,
      cast,
      views.split(','),
      since,
      faultKinds.filter((kind) => isSwitchedOn(feishu, hitches, kind)),
      now,
    )
    const waiting = (await options.waiting?.()) ?? 0
    return c.json({ now, day: named(now), days, jumps: jumpsFrom(now), today: day(now), waiting, ...state })
  })
  app.get('/playground/inspect', (c) => c.json(inspect(feishu, c.req.query('message') ?? '')))

  app.get('/playground/file', (c) => {
    const file = feishu.fileOf(c.req.query('message') ?? '')
    if (!file) return c.notFound()
    const named = { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` }
    return c.body(Uint8Array.from(file.bytes), 200, { 'content-type': 'application/octet-stream', ...named })
  })

  app.post('/playground/say', async (c) => {
    const { as, chat, text } = await body(c, said.say)
    return c.json(await feishu.say(as, chat, text))
  })
  app.post('/playground/file', async (c) => {
    const { as, chat, name, base64 } = await body(c, said.file)
    return c.json(await feishu.sendFile(as, chat, name, new Uint8Array(Buffer.from(base64, 'base64'))))
  })
  app.post('/playground/press', async (c) => {
    const { as, message, path, ...filled } = await body(c, said.press)
    return c.json(await feishu.press(as, message, path, filled))
  })
  app.post('/playground/clock', async (c) => {
    const to = new Date((await body(c, said.clock)).to)
    if (to < clock()) return c.json({ error: 'the clock only goes forward' }, 400)
    await moveClock(to)
    await feishu.redeliverDue()
    return c.json({ now: clock() })
  })
  app.post('/playground/people', async (c) => {
    const { name, chat } = await body(c, said.people)
    const { openId } = feishu.addPerson(name)
    if (chat && feishu.chat(chat).mode !== 'p2p') feishu.join(openId, chat)
    return c.json({ openId })
  })
  app.post('/playground/invite', async (c) => {
    const { as, chat } = await body(c, said.invite)
    return c.json(await feishu.addBot(chat, as))
  })
  app.post('/playground/enter', async (c) => c.json(await feishu.enterDm((await body(c, said.enter)).as)))
  app.post('/playground/fault', async (c) => {
    const { kind, on } = await body(c, said.fault)
    switchFault(feishu, hitches, kind, on)
    return c.json({})
  })
  app.post('/playground/again', async (c) => {
    const { event } = await body(c, said.again)
    const before = feishu.messages.length
    const { status } = await feishu.deliverAgain(event)
    await new Promise((settled) => setTimeout(settled, 400))
    return c.json({ status, before, after: feishu.messages.length })
  })
  app.post('/playground/reset', (c) => {
    reset?.()
    return c.json({})
  })

  app.onError((error, c) => c.json({ error: error instanceof z.ZodError ? z.prettifyError(error) : error.message }, 400))
  return app
}

const body = async <T>(c: Context, schema: z.ZodType<T>): Promise<T> => schema.parse(await c.req.json())
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A page of another site may reach this port through the browser: it is neither served nor obeyed. */
const onlyHere: MiddlewareHandler = async (c, next) => {
  if (!loopback.has(new URL(c.req.url).hostname)) return refused(c)
  await next()
}

/** Another site's form cannot send JSON without asking first. */
const onlyOwnPage: MiddlewareHandler = async (c, next) => {
  const isOwn = c.req.method === 'GET' || c.req.header('content-type')?.startsWith('application/json')
  if (!isOwn) return refused(c)
  await next()
}

const refused = (c: Context) => c.json({ error: 'the playground answers on this machine only' }, 403)

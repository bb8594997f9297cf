import { Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { type Text, t } from '../text.ts'
import { type Cast, gather } from './cast.ts'
import type { Feishu } from './feishu.ts'
import { page, policy } from './page.ts'
import { stateFor } from './state.ts'

export interface PlaygroundOptions {
  feishu: Feishu
  cast: Cast
  clock(): Date
  moveClock(to: Date): void | Promise<void>
  /** What kind of day it is, as the clock line says it. */
  dayKind?(at: Date): Text
}

const person = z.string().max(80)
const said = {
  say: z.object({ as: person, chat: person, text: z.string().min(1).max(2000) }),
  press: z.object({
    as: person,
    message: person,
    path: z.string().max(200),
    form: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.boolean()])).optional(),
    option: z.string().optional(),
    options: z.array(z.string()).optional(),
    input: z.string().optional(),
    checked: z.boolean().optional(),
  }),
  clock: z.object({ to: z.iso.datetime({ offset: true }) }),
  people: z.object({ name: z.string().trim().min(1).max(20), chat: person.optional() }),
  invite: z.object({ as: person, chat: person }),
  enter: z.object({ as: person }),
}

/** The stand-in Open API and a plain page on it. To be served on loopback only, beside a bot that it meets by HTTP alone. */
export function createPlayground({ feishu, cast, clock, moveClock, dayKind = () => t('', '') }: PlaygroundOptions): Hono {
  gather(feishu, cast)
  const app = new Hono()
  app.all('/open-apis/*', (c) => feishu.api.fetch(c.req.raw))
  app.use(onlyHere)

  app.get('/', (c) => c.html(page, 200, { 'content-security-policy': policy, 'cache-control': 'no-store' }))
  app.get('/playground/state', (c) => {
    const { as = '', since = '' } = c.req.query()
    return c.json({ now: clock(), day: dayKind(clock()), ...stateFor(feishu, cast, as, since) })
  })

  app.post('/playground/say', async (c) => {
    const { as, chat, text } = said.say.parse(await c.req.json())
    return c.json(await feishu.say(as, chat, text))
  })
  app.post('/playground/press', async (c) => {
    const { as, message, path, ...filled } = said.press.parse(await c.req.json())
    return c.json(await feishu.press(as, message, path, filled))
  })
  app.post('/playground/clock', async (c) => {
    const to = new Date(said.clock.parse(await c.req.json()).to)
    if (to < clock()) return c.json({ error: 'the clock only goes forward' }, 400)
    await moveClock(to)
    await feishu.redeliverDue()
    return c.json({ now: clock() })
  })
  app.post('/playground/people', async (c) => {
    const { name, chat } = said.people.parse(await c.req.json())
    const { openId } = feishu.addPerson(name)
    if (chat && feishu.chat(chat).mode !== 'p2p') feishu.join(openId, chat)
    return c.json({ openId })
  })
  app.post('/playground/invite', async (c) => {
    const { as, chat } = said.invite.parse(await c.req.json())
    return c.json(await feishu.addBot(chat, as))
  })
  app.post('/playground/enter', async (c) => c.json(await feishu.enterDm(said.enter.parse(await c.req.json()).as)))

  app.onError((error, c) => c.json({ error: error instanceof z.ZodError ? z.prettifyError(error) : error.message }, 400))
  return app
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A page of another site may reach this port through the browser: it is neither served nor obeyed. */
const onlyHere: MiddlewareHandler = async (c, next) => {
  const { hostname } = new URL(c.req.url)
  const isOwn = c.req.method === 'GET' || c.req.header('content-type')?.startsWith('application/json')
  if (!loopback.has(hostname) || !isOwn) return c.json({ error: 'the playground answers on this machine only' }, 403)
  await next()
}

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { day } from '../calendar.ts'
import { dayKind } from '../rules/time/workdays.ts'
import { type Text, t } from '../text.ts'
import { clientFiles } from './assets.ts'
import type { Fields } from './cards/walk.ts'
import { addCast, type Cast } from './cast/cast.ts'
import { type BotFaults, type Death, faultKinds, isSwitchedOn, switchFault } from './faults.ts'
import type { Feishu } from './feishu/feishu.ts'
import { limitsShown } from './gallery/limits.ts'
import { galleryShown } from './gallery/shown.ts'
import { type Causes, inspect } from './inspect.ts'
import { jumpsFrom, weeksAround } from './life/jumps.ts'
import { page, policy } from './page.ts'
import { style } from './page-style.ts'
import { stateFor } from './state.ts'
import { expectationsOf, inChina, stepOf, type Talk, talkFile, unitSize } from './talk.ts'
import { testOf } from './talk-test.ts'

export interface PlaygroundDeps {
  feishu: Feishu
  cast: Cast
  clock(): Date
  moveClock(to: Date): void | Promise<void>
  /** Stops the clock and lets it go on. */
  pauseClock?(on: boolean): void
  isPaused?(): boolean
  /** The kind of the day, as the clock line shows it. */
  dayKind?(at: Date): Text
  /** Faults on the way to the bot, as the webhook of this Feishu reads them. */
  botFaults?: BotFaults
  /** The deaths of the bot's process so far. */
  deaths?: readonly Death[]
  /** The number of messages the bot still has to send. */
  waiting?(): Promise<number>
  /** Begins anew with the sample unit, or with a generated unit of that many branches. */
  reset?(branches?: number): Promise<unknown>
  /** Begins anew at the start of a saved talk and plays it. */
  replay?(talk: Talk): Promise<object>
  /** The clock's work behind each sending, by the uuid of the sending. */
  causes?: Causes
  /** The questions to the language model, in the order of asking. */
  assisted?: readonly unknown[]
  /** The seats of these people as the product has them now, by open_id. */
  seatsOf?(openIds: readonly string[]): Promise<ReadonlyMap<string, Text>>
  /** Answers every path that is the product's own: its webhook and its pages. */
  product?(request: Request): Promise<Response>
}

const id = z.string().max(80)
const requests = {
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
  pause: z.object({ on: z.boolean() }),
  people: z.object({ name: z.string().trim().min(1).max(20), as: id.optional(), chat: id.optional() }),
  members: z.object({ as: id, chat: id, people: z.array(id).min(1).max(50), what: z.enum(['added', 'deleted', 'withdrawn']) }),
  invite: z.object({ as: id, chat: id }),
  enter: z.object({ as: id }),
  menu: z.object({ as: id, key: z.string().min(1).max(40) }),
  fault: z.object({ kind: z.enum(faultKinds), on: z.boolean() }),
  again: z.object({ event: id }),
}

/** The stand-in Open API and its page, for loopback only. It meets the bot through HTTP alone. */
export function createPlayground(deps: PlaygroundDeps): Hono {
  const { feishu, cast, clock, moveClock, dayKind: named = () => t('', ''), botFaults = { late: 0 }, deaths = [], product } = deps
  addCast(feishu, cast)
  const file = clientFiles()
  const begun = clock()
  const steps: Talk['steps'] = []
  const app = new Hono()
  app.use(onlyHere)
  app.all('/open-apis/*', (c) => feishu.api.fetch(c.req.raw))
  app.use((c, next) => (!product || /^\/(playground\/.*)?$/.test(c.req.path) ? next() : product(c.req.raw)))
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
    const switched = faultKinds.filter((kind) => isSwitchedOn(feishu, botFaults, kind))
    const seats = (await deps.seatsOf?.(cast.people.map(({ openId }) => openId))) ?? new Map()
    const state = stateFor(feishu, { ...cast, people: seated(cast.people, seats) }, views.split(','), since, switched, deaths, now)
    const waiting = (await deps.waiting?.()) ?? 0
    const isPaused = deps.isPaused?.() ?? false
    return c.json({ now, day: named(now), days, jumps: jumpsFrom(now), today: day(now), waiting, isPaused, ...state })
  })
  app.get('/playground/inspect', (c) => c.json(inspect(feishu, c.req.query('message') ?? '', deps)))
  const talkSoFar = (): Talk => {
    const { branches } = cast
    const expects = expectationsOf(feishu, steps)
    return { from: inChina(begun), branches, steps: [...steps, { at: inChina(clock()) }], expects }
  }
  app.get('/playground/talk', (c) => saved(c, 'talk.json', Buffer.from(JSON.stringify(talkSoFar(), null, 2))))
  app.get('/playground/talk-test', (c) => saved(c, 'talk.test.ts', Buffer.from(testOf(talkSoFar()))))
  app.get('/playground/gallery', async (c) => c.json(await galleryShown()))
  app.get('/playground/limits', async (c) => c.json(await limitsShown(clock())))
  app.get('/playground/file', (c) => {
    const file = feishu.fileOf(c.req.query('message') ?? '')
    return file ? saved(c, file.name, file.bytes) : c.notFound()
  })

  function answered<T extends object>(does: string, schema: z.ZodType<T>, answer: (given: T) => Promise<object>): void {
    app.post(`/playground/${does}`, async (c) => c.json(await answer(schema.parse(await c.req.json()))))
  }
  /** A visitor's acts are recorded as steps, for a replay. */
  function recorded<T extends object>(
    does: Exclude<keyof typeof requests, 'clock' | 'pause' | 'again'>,
    schema: z.ZodType<T>,
    act: (given: T) => Promise<object>,
  ) {
    answered(does, schema, async (given) => {
      const step = stepOf(feishu, clock(), does, { ...given } as Fields)
      const answer = await act(given)
      steps.push(step)
      return answer
    })
  }

  recorded('say', requests.say, ({ as, chat, text }) => feishu.say(as, chat, text))
  recorded('file', requests.file, ({ as, chat, name, base64 }) =>
    feishu.sendFile(as, chat, name, new Uint8Array(Buffer.from(base64, 'base64'))),
  )
  recorded('press', requests.press, ({ as, message, path, ...filled }) => feishu.press(as, message, path, filled))
  recorded('people', requests.people, async ({ name, as, chat }) => {
    const { openId } = feishu.addPerson(name)
    if (as && chat) await feishu.members('added', chat, [openId], as)
    return { openId }
  })
  recorded('members', requests.members, ({ as, chat, people, what }) => feishu.members(what, chat, people, as))
  recorded('invite', requests.invite, ({ as, chat }) => feishu.addBot(chat, as))
  recorded('menu', requests.menu, ({ as, key }) => feishu.menu(as, key))
  recorded('enter', requests.enter, ({ as }) => feishu.enterDm(as))
  recorded('fault', requests.fault, async ({ kind, on }) => {
    switchFault(feishu, botFaults, kind, on)
    return {}
  })
  answered('clock', requests.clock, async ({ to }) => {
    if (new Date(to) < clock()) throw new Error('时间只能往前走 · the clock only goes forward')
    await moveClock(new Date(to))
    await feishu.redeliverDue()
    return { now: clock() }
  })
  answered('pause', requests.pause, async ({ on }) => {
    deps.pauseClock?.(on)
    return { isPaused: deps.isPaused?.() ?? false }
  })
  answered('again', requests.again, async ({ event }) => {
    const before = feishu.messages.length
    const { status } = await feishu.deliverAgain(event)
    await new Promise((settled) => setTimeout(settled, 400))
    return { status, before, after: feishu.messages.length }
  })
  answered('reset', z.object({ branches: unitSize.optional() }), async ({ branches }) => {
    await deps.reset?.(branches)
    return {}
  })
  answered('replay', talkFile, async (talk) => (await deps.replay?.(talk)) ?? {})

  app.onError((error, c) => c.json({ error: error instanceof z.ZodError ? z.prettifyError(error) : error.message }, 400))
  return app
}

/** A person's label follows their seat, also where that changed since the opening. */
const seated = (people: Cast['people'], seats: ReadonlyMap<string, Text>): Cast['people'] =>
  people.map((one) => ({ ...one, role: seats.get(one.openId) ?? one.role }))

const saved = (c: Context, name: string, bytes: Uint8Array) =>
  c.body(Uint8Array.from(bytes), 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  })
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A page of another site may reach this port through the browser; it gets no answer. */
const onlyHere: MiddlewareHandler = async (c, next) => {
  if (!loopback.has(new URL(c.req.url).hostname)) return refused(c)
  await next()
}

/** Another site's form cannot send JSON without a preflight request. */
const onlyOwnPage: MiddlewareHandler = async (c, next) => {
  const isOwn = c.req.method === 'GET' || c.req.header('content-type')?.startsWith('application/json')
  if (!isOwn) return refused(c)
  await next()
}

const refused = (c: Context) => c.json({ error: 'the playground answers on this machine only' }, 403)

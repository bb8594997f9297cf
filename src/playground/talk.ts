import { setTimeout as pause } from 'node:timers/promises'
import type { Hono } from 'hono'
import * as z from 'zod'
import { components, type Fields, isObject, objectsIn } from './cards/walk.ts'
import { isControl } from './controls.ts'
import type { Feishu, Message } from './feishu/feishu.ts'

const name = z.string().max(2000)
const step = z.strictObject({
  /** The bot's clock at this step; a step without `does` only moves it. */
  at: z.iso.datetime({ offset: true }),
  does: z.string().max(20).optional(),
  as: name.optional(),
  /** A group's name; absent for the direct chat of the person who acts. */
  chat: name.optional(),
  /** The pressed control: the card's title, how many newer cards also fit, the control's words, its index among equals. */
  card: name.optional(),
  newer: z.int().optional(),
  control: name.optional(),
  nth: z.int().optional(),
  given: z.record(name, z.unknown()).optional(),
})

/** The size in branches: a comparison needs at least two. */
export const unitSize = z.int().min(2).max(1_000)

/** A saved talk: people's acts by names that hold in another run, and the cards' words at the end. */
export const talkFile = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  /** The size of a generated unit; absent for the sample unit. */
  branches: unitSize.optional(),
  steps: z.array(step).max(2000),
  expects: z.array(z.strictObject({ as: name.optional(), chat: name.optional(), card: name, says: z.array(name) })).max(200),
})

export type Talk = z.infer<typeof talkFile>
type Step = z.infer<typeof step>

export const inChina = (at: Date): string => `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** Writes a request of the page as a step, with names in place of ids. */
export function stepOf(feishu: Feishu, at: Date, does: string, { as, chat, message: id, path, ...given }: Fields): Step {
  const message = id ? feishu.message(String(id)) : undefined
  const where = message?.chatId ?? chat
  const group = where && feishu.chat(String(where)).mode !== 'p2p' ? feishu.chat(String(where)).name : ''
  const names = new Map(idsIn(feishu, message?.content, String(path)).map(([name, id]) => [id, name]))
  return {
    at: inChina(at),
    does,
    ...(as ? { as: feishu.person(String(as)).name } : {}),
    ...(group ? { chat: group } : {}),
    ...(message ? controlOf(feishu, message, String(path)) : {}),
    ...(Object.keys(given).length > 0 ? { given: renamed(given, names) as Fields } : {}),
  }
}

function controlOf(feishu: Feishu, message: Message, path: string) {
  const here = controlsOf(message.content)
  const control = here.find((one) => one.path === path)?.words ?? ''
  const nth = here.filter(({ words }) => words === control).findIndex((one) => one.path === path)
  const card = titleOf(message.content)
  const fitting = cardsLike(feishu, message.chatId, { card, control, nth })
  const newer = fitting.length - 1 - fitting.indexOf(message)
  return { card, ...(newer > 0 ? { newer } : {}), control, ...(nth > 0 ? { nth } : {}) }
}

const cardsLike = ({ messages }: Feishu, chat: string, { card, control, nth = 0 }: Pick<Step, 'card' | 'control' | 'nth'>): Message[] =>
  messages.filter(
    ({ chatId, content }) =>
      chatId === chat && titleOf(content) === card && controlsOf(content).filter(({ words }) => words === control).length > nth,
  )

const controlsOf = (card: unknown) =>
  components(card)
    .filter(({ tag }) => isControl(tag))
    .map(({ element, path }) => ({ path, words: spoken(element.text) || String(element.name ?? '') || spoken(element.placeholder) }))

const spoken = (text: unknown): string =>
  isObject(text) ? String((isObject(text.i18n_content) ? text.i18n_content.zh_cn : undefined) ?? text.content ?? '') : ''

const titleOf = (card: unknown): string => (isObject(card) && isObject(card.header) ? spoken(card.header.title) : (linesOf(card)[0] ?? ''))

/** Returns each line of a card as a reader of Chinese sees it. */
function linesOf(card: unknown): string[] {
  if (Array.isArray(card)) return card.flatMap(linesOf)
  if (!isObject(card)) return []
  const own = typeof card.content === 'string' ? spoken(card).split('\n') : []
  const below = Object.entries(card).flatMap(([key, held]) => (key === 'i18n_content' || key === 'value' ? [] : linesOf(held)))
  return [...new Set([...own, ...below])].filter((line) => line !== '')
}

/** Ids differ in another run: `@name` stands for a person's id, `«words»` for the value of an option. */
function idsIn(feishu: Feishu, card: unknown, path: string): [string, string][] {
  const placed = components(card)
  const form = placed.find((one) => one.path === path)?.form
  const near = placed.filter((one) => one.path === path || (form && one.form === form))
  const options = near.flatMap(({ element }) => objectsIn(element.options)).filter(({ text }) => spoken(text))
  return [
    ...feishu.people().map(({ name, openId }): [string, string] => [`@${name}`, openId]),
    ...options.map(({ text, value }): [string, string] => [`«${spoken(text)}»`, String(value)]),
  ]
}

function renamed(given: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(given)) return given.map((one) => renamed(one, names))
  if (isObject(given)) return Object.fromEntries(Object.entries(given).map(([key, held]) => [key, renamed(held, names)]))
  return typeof given === 'string' ? (names.get(given) ?? given) : given
}

type Place = Pick<Step, 'as' | 'chat'>

/** Returns the last cards of each chat that a step used, with their lines. */
export function expectationsOf(feishu: Feishu, steps: readonly Step[]): Talk['expects'] {
  const places = new Map(steps.flatMap(({ as, chat }) => (as ? [[chat ?? `@${as}`, chat ? { chat } : { as }] as [string, Place]] : [])))
  return [...places.values()].flatMap((place) =>
    cardsAt(feishu, place)
      .slice(-3)
      .map((content) => ({ ...place, card: titleOf(content), says: saidBy(feishu, content) })),
  )
}

const cardsAt = (feishu: Feishu, place: Place): unknown[] =>
  feishu.messages
    .filter(({ chatId, msgType }) => msgType === 'interactive' && chatId === chatOf(feishu, place))
    .map(({ content }) => content)

const saidBy = (feishu: Feishu, card: unknown): string[] =>
  linesOf(card).map((line) =>
    line.replace(
      /<(?:at|person) id='?(\w+)[^>]*>|<[^>]*>|\*\*/g,
      (_, id) => feishu.people().find(({ openId }) => openId === id)?.name ?? '',
    ),
  )

const idOf = (feishu: Feishu, as = ''): string =>
  feishu.people().findLast(({ name }) => name === as)?.openId ?? wrong(`没有这个人 nobody is called “${as}”`)
const chatOf = (feishu: Feishu, { as, chat }: Place): string =>
  chat
    ? (feishu.chats().find(({ name, mode }) => mode !== 'p2p' && name === chat)?.chatId ?? wrong(`没有这个群 no chat “${chat}”`))
    : feishu.dm(idOf(feishu, as))
const wrong = (why: string): never => {
  throw new Error(why)
}

export interface ReplayDeps {
  app: Hono
  feishu: Feishu
  clock(): Date
}

/** Plays every step in a fresh run through the page's own requests, then compares the cards with their saved lines. */
export async function replay({ steps, expects }: Talk, deps: ReplayDeps): Promise<{ steps: number; differences: string[] }> {
  for (const [index, step] of steps.entries()) {
    const failed = await playStep(step, deps).catch((error: Error) => error)
    if (failed) return { steps: index, differences: [`${index + 1}: ${failed.message}`] }
  }
  const missing = () =>
    expects.flatMap(({ says, card, ...place }) => {
      const cards = cardsAt(deps.feishu, place).filter((one) => titleOf(one) === card)
      const lacking = cards.map((one) => says.filter((line) => !saidBy(deps.feishu, one).includes(line)))
      const least = lacking.sort((a, b) => a.length - b.length)[0] ?? ['没有这张卡片 no such card']
      return least.map((line) => `${place.chat ?? place.as} · ${card}: ${line}`)
    })
  await waitUntil(() => missing().length === 0)
  return { steps: steps.length, differences: missing() }
}

async function playStep({ at, does, given, ...step }: Step, { app, feishu, clock }: ReplayDeps): Promise<void> {
  const ask = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await app.request(`http://localhost/playground/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) wrong(((await answer.json()) as { error: string }).error)
  }
  if (new Date(at) > clock()) await ask('clock', { to: at })
  if (!does) return
  const chat = step.as || step.chat ? chatOf(feishu, step) : undefined
  const fits = () => (chat ? cardsLike(feishu, chat, step) : []).at(-1 - (step.newer ?? 0))
  // A message may come a little later than it did then: the replay waits for it.
  for (let minute = 0; step.card && minute < 25 && !(await waitUntil(() => Boolean(fits()), minute ? 150 : PATIENCE_MS)); minute++)
    await ask('clock', { to: new Date(clock().getTime() + 60_000) })
  const message = step.card ? (fits() ?? wrong(`没有卡片 no card “${step.card}” [${step.control}]`)) : undefined
  const path = controlsOf(message?.content).filter(({ words }) => words === step.control)[step.nth ?? 0]?.path
  const names = new Map(idsIn(feishu, message?.content, path ?? ''))
  const who = step.as ? { as: idOf(feishu, step.as) } : {}
  await ask(does, { ...(renamed(given ?? {}, names) as Fields), ...who, chat, message: message?.id, path })
}

const PATIENCE_MS = 3_000
async function waitUntil(isSo: () => boolean, patience = PATIENCE_MS): Promise<boolean> {
  for (let waited = 0; !isSo(); waited += 50) {
    if (waited > patience) return false
    await pause(50)
  }
  return true
}

import type { Text } from '../text.ts'
import { isObject } from './cards/walk.ts'
import type { Cast } from './cast/cast.ts'
import type { Death } from './faults.ts'
import type { Feishu, Message } from './feishu/feishu.ts'
import type { DayShown, Jump } from './life/jumps.ts'
import { tourProgress } from './tour.ts'

const MOST_SHOWN = 80
const MOST_EVER = 4_000

export interface Clock {
  now: Date
  day: Text
  jumps: Record<Jump, Date>
  /** The days of this month, each with its kind. */
  days: DayShown[]
  today: string
  /** The number of messages the bot still has to send. */
  waiting: number
  isPaused: boolean
}

/** Returns the state that the page draws, or the version alone when the page has it already. */
export function stateFor(
  feishu: Feishu,
  cast: Cast,
  views: readonly string[],
  since: string,
  faults: readonly string[],
  deaths: readonly Death[],
  now: Date,
) {
  const { others = new Map<string, string>() } = cast
  const here = feishu.people().filter(({ openId }) => !others.has(openId))
  for (const { openId } of here) feishu.dm(openId)
  const people = here.map(({ openId, name }) => ({ openId, name, ...cast.people.find((it) => it.openId === openId) }))
  const ofPeopleHere = feishu.chats().filter(({ members }) => members.some((openId) => !others.has(openId)))
  const chats = ofPeopleHere.map(({ chatId, name, mode, members, hasBot, status }) => {
    const sent = feishu.messages.filter((message) => message.chatId === chatId)
    return { chatId, name, mode, members, hasBot, status, count: sent.length, last: previewOf(sent.at(-1)) }
  })
  const open = new Map<string, number>()
  for (const [, chat = '', most] of views.map((view) => view.split('@')))
    open.set(chat, Math.max(open.get(chat) ?? 0, Math.min(Number(most) || MOST_SHOWN, MOST_EVER)))
  const shownIn = (chatId: string, most: number) => feishu.messages.filter((message) => message.chatId === chatId).slice(-most)
  const versions = feishu.messages.reduce((sum, { versions, deleted }) => sum + versions.length + Number(deleted), 0)
  const shape = chats.map(({ members, hasBot, status, count }) => [members.length, hasBot, status, count])
  const tour = cast.tour ? tourProgress(feishu, cast.tour, now) : []
  const done = tour.filter((step) => step.isDone).length
  const version = JSON.stringify([
    cast.born,
    done,
    views,
    people.map(({ role }) => role?.zh),
    feishu.toasts.length,
    feishu.log.length,
    faults,
    deaths,
    shape,
    versions,
  ])
  if (version === since) return { version }
  const messages = Object.fromEntries(
    [...open].map(([chatId, most]) => [chatId, shownIn(chatId, most).map((message) => shownMessage(feishu, message))]),
  )
  return {
    version,
    bot: { openId: feishu.bot.openId, name: feishu.bot.name },
    people,
    chats,
    messages,
    names: namesIn(JSON.stringify([chats, messages]), others),
    toasts: feishu.toasts.slice(-20).map((toast, index, some) => ({ ...toast, number: feishu.toasts.length - some.length + index })),
    toastCount: feishu.toasts.length,
    faults,
    proof: proofOf(feishu),
    deaths: deaths.map((death, index) => ({ ...death, ...sentSince(feishu, death.calls, deaths[index + 1]?.calls) })),
    tour,
    born: cast.born ?? '',
    branches: cast.branches ?? 0,
  }
}

/** The state as JSON in the browser: dates have become strings. */
type AsJson<T> = T extends Date
  ? string
  : T extends (infer One)[]
    ? AsJson<One>[]
    : T extends object
      ? { [Key in keyof T]: AsJson<T[Key]> }
      : T

export type State = AsJson<Required<Extract<ReturnType<typeof stateFor>, { people: unknown }>> & Clock>
export type ShownMessage = State['messages'][string][number]

const shownMessage = (feishu: Feishu, { id, chatId, sender, msgType, content, versions, createdAt, deleted }: Message) => ({
  id,
  chatId,
  sender: sender.id,
  senderKind: sender.kind,
  type: msgType,
  content: deleted || !isObject(content) ? {} : content,
  versions: versions.length,
  at: createdAt,
  deleted,
  file: msgType === 'file' ? feishu.fileOf(id)?.name : undefined,
})

/** The names of other people in a shown chat or card, by open_id. */
const namesIn = (written: string, names: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries((written.match(/ou_[\w-]+/g) ?? []).flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? '']] : [])))

/** The preview in the list of chats: plain words, or a card's text in its languages. */
function previewOf(message: Message | undefined) {
  if (!message || !isObject(message.content)) return null
  const { content, createdAt: at } = message
  const summary = isObject(content.config) ? content.config.summary : undefined
  const title = isObject(content.header) ? content.header.title : undefined
  return { at, words: content.text ?? content.file_name ?? summary ?? title ?? '' }
}

const sendings = (log: Feishu['log']) =>
  log.filter(({ to, method, path }) => to === 'feishu' && method === 'POST' && path.includes('/im/v1/messages'))
const uuidOf = ({ body }: Feishu['log'][number]) => (isObject(body) ? body.uuid : undefined)

/** Every message of the bot carries one uuid over all its calls: losses and doubles show from outside. */
function proofOf(feishu: Feishu) {
  const calls = sendings(feishu.log)
  const meant = new Set(calls.map(uuidOf))
  const arrived = feishu.messages.filter(({ sender }) => sender.kind === 'app').length
  const failed = calls.filter(({ status, code }) => status >= 400 || code).length
  return { calls: calls.length, failed, meant: meant.size, arrived, doubled: Math.max(0, arrived - meant.size) }
}

/** Counts the messages between a death and the next. `repeated` ones were sent again: the platform knows their uuid and shows them once. */
function sentSince({ log }: Feishu, from: number, to: number | undefined) {
  const before = new Set(sendings(log.slice(0, from)).map(uuidOf))
  const after = new Set(sendings(log.slice(from, to)).map(uuidOf))
  const repeated = [...after].filter((uuid) => before.has(uuid)).length
  return { sent: after.size - repeated, repeated }
}

import type { Text } from '../../text.ts'
import type { Clock, ShownMessage, State } from '../state.ts'
import { type Word, words } from './words.ts'

interface Place {
  as: string
  chat: string
}

export const remembered = (key: string): string => {
  try {
    return localStorage.getItem(`playground ${key}`) ?? ''
  } catch {
    return ''
  }
}
export const remember = (key: string, value: string): void => {
  try {
    localStorage.setItem(`playground ${key}`, value)
  } catch {
    // Private windows keep nothing; the page then forgets its settings, too.
  }
}

export const prefs = {
  language: (remembered('language') || (/^zh/.test(navigator.language) ? 'zh' : 'en')) as 'zh' | 'en',
  theme: remembered('theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  hints: remembered('hints') !== 'off',
}
export function prefer(chosen: Partial<typeof prefs>): void {
  Object.assign(prefs, chosen)
  for (const [key, value] of Object.entries(chosen)) remember(key, value === false ? 'off' : String(value))
}

export const inLanguage = (text: Text): string => text[prefs.language]
export const say = (word: Word): string => inLanguage(words[word])
const locale = (): string => (prefs.language === 'zh' ? 'zh_cn' : 'en_us')

/** Returns a card's text in the reader's language, else its default, else English, else any. */
export function spoken(text: unknown): string {
  if (typeof text === 'string') return text
  if (typeof text !== 'object' || text === null) return ''
  const { content, i18n_content: translations } = text as { content?: string; i18n_content?: Record<string, string> }
  return translations?.[locale()] ?? content ?? translations?.en_us ?? Object.values(translations ?? {})[0] ?? ''
}
export const localized = <T>(held: Record<string, T> | undefined): T | undefined => held?.[locale()]

/** The server's last answer, and the two places from which the page looks at it. */
export const store = {
  state: null as State | null,
  places: [
    { as: remembered('as 0'), chat: remembered('chat 0') },
    { as: remembered('as 1'), chat: remembered('chat 1') },
  ] as [Place, Place],
  /** The index of the place that a phone shows. */
  front: 0,
  seen: new Map<string, number>(),
  isLost: false,
  /** The messages shown of a chat whose reader asked for earlier ones. */
  most: new Map<string, number>(),
}

/** Tells the stream of a pane that its person does something, so that it shows the answer. */
export const acted = (pane: number): void => void document.dispatchEvent(new CustomEvent('acts', { detail: pane }))

export function setPlace(index: number, place: Partial<Place>): void {
  const at = store.places[index]
  if (!at) return
  Object.assign(at, place)
  remember(`as ${index}`, at.as)
  remember(`chat ${index}`, at.chat)
}

export const personOf = (id: string) => store.state?.people.find(({ openId }) => openId === id)
/** Names that no state brings: those of the gallery. */
const namesBeside: Record<string, string> = {}
export const gallerySees = (names: Record<string, string>): void => void Object.assign(namesBeside, names)
export const nameOf = (id: string): string =>
  personOf(id)?.name ??
  store.state?.names[id] ??
  namesBeside[id] ??
  (id === store.state?.bot.openId ? store.state.bot.name : say('unknown'))
export const chatOf = (id: string) => store.state?.chats.find(({ chatId }) => chatId === id)
export const chatsOf = (as: string) => (store.state?.chats ?? []).filter(({ members }) => members.includes(as))
/** Returns undefined until the server has been asked for this chat. */
export const messagesIn = (chat: string): ShownMessage[] | undefined => store.state?.messages[chat]

export const lastMessage = (chat: string): ShownMessage | undefined => messagesIn(chat)?.at(-1)

/** Asks once for as many earlier messages again. */
export function showEarlier(chat: string): void {
  const here = messagesIn(chat)?.length ?? 0
  if (here === 0 || here >= (chatOf(chat)?.count ?? 0) || (store.most.get(chat) ?? 0) > here) return
  store.most.set(chat, here + EARLIER)
  void refresh()
}
const EARLIER = 80

/** Counts the messages a person has not opened. Messages from before the page's opening count as read. */
export const unread = (as: string, chatId: string): number =>
  Math.max(0, (chatOf(chatId)?.count ?? 0) - (store.seen.get(`${as} ${chatId}`) ?? 0))
export const unreadOf = (as: string): number => chatsOf(as).reduce((sum, { chatId }) => sum + unread(as, chatId), 0)
export const markRead = (as: string, chatId: string): void => void store.seen.set(`${as} ${chatId}`, chatOf(chatId)?.count ?? 0)

export async function ask<T = unknown>(path: string, body?: object): Promise<T> {
  const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`/playground/${path}`, body ? posted : {})
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

let asking: Promise<void> | null = null
/** One request runs at a time; a call meanwhile waits for a fresh one. */
export async function refresh(): Promise<void> {
  while (asking) await asking
  asking = fetchState().finally(() => {
    asking = null
  })
  return asking
}

let redraw: (isFresh: boolean) => void = () => {}
export const onState = (draw: (isFresh: boolean) => void): void => {
  redraw = draw
}
export const draw = (): void => redraw(true)

const viewsOf = (): string => store.places.map(({ as, chat }) => `${as}@${chat}@${store.most.get(chat) ?? ''}`).join(',')

async function fetchState(): Promise<void> {
  const views = viewsOf()
  try {
    const fresh = await ask<State | Pick<State, keyof Clock | 'version'>>(
      `state?${new URLSearchParams({ views, since: store.state?.version ?? '' })}`,
    )
    const isFirst = !store.state
    const isTurned = fresh.isPaused !== store.state?.isPaused
    if ('people' in fresh) store.state = fresh
    else if (store.state) Object.assign(store.state, fresh)
    if (isFirst)
      for (const { chatId, count, members } of store.state?.chats ?? []) for (const as of members) store.seen.set(`${as} ${chatId}`, count)
    const changed = 'people' in fresh || store.isLost || isTurned
    store.isLost = false
    redraw(changed)
    // The drawing may have opened chats that were not asked for.
    if (viewsOf() !== views) await fetchState()
  } catch (error) {
    if (!store.isLost) console.info(error)
    store.isLost = true
    redraw(true)
  }
}

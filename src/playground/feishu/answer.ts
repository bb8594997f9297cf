import { cardTooLong, checkCard } from '../cards/check.ts'
import { type Fields, isObject } from '../cards/walk.ts'
import { Failure } from './failure.ts'
import type { Message } from './messages.ts'
import type { World } from './world.ts'

const moods = new Set<unknown>(['info', 'success', 'warning', 'error'])

/** Shows the bot's answer to a press as the client would. Returns the error code of a refused answer. */
export function takeAnswer(world: World, message: Message, openId: string, body: unknown): number | undefined {
  if (!isObject(body) || Object.keys(body).some((key) => key !== 'toast' && key !== 'card')) return 200672
  const { toast, card } = body
  if (toast !== undefined && !isToast(toast)) return 200672
  const refused = card === undefined ? undefined : refusal(world, card)
  if (refused) return refused
  if (isObject(toast)) world.toasts.push(toastOf(world, message, openId, toast))
  if (isObject(card)) world.messages.replace(message, card.data)
  return undefined
}

function isToast(toast: unknown): boolean {
  if (!isObject(toast) || Object.keys(toast).some((key) => !['type', 'content', 'i18n'].includes(key))) return false
  const { type, content, i18n } = toast
  if (type !== undefined && !moods.has(type)) return false
  if (content !== undefined && typeof content !== 'string') return false
  if (i18n !== undefined && !(isObject(i18n) && Object.values(i18n).every((words) => typeof words === 'string'))) return false
  return content !== undefined || i18n !== undefined
}

const toastOf = (world: World, { id }: Message, openId: string, { type, content, i18n }: Fields) => ({
  at: world.clock(),
  openId,
  messageId: id,
  type: String(type ?? 'info'),
  content: String(content ?? ''),
  i18n: (i18n ?? {}) as Record<string, string>,
})

/** A card of JSON 2.0 can only become another of 2.0. Templates are not supported here. */
function refusal({ people }: World, card: unknown): number | undefined {
  if (!isObject(card) || (card.type !== 'raw' && card.type !== 'template')) return 200672
  if (card.type === 'template' || !isObject(card.data)) return 200673
  if (card.data.schema !== '2.0') return 200830
  if (cardTooLong(Buffer.byteLength(JSON.stringify(card.data)))) return 200673
  try {
    checkCard(card.data, (id) => people.find(id) !== undefined)
    return undefined
  } catch (error) {
    if (error instanceof Failure) return 200673
    throw error
  }
}

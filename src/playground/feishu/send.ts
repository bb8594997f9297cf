import { cardTooLong, checkCard } from '../cards/check.ts'
import { isObject } from '../cards/walk.ts'
import type { Chat } from './chats.ts'
import { fail } from './failure.ts'
import type { Message } from './messages.ts'
import type { Person } from './people.ts'
import type { World } from './world.ts'

const LONGEST_TEXT = 150 * 1024
const FORTNIGHT = 14 * 86_400_000

/** A call with its parsed body, and the number of bytes that the length limits count. */
export interface Call {
  body: unknown
  bytes: number
}

export function sendMessage(world: World, call: Call, idType: string | undefined) {
  const { receive_id: id } = asObject(call.body)
  return addMessage(world, call, () => receiverChat(world, idType, id))
}

export function replyTo(world: World, call: Call, messageId: string) {
  const parent = liveMessage(world, messageId)
  return addMessage(world, call, () => openChat(world, world.chats.get(parent.chatId)), parent)
}

function addMessage(world: World, { body, bytes }: Call, find: () => Chat, parent?: Message) {
  const { msg_type: type, content, uuid } = asObject(body)
  checkUuid(uuid)
  checkLength(type, bytes)
  const parsed = contentOf(world, type, content)
  const chat = find()
  const before = typeof uuid === 'string' && uuid !== '' ? world.messages.sentAs(uuid) : undefined
  if (before) return messageData(before)
  world.limits.checkTarget(chat.chatId)
  const sender = { kind: 'app' as const, id: world.appId }
  const message = { chatId: chat.chatId, sender, msgType: String(type), content: parsed, ...(parent ? { parentId: parent.id } : {}) }
  return messageData(world.messages.add(message, typeof uuid === 'string' ? uuid : undefined))
}

export function patchCard(world: World, { body }: Call, messageId: string) {
  const message = liveMessage(world, messageId)
  if (message.sender.id !== world.appId) fail(230012, 'Bot is NOT the sender of the message.')
  if (message.msgType !== 'interactive') fail(230001, 'Your request contains an invalid request parameter, ext=message is not a card.')
  if (world.clock().getTime() - message.createdAt.getTime() > FORTNIGHT) fail(230031, 'The message card has expired and cannot be updated.')
  const { content } = asObject(body)
  if (typeof content === 'string' && cardTooLong(Buffer.byteLength(content)))
    fail(230025, 'The length of the message content reaches its limit.')
  const card = contentOf(world, 'interactive', content)
  if (!isShared(message.content) || !isShared(card))
    fail(230001, 'Your request contains an invalid request parameter, ext=update_multi is not true.')
  openChat(world, world.chats.get(message.chatId))
  if (world.pressed.includes(message.id)) fail(230099, 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock')
  world.limits.checkTarget(message.id)
  world.messages.replace(message, card)
  return {}
}

const isShared = (card: unknown): boolean => isObject(card) && isObject(card.config) && card.config.update_multi === true

function liveMessage(world: World, messageId: string): Message {
  const message = world.messages.find(messageId)
  if (!message) fail(99992354, `message_id ${messageId} does not exist`)
  if (message.deleted) fail(230110, 'The message has been deleted.')
  return message
}

function checkUuid(uuid: unknown): void {
  if (uuid === undefined || uuid === null) return
  if (typeof uuid !== 'string' || uuid.length > 50) fail(99992402, 'field validation failed: uuid, the max length is 50')
}

function checkLength(type: unknown, bytes: number): void {
  if (type === 'text' ? bytes > LONGEST_TEXT : cardTooLong(bytes)) fail(230025, 'The length of the message content reaches its limit.')
}

/** `content` is JSON inside JSON: a string, never an object. */
function contentOf(world: World, type: unknown, content: unknown): unknown {
  const wrong = (why: string): never => fail(230001, `Your request contains an invalid request parameter, ext=${why}`)
  const parsed = typeof content === 'string' ? parse(content) : wrong('content is not a string in json format')
  if (!isObject(parsed)) return wrong('content is not a string in json format')
  if (type === 'interactive') checkCard(parsed, (id) => isSomebody(world, id))
  else if (type === 'text') typeof parsed.text === 'string' && parsed.text !== '' ? undefined : wrong('text content is empty')
  else if (type === 'file') checkFile(world, parsed.file_key)
  else if (type !== 'post') wrong(`msg_type ${String(type)} is not played here`)
  return parsed
}

/** The bot sends only files it uploaded itself. People see the name given at the upload. */
function checkFile({ files }: World, key: unknown): void {
  const file = files.find(String(key))
  if (file?.by !== 'app') fail(230017, 'Bot is not the owner of the resource.')
}

const isSomebody = ({ people }: World, id: string): boolean =>
  Boolean(people.find(id) ?? people.by('unionId', id) ?? people.by('userId', id))

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const prefixes: Record<string, string> = { open_id: 'ou_', union_id: 'on_', chat_id: 'oc_' }
const unknownPerson: Record<string, number> = { open_id: 99992351, union_id: 99992360, user_id: 99992363 }

function receiverChat(world: World, idType: string | undefined, id: unknown): Chat {
  if (idType !== 'chat_id' && !(idType && idType in unknownPerson)) fail(99992402, 'field validation failed: receive_id_type')
  if (typeof id !== 'string' || id === '') fail(230001, 'Your request contains an invalid request parameter, ext=receive_id is empty')
  if (!id.startsWith(prefixes[idType] ?? '')) fail(230034, 'The receive_id is invalid: it does not fit receive_id_type.')
  if (idType === 'chat_id') return openChat(world, world.chats.find(id) ?? fail(99992356, `chat_id ${id} does not exist`))
  const person = personBy(world, idType, id) ?? fail(unknownPerson[idType] ?? 99992351, `${idType} ${id} does not exist`)
  checkReachable(person)
  return world.chats.dm(person.openId)
}

function personBy({ people }: World, idType: string, id: string): Person | undefined {
  if (idType === 'open_id') return people.find(id)
  return people.by(idType === 'union_id' ? 'unionId' : 'userId', id)
}

/** Returns the chat if it takes a message from the bot, else refuses. */
function openChat(world: World, chat: Chat): Chat {
  if (chat.status === 'dissolved') fail(232009, 'Your request specifies a chat which has already been dissolved.')
  if (!chat.hasBot) fail(230002, 'Bot/User can NOT be out of the chat.')
  if (chat.mode === 'p2p') checkReachable(world.people.get(chat.members[0] ?? ''))
  return chat
}

function checkReachable({ employment, botOff }: Person): void {
  if (employment === 'resigned') fail(230029, 'The user has resigned.')
  if (employment === 'out of range') fail(230013, 'Bot has NO availability to this user.')
  if (botOff) fail(230053, 'The user has stopped the bot from sending messages.')
}

const messageData = ({ id, chatId, msgType, createdAt, sender, content, parentId }: Message) => ({
  message_id: id,
  chat_id: chatId,
  ...(parentId ? { root_id: parentId, parent_id: parentId } : {}),
  msg_type: msgType,
  create_time: String(createdAt.getTime()),
  update_time: String(createdAt.getTime()),
  deleted: false,
  updated: false,
  sender: { id: sender.id, id_type: 'app_id', sender_type: 'app' },
  body: { content: JSON.stringify(content) },
})

function asObject(body: unknown): Record<string, unknown> {
  return isObject(body) ? body : fail(9499, 'Bad Request: the body is no JSON object')
}

import type { Text } from '../../text.ts'
import type { Feishu } from '../feishu/feishu.ts'
import type { Tour } from '../tour.ts'

/** The people and groups at the opening, and the tour that a stranger sees first. */
export interface Cast {
  people: readonly { openId: string; name: string; role?: Text; of?: Text }[]
  groups: readonly { chatId: string; name: string; members: readonly string[]; hasBot?: boolean }[]
  tour?: Tour
  /** The id of this run. A reset changes it, and an open page then starts anew. */
  born?: string
  /** Other people of the directory, names by open_id. The bot reaches them; the page does not show what they see. */
  others?: ReadonlyMap<string, string>
  /** The number of branches in a generated unit. */
  branches?: number
}

/** Adds the cast to this Feishu. People and chats that exist already stay as they are. */
export function addCast(feishu: Feishu, { people, groups, others = new Map() }: Cast): void {
  const known = new Set([...feishu.people().map(({ openId }) => openId), ...feishu.chats().map(({ chatId }) => chatId)])
  // A replayed talk means the last person of a name: the cast comes after the others.
  for (const [openId, name] of others) if (!known.has(openId)) feishu.addPerson(name, { openId })
  for (const { name, openId } of people) if (!known.has(openId)) feishu.addPerson(name, { openId })
  for (const { chatId, name, members, hasBot } of groups)
    if (!known.has(chatId)) feishu.addChat(name, members, { chatId }).hasBot = hasBot === true
}

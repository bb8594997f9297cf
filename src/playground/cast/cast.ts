import type { Text } from '../../text.ts'
import type { Feishu } from '../feishu/feishu.ts'
import type { Tour } from '../tour.ts'

/** Who is there when the playground opens, in which groups, and what a stranger is shown first. */
export interface Cast {
  people: readonly { openId: string; name: string; role?: Text; of?: Text }[]
  groups: readonly { chatId: string; name: string; members: readonly string[]; hasBot?: boolean }[]
  tour?: Tour
  /** Another one after a reset: a page that is still open then begins anew. */
  born?: string
  /** Others in the directory, names by open_id: the bot reaches them, the page does not show what they see. */
  others?: ReadonlyMap<string, string>
  /** How many branches the unit was made up with. */
  branches?: number
}

/** Whoever is there already stays as they are. */
export function gather(feishu: Feishu, { people, groups, others = new Map() }: Cast): void {
  const known = new Set([...feishu.people().map(({ openId }) => openId), ...feishu.chats().map(({ chatId }) => chatId)])
  // Of two people with one name a replayed talk means whoever came last.
  for (const [openId, name] of others) if (!known.has(openId)) feishu.addPerson(name, { openId })
  for (const { name, openId } of people) if (!known.has(openId)) feishu.addPerson(name, { openId })
  for (const { chatId, name, members, hasBot } of groups)
    if (!known.has(chatId)) feishu.addChat(name, members, { chatId }).hasBot = hasBot === true
}

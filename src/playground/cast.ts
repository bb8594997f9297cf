import type { Text } from '../text.ts'
import type { Feishu } from './feishu.ts'

/** Who is there when the playground opens, and in which groups. */
export interface Cast {
  people: readonly { openId: string; name: string; role?: Text }[]
  groups: readonly { chatId: string; name: string; members: readonly string[] }[]
}

/** Whoever is there already stays as they are. */
export function gather(feishu: Feishu, { people, groups }: Cast): void {
  const known = new Set([...feishu.people().map(({ openId }) => openId), ...feishu.chats().map(({ chatId }) => chatId)])
  for (const { name, openId } of people) if (!known.has(openId)) feishu.addPerson(name, { openId })
  for (const { chatId, name, members } of groups) if (!known.has(chatId)) feishu.addChat(name, members, { chatId })
}

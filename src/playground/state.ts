import type { Cast } from './cast.ts'
import type { Feishu, Message } from './feishu.ts'

const MOST_SHOWN = 300

/** What one person sees, or nothing but the version when the page has it already. */
export function stateFor(feishu: Feishu, cast: Cast, as: string, since: string) {
  const people = feishu.people()
  const me = people.find(({ openId }) => openId === as) ?? people[0]
  if (!me) return { version: '' }
  feishu.dm(me.openId)
  const chats = feishu.chats().filter(({ members }) => members.includes(me.openId))
  const mine = new Set(chats.map(({ chatId }) => chatId))
  const messages = feishu.messages.filter(({ chatId }) => mine.has(chatId))
  const version = JSON.stringify([
    me.openId,
    people.length,
    feishu.toasts.length,
    chats.map(({ members, hasBot, status }) => [members.length, hasBot, status]),
    messages.length,
    messages.reduce((sum, { versions, deleted }) => sum + versions.length + Number(deleted), 0),
  ])
  if (version === since) return { version }
  return {
    version,
    as: me.openId,
    bot: { openId: feishu.bot.openId, name: feishu.bot.name },
    people: people.map(({ openId, name }) => ({ openId, name, role: cast.people.find((it) => it.openId === openId)?.role })),
    chats,
    messages: messages.slice(-MOST_SHOWN).map(shown),
    toasts: feishu.toasts.flatMap((toast, number) => (toast.openId === me.openId ? [{ ...toast, number }] : [])),
    toastCount: feishu.toasts.length - 1,
  }
}

const shown = ({ id, chatId, sender, msgType, content, versions, createdAt, deleted }: Message) => ({
  id,
  chatId,
  sender: sender.id,
  senderKind: sender.kind,
  type: msgType,
  content: deleted ? {} : content,
  versions: versions.length,
  at: createdAt,
  deleted,
})

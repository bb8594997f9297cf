import { isObject } from '../cards/walk.ts'
import type { Chat } from './chats.ts'
import { fail } from './failure.ts'
import type { World } from './world.ts'

const MOST_PER_PAGE = 100
const MOST_NAMES = 10

export const botInfo = ({ bot }: World) => ({
  activate_status: 2,
  app_name: bot.name,
  avatar_url: '',
  ip_white_list: [],
  open_id: bot.openId,
})

/** A bot outside the chat learns only its name, its size and its status. */
export function chatInfo(world: World, chatId: string) {
  const chat = existing(world, chatId)
  const known = {
    name: chat.name,
    avatar: '',
    user_count: String(chat.members.length),
    bot_count: chat.hasBot ? '1' : '0',
    chat_status: chat.status,
  }
  if (!chat.hasBot) return known
  const rights = { external: false, tenant_key: world.tenantKey, owner_id: chat.members[0], owner_id_type: 'open_id' }
  return { ...known, ...rights, chat_mode: chat.mode, chat_type: 'private', group_message_type: 'chat' }
}

export function chatMembers(world: World, chatId: string, { page_size, page_token }: { page_size?: string; page_token?: string }) {
  const chat = existing(world, chatId)
  if (chat.status === 'dissolved') fail(232009, 'Your request specifies a chat which has already been dissolved.')
  if (!chat.hasBot) fail(232011, 'Operator can NOT be out of the chat.')
  const size = Number(page_size ?? 20)
  const from = Number(page_token || 0)
  if (!Number.isInteger(size) || size < 1 || size > MOST_PER_PAGE || !Number.isInteger(from))
    fail(232001, 'Your request contains an invalid request parameter.')
  const page = chat.members.slice(from, from + size)
  const next = from + size
  const has_more = next < chat.members.length
  return {
    items: page.map((openId) => memberOf(world, openId)),
    page_token: has_more ? String(next) : '',
    has_more,
    member_total: chat.members.length,
  }
}

const memberOf = ({ people, tenantKey }: World, openId: string) => ({
  member_id: openId,
  member_id_type: 'open_id',
  name: people.get(openId).name,
  tenant_key: tenantKey,
})

/** Returns names only; unknown people are left out silently. */
export function userNames({ people }: World, body: unknown) {
  const ids = isObject(body) ? body.user_ids : undefined
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_NAMES) fail(40001, `param error: user_ids takes 1 to ${MOST_NAMES}`)
  const found = ids.flatMap((id) => people.find(String(id)) ?? [])
  return { users: found.map(({ openId, name }) => ({ user_id: openId, name, i18n_name: { zh_cn: name, en_us: name, ja_jp: name } })) }
}

function existing({ chats }: World, chatId: string): Chat {
  return chats.find(chatId) ?? fail(232006, 'Your request specifies a chat_id which is invalid.')
}

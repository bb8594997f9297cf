import type { MakeId } from './ids.ts'

export interface Chat {
  chatId: string
  name: string
  mode: 'group' | 'topic' | 'p2p'
  members: string[]
  hasBot: boolean
  status: 'normal' | 'dissolved'
}

export type Chats = ReturnType<typeof createChats>

/** Groups, and the direct chat that each person has with the bot. */
export function createChats(makeId: MakeId) {
  const all = new Map<string, Chat>()
  const direct = new Map<string, Chat>()

  function add(
    name: string,
    members: readonly string[],
    { chatId = makeId('oc_'), mode = 'group' }: Partial<Pick<Chat, 'chatId' | 'mode'>> = {},
  ): Chat {
    const chat: Chat = { chatId, name, mode, members: [...members], hasBot: mode === 'p2p', status: 'normal' }
    all.set(chatId, chat)
    const [first] = chat.members
    if (mode === 'p2p' && first && !direct.has(first)) direct.set(first, chat)
    return chat
  }

  const find = (chatId: string): Chat | undefined => all.get(chatId)

  return {
    add,
    find,
    all: (): Chat[] => [...all.values()],
    get(chatId: string): Chat {
      const chat = find(chatId)
      if (!chat) throw new Error(`there is no chat ${chatId}`)
      return chat
    },
    /** The direct chat is made at its first use. */
    dm: (openId: string): Chat => direct.get(openId) ?? add('', [openId], { mode: 'p2p' }),
  }
}

import type { MakeId } from './ids.ts'

export interface Version {
  at: Date
  content: unknown
}

export interface Message {
  id: string
  chatId: string
  sender: { kind: 'app' | 'user'; id: string }
  msgType: string
  /** Parsed, as it stands now; a card's earlier states are in `versions`, the last of them this one. */
  content: unknown
  versions: Version[]
  createdAt: Date
  deleted: boolean
  parentId?: string
}

export type Messages = ReturnType<typeof createMessages>
export type NewMessage = Pick<Message, 'chatId' | 'sender' | 'msgType' | 'content' | 'parentId'>

const UUID_LIFE = 3_600_000

/** Everything said, in the order it was said. */
export function createMessages(clock: () => Date, makeId: MakeId) {
  const all: Message[] = []
  const byUuid = new Map<string, Message>()

  function add(written: NewMessage, uuid?: string): Message {
    const at = clock()
    const message: Message = { id: makeId('om_'), ...written, versions: [{ at, content: written.content }], createdAt: at, deleted: false }
    all.push(message)
    if (uuid) byUuid.set(uuid, message)
    return message
  }

  return {
    all,
    add,
    find: (id: string): Message | undefined => all.find((message) => message.id === id),
    /** What a uuid has already brought about within its hour. */
    sentAs(uuid: string): Message | undefined {
      const message = byUuid.get(uuid)
      return message && clock().getTime() - message.createdAt.getTime() < UUID_LIFE ? message : undefined
    },
    replace(message: Message, content: unknown): void {
      message.content = content
      message.versions.push({ at: clock(), content })
    },
  }
}

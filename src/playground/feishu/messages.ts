import type { MakeId } from './ids.ts'

interface Version {
  at: Date
  content: unknown
}

export interface Message {
  id: string
  chatId: string
  sender: { kind: 'app' | 'user'; id: string }
  msgType: string
  /** The parsed content. `versions` holds every state of a card; the last one is this content. */
  content: unknown
  versions: Version[]
  createdAt: Date
  deleted: boolean
  parentId?: string
}

export type Messages = ReturnType<typeof createMessages>
type NewMessage = Pick<Message, 'chatId' | 'sender' | 'msgType' | 'content' | 'parentId'>

const UUID_LIFE = 3_600_000

/** All messages, in the order they were sent. */
export function createMessages(clock: () => Date, makeId: MakeId) {
  const all: Message[] = []
  const byId = new Map<string, Message>()
  const byUuid = new Map<string, Message>()

  function add(written: NewMessage, uuid?: string): Message {
    const at = clock()
    const message: Message = { id: makeId('om_'), ...written, versions: [{ at, content: written.content }], createdAt: at, deleted: false }
    all.push(message)
    byId.set(message.id, message)
    if (uuid) byUuid.set(uuid, message)
    return message
  }

  return {
    all,
    add,
    find: (id: string): Message | undefined => byId.get(id),
    /** Returns the message that this uuid sent within the last hour. */
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

import * as z from 'zod'
import { parseJson, safeObject } from './safe-json.ts'

/**
 * The sender’s text, each mention still its placeholder (`@_user_1`, `@_all`). It is `''` for pictures and the like, and for a message
 * recalled before it came, whose content is empty. Undefined when the content is not what its type says.
 */
export function messageText(messageType: string, content: string): string | undefined {
  const read = readers.get(messageType)
  if (!read || content === '') return ''
  const parsed = safeObject(parseJson(content))
  return parsed && read(parsed)
}

/** The file in a message; undefined when there is none or it was recalled. */
export function messageFile(messageType: string, content: string): { key: string; name: string } | undefined {
  const { data } = messageType === 'file' ? file.safeParse(safeObject(parseJson(content))) : {}
  return data && { key: data.file_key, name: data.file_name ?? '' }
}

const file = z.object({ file_key: z.string().min(1).max(256), file_name: z.string().nullish() })

const readers: ReadonlyMap<string, (content: unknown) => string | undefined> = new Map<string, (content: unknown) => string | undefined>([
  ['text', (content) => plain.safeParse(content).data?.text],
  ['post', postText],
])

function postText(content: unknown): string | undefined {
  const { data } = post.safeParse(content)
  return data && (data.content ?? []).map(lineOf).filter(Boolean).join('\n')
}

const words = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const plain = z.object({ text: words })
const node = z.object({ tag: words, text: words, href: words, user_id: words })
const post = z.object({ content: z.array(z.array(node)).nullish() })

const lineOf = (nodes: z.infer<typeof node>[]): string => nodes.map(wordsOf).join('').trimEnd()

function wordsOf({ tag, text, href, user_id }: z.infer<typeof node>): string {
  // The space keeps a digit that follows from making another placeholder of it.
  if (tag === 'at') return `${user_id === 'all' ? '@_all' : user_id} `
  // Feishu itself writes a link in a plain text message like this.
  return tag === 'a' && href ? `[${text}](${href})` : text
}

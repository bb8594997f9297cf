import * as z from 'zod'
import { withoutFormat } from '../../text.ts'
import { answerOf, type HttpAnswer, noAnswer } from './http.ts'
import { codeOf, outcomeOf, type Verdict } from './outcome.ts'

/** The result of fetching a file that a person sent. */
export type Fetched = { what: 'got'; bytes: Uint8Array } | { what: 'too large' } | Verdict

/** The means of a call that carries bytes. The SDK cannot make it: it turns everything into JSON. */
interface ByteCallDeps {
  fetch: typeof globalThis.fetch
  host: string
  token: string
  timeoutMs: number
}

/** A list of ten thousand people takes a tenth of this. */
const MOST_BYTES = 8 * 1024 * 1024

export async function upload({ fetch, host, token, timeoutMs }: ByteCallDeps, name: string, bytes: Uint8Array): Promise<HttpAnswer> {
  const body = new FormData()
  body.set('file_type', 'stream')
  body.set('file_name', name)
  body.set('file', new Blob([Uint8Array.from(bytes)]), name)
  try {
    const headers = { authorization: `Bearer ${token}` }
    const response = await fetch(`${host}/open-apis/im/v1/files`, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) })
    return answerOf(response, await response.text())
  } catch (error) {
    return noAnswer(error)
  }
}

const uploaded = z.looseObject({ data: z.looseObject({ file_key: z.string() }) })
export const fileKeyIn = ({ code, body }: HttpAnswer) => (code === 0 ? uploaded.safeParse(body).data?.data.file_key : undefined)

/** Bytes come bare; only a refusal is JSON. Reading stops at `MOST_BYTES`. */
export async function download({ fetch, host, token, timeoutMs }: ByteCallDeps, messageId: string, fileKey: string): Promise<HttpAnswer> {
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}/resources/${encodeURIComponent(fileKey)}?type=file`
  try {
    const response = await fetch(host + path, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(timeoutMs) })
    if (!isFile(response)) return answerOf(response, await response.text())
    return { status: response.status, code: 0, msg: '', body: await upTo(MOST_BYTES, response.body) }
  } catch (error) {
    return noAnswer(error)
  }
}

const isFile = ({ ok, headers }: Response) => ok && !(headers.get('content-type') ?? '').startsWith('application/json')

/** Reads at most that many bytes; null when there are more. */
async function upTo(most: number, stream: Response['body']): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (stream ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function fetchedFrom(answer: HttpAnswer): Fetched {
  if (answer.code === 0 && answer.body === null) return { what: 'too large' }
  if (answer.code === 0 && answer.body instanceof Uint8Array) return { what: 'got', bytes: answer.body }
  const outcome = outcomeOf(answer)
  return outcome.what === 'sent' ? { what: 'unsure', code: codeOf(answer) } : outcome
}

export interface ChatPerson {
  openId: string
  name: string
}

const members = z.looseObject({
  data: z.looseObject({
    items: z.array(z.looseObject({ member_id: z.string(), name: z.string().nullish() })).nullish(),
    has_more: z.boolean().nullish(),
    page_token: z.string().nullish(),
  }),
})
/** A chat has 5,000 people at most; a page may be shorter than was asked for. */
const MOST_PAGES = 200

/** Everyone in a chat, asked for page by page; null when Feishu does not say. */
export async function peopleIn(
  ask: (page: { page_size: number; page_token?: string; member_id_type: 'open_id' }) => Promise<HttpAnswer>,
): Promise<ChatPerson[] | null> {
  const people: ChatPerson[] = []
  let page_token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ask({ page_size: 100, member_id_type: 'open_id', ...(page_token ? { page_token } : {}) })
    const { data } = answer.code === 0 ? members.safeParse(answer.body) : {}
    if (!data) return null
    people.push(...(data.data.items ?? []).map(({ member_id, name }) => ({ openId: member_id, name: withoutFormat(name ?? '') })))
    page_token = data.data.page_token ?? undefined
    if (!data.data.has_more || !page_token) return people
  }
  return people
}

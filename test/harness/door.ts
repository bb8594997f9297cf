import { type Received, receive, type Secrets } from '../../src/feishu/door/events.ts'
import { sealBody, signatureOf } from '../../src/feishu/door/verify.ts'

/** Feishu's end of the wire: what it would send, sealed and signed for real. */
export interface Wire {
  body: Uint8Array<ArrayBuffer>
  headers: Map<string, string>
}

export const now = new Date('2026-11-20T15:00:00+08:00')
export const nowSeconds = now.getTime() / 1000
export const secrets: Secrets = { appId: 'cli_0123456789abcdef', encryptKeys: ['encrypt-key'], verificationTokens: ['verification-token'] }

const iv = Uint8Array.from({ length: 16 }, (_, i) => i)

export function signed(
  body: Uint8Array<ArrayBuffer>,
  { key = 'encrypt-key', timestamp = String(nowSeconds), nonce = 'a1b2c3d4' } = {},
): Wire {
  const headers = [
    ['x-lark-request-timestamp', timestamp],
    ['x-lark-request-nonce', nonce],
    ['x-lark-signature', signatureOf(timestamp, nonce, key, body)],
  ] as const
  return { body, headers: new Map(headers) }
}

export const sealed = (text: string, as: { key?: string; timestamp?: string; nonce?: string } = {}): Wire =>
  signed(sealBody(text, as.key ?? 'encrypt-key', iv), as)

export const unsigned = (body: string | Uint8Array<ArrayBuffer>): Wire => ({
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  headers: new Map(),
})

export const unsignedSealed = (text: string, key = 'encrypt-key'): Wire => unsigned(sealBody(text, key, iv))

export const arrives = ({ body, headers }: Wire, ours: Secrets = secrets, at = now): Received =>
  receive(body, { get: (name) => headers.get(name) ?? null }, ours, at)

export const envelope = (type: string, event: unknown, header: object = {}) => ({
  schema: '2.0',
  header: {
    event_id: 'event-1',
    event_type: type,
    create_time: '1608725989000',
    token: 'verification-token',
    app_id: 'cli_0123456789abcdef',
    tenant_key: 'tenant-1',
    ...header,
  },
  event,
})

export const someWords = (content = '{"text":"签到"}', message: object = {}, sender: object = {}) => ({
  sender: { sender_id: { open_id: 'ou_1', union_id: 'on_1' }, sender_type: 'user', ...sender },
  message: { message_id: 'om_1', chat_id: 'oc_1', chat_type: 'group', message_type: 'text', content, ...message },
})

export const aPress = (action: object = { value: { press: 'ballot.vote' }, tag: 'button' }) => ({
  operator: { open_id: 'ou_1', union_id: 'on_1' },
  token: 'c-1',
  action,
  context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
})

import { type Envelope, readEnvelope } from './envelope.ts'
import { type Incoming, readIncoming } from './incoming.ts'
import { type Challenge, type Headers, isOneOf, openBody, type Refused, refused, type Secrets } from './open-body.ts'

export type { Secrets } from './open-body.ts'

export type Delivery = { eventId: string; tenantKey: string; isCallback: boolean } & Incoming
export type Received = Challenge | Refused | { outcome: 'delivery'; delivery: Delivery }

/** A callback is never sent again, so an old one is somebody else's copy. */
const OLDEST_CALLBACK_SECONDS = 300

/** Verifies and reads a webhook request. */
export function receive(body: Uint8Array, headers: Headers, secrets: Secrets, now: Date): Received {
  const opened = openBody(body, headers, secrets, now)
  if (opened.outcome !== 'opened') return opened

  const envelope = readEnvelope(opened.content)
  if (!envelope) return refused(400, 'broken-envelope')
  if (!isOneOf(envelope.token, secrets.verificationTokens)) return refused(401, 'wrong-token')
  if (callbacks.has(envelope.type) && opened.ageSeconds > OLDEST_CALLBACK_SECONDS) return refused(401, 'stale-callback')
  return deliver(envelope, secrets)
}

/** Reads an envelope from the long connection. The connection vouches for it, and its token is empty. */
export function readEvent(parsed: unknown, secrets: Secrets): Received {
  const envelope = readEnvelope(parsed)
  return envelope ? deliver(envelope, secrets) : refused(400, 'broken-envelope')
}

/** The client waits for the answer to these. */
const callbacks: ReadonlySet<string> = new Set(['card.action.trigger', 'url.preview.get'])

function deliver({ eventId, tenantKey, appId, type, event }: Envelope, secrets: Secrets): Received {
  if (!isOneOf(appId, [secrets.appId])) return refused(401, 'wrong-app')

  const incoming = readIncoming(type, event)
  if (!incoming) return refused(400, 'broken-event')
  return { outcome: 'delivery', delivery: { eventId, tenantKey, isCallback: callbacks.has(type), ...incoming } }
}

import * as z from 'zod'
import { isObject, parseJson } from './safe-json.ts'
import { fromUtf8, sameSecret, signatureOf, unseal } from './verify.ts'

export interface Secrets {
  appId: string
  /** Several while rotating: events sent under the old key are still on their way. */
  encryptKeys: readonly string[]
  verificationTokens: readonly string[]
}

/** `reason` is a slug for the log; the sender sees the same body whatever it says. */
export type Refused = { outcome: 'refused'; status: 400 | 401 | 408 | 413 | 503; reason: string }
export type Challenge = { outcome: 'challenge'; challenge: string }
type Opened = { outcome: 'opened'; content: unknown; ageSeconds: number }

export interface Headers {
  get(name: string): string | null
}

/** Feishu’s largest message is 150 KB, and its sealed text is a third longer. */
const LARGEST_BODY = 512 * 1024
/** The URL check alone comes unsigned, and it is a few hundred bytes long. */
const LARGEST_UNSIGNED = 4 * 1024
const MOST_AHEAD_SECONDS = 300
/** The last legal retry comes 7 h 5 min 15 s after the first try; nobody promises a new signature. */
const OLDEST_SECONDS = 8 * 3600

/** The most bytes that may be read for these headers; refused where they alone show a forgery. */
export function mostToRead(headers: Headers, now: Date): number | Refused {
  const signed = signatureIn(headers)
  if (!signed) return LARGEST_UNSIGNED
  if (!isPlausible(signed.timestamp, ageOf(signed, now))) return refused(401, 'bad-timestamp')
  return /^[0-9a-f]{64}$/.test(signed.signature) ? LARGEST_BODY : refused(401, 'bad-signature')
}

/**
 * Answers an unsigned request without time or database. It is the URL check with our token, plain or sealed, or it is refused.
 * @returns undefined for a signed request, which `receive` judges
 */
export function urlCheck(body: Uint8Array, headers: Headers, secrets: Secrets): Challenge | Refused | undefined {
  if (signatureIn(headers)) return undefined
  if (body.byteLength > LARGEST_UNSIGNED) return refused(401, 'unsigned')
  return challengeIn(unsealedByAny(parseJson(fromUtf8(body)), secrets), secrets) ?? refused(401, 'unsigned')
}

/** Opens a signed request, whose raw bytes prove that Feishu sent it before anything is parsed. The URL check is answered unsigned. */
export function openBody(body: Uint8Array, headers: Headers, secrets: Secrets, now: Date): Opened | Challenge | Refused {
  if (body.byteLength > LARGEST_BODY) return refused(413, 'too-large')
  const signed = signatureIn(headers)
  if (!signed) return urlCheck(body, headers, secrets) ?? refused(401, 'unsigned')

  const ageSeconds = ageOf(signed, now)
  if (!isPlausible(signed.timestamp, ageSeconds)) return refused(401, 'bad-timestamp')
  const key = given(secrets.encryptKeys).find((own) => isSignedWith(own, signed, body))
  if (key === undefined) return refused(401, 'bad-signature')
  const outer = parseJson(fromUtf8(body))
  if (!isObject(outer)) return refused(400, 'not-a-json-object')
  if (typeof outer.encrypt !== 'string') return refused(401, 'plaintext')

  const content = parseJson(unseal(outer.encrypt, key))
  if (content === undefined) return refused(401, 'undecryptable')
  return challengeIn(content, secrets) ?? { outcome: 'opened', content, ageSeconds }
}

export const refused = (status: Refused['status'], reason: string): Refused => ({ outcome: 'refused', status, reason })

/** Whether a secret that came in is one of ours; an empty one never is, on either side. */
export const isOneOf = (secret: string, ours: readonly string[]): boolean =>
  given(ours)
    .map((own) => sameSecret(secret, own))
    .includes(true)

/** A setting that is there but empty is no secret. */
const given = (secrets: readonly string[]) => secrets.filter((secret) => secret !== '')

interface Signed {
  timestamp: string
  nonce: string
  signature: string
}

function signatureIn(headers: Headers): Signed | undefined {
  const timestamp = headers.get('x-lark-request-timestamp')
  const nonce = headers.get('x-lark-request-nonce')
  const signature = headers.get('x-lark-signature')
  return timestamp === null || nonce === null || signature === null ? undefined : { timestamp, nonce, signature }
}

const isSignedWith = (encryptKey: string, { timestamp, nonce, signature }: Signed, body: Uint8Array): boolean =>
  sameSecret(signature, signatureOf(timestamp, nonce, encryptKey, body))

const ageOf = ({ timestamp }: Signed, now: Date): number => Math.floor(now.getTime() / 1000) - Number(timestamp)

/** A timestamp has exactly ten digits: it is hashed with the nonce, unseparated, and a digit could slide between them. */
const isPlausible = (timestamp: string, ageSeconds: number): boolean =>
  /^\d{10}$/.test(timestamp) && ageSeconds >= -MOST_AHEAD_SECONDS && ageSeconds <= OLDEST_SECONDS

const checkShape = z.object({ type: z.literal('url_verification'), token: z.string(), challenge: z.string() })

/** The one request that Feishu sends unsigned, and plain or sealed as it likes; the token alone vouches for it. */
function challengeIn(content: unknown, { verificationTokens }: Secrets): Challenge | Refused | undefined {
  const check = checkShape.safeParse(content)
  if (!check.success) return undefined
  if (!isOneOf(check.data.token, verificationTokens)) return refused(401, 'wrong-token')
  return { outcome: 'challenge', challenge: check.data.challenge.toWellFormed() }
}

function unsealedByAny(outer: unknown, { encryptKeys }: Secrets): unknown {
  const encrypt = isObject(outer) ? outer.encrypt : undefined
  if (typeof encrypt !== 'string') return outer
  return given(encryptKeys)
    .map((key) => parseJson(unseal(encrypt, key)))
    .find((content) => content !== undefined)
}

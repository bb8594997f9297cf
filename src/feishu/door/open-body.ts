import * as z from 'zod'
import { type JsonObject, parseJson, safeObject } from './safe-json.ts'
import { fromUtf8, sameSecret, signatureOf, unseal } from './verify.ts'

export interface Secrets {
  appId: string
  /** Several while rotating: events sent under the old key are still on their way. */
  encryptKeys: readonly string[]
  verificationTokens: readonly string[]
}

/** `reason` is a slug for the log; the sender sees the same 401 whatever it says. */
export type Refused = { outcome: 'refused'; status: 400 | 401 | 413; reason: string }
export type Challenge = { outcome: 'challenge'; challenge: string }
type Opened = { outcome: 'opened'; content: unknown; ageSeconds: number }

export interface Headers {
  get(name: string): string | null
}

export const LARGEST_BODY = 1024 * 1024
const MOST_AHEAD_SECONDS = 300
/** The last legal retry comes 7 h 5 min 15 s after the first try; nobody promises a new signature. */
const OLDEST_SECONDS = 8 * 3600

/** Opens the bytes on the wire and makes sure that Feishu sent them; or answers the URL check. */
export function openBody(body: Uint8Array, headers: Headers, secrets: Secrets, now: Date): Opened | Challenge | Refused {
  if (body.byteLength > LARGEST_BODY) return refused(413, 'too-large')
  const outer = safeObject(parseJson(fromUtf8(body)))
  if (!outer) return refused(400, 'not-a-json-object')

  const signed = signatureIn(headers)
  if (!signed) return challengeIn(unsealedByAny(outer, secrets), secrets) ?? refused(401, 'unsigned')

  const ageSeconds = Math.floor(now.getTime() / 1000) - Number(signed.timestamp)
  if (!isPlausible(signed.timestamp, ageSeconds)) return refused(401, 'bad-timestamp')
  const key = given(secrets.encryptKeys).find((own) => isSignedWith(own, signed, body))
  if (key === undefined) return refused(401, 'bad-signature')
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

/** A timestamp has exactly ten digits: timestamp and nonce are hashed without a separator, and a digit could slide between them. */
const isPlausible = (timestamp: string, ageSeconds: number): boolean =>
  /^\d{10}$/.test(timestamp) && ageSeconds >= -MOST_AHEAD_SECONDS && ageSeconds <= OLDEST_SECONDS

const urlCheck = z.object({ type: z.literal('url_verification'), token: z.string(), challenge: z.string() })

/** The one request that Feishu sends unsigned, and plain or sealed as it likes; the token alone vouches for it. */
function challengeIn(content: unknown, { verificationTokens }: Secrets): Challenge | Refused | undefined {
  const check = urlCheck.safeParse(content)
  if (!check.success) return undefined
  if (!isOneOf(check.data.token, verificationTokens)) return refused(401, 'wrong-token')
  return { outcome: 'challenge', challenge: check.data.challenge.toWellFormed() }
}

function unsealedByAny(outer: JsonObject, { encryptKeys }: Secrets): unknown {
  const { encrypt } = outer
  if (typeof encrypt !== 'string') return outer
  return given(encryptKeys)
    .map((key) => parseJson(unseal(encrypt, key)))
    .find((content) => content !== undefined)
}

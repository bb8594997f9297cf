import { createCipheriv, createDecipheriv, createHash, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'

/** Hashing both sides first makes the lengths equal, so that neither length nor content shows in the time taken. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b))

/**
 * Lowercase hex over the bytes as received: Feishu's JSON is not what `JSON.stringify` would write again.
 * The parts have no separators, so the caller insists on a timestamp of ten digits.
 */
export function signatureOf(timestamp: string, nonce: string, encryptKey: string, body: Uint8Array): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey, 'utf8')
    .update(body)
    .digest('hex')
}

/** The body that goes over the wire: `{"encrypt":"…"}`. */
export const sealBody = (plaintext: string, encryptKey: string, iv: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(JSON.stringify({ encrypt: seal(plaintext, encryptKey, iv) })))

/** AES-256-CBC under SHA-256 of the key; base64 of the IV, then the ciphertext. */
export function seal(plaintext: string, encryptKey: string, iv: Uint8Array): string {
  const cipher = createCipheriv('aes-256-cbc', keyOf(encryptKey), iv)
  return Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final()]).toString('base64')
}

/** Opens a sealed text; undefined for a wrong key or a broken text, which look the same to the caller. */
export function unseal(sealed: string, encryptKey: string): string | undefined {
  const bytes = fromBase64(sealed)
  if (bytes.length < 2 * BLOCK || bytes.length % BLOCK !== 0) return undefined

  const decipher = createDecipheriv('aes-256-cbc', keyOf(encryptKey), bytes.subarray(0, BLOCK)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()])
  const padding = paddingOf(padded)
  const text = fromUtf8(padded.subarray(0, padded.length - padding))
  return padding === 0 ? undefined : text
}

export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return undefined
  }
}

const BLOCK = 16
const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

const keys = new Map<string, KeyObject>()
function keyOf(encryptKey: string): KeyObject {
  const known = keys.get(encryptKey)
  if (known) return known

  const key = createSecretKey(sha256(encryptKey))
  keys.set(encryptKey, key)
  return key
}

/** `Buffer.from` skips what is not base64; a text that it would have to mend counts as empty. */
const fromBase64 = (text: string): Buffer =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0)

/**
 * Reads PKCS#7 padding by hand; 0 when it is broken. The URL check is decrypted without a signature. A broken padding must take the same
 * way as a broken text, or timing would tell them apart.
 */
function paddingOf(padded: Uint8Array): number {
  const claimed = padded.at(-1) ?? 0
  const isPadded = claimed >= 1 && claimed <= BLOCK && padded.subarray(-claimed).every((byte) => byte === claimed)
  return isPadded ? claimed : 0
}

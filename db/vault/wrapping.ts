import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** DATA_KEY as it is configured: one key, or the new one before the old while it is changed. */
export type DataKeys = string | readonly string[]

export type Random = (bytes: number) => Uint8Array

export class WrongDataKey extends Error {
  override name = 'WrongDataKey'
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

const derived = (dataKey: string, what: string, bytes = 32) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(dataKey, 'base64'), '', what, bytes))

/** Tells keys apart in the database; no key can be reckoned from it. */
export const fingerprintsOf = (dataKeys: DataKeys): string[] =>
  [dataKeys].flat().map((dataKey) => derived(dataKey, 'fingerprint', 16).toString('hex'))

/** AES-256-GCM under a random nonce. The place goes into the tag, so that the bytes open nowhere else. */
export function encrypted(key: KeyObject, place: string, bytes: Uint8Array, random: Random): string {
  const nonce = random(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** The result is null for bytes of another key or place, or that were tampered with. */
export function decrypted(key: KeyObject, place: string, sealed: string): Uint8Array | null {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES))
    const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    // A stream cipher holds nothing back: the end only compares the tag.
    decipher.final()
    return opened
  } catch {
    return null
  }
}

/** Wraps keys, and words that wait for a moment. A key from the first DATA_KEY wraps; one from any of them unwraps. */
export function wrappingWith(dataKeys: DataKeys, what: string, random: Random) {
  const keys = [dataKeys].flat().map((dataKey) => createSecretKey(derived(dataKey, what)))
  return {
    wrap: (place: string, bytes: Uint8Array): string => encrypted(keys[0] as KeyObject, place, bytes, random),
    /** @throws WrongDataKey when no DATA_KEY that we have wrapped it, or it was wrapped in another place. */
    unwrap(place: string, wrapped: string): Uint8Array {
      for (const key of keys) {
        const bytes = decrypted(key, place, wrapped)
        if (bytes) return bytes
      }
      throw new WrongDataKey('what was wrapped cannot be unwrapped')
    },
  }
}

import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { newKeyPair, openerFor, sealerFor } from './hpke.ts'

/** The keys of a ballot box. `publicKey` locks it; `wrappedKey` opens it, and only together with DATA_KEY, which no database holds. */
export interface BoxKeys {
  publicKey: string
  wrappedKey: string
}

export interface Sealing {
  /** The fingerprint of the key that wraps. */
  readonly fingerprint: string
  newKeys(ballot: string): Promise<BoxKeys>
  /** Each piece is sealed by itself, with a key that nobody keeps: two equal pieces do not look equal. */
  seal(ballot: string, publicKey: string, pieces: readonly Uint8Array[]): Promise<string[]>
  /**
   * The result is null for a piece that belongs to another box or was tampered with.
   * @throws WrongDataKey when this DATA_KEY does not open the box: the caller must then throw nothing away.
   */
  open(ballot: string, wrappedKey: string, sealed: readonly string[]): Promise<(Uint8Array | null)[]>
  /** Hides words that wait in the database for a moment: nobody reads them without DATA_KEY, or in another place. */
  conceal(place: string, words: string): string
  /** @throws WrongDataKey when the words were concealed with another key, or in another place. */
  reveal(place: string, concealed: string): string
}

export class WrongDataKey extends Error {
  override name = 'WrongDataKey'
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** DATA_KEY as it is configured: one key, or the new one before the old while it is changed. */
type DataKeys = string | readonly string[]

const derived = (dataKey: string, what: string, bytes = 32) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(dataKey, 'base64'), '', what, bytes))

/** Tells keys apart in the database; no key can be reckoned from it. */
export const fingerprintsOf = (dataKeys: DataKeys): string[] =>
  [dataKeys].flat().map((dataKey) => derived(dataKey, 'fingerprint', 16).toString('hex'))

/** Seals with HPKE. A key from the first DATA_KEY wraps the private key, bound to its ballot; any of them unwraps. */
export function sealingWith(dataKeys: DataKeys, random: (bytes: number) => Uint8Array): Sealing {
  const keysFor = (what: string) => [dataKeys].flat().map((dataKey) => createSecretKey(derived(dataKey, what)))
  const [wrapping, concealing] = [keysFor('ballots'), keysFor('ballot codes')]

  function wrap(place: string, bytes: Uint8Array, [by] = wrapping): string {
    const nonce = random(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', by as KeyObject, nonce).setAAD(Buffer.from(place))
    return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  function unwrap(place: string, wrapped: string, [by, ...others] = wrapping): Uint8Array {
    if (!by) throw new WrongDataKey('what a ballot keeps cannot be unwrapped')
    const bytes = Buffer.from(wrapped, 'base64url')
    try {
      const decipher = createDecipheriv('aes-256-gcm', by, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    } catch {
      return unwrap(place, wrapped, others)
    }
  }

  return {
    fingerprint: fingerprintsOf(dataKeys)[0] ?? '',
    async newKeys(ballot) {
      const { publicKey, privateKey } = await newKeyPair()
      return { publicKey: Buffer.from(publicKey).toString('base64url'), wrappedKey: wrap(placeOf(ballot), privateKey) }
    },
    async seal(ballot, publicKey, pieces) {
      const seal = await sealerFor(Buffer.from(publicKey, 'base64url'), infoOf(ballot))
      return Promise.all(pieces.map(async (piece) => (await seal(piece)).toString('base64url')))
    },
    async open(ballot, wrappedKey, sealed) {
      const open = await openerFor(unwrap(placeOf(ballot), wrappedKey), infoOf(ballot))
      return Promise.all(sealed.map((piece) => open(Buffer.from(piece, 'base64url'))))
    },
    conceal: (place, words) => wrap(place, new TextEncoder().encode(words), concealing),
    reveal: (place, concealed) => new TextDecoder().decode(unwrap(place, concealed, concealing)),
  }
}

/** Table, column, row and version: a key that is moved to another ballot opens nothing. */
const placeOf = (ballot: string) => `ballots|wrapped_key|${ballot}|1`
const infoOf = (ballot: string) => `zhibu ballot ${ballot}`

import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto'
import { newKeyPair, openerFor, sealerFor } from './hpke.ts'

/** What locks a ballot box and what opens it. Only `wrappedKey` opens, and only together with DATA_KEY, which no database holds. */
export interface BoxKeys {
  publicKey: string
  wrappedKey: string
}

export interface Sealing {
  newKeys(ballot: string): Promise<BoxKeys>
  /** Each piece by itself, with a key of its own that nobody keeps: two that are alike do not look alike. */
  seal(ballot: string, publicKey: string, pieces: readonly Uint8Array[]): Promise<string[]>
  /**
   * Null for a piece that is not of this box, or was tampered with.
   * @throws WrongDataKey when the box cannot be opened with the DATA_KEY there is: nothing may be thrown away then.
   */
  open(ballot: string, wrappedKey: string, sealed: readonly string[]): Promise<(Uint8Array | null)[]>
  /** For what has to wait in the database for a moment: read by nobody without DATA_KEY, and nowhere but in its place. */
  conceal(place: string, words: string): string
  /** @throws WrongDataKey when it was concealed by another key, or elsewhere. */
  reveal(place: string, concealed: string): string
}

export class WrongDataKey extends Error {
  override name = 'WrongDataKey'
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Sealed with HPKE. The private key is wrapped by a key derived from DATA_KEY, bound to its ballot. */
export function sealingWith(dataKey: string, random: (bytes: number) => Uint8Array): Sealing {
  const keyFor = (what: string) => createSecretKey(Buffer.from(hkdfSync('sha256', Buffer.from(dataKey, 'base64'), '', what, 32)))
  const [wrapping, concealing] = [keyFor('ballots'), keyFor('ballot codes')]

  function wrap(place: string, bytes: Uint8Array, by = wrapping): string {
    const nonce = random(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', by, nonce).setAAD(Buffer.from(place))
    return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  function unwrap(place: string, wrapped: string, by = wrapping): Uint8Array {
    const bytes = Buffer.from(wrapped, 'base64url')
    try {
      const decipher = createDecipheriv('aes-256-gcm', by, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    } catch {
      throw new WrongDataKey('what a ballot keeps cannot be unwrapped')
    }
  }

  return {
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

/** Table, column, row and version: a key that is moved to another ballot does not open. */
const placeOf = (ballot: string) => `ballots|wrapped_key|${ballot}|1`
const infoOf = (ballot: string) => `zhibu ballot ${ballot}`

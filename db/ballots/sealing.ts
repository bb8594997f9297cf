import type { Vault } from '../vault/vault.ts'
import { type DataKeys, fingerprintsOf, type Random, wrappingWith } from '../vault/wrapping.ts'
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
  /** Whether this DATA_KEY opens the box. */
  unlocks(ballot: string, wrappedKey: string): boolean
  /** The vault of the same DATA_KEY. A Worker that wakes does not read it before it is asked for. */
  vault(): Promise<Vault>
}

/** Seals with HPKE. A key from the first DATA_KEY wraps the private key, bound to its ballot; any of them unwraps. */
export function sealingWith(dataKeys: DataKeys, random: Random): Sealing {
  const { wrap, unwrap } = wrappingWith(dataKeys, 'ballots', random)
  const codes = wrappingWith(dataKeys, 'ballot codes', random)

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
    conceal: (place, words) => codes.wrap(place, new TextEncoder().encode(words)),
    reveal: (place, concealed) => new TextDecoder().decode(codes.unwrap(place, concealed)),
    unlocks(ballot, wrappedKey) {
      try {
        return unwrap(placeOf(ballot), wrappedKey).byteLength > 0
      } catch {
        return false
      }
    },
    vault: async () => (await import('../vault/vault.ts')).vaultWith(dataKeys, random),
  }
}

/** Table, column, row and version: a key that is moved to another ballot opens nothing. */
const placeOf = (ballot: string) => `ballots|wrapped_key|${ballot}|1`
const infoOf = (ballot: string) => `zhibu ballot ${ballot}`

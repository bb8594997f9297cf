import { createSecretKey } from 'node:crypto'
import { type Purpose, purposes } from '../../src/rules/vault/purposes.ts'
import type { vaultKeys } from './tables.ts'
import { type DataKeys, decrypted, encrypted, fingerprintsOf, type Random, wrappingWith } from './wrapping.ts'

export type VaultKey = Pick<typeof vaultKeys.$inferSelect, 'kid' | 'branch' | 'purpose' | 'wrapped' | 'wrappedBy'>

/**
 * The place of sealed words: a cell of one table, and the writing of the words that stand in it. The words of all voices are in `worries`, the
 * name of the table that had the first of them.
 */
export interface Cell {
  table: 'talk_notes' | 'opinions' | 'worry_drafts' | 'worries' | 'voice_answers' | 'integrity_findings'
  row: string
  branch: string
  version: number
}

/** Words that do not open in their place: they were moved or changed. Nobody is shown what they might have been. */
export class SealBroken extends Error {
  override name = 'SealBroken'
}

export interface Vault {
  /** The fingerprint of the DATA_KEY that wraps. */
  readonly fingerprint: string
  newKey(branch: string, purpose: Purpose): VaultKey
  seal(key: VaultKey, cell: Cell, words: string): string
  /**
   * @throws WrongDataKey when the key was wrapped with a DATA_KEY that we do not have
   * @throws SealBroken when the words do not belong into this cell
   */
  open(key: VaultKey, cell: Cell, sealed: string): string
  /** Opens many cells of one key, which is unwrapped once. */
  opening(key: VaultKey): (cell: Cell, sealed: string) => string
  /** The same key, wrapped anew with the first DATA_KEY. */
  rewrapped(key: VaultKey): VaultKey
}

const decoder = new TextDecoder()

const KEY_BYTES = 32
const KID_BYTES = 9

/** The vault of a DATA_KEY. It keeps nothing: each data key is unwrapped for its one use. */
export function vaultWith(dataKeys: DataKeys, random: Random): Vault {
  const [fingerprint = ''] = fingerprintsOf(dataKeys)
  const of = Object.fromEntries(purposes.map((purpose) => [purpose, wrappingWith(dataKeys, `vault ${purpose}`, random)]))
  const wrapping = (purpose: Purpose) => of[purpose] as ReturnType<typeof wrappingWith>
  const wrapped = (key: Pick<VaultKey, 'kid' | 'branch' | 'purpose'>, bytes: Uint8Array): VaultKey => ({
    ...key,
    wrapped: wrapping(key.purpose).wrap(placeOfKey(key), bytes),
    wrappedBy: fingerprint,
  })
  const unwrapped = (key: VaultKey) => wrapping(key.purpose).unwrap(placeOfKey(key), key.wrapped)

  function opening(key: VaultKey) {
    const opener = createSecretKey(unwrapped(key))
    return (cell: Cell, sealed: string) => {
      const bytes = decrypted(opener, placeOfCell(cell), sealed)
      if (!bytes) throw new SealBroken(`words in ${cell.table} do not belong there`)
      return decoder.decode(bytes)
    }
  }

  return {
    fingerprint,
    newKey: (branch, purpose) => wrapped({ kid: Buffer.from(random(KID_BYTES)).toString('base64url'), branch, purpose }, random(KEY_BYTES)),
    seal: (key, cell, words) => encrypted(createSecretKey(unwrapped(key)), placeOfCell(cell), new TextEncoder().encode(words), random),
    open: (key, cell, sealed) => opening(key)(cell, sealed),
    opening,
    rewrapped: ({ kid, branch, purpose, ...key }) => wrapped({ kid, branch, purpose }, unwrapped({ kid, branch, purpose, ...key })),
  }
}

const placeOfKey = ({ kid, branch, purpose }: Pick<VaultKey, 'kid' | 'branch' | 'purpose'>) =>
  `vault_keys|wrapped|${kid}|${branch}|${purpose}|1`

const placeOfCell = ({ table, row, branch, version }: Cell) => `${table}|sealed|${row}|${branch}|${version}`

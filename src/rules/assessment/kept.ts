import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * An account as it is kept, for ever: 55 duties of much the same words are 12 KB as text and 1.3 KB packed. It is what a score is shown with
 * and reckoned again from, years later.
 */
export const packed = (account: unknown): Uint8Array => new Uint8Array(deflateRawSync(JSON.stringify(account)))

/** Accounts of before 0.3 were kept as text. */
export const unpacked = (kept: string | ArrayBuffer | Uint8Array): unknown =>
  JSON.parse(typeof kept === 'string' ? kept : inflateRawSync(new Uint8Array(kept)).toString())

/** The platform's ids: a prefix that tells their kind, then 32 hex digits. */
export type MakeId = (prefix: string) => string

export const idsFrom =
  (random: () => number): MakeId =>
  (prefix) =>
    prefix + Array.from(bytesFrom(random, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')

export const bytesFrom = (random: () => number, length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, () => Math.floor(random() * 256))

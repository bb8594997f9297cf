import type { Cast } from './marks.ts'

/** Votes are counted by circle: the unit's own people, and those who voted by a code. Circles are never added up. */
export const circles = ['members', 'public'] as const
export type Circle = (typeof circles)[number]

/** One sealed piece of a ballot. All pieces look alike from outside, so none tells a mark from a receipt, or whose it is. */
export type Piece =
  | { is: 'mark'; circle: Circle; subject: string; value: string }
  | { is: 'writeIn'; circle: Circle; name: string }
  | { is: 'receipt'; circle: Circle; code: string }

/** Twenty Chinese characters fit, and no piece is longer. */
export const PIECE_BYTES = 96

export const piecesOf = ({ marks, writeIns }: Cast, circle: Circle, code: string): Piece[] => [
  ...marks.map((mark) => ({ is: 'mark' as const, circle, ...mark })),
  ...writeIns.map((name) => ({ is: 'writeIn' as const, circle, name })),
  { is: 'receipt', circle, code },
]

const letters = { mark: 'm', writeIn: 'w', receipt: 'r' } as const

/** Encodes a piece, padded with blanks to the one length. */
export function written(piece: Piece): Uint8Array {
  const { is, circle } = piece
  const parts = is === 'mark' ? [piece.subject, piece.value] : [is === 'writeIn' ? piece.name : piece.code]
  const bytes = new TextEncoder().encode(JSON.stringify([letters[is], circles.indexOf(circle), ...parts]))
  if (bytes.length > PIECE_BYTES) throw new RangeError('a piece of a ballot is too long')
  const padded = new Uint8Array(PIECE_BYTES).fill(0x20)
  padded.set(bytes)
  return padded
}

/** Decodes a piece; null for bytes that we did not write. */
export function read(bytes: Uint8Array): Piece | null {
  try {
    const parts: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    if (!Array.isArray(parts) || parts.slice(2).some((part) => typeof part !== 'string')) return null
    const [letter, nth, first, second] = parts as [string, number, string, string?]
    const circle = circles[nth]
    if (!circle || typeof first !== 'string') return null
    if (letter === 'm' && typeof second === 'string') return { is: 'mark', circle, subject: first, value: second }
    if (letter === 'w') return { is: 'writeIn', circle, name: first }
    return letter === 'r' ? { is: 'receipt', circle, code: first } : null
  } catch {
    return null
  }
}

/** Five random bits each, forty in a receipt. 0, 1, 8 and 9 are left out, because people read them as letters. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Turns five random bytes into `'K7QX-2MPA'`. */
export function receiptFrom(random: Uint8Array): string {
  let bits = 0n
  for (const byte of random.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte)
  const code = Array.from({ length: 8 }, (_, nth) => ALPHABET[Number((bits >> BigInt(35 - 5 * nth)) & 31n)]).join('')
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** Fisher–Yates shuffle; rejection sampling keeps every order equally likely. */
export function shuffled<T>(all: readonly T[], random: (bytes: number) => Uint8Array): T[] {
  const mixed = [...all]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = below(last + 1, random)
    ;[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T]
  }
  return mixed
}

function below(limit: number, random: (bytes: number) => Uint8Array): number {
  const most = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const number = new DataView(random(4).slice().buffer).getUint32(0)
    if (number < most) return number % limit
  }
}

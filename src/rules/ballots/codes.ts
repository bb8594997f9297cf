/** Five random bits each. 0, 1, 8 and 9 are left out, because people read them as letters. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LETTERS = 12

/** Sixty random bits, written `'K7QX-2MPA-ZT5C'`: nobody guesses one of a thousand slips among 10¹⁸ codes. */
export const codeFrom = (random: Uint8Array): string =>
  inFours(Array.from(random.subarray(0, LETTERS), (byte) => ALPHABET[byte & 31]).join(''))

/** Reads a code as people type it: in small letters, with blanks, with a zero for an O. Null when it cannot be a code. */
export function codeTyped(typed: string): string | null {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—–_.]/gu, '')
    .replaceAll('0', 'O')
    .replaceAll('8', 'B')
  return letters.length === LETTERS && [...letters].every((letter) => ALPHABET.includes(letter)) ? inFours(letters) : null
}

const inFours = (letters: string) => letters.match(/.{4}/g)?.join('-') ?? letters

export const MOST_CODES_AT_ONCE = 200
export const MOST_CODES = 2_000

/** Reads how many slips the form asks for; null unless it is a whole number within the limit. */
export function codesAsked(typed: string): number | null {
  const said = typed.normalize('NFKC').trim()
  const count = /^\d{1,4}$/.test(said) ? Number(said) : 0
  return count >= 1 && count <= MOST_CODES_AT_ONCE ? count : null
}

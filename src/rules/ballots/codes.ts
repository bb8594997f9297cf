/** Without 0, 1, 8 and 9, which are taken for letters: five random bits each. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LETTERS = 12

/** Sixty random bits, `'K7QX-2MPA-ZT5C'`: nobody guesses one of a thousand slips among a billion billions. */
export const codeFrom = (random: Uint8Array): string =>
  inFours(Array.from(random.subarray(0, LETTERS), (byte) => ALPHABET[byte & 31]).join(''))

/** As it was typed from a slip: in small letters, with blanks, with a nought for an O; null for what can be none. */
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

/** How many slips a form asks for; null for what is no such number. */
export function codesAsked(typed: string): number | null {
  const said = typed.normalize('NFKC').trim()
  const count = /^\d{1,4}$/.test(said) ? Number(said) : 0
  return count >= 1 && count <= MOST_CODES_AT_ONCE ? count : null
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { qrOf } from '../../src/web/qr.tsx'

/* This reader goes by the standard’s figures (ISO/IEC 18004) and shares no code with the library that draws. */

const CORRECTION: Record<number, number> = { 21: 7, 25: 10, 29: 15, 33: 20, 37: 26 }

const isOfPattern = (size: number, row: number, column: number) =>
  (row < 9 && column < 9) ||
  (row < 9 && column >= size - 8) ||
  (row >= size - 8 && column < 9) ||
  row === 6 ||
  column === 6 ||
  (size > 21 && Math.abs(row - (size - 7)) <= 2 && Math.abs(column - (size - 7)) <= 2)

function codewordsIn(modules: readonly (readonly boolean[])[]): number[] {
  const size = modules.length
  const bits: number[] = []
  const columns = Array.from({ length: size }, (_, nth) => size - 1 - nth).filter((column) => column !== 6)
  for (let pair = 0; pair < columns.length; pair += 2)
    for (let step = 0; step < size; step++)
      for (const column of columns.slice(pair, pair + 2)) {
        const row = (pair / 2) % 2 === 0 ? size - 1 - step : step
        if (isOfPattern(size, row, column)) continue
        const isTurned = (row + column) % 2 === 0
        bits.push(Number(modules[row]?.[column] !== isTurned))
      }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, nth) => Number.parseInt(bits.slice(8 * nth, 8 * nth + 8).join(''), 2))
}

/** Multiplies bit by bit in the field of 256, without tables. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product & 0x80 ? 0x11d : 0)
    if ((b >> bit) & 1) product ^= a
  }
  return product
}

/** Every syndrome is zero where nothing is damaged. */
function syndromes(codewords: readonly number[], length: number): number[] {
  let root = 1
  return Array.from({ length }, () => {
    const value = codewords.reduce((sum, byte) => times(sum, root) ^ byte, 0)
    root = times(root, 2)
    return value
  })
}

function textIn(codewords: readonly number[]): string {
  const half = codewords.flatMap((byte) => [byte >> 4, byte & 15])
  expect(half[0]).toBe(4)
  const length = ((half[1] ?? 0) << 4) | (half[2] ?? 0)
  const bytes = Array.from({ length }, (_, nth) => ((half[3 + 2 * nth] ?? 0) << 4) | (half[4 + 2 * nth] ?? 0))
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
}

/** Reads level and mask from both of their places; `01` and `000` are L and the first mask. */
function formatsIn(modules: readonly (readonly boolean[])[]): number[] {
  const size = modules.length
  type Place = readonly [row: number, column: number]
  const at = (places: readonly Place[]) => places.reduce((bits, [row, column]) => (bits << 1) | Number(modules[row]?.[column]), 0)
  const across = (columns: number[]) => columns.map((column): Place => [8, column])
  const down = (rows: number[]) => rows.map((row): Place => [row, 8])
  const first = [...across([0, 1, 2, 3, 4, 5, 7]), ...down([8, 7, 5, 4, 3, 2, 1, 0])]
  const second = [...down([1, 2, 3, 4, 5, 6, 7].map((nth) => size - nth)), ...across([8, 7, 6, 5, 4, 3, 2, 1].map((nth) => size - nth))]
  return [at(first), at(second)].map((bits) => (bits ^ 0b101010000010010) >> 10)
}

/* An address has small letters, which the standard writes as bytes; one block holds up to 106 of them. */
const addresses = fc
  .string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567./:-_A'), maxLength: 98 })
  .map((rest) => `https://${rest}`)

test('a drawn address reads back whole and undamaged', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      const modules = qrOf(address)
      const codewords = codewordsIn(modules)
      expect(textIn(codewords)).toBe(address)
      const correction = CORRECTION[modules.length] ?? 0
      expect(new Set(syndromes(codewords, correction))).toEqual(new Set([0]))
      expect(formatsIn(modules)).toEqual([0b01000, 0b01000])
    }),
  )
})

import * as z from 'zod'
import { type Element, folded, words } from '../../src/card.ts'
import { input } from '../../src/form.ts'
import { LONGEST_PART, MOST_PARTS, written } from '../../src/rules/papers/words.ts'
import { literal, type Text, t } from '../../src/text.ts'

const field = (nth: number) => `part${nth + 1}`
const numbers = Array.from({ length: MOST_PARTS }, (_, nth) => nth)

/** The fields of a paper's parts, as they come back from its form. */
export const filledParts = z.object(Object.fromEntries(numbers.map((nth) => [field(nth), z.string().max(20_000).nullish()])))
type FilledParts = z.infer<typeof filledParts>

export const partsFilled = (filled: FilledParts, titles: readonly Text[]): string[] =>
  titles.map((_, nth) => written(filled[field(nth)] ?? '', LONGEST_PART))

/** One field for each part, filled in. The client writes in the language of the words that stand there. */
export const partFields = (titles: readonly Text[], values: readonly string[]): Element[] =>
  titles.map((title, nth) => input(field(nth), title, { value: values[nth] ?? '', most: LONGEST_PART, rows: 4 }))

/** A card holds 30 KB. Only a part that is nothing but markup costs more than this, and its end is cut. */
const PART_BYTES = 4_800

/** Words as they were typed: their lines stay lines. */
function typed(said: string): Text {
  const lines = said.split('\n').map(literal).join('\n')
  const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(lines)))
  return bytes > PART_BYTES ? typed(`${said.slice(0, Math.floor((said.length * PART_BYTES) / bytes) - 2)}…`) : t(lines, lines)
}

/** The parts that say something, each under its title; the first is open. */
export const partsShown = (titles: readonly Text[], said: readonly string[]): Element[] =>
  titles.flatMap((title, nth) => {
    const part = said[nth] ?? ''
    return part === '' ? [] : [folded(title, [words(typed(part))], nth === 0)]
  })

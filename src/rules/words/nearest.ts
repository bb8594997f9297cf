import { clipped } from '../../text.ts'
import { type Named, namesOf } from './names.ts'

/** The nearest command to a word that is none, or null. A Chinese word said in passing is no misspelling: 好的 is not 我的. */
export function nearestTo(line: string, menu: readonly Named[]): { command: string; said: string; rest: string } | null {
  const bare = line.replace(/^[／/]\s*/u, '').trim()
  const hasSlash = bare !== line.trim()
  const [word = ''] = bare.split(/\s/, 1)
  if (!hasSlash && isEverydayWord(word, menu)) return null
  const ranked = menu
    .flatMap((command) => namesOf(command).map((name) => ({ command: command.name, away: distance(word.toLowerCase(), name), name })))
    .filter(({ away, name }) => away <= Math.max(1, Math.floor([...name].length / 2.5)) && away < [...name].length)
    .filter(({ name }) => hasSlash || !/^\p{Script=Han}{2}$/u.test(name) || name[0] === word[0])
    .sort((a, b) => a.away - b.away)
  const [best] = ranked
  return best ? { command: best.command, said: clipped(word, 20), rest: clipped(bare.slice(word.length), 200) } : null
}

/** A command's other name that opens a sentence, as in “me too” or “call me tomorrow”, is no misspelt command. */
const isEverydayWord = (word: string, menu: readonly Named[]) => menu.some(({ also }) => also.includes(word.toLowerCase()))

/** The number of letters to change, add, drop or swap with a neighbour. */
function distance(from: string, to: string): number {
  const [a, b] = [[...from].slice(0, 24), [...to].slice(0, 24)]
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min(at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(i - 1, j - 1) + same, swapped))
    }
  }
  return at(a.length, b.length)
}

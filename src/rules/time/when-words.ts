import type { Day } from '../../calendar.ts'
import type { Text } from '../../text.ts'
import { runTogether } from './when-doubts.ts'

/** The part of a day a speaker names; `am` and `pm` are the English halves. */
export type DayPart = 'dawn' | 'am' | 'noon' | 'afternoon' | 'pm' | 'dusk' | 'evening'

/** One fact about the time from a few words of the line; `doubt` marks words that were understood as uncertain. */
export type Fact =
  | { says: 'day'; day: Day }
  | { says: 'date'; year?: number; month?: number; date?: number | 'last' }
  | { says: 'week'; monday: Day }
  | { says: 'weekday'; weekday: number }
  | { says: 'part'; part: DayPart }
  | { says: 'clock'; hour: number; minute: number; part?: DayPart; exact?: boolean }
  | { says: 'doubt'; why: Text }

export type Said = Partial<Record<string, string>>

/**
 * A pattern and its meaning. `leads` are words like “at” that count only right before a time. `follows` are words like “左右” that count
 * only right after one. A `place` is no time and stays on the line. A `filler` says nothing and leaves it.
 */
export type Reader = { pattern: RegExp; hear: (said: Said, now: Date) => Fact[]; only?: 'leads' | 'follows' | 'place' | 'filler' }
export type Mention = { from: number; to: number; facts: Fact[]; only?: Reader['only'] }

export const reader = (pattern: string, hear: Reader['hear'], only?: Reader['only']): Reader => ({
  pattern: new RegExp(pattern, 'y'),
  hear,
  only,
})

/** A number in figures or Chinese, as part of a pattern. */
export const NUMBER = String.raw`(?:\d{1,2}(?!\d)|[〇零一二两三四五六七八九十廿]{1,3})`
/** Nouns that make a number before them a place, not a time. */
export const PLACE =
  '楼|层|室|栋|座|幢|教(?!育|学)|区|单元|会议|教室|报告|多功能|活动|阶梯|办公|大厅|礼堂|厅|食堂|车间|机房|展|厂|院|馆|门|库|线|站|桌|排'

const zhDigits = '零一二三四五六七八九'
const enNumbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
export const EN_NUMBER = String.raw`(?:\d{1,2}(?!\d)|${enNumbers.slice(1).join('|')})`

/** Reads `'十二'`, `'零五'`, `'二〇二六'`, `'12'`, `'twelve'`. */
export function numberSaid(words = ''): number {
  if (/^\d+$/.test(words)) return Number(words)
  if (/^(?:an?|元)$/.test(words)) return 1
  if (enNumbers.includes(words)) return enNumbers.indexOf(words)
  const plain = words.replace('廿', '二十').replaceAll('〇', '零').replaceAll('两', '二')
  const figures = (part: string) => Number([...part].map((c) => zhDigits.indexOf(c)).join(''))
  const [tens = '', ones = ''] = plain.split('十')
  return plain.includes('十') ? (tens ? figures(tens) : 1) * 10 + figures(ones) : figures(plain)
}

/** 两三, 三五 and 二三十 are no number: two of them stand side by side. Years are said figure by figure. */
const ZH_NUMBER = /^[〇零一二两三四五六七八九十廿]+$/
const WELL_FORMED = /^(?:[〇零]?[一二两三四五六七八九]|[〇零]|(?:[一二三四五六七八九]?十|廿)[一二三四五六七八九]?)$/
const isRunTogether = (said: Said) =>
  Object.entries(said).some(([name, words]) => name !== 'year' && words && ZH_NUMBER.test(words) && !WELL_FORMED.test(words))

const alike: Record<string, string> = {
  点點: '点',
  钟鐘鍾: '钟',
  周週: '周',
  后後: '后',
  号號: '号',
  两兩: '两',
  个個: '个',
  这這: '这',
  时時: '时',
  楼樓: '楼',
  室: '室',
  礼禮: '礼',
  '-‐‑‒–—―−－﹣': '-',
  '~～〜∼': '~',
  ':∶︰﹕ː': ':',
  "'‘’＇": "'",
}
const folded = new Map(Object.entries(alike).flatMap(([from, to]) => [...from].map((c): [string, string] => [c, to])))

/** The line in one spelling: half width, small letters, simplified characters where it matters. Every character keeps its position. */
export const fold = (words: string): string => words.replace(/[^\n]|\n/g, (c) => folded.get(c) ?? narrow(c))

function narrow(c: string): string {
  const code = c.charCodeAt(0)
  if (/[\s\u200b\u2060\ufeff]/.test(c)) return ' '
  const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : c
  return /[A-Z]/.test(half) ? half.toLowerCase() : half
}

/** Everything the line says, places included, from left to right. Where two readers could begin, the longer reading wins. */
export function listen(line: string, readers: readonly Reader[], now: Date): Mention[] {
  const mentions: Mention[] = []
  for (let at = 0; at < line.length; ) {
    const before = mentions.at(-1)
    const after = before?.to === at && !isAside(before)
    const heard = !after && isInsideWord(line, at) ? undefined : longest(line, at, readers, now, after)
    if (heard) mentions.push(heard)
    at = heard?.to ?? at + 1
  }
  return mentions.filter(({ only, to }, i) => only !== 'leads' || isTime(mentions[i + 1], to))
}

/** A place or a filler speaks of no time. */
export const isAside = ({ only }: Mention) => only === 'place' || only === 'filler'

const isInsideWord = (line: string, at: number) => /[a-z\d]{2}/.test(line.slice(Math.max(0, at - 1), at + 1)) && at > 0
const isTime = (next: Mention | undefined, from: number) => next?.from === from && next.only === undefined

function longest(line: string, at: number, readers: readonly Reader[], now: Date, after: boolean): Mention | undefined {
  let best: { said: RegExpExecArray; by: Reader } | undefined
  for (const by of readers) {
    if (by.only === 'follows' && !after) continue
    by.pattern.lastIndex = at
    const said = by.pattern.exec(line)
    if (said?.[0] && said[0].length > (best?.said[0].length ?? 0)) best = { said, by }
  }
  if (!best) return undefined
  const said = best.said.groups ?? {}
  const facts: Fact[] = isRunTogether(said) ? [{ says: 'doubt', why: runTogether }] : best.by.hear(said, now)
  return { from: at, to: at + best.said[0].length, facts, only: best.by.only }
}

const GLUE = /^[\s,;、的.·-]*(?:at|on|in|the|to|until|till|~|到|至|和|或)?\s*$/

/** The typed line without the words that were heard: single-spaced, and with no comma left over from a time. */
export function leftOver(words: string, line: string, mentions: readonly Pick<Mention, 'from' | 'to'>[]): string {
  const pieces: string[] = []
  let from = 0
  for (const cut of [...mentions.map((mention) => brackets(line, mention)), { from: line.length, to: line.length }]) {
    const between = pieces.length > 0 && cut.from < line.length
    const piece = words.slice(from, Math.max(from, cut.from))
    pieces.push(between && GLUE.test(line.slice(from, cut.from)) ? '' : hangingOff(piece, from > 0, cut.from < line.length))
    from = Math.max(from, cut.to)
  }
  return pieces.join(' ').replace(/\s+/g, ' ').trim()
}

/** Brackets around a time are removed with it. */
function brackets(line: string, { from, to }: Pick<Mention, 'from' | 'to'>): { from: number; to: number } {
  const wrapped = /[([【]/.test(line[from - 1] ?? '') && /[)\]】]/.test(line[to] ?? '')
  return wrapped ? { from: from - 1, to: to + 1 } : { from, to }
}

function hangingOff(piece: string, start: boolean, end: boolean): string {
  const tail = start ? piece.replace(/^[\s,，、;；。]+/, '') : piece
  return end ? tail.replace(/[\s,，、;；]+$/, '') : tail
}

import { type Day, day } from '../../calendar.ts'
import { readWhen } from '../time/when.ts'
import { clockReaders } from '../time/when-clocks.ts'
import { dayReaders } from '../time/when-days.ts'
import { placeReaders } from '../time/when-places.ts'
import { fold, listen } from '../time/when-words.ts'

/** A line about a task, as far as it was understood. */
export interface TaskSaid {
  words: string
  /** The name as it stands in the line; null where it names nobody. */
  name: string | null
  dueOn: Day | null
  /** A day was named that has no single reading. */
  isUnclear: boolean
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** The name with the words that only carry it: 由王芳同志负责, for Wang Fang. */
const carrying = (name: string) =>
  /[a-z]/i.test(name)
    ? new RegExp(`(?<![a-z])(?:(?:for|to|by|owner:?) )?(${escaped(name)})(?![a-z])`, 'iu')
    : new RegExp(String.raw`(?:由|请|让|派|交给|负责人[:：]?)?\s*(${escaped(name)})(?:同志)?(?:\s*(?:负责|来办|牵头|去办))?`, 'u')

/** A deadline has 前 behind its day, or “by” before it. Readers of dates know the day alone. */
const DEADLINE_ZH =
  /(?<=[日号底末\d]|(?:周|星期|礼拜)[一二三四五六日天]|[明后]天)(?:(?:之前|以前|前)(?:要|须|务必)?(?:完成|办完|办结|做完|办好|落实)?|(?:完成|办完|办结|做完|办好|落实))(?=$|[\s，,。；;、])/gu
const DEADLINE_EN =
  /\b(?:due |done )?(?:by|before|until|due)\b(?=\s+(?:\d|the |next |this |tomorrow|today|end |mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/giu
const EDGES = /^[\s，,。；;、:：]+|[\s，,。；;、:：]+$/gu

/** Reads `整理活动室 王芳 12月20日`. Names of the roster are found first: 周一鸣 is no Monday. Other words stay as they were typed. */
export function taskSaid(line: string, names: readonly string[], now: Date): TaskSaid {
  const inOrder = [...new Set(names)].filter((name) => name !== '').sort((one, other) => other.length - one.length)
  const [whole, name = null] = inOrder.map((one) => carrying(one).exec(line)).find((found) => found !== null) ?? []
  // The semicolon keeps a room and the number of a day apart.
  const unnamed = (whole ? line.replace(whole, '；') : line).replace(DEADLINE_ZH, ' ').replace(DEADLINE_EN, ' ').replace(/\s+/gu, ' ')
  const last = lastTimeIn(unnamed, now)
  if (!last) return { words: cleared(unnamed), name, dueOn: null, isUnclear: false }
  const when = readWhen(unnamed.slice(last.from, last.to), now)
  const dueOn = when.found === 'moment' ? day(when.at) : when.found === 'day' ? when.day : null
  const words = dueOn ? `${unnamed.slice(0, last.from)} ${unnamed.slice(last.to)}` : unnamed
  return { words: cleared(words), name, dueOn, isUnclear: dueOn === null }
}

const readers = [...placeReaders, ...dayReaders, ...clockReaders]

/** The day stands behind what is to be done; a month within the words is a part of them. Times side by side are one. */
function lastTimeIn(words: string, now: Date): { from: number; to: number } | undefined {
  const line = fold(words)
  const spans: { from: number; to: number }[] = []
  for (const { from, to, only } of listen(line, readers, now)) {
    if (only) continue
    const before = spans.at(-1)
    if (before && /^\s*(?:的|at|on|of)?\s*$/.test(line.slice(before.to, from))) before.to = to
    else spans.push({ from, to })
  }
  return spans.at(-1)
}

function cleared(words: string): string {
  const squeezed = words
    .replace(/\s+/gu, ' ')
    .replace(/(?:[，,、；;]\s*)+(?=[，,、；;])/gu, '')
    .replace(/\s*；\s*/gu, ' ')
  return squeezed.replace(EDGES, '').replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

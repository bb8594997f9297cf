import type { Day } from '../../calendar.ts'
import { clipped } from '../../text.ts'
import { dayBehind } from '../talks/said.ts'
import { dayReaders } from '../time/when-days.ts'
import { fold, leftOver, listen } from '../time/when-words.ts'
import { LONGEST_RECORD, type Topic } from './topics.ts'

/** A line about a short record, as far as it was understood. */
export interface RecordSaid {
  topic: Topic | null
  /** Null where no day is named; it was then today. */
  on: Day | null
  words: string
}

/** The words that name a topic. Only the first word of a line is one: 文化 inside a sentence belongs to what happened. */
const topicWords: readonly [RegExp, Topic][] = [
  [/^(?:企业)?文化(?:建设)?|^culture/iu, 'culture'],
  [/^(?:思想政治)?(?:工作)?网络|^(?:work )?network/iu, 'workNetwork'],
  [/^人才(?:工作)?|^talents?/iu, 'talents'],
  [/^(?:工会共青团|工会|共青团|团)(?:工作)?|^(?:union(?: and league)?|league)/iu, 'unionAndLeague'],
  [/^(?:党员)?素质工程|^quality(?: project)?/iu, 'quality'],
  [/^生产科研|^(?:生产|科研)(?:任务)?|^production|^research/iu, 'production'],
  [/^安全(?:生产)?|^safety/iu, 'safety'],
  [/^(?:降本增效|成本|节约)|^costs?/iu, 'cost'],
]

const PARTING = /^[\s,，、:：·]+/u

/** Reads `文化 12月5日 职工书画展`. */
export function recordSaid(said: string, now: Date): RecordSaid {
  const line = said.trim()
  const [topic, after] = topicOf(line)
  const folded = fold(after)
  const mentions = listen(folded, dayReaders, now)
  const on = dayBehind(
    mentions.flatMap((one) => one.facts),
    now,
  )
  // A day that was not understood stays in the words, where its writer sees it.
  const words = on === null ? after : leftOver(after, folded, mentions)
  return { topic, on, words: clipped(words.replace(PARTING, ''), LONGEST_RECORD) }
}

function topicOf(line: string): [Topic | null, string] {
  for (const [pattern, topic] of topicWords) {
    const [found] = pattern.exec(line) ?? []
    const rest = found === undefined ? '' : line.slice(found.length)
    // 安全演练 is something that happened, and no topic with something behind it.
    if (found !== undefined && (rest === '' || PARTING.test(rest) || /^\d/u.test(rest))) return [topic, rest.replace(PARTING, '')]
  }
  return [null, line]
}

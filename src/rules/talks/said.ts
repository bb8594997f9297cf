import { addDays, addMonths, type Day, day, isDay, lastDay, month, weekday } from '../../calendar.ts'
import { dayReaders } from '../time/when-days.ts'
import { type Fact, fold, leftOver, listen } from '../time/when-words.ts'
import type { TalkKind } from './kinds.ts'

/** A line about a talk, as far as it was understood. */
export interface TalkSaid {
  /** The name as it was typed; empty where the line names nobody. */
  name: string
  /** Null where the line names no kind. */
  kind: TalkKind | null
  /** Null where no day is named; the talk was then today. */
  on: Day | null
  /** A day was named that has no single reading, or that is none. */
  isUnclear: boolean
  /** More stood there. Words about the talk itself are never read from the line. */
  hasMore: boolean
}

const kindWords: readonly [RegExp, TalkKind][] = [
  [/关怀(?:谈心|谈话)?|\bcare\b/iu, 'care'],
  [/(?:入党)?申请(?:谈话|后谈话)?|\bapplication\b/iu, 'application'],
  [/审批前(?:谈话)?|\bbefore approval\b/iu, 'beforeApproval'],
  [/转正(?:批准)?后?(?:谈话)?|\bafter approval\b/iu, 'afterApproval'],
]

/** Words that only carry the sentence. */
const FILLERS =
  /谈(?:过|了)?(?:一次|一下)?(?:心|话)(?:谈话)?(?:了|过)?|谈(?:过|了)|聊(?:过|了)?(?:聊|天)?了?|一次|^[我俺]|和|跟|与|同|找|对|已经|刚刚?|\b(?:i|we|had|have|a|the|heart-to-heart|talks?|talked|spoke|with|to|about|on|just)\b|[@,，。.、;；!！]/giu

const squeezed = (words: string) => words.replace(/\s+/gu, ' ').trim()

/**
 * Reads `王芳 昨天 关怀`. Names of the roster are found first: 周一鸣 is no Monday. Days are those behind us, unlike the days of meetings: 周三 is
 * the last one.
 */
export function talkSaid(words: string, names: readonly string[], now: Date): TalkSaid {
  const known = nameIn(words, names)
  const [, kind = null] = kindWords.find(([pattern]) => pattern.test(words)) ?? []
  const unnamed = known ? words.replace(known, ' ') : words
  const plain = kindWords.reduce((left, [pattern]) => left.replace(pattern, ' '), unnamed)
  const line = fold(plain)
  const mentions = listen(line, dayReaders, now)
  const facts = mentions.flatMap((one) => one.facts)
  const on = dayBehind(facts, now)
  const rest = squeezed(leftOver(plain, line, mentions).replace(FILLERS, ' '))
  return { name: known ?? rest, kind, on, isUnclear: facts.length > 0 && on === null, hasMore: known !== null && rest !== '' }
}

/** The longest name of the roster that stands in the line. A name in letters stands alone. */
function nameIn(words: string, names: readonly string[]): string | null {
  const inOrder = [...new Set(names)].filter((name) => name !== '').sort((one, other) => other.length - one.length)
  for (const name of inOrder) {
    const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    const found = new RegExp(/[a-z]/i.test(name) ? `(?<![a-z])${pattern}(?![a-z])` : pattern, 'iu').exec(words)
    if (found) return found[0]
  }
  return null
}

const only = <S extends Fact['says']>(facts: readonly Fact[], says: S) =>
  facts.filter((fact): fact is Extract<Fact, { says: S }> => fact.says === says)

/** The latest day that is meant, today included. Null where nothing or more than one thing is said. */
export function dayBehind(facts: readonly Fact[], now: Date): Day | null {
  if (only(facts, 'doubt').length > 0) return null
  const [days, dates, weekdays, weeks] = [only(facts, 'day'), only(facts, 'date'), only(facts, 'weekday'), only(facts, 'week')]
  const said = [
    ...days.map((one) => one.day),
    ...(dates.length > 0 ? [dateBehind(Object.assign({}, ...dates), now)] : []),
    ...weekdays.map((one) => weekdayBehind(one.weekday, weeks[0]?.monday, now)),
  ]
  const [first, ...others] = said
  return first && others.every((other) => other === first) ? first : null
}

function weekdayBehind(of: number, monday: Day | undefined, now: Date): Day {
  if (monday) return addDays(monday, (of + 6) % 7)
  return addDays(day(now), -((weekday(day(now)) - of + 7) % 7))
}

const two = (figure: number) => String(figure).padStart(2, '0')

/** Without a year or a month it is the latest one up to today. */
function dateBehind(said: { year?: number; month?: number; date?: number | 'last' }, now: Date): Day | null {
  const { date } = said
  if (date === undefined) return null
  const today = day(now)
  const inMonth = (in_: string): Day => (date === 'last' ? lastDay(in_) : `${in_}-${two(date)}`)
  if (said.month === undefined) {
    const candidates = [month(now), addMonths(month(now), -1)].map(inMonth)
    return candidates.find((on) => isDay(on) && on <= today) ?? null
  }
  const years = said.year === undefined ? [Number(today.slice(0, 4)), Number(today.slice(0, 4)) - 1] : [said.year]
  const candidates = years.map((year) => inMonth(`${year}-${two(said.month ?? 0)}`)).filter(isDay)
  return candidates.find((on) => on <= today || said.year !== undefined) ?? null
}

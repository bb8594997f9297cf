import { type Day, day } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import { fold, NUMBER, numberSaid } from '../time/when-words.ts'
import { fortnightFrom, type nths, type Rule } from './rhythms.ts'

/** The rule that a line names, or the reason why it names none; and the rest of the line. */
export type RhythmSaid = ({ found: 'rule'; rule: Rule } | { found: 'unclear'; why: Text; every?: Often } | { found: 'nothing' }) & {
  rest: string
}

/** Reads the first words that name a repeating time. It never guesses: half a rule is left to the form. */
export function readRhythm(words: string, now: Date): RhythmSaid {
  const line = fold(words)
  for (const { pattern, hear } of readers) {
    const said = pattern.exec(line)
    if (!said) continue
    const [before, after] = [words.slice(0, said.index), words.slice(said.index + said[0].length)]
    const more = [MORE_BEFORE.exec(fold(before))?.[0] ?? '', MORE_AFTER.exec(fold(after))?.[0] ?? ''] as const
    const rest = `${before.slice(0, before.length - more[0].length)} ${after.slice(more[1].length)}`.replace(/\s+/g, ' ').trim()
    const heard = more[0] || more[1] ? oneDayOnly : hear(said.groups ?? {}, day(now))
    return 'zh' in heard ? { found: 'unclear', why: heard, every: oftenIn(said[0]), rest } : { found: 'rule', rule: heard, rest }
  }
  return { found: 'nothing', rest: words }
}

/** Matches 每周二、四; 1日和15日; first and third; 10日前. A second day, a span or a limit goes beyond a rhythm, which has one day. */
const MORE_DAY = String.raw`(?:每|第|周|星期|礼拜|[一二三四五六日天十](?![楼层号室会])|\d{1,2}(?:\s?[日号](?![楼室])|st|nd|rd|th)|first|second|third|fourth|last|mon|tue|wed|thu|fri|sat|sun)`
const MORE_AFTER = new RegExp(
  String.raw`^\s?(?:(?:、|,|，|和|及|与|或|至|到|~|-|–|&|and\b|or\b|to\b)\s?(?:the |every |on )?${MORE_DAY}[a-z]*[个周一二三四五]*|[以之]?[前后](?![门楼厅排院])|左右|before\b|at the latest\b)`,
)
const MORE_BEFORE =
  /(?:first|second|third|fourth|last|\d(?:st|nd|rd|th)|mon|tue|wed|thu|fri)(?:[a-z]*day)?\s?(?:,|and|or|to|&|-|–)\s?(?:the )?$|(?:before|by|until|after|around)\s(?:the )?$/
const oneDayOnly = t(
  '一个例会只定一天；说了几天或期限的，请选一天。',
  'A rhythm has one day; where several or a limit are said, please choose one.',
)

type Often = Exclude<Rule['every'], 'quarter'>
/** Returns only how often, where the day is missing. */
function oftenIn(words: string): Often | undefined {
  if (/季|quarter/.test(words)) return undefined
  if (/月|month/.test(words)) return 'month'
  return /两|2|二|隔|双|other|two|second|bi|fortnight/.test(words) ? 'two weeks' : 'week'
}

type Said = Partial<Record<string, string>>
type Reader = { pattern: RegExp; hear(said: Said, today: Day): Rule | Text }

const R = String.raw
const reader = (pattern: string, hear: Reader['hear']): Reader => ({ pattern: new RegExp(pattern), hear })

const weekend = t('周六、周日不是工作日，例会请定在周一到周五。', 'Saturdays and Sundays are days off; please choose Monday to Friday.')
const whichWeekday = t('还差星期几。', 'The day of the week is missing.')
const whichDate = t('还差哪一天，例如“第一个周五”或“10日”。', 'Which day is missing, as in “first Friday” or “10th”.')
const whichMonth = t('还差季度里的第几个月。', 'Which month of the quarter is missing.')
const noFifth = t('不是每个月都有第五个，请用“最后一个”。', 'Not every month has a fifth; please say “last”.')
const noSuchDate = t('没有这一天，请再看一下日期。', 'There is no such day; please check the date.')

/** The day in a month, and the month of a quarter, that the words name. */
interface Which {
  every: 'month' | 'quarter'
  ofQuarter?: 1 | 2 | 3
  nth?: number | 'last'
  weekday?: number
  date?: number | 'last'
}

/** In a quarter, the first Friday is in its first month and the last Friday in its last. */
function judged({ every, ofQuarter, nth, weekday, date }: Which): Rule | Text {
  if (nth !== undefined) {
    if (weekday === undefined) return whichWeekday
    if (!isWorkingWeekday(weekday)) return weekend
    if (nth !== 'last' && (nth < 1 || nth > 4)) return noFifth
    const ordinal = nth as (typeof nths)[number]
    return every === 'month'
      ? { every, nth: ordinal, weekday }
      : { every, month: ofQuarter ?? (nth === 'last' ? 3 : 1), nth: ordinal, weekday }
  }
  if (date === undefined) return whichDate
  if (date !== 'last' && (date < 1 || date > 31)) return noSuchDate
  if (every === 'month') return { every, date }
  const month = ofQuarter ?? (date === 'last' ? 3 : undefined)
  return month ? { every, month, date } : whichMonth
}

const isWorkingWeekday = (weekday: number) => weekday >= 1 && weekday <= 5

function weekly(weekday: number | undefined, isFortnightly: boolean, today: Day): Rule | Text {
  if (weekday === undefined) return whichWeekday
  if (!isWorkingWeekday(weekday)) return weekend
  return isFortnightly ? { every: 'two weeks', weekday, from: fortnightFrom(today, weekday) } : { every: 'week', weekday }
}

// Chinese.
const WEEK = '(?:周|星期|礼拜)'
/** 每周一次 means once a week, and 每周三点 names an hour. */
const DAY_OF_WEEK = R`(?<weekday>[一二三四五六日天]|[1-7](?!\d))(?![次点回场])`
const NTH = R`(?:第(?<nth>[一二三四五1-5])个?|(?<last>最后一个?|末)|(?<first>首)个?)\s?${WEEK}${DAY_OF_WEEK}`
const DATE = R`(?<date>${NUMBER})\s?[号日](?![楼室])|(?<end>底|末|最后一[天日]|最后一个工作日)|(?<begin>[第首]一?个工作日)`
const IN_QUARTER = '(?:第?(?<of>[一二三1-3])个?月|(?<ofFirst>首)个?月|(?<ofLast>最后一个月|末月))'
const WHICH = R`\s?的?\s?(?:${NTH}|${DATE})`
const FORTNIGHT = R`(?:每(?:两|2|二|隔一?)个?|隔一?|双)${WEEK}`

const weekdayOf = (said: string | undefined) =>
  said === undefined ? undefined : /[日天7]/.test(said) ? 0 : /\d/.test(said) ? Number(said) : numberSaid(said)

function ofChinese({ nth, last, first, weekday, date, end, begin, of, ofFirst, ofLast }: Said, every: 'month' | 'quarter'): Rule | Text {
  const isNth = nth !== undefined || last !== undefined || first !== undefined
  const ofQuarter = of ? (numberSaid(of) as 1 | 2 | 3) : ofFirst ? 1 : ofLast ? 3 : undefined
  if (isNth) return judged({ every, ofQuarter, nth: last ? 'last' : first ? 1 : numberSaid(nth), weekday: weekdayOf(weekday) })
  return judged({ every, ofQuarter, date: end ? 'last' : begin ? 1 : date ? numberSaid(date) : undefined })
}

const chinese: readonly Reader[] = [
  reader(R`${FORTNIGHT}的?${WEEK}?(?:${DAY_OF_WEEK})?`, ({ weekday }, today) => weekly(weekdayOf(weekday), true, today)),
  reader(R`每个?${WEEK}的?${WEEK}?${DAY_OF_WEEK}`, ({ weekday }, today) => weekly(weekdayOf(weekday), false, today)),
  reader(R`每个?季度?\s?的?\s?${IN_QUARTER}?${WHICH}`, (said) => ofChinese(said, 'quarter')),
  reader(R`每个?月${WHICH}`, (said) => ofChinese(said, 'month')),
  reader(R`每个?季度?\s?的?\s?${IN_QUARTER}?`, () => whichDate),
  reader(R`每个?月初?`, () => whichDate),
  reader(R`每个?${WEEK}`, () => whichWeekday),
]

// English.
const weekdayNames = [
  'sun(?:day)?',
  'mon(?:day)?',
  'tue(?:s(?:day)?)?',
  'wed(?:s|nesday)?',
  'thu(?:r(?:s(?:day)?)?)?',
  'fri(?:day)?',
  'sat(?:urday)?',
]
const WEEKDAY = R`(?<weekday>${weekdayNames.join('|')})s?\b\.?`
const ORDINALS = ['first|1st', 'second|2nd', 'third|3rd', 'fourth|4th', 'fifth|5th']
const ANY_ORDINAL = [...ORDINALS, 'last'].join('|')
const EACH = '(?:each|every|the)'
const DAY_EN = R`(?:(?<nth>${ANY_ORDINAL}) ${WEEKDAY}|(?<date>\d{1,2})(?:st|nd|rd|th)?(?: day)?\b(?!:|\s?[ap]\.?m)|(?<end>last day|end))`
const MONTH_EN = R`(?:(?:the )?(?<of>first|1st|second|2nd|third|3rd|last) month (?:of|in) )?`

const ordinalSaid = (said: string | undefined) =>
  said === undefined ? undefined : said === 'last' ? 'last' : ORDINALS.findIndex((names) => names.split('|').includes(said)) + 1
const weekdaySaid = (said = '') => weekdayNames.findIndex((name) => name.startsWith(said.slice(0, 3)))

function ofEnglish({ nth, weekday, date, end, of, unit, often }: Said): Rule | Text {
  const every = unit === 'quarter' || often === 'quarterly' ? 'quarter' : 'month'
  const ordinal = ordinalSaid(of)
  const ofQuarter = ordinal === 'last' ? 3 : (ordinal as 1 | 2 | 3 | undefined)
  const isNth = nth !== undefined
  return judged({
    every,
    ofQuarter,
    nth: ordinalSaid(nth),
    weekday: isNth ? weekdaySaid(weekday) : undefined,
    date: isNth ? undefined : end ? 'last' : date ? Number(date) : undefined,
  })
}

const english: readonly Reader[] = [
  reader(R`\b(?:on |every )?(?:the )?${DAY_EN} (?:of|in) ${MONTH_EN}${EACH} (?<unit>month|quarter)\b`, ofEnglish),
  reader(
    R`\b(?:${EACH} (?<unit>month|quarter)|(?<often>monthly|quarterly)),? (?:on )?(?:the )?${DAY_EN}(?: (?:of|in) (?:the|its) (?<of>first|second|third|last) month)?`,
    ofEnglish,
  ),
  reader(
    R`\b(?:every (?:other|second|two weeks on|2 weeks on|second week on|other week on)|(?:bi-?weekly|fortnightly)(?: on)?) ${WEEKDAY}`,
    ({ weekday }, today) => weekly(weekdaySaid(weekday), true, today),
  ),
  reader(R`\b(?:every|each|weekly(?: on)?|each week on|every week on) ${WEEKDAY}`, ({ weekday }, today) =>
    weekly(weekdaySaid(weekday), false, today),
  ),
  reader(R`\b(?:every|each) (?:month|quarter)\b|\b(?:monthly|quarterly)\b`, () => whichDate),
  reader(R`\b(?:every|each) (?:week|two weeks|other week)\b|\b(?:weekly|fortnightly|bi-?weekly)\b`, () => whichWeekday),
]

const readers = [...chinese, ...english]

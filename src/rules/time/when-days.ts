import { addDays, addMonths, type Day, day, lastDay, type Month, mondayOf, month } from '../../calendar.ts'
import { again, lunar, noSuchDate, ordinalDay, slashOrder, thisOrNextWeek, whichDay, whichYear } from './when-doubts.ts'
import { type DayPart, EN_NUMBER, type Fact, NUMBER, numberSaid, PLACE, type Reader, reader, type Said } from './when-words.ts'

const R = String.raw
const doubt = (why: (Fact & { says: 'doubt' })['why']): Fact[] => [{ says: 'doubt', why }]
const exactly = (on: Day): Fact[] => [{ says: 'day', day: on }]

// Days by their distance: 今天, tomorrow.
const distance: Record<string, number> = {
  '大前天|大前日': -3,
  '前天|前日': -2,
  '昨天|昨日|昨|yesterday': -1,
  '今天|今日|今儿|今|today': 0,
  '明天|明日|明儿|明|tomorrow|tommorow|tomorow|tommorrow|tmrw|tmr': 1,
  '后天|后日|the day after tomorrow|day after tomorrow': 2,
  '大后天|大后日': 3,
}
const distanceNamed = (name = '') => Object.entries(distance).find(([names]) => names.split('|').includes(name))?.[1] ?? 0
const distanceNames = Object.keys(distance)
  .flatMap((names) => names.split('|'))
  .filter((name) => name.length > 1)
  .join('|')
const dayNamed = (name: string | undefined, now: Date) => addDays(day(now), distanceNamed(name))
const withPart = (on: Day, part: DayPart): Fact[] => [...exactly(on), { says: 'part', part }]
const enParts: Record<string, DayPart> = { morning: 'am', afternoon: 'afternoon', evening: 'evening' }

const byDistance: readonly Reader[] = [
  reader(R`(?<name>${distanceNames})(?![a-z])`, ({ name }, now) => exactly(dayNamed(name, now))),
  reader(R`(?<name>[昨今明后])(?<part>[早晨晚夜])上?(?![会饭宴餐报班操读])`, ({ name, part }, now) =>
    withPart(dayNamed(name === '后' ? '后天' : name, now), part === '早' || part === '晨' ? 'am' : 'evening'),
  ),
  reader('[次翌][日晨]|隔[天日]|当[天日晚]|同一?[天日]|第[二三两\\d][天日]', () => doubt(whichDay)),
  reader(R`tonight\b`, (_, now) => withPart(day(now), 'evening')),
  reader(R`this (?<part>morning|afternoon|evening)\b`, ({ part = '' }, now) => withPart(day(now), enParts[part] ?? 'am')),
]

// Weeks and their days: 下周三, next week.
const WEEK = '(?:周|星期|礼拜)'
const WHICH = '(?<which>上上|上|这|本|下{1,3})'
/** 两周三次 counts weeks (周五周六 does not), and 下周三点 is some hour of next week. */
const NOT_COUNTED = '(?<!(?:^|[^周期拜])[一二两三四五六七八九十])'
const NOT_AN_HOUR = R`(?!点(?:$|[\s,;半整钟\d]|[一三]刻))`
const weekdayNames = [
  'sun(?:day)?',
  'mon(?:day)?',
  'tue(?:s(?:day)?)?',
  'wed(?:s|nesday)?',
  'thu(?:r(?:s(?:day)?)?)?',
  'fri(?:day)?',
  'sat(?:urday)?',
]
const WEEKDAY_EN = R`(?<weekday>${weekdayNames.join('|')})(?![a-z])\.?`

const weekdaySaid = (word: string) => (/[日天7]/.test(word) ? 0 : /\d/.test(word) ? Number(word) : numberSaid(word))
const weekdaySaidEn = (word = '') => weekdayNames.findIndex((name) => word.startsWith(name.slice(0, 3)))
const ahead = (which: string) => (which.startsWith('上') ? -which.length : which.startsWith('下') ? which.length : 0)
const aheadEn = (which?: string) => (which === 'next' ? 1 : which === 'last' ? -1 : 0)

const weekAway = (now: Date, weeks: number) => addDays(mondayOf(day(now)), weeks * 7)
const dayOfWeek = (monday: Day, weekday: number) => addDays(monday, (weekday + 6) % 7)

function chineseWeekday({ which, weekday = '' }: Said, now: Date): Fact[] {
  const said = weekdaySaid(weekday)
  return which ? exactly(dayOfWeek(weekAway(now, ahead(which)), said)) : [{ says: 'weekday', weekday: said }]
}

/** “Next Friday” on a Monday is this week’s to some and next week’s to others. On a Saturday all mean the same. */
function englishWeekday({ which, weekday }: Said, now: Date): Fact[] {
  const said = weekdaySaidEn(weekday)
  if (!which || which === 'coming') return [{ says: 'weekday', weekday: said }]
  const inThisWeek = dayOfWeek(weekAway(now, 0), said)
  if (which === 'next' && inThisWeek > day(now)) return doubt(thisOrNextWeek)
  return exactly(dayOfWeek(weekAway(now, aheadEn(which)), said))
}

const week = (now: Date, weeks: number): Fact[] => [{ says: 'week', monday: weekAway(now, weeks) }]

const byWeek: readonly Reader[] = [
  reader(
    R`(?:${WHICH}个?|${NOT_COUNTED})${WEEK}\s?(?<weekday>[一二三四五六日天]${NOT_AN_HOUR}|[1-7](?![\d点时:楼号层室月/.-]))`,
    chineseWeekday,
  ),
  reader(R`${WHICH}个?${WEEK}(?![期年刊边报岁末])`, ({ which = '' }, now) => week(now, ahead(which))),
  reader(R`(?:on )?(?:the )?(?:(?:this )?(?<which>this|next|last|coming) )?${WEEKDAY_EN}`, englishWeekday),
  reader(R`(?:of |in )?(?<which>this|next|last) week\b`, ({ which }, now) => week(now, aheadEn(which))),
  reader(R`${WEEKDAY_EN} week\b`, () => doubt(thisOrNextWeek)),
  reader(R`(?:a|one|two|\d) weeks? (?:from|after|on) (?:today|tomorrow|${WEEKDAY_EN})`, () => doubt(ordinalDay)),
  reader(R`(?:${WHICH}个?)?周末|(?:(?:on|at|over) )?(?:(?:the|this|next) )?weekend\b`, () => doubt(whichDay)),
  reader(R`(?:the )?(?:first|second|third|fourth|last) ${WEEKDAY_EN}(?= of| in)(?: (?:of|in) (?:the|this|next) month)?`, () =>
    doubt(ordinalDay),
  ),
  reader(R`(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days\b`, () => doubt(again)),
  reader(R`每(?:个)?(?:${WEEK}[一二三四五六日天]?|月(?:${NUMBER}[号日])?|天|日|季度?|年)|every (?:day|week|month|${WEEKDAY_EN})\b`, () =>
    doubt(again),
  ),
]

// Months and their days: 12月5日, 月底, Dec 5, the 5th.
const YEAR = R`(?:(?:(?<year>\d{4}|\d\d|[〇零一二三四五六七八九]{4})年|(?<yearly>今年|明年|后年|去年))的?\s?)`
const ANY_MONTH = R`(?:${WHICH}个?月|(?<month>元|${NUMBER})\s?月)份?`
/** 5日内 is no day and 5号文件 no date; 5号会议室 is a room, but 12月5号会议室 a date and a room. */
const NOT_A_DAY = '(?![内游常报均程志记用间捐])'
const HARD_PLACE = '(?!楼|栋|线|门|院)'
const NOT_A_NUMBER = R`(?!\s?(?:${PLACE})|[文机馆员公]|议题|议案|通知|令)`

const yearNames: Record<string, number> = { 去年: -1, 今年: 0, 明年: 1, 后年: 2, 'next year': 1, 'this year': 0 }
const thisYear = (now: Date) => Number(day(now).slice(0, 4))
const century = (year: number) => (year < 100 ? 2000 + year : year)
const yearSaid = ({ year, yearly }: Said, now: Date): number | undefined =>
  yearly ? thisYear(now) + (yearNames[yearly] ?? 0) : year ? century(numberSaid(year)) : undefined

const partsOf = (in_: Month) => ({ year: Number(in_.slice(0, 4)), month: Number(in_.slice(5)) })
const monthAway = (now: Date, months: number) => partsOf(addMonths(month(now), months))

function chineseDate(said: Said, now: Date): Fact[] {
  const of = said.which
    ? monthAway(now, ahead(said.which))
    : { year: yearSaid(said, now), month: said.month ? numberSaid(said.month) : undefined }
  const figure = said.date ?? said.figure
  const date = said.edge ? (said.edge === '初' ? 1 : 'last') : figure ? numberSaid(figure) : undefined
  return [{ says: 'date', ...of, date }]
}

const monthNames = [
  'jan(?:uary)?',
  'feb(?:ruary)?',
  'mar(?:ch)?',
  'apr(?:il)?',
  'may',
  'june?',
  'july?',
  'aug(?:ust)?',
  'sept?(?:ember)?',
  'oct(?:ober)?',
  'nov(?:ember)?',
  'dec(?:ember)?',
]
const MONTH_EN = R`(?<month>${monthNames.join('|')})\b\.?`
const LONG_MONTH_EN = '(?<month>january|february|april|june|july|august|september|october|november|december)'
const YEAR_EN = R`(?:,? ?(?:(?<year>\d{4})(?![\d:])|(?<yearly>next year|this year)))?`
const ORDINAL = R`(?<date>\d{1,2})(?:st|nd|rd|th)\b`
const PLAIN = R`(?<date>\d{1,2})(?:st|nd|rd|th)?(?![\w:/])(?!\s?[ap]\.?m\b)`
const LEAD_EN = '(?:on )?(?:the )?'
const monthSaidEn = (word = '') => monthNames.findIndex((name) => word.startsWith(name.slice(0, 3))) + 1
const inMonthEn = (which: string | undefined, now: Date) => (which && which !== 'the' ? monthAway(now, aheadEn(which)) : {})

const englishDate = (said: Said, now: Date): Fact[] => [
  { says: 'date', year: yearSaid(said, now), month: monthSaidEn(said.month), date: said.date ? Number(said.date) : undefined },
]

/** 4/5 is 5 April, as in Chinese. With a year after it, the order is the one that leaves a single reading. */
function slashed({ first, second, year }: Said): Fact[] {
  const [a, b] = [Number(first), Number(second)]
  if (!year) return a > 12 ? doubt(slashOrder) : [{ says: 'date', month: a, date: b }]
  if (a <= 12 && b <= 12 && a !== b) return doubt(slashOrder)
  return a <= 12 ? [{ says: 'date', year: Number(year), month: a, date: b }] : [{ says: 'date', year: Number(year), month: b, date: a }]
}

const byDate: readonly Reader[] = [
  reader(
    R`${YEAR}?${ANY_MONTH}的?\s?(?:(?<date>${NUMBER})\s?(?:号${HARD_PLACE}|日${NOT_A_DAY})|(?<figure>\d{1,2})(?=[-~到至]\d{1,2}[日号]|[\s,;()]|$))`,
    chineseDate,
  ),
  reader(R`${YEAR}?(?:${ANY_MONTH}|(?<![\d一二两三四五六七八九十个])月)(?<edge>[底末初])`, chineseDate),
  reader(R`${YEAR}?${ANY_MONTH}(?![饼刊报光亮票薪度季])`, chineseDate),
  reader(R`(?<date>${NUMBER})\s?(?:号${NOT_A_NUMBER}|日${NOT_A_DAY})`, chineseDate),
  reader(R`(?<date>\d{1,2})(?=[-~到至]\d{1,2}[日号]${NOT_A_NUMBER})`, chineseDate),
  reader(R`(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<date>\d{1,2})(?!\d)(?:t(?=\d))?`, chineseDate),
  reader(R`(?<year>20\d\d)(?<month>0[1-9]|1[0-2])(?<date>[0-3]\d)(?!\d)`, chineseDate),
  reader('元旦(?:节|当天)?(?![联晚活期假前后])', () => [{ says: 'date', month: 1, date: 1 }]),
  reader(R`(?<first>\d{1,2})/(?<second>\d{1,2})(?:/(?<year>\d{4}))?(?![\d/]|\s?(?:${PLACE}|以上|多数|通过|党员|of\b))`, slashed),
  reader(R`(?:on )?${MONTH_EN}\s?(?:the )?${PLAIN}${YEAR_EN}`, englishDate),
  reader(R`${LEAD_EN}${PLAIN} ?(?:of )?${MONTH_EN}${YEAR_EN}`, englishDate),
  reader(R`(?:in )?${LONG_MONTH_EN}\b`, englishDate),
  reader(R`(?:in )?(?<which>this|next|last) month\b`, ({ which }, now) => [{ says: 'date', ...inMonthEn(which, now) }]),
  reader(R`${LEAD_EN}${ORDINAL} (?:of )?(?<which>this|next|the) month\b`, ({ which, date }, now) => [
    { says: 'date', ...inMonthEn(which, now), date: Number(date) },
  ]),
  reader(
    R`${LEAD_EN}${ORDINAL}(?=\s*(?:$|[,;.)]|\d|at\b|in the\b|from\b|[^\x00-\x7f]))|on the ${'(?<later>\\d{1,2})'}(?:st|nd|rd|th)\b`,
    ({ date, later }) => [{ says: 'date', date: Number(date ?? later) }],
  ),
  reader(
    R`(?:at |by )?(?:the )?(?:(?<which2>this|next|last) )?month[- ](?<edge2>end)\b|(?:at |by )?(?:the )?(?<edge>end|beginning|start) of (?:(?:(?<which>the|this|next|last) )?month\b|${LONG_MONTH_EN}\b)`,
    ({ edge, edge2, which, which2, month }, now) => [
      {
        says: 'date',
        ...(month ? { month: monthSaidEn(month) } : inMonthEn(which ?? which2, now)),
        date: (edge ?? edge2) === 'end' ? 'last' : 1,
      },
    ],
  ),
  reader(R`(?:at )?(?:the )?end of (?:the|this|next) (?:week|quarter|year)\b|next year\b`, () => doubt(whichDay)),
  reader(
    R`(?:${ANY_MONTH}|月)?[上中下]旬|${ANY_MONTH}中(?![旬午])|(?<![\d个])月中(?!旬)|(?:今|明)?年[底末初中](?!央)|季(?:度)?[末初]`,
    () => doubt(whichDay),
  ),
  reader(`(?:明年|后年|去年)`, () => doubt(whichYear)),
  reader(
    R`(?:农历|阴历|旧历)(?:${NUMBER}月)?(?:初?${NUMBER})?|正月|腊月|除夕|大年三十|(?:大年)?初(?:十|[一二三四五六七八九](?!年级|班|\())`,
    () => doubt(lunar),
  ),
]

// Days counted from today: 三天后, in two weeks.
const UNIT = '(?<unit>天|日|周|星期|礼拜|月)'
const UNIT_EN = '(?<unit>day|week|month)s?'
const COUNT_EN = `(?<count>${EN_NUMBER}|a)`
const daysIn: Record<string, number> = { 天: 1, 日: 1, day: 1, 周: 7, 星期: 7, 礼拜: 7, week: 7 }

/** A month from 31 January is no day: nothing is rounded. */
function counted({ count, unit = '' }: Said, now: Date): Fact[] {
  const [many, days] = [numberSaid(count), daysIn[unit]]
  if (days) return exactly(addDays(day(now), many * days))
  const target = addMonths(month(now), many)
  const date = day(now).slice(8)
  return date > lastDay(target).slice(8) ? doubt(noSuchDate) : exactly(`${target}-${date}`)
}

const byCount: readonly Reader[] = [
  reader(R`再?过?(?<count>${NUMBER})\s?个?${UNIT}(?:之后|以后|后)`, counted),
  reader(R`再?过(?<count>${NUMBER})个?${UNIT}`, counted),
  reader(R`in ${COUNT_EN} ${UNIT_EN}(?:' time)?\b`, counted),
  reader(R`${COUNT_EN} ${UNIT_EN} (?:later|from now|from today)\b`, counted),
]

export const dayReaders: readonly Reader[] = [...byDistance, ...byWeek, ...byDate, ...byCount]

import { addMinutes, day, time } from '../../calendar.ts'
import { aHedge, howLong, otherZone, whichMidnight, whichMinute } from './when-doubts.ts'
import { type DayPart, EN_NUMBER, type Fact, NUMBER, numberSaid, PLACE, type Reader, reader, type Said } from './when-words.ts'

const R = String.raw

const parts: Record<string, DayPart> = {
  凌晨: 'dawn',
  '清晨|清早|早晨|早上|早间|上午|morning': 'am',
  '中午|正午|晌午|midday': 'noon',
  '下午|午后|afternoon': 'afternoon',
  傍晚: 'dusk',
  '晚上|晚间|夜里|夜间|夜晚|深夜|evening|night': 'evening',
}
const partNames = Object.keys(parts).join('|')
const partNamed = (name = ''): DayPart => Object.entries(parts).find(([names]) => names.split('|').includes(name))?.[1] ?? 'am'

const part = (part: DayPart): Fact => ({ says: 'part', part })
const half = (letter?: string): DayPart | undefined => (letter ? (letter === 'p' ? 'pm' : 'am') : undefined)

/** 早 or 晚 alone counts right before a clock. It also counts right after a day, unless the next character makes another word. */
const SHORT_PART = R`(?<name>[早晚])(?:(?=\s?${NUMBER}\s?(?:点|时|:\d))|(?<=[一二三四五六日天号今明后].)(?![会饭宴餐自点报班操读安些]))`

/** Three points on the agenda are no hour, and two hours are no clock. */
const HOUR_MARK = '(?:点(?!意见|要求|建议|内容|说明|体会|启示|名|论|评)|时(?!间|候|代|期|尚|兴|刻|事|常|效|长|段))'
const NO_THING = R`(?!\s?号?(?:${PLACE}|人|个|名|项))`
const MINUTE_FIGURES = R`(?:[0-5]\d(?!\d)|(?:[二三四五]?十[一二三四五六七八九]?|[〇零][一二三四五六七八九])(?![〇零一二三四五六七八九十]))${NO_THING}`
/** 二点二十三楼 is 2:20 on the third floor or 2:00 on the twenty-third. 8点5 and 8点 20 are minutes or a place. */
const UNSURE = R`[二三四五]十(?=[一二三四五六七八九]号?(?:${PLACE}))|\s?\d{1,2}(?=[\s,;]|$)${NO_THING}`
const MINUTES = R`钟|整|\s?(?<half>半)(?!小时|个|天|年)|(?<quarters>[一三])刻钟?|过?\s?(?<minutes>${NUMBER})\s?分(?![钟之会部局])|(?<figures>${MINUTE_FIGURES})|(?<unsure>${UNSURE})`

function clock(hour: number, minute: number, letter?: string): Fact[] {
  return [{ says: 'clock', hour, minute, part: half(letter) }]
}

function chineseClock({ hour, half, quarters, minutes, figures, unsure }: Said): Fact[] {
  if (unsure) return [{ says: 'doubt', why: whichMinute }]
  const minute = half ? 30 : quarters ? numberSaid(quarters) * 15 : numberSaid(minutes ?? figures ?? '0')
  return [{ says: 'clock', hour: numberSaid(hour), minute, exact: /^0\d/.test(hour ?? '') }]
}

/** A moment this many minutes from now, to the minute. */
function hence(now: Date, minutes: number): Fact[] {
  const at = addMinutes(now, minutes)
  const [hour = 0, minute = 0] = time(at).split(':').map(Number)
  return [
    { says: 'day', day: day(at) },
    { says: 'clock', hour, minute, exact: true },
  ]
}

const AFTER = '(?:之后|以后|后)'
const LATER = R`\s(?:later|from now)\b`
const hoursSaid = ({ hours, half, minutes }: Said) =>
  (hours ? (/\./.test(hours) ? Number(hours) : numberSaid(hours)) * 60 : 0) + (half ? 30 : 0) + (minutes ? numberSaid(minutes) : 0)
const inHours = (said: Said, now: Date) => hence(now, hoursSaid(said))

const HOURS_EN = R`(?:(?<hours>\d\.\d|${EN_NUMBER}|an)(?<half> and a half)? ?(?:hours?|hrs?)\b(?: and (?<half2>a half))?|(?<half3>half an hour))`
const MINUTES_EN = R`(?:(?<minutes>\d{1,3}|${EN_NUMBER}) ?min(?:ute)?s?\b)`
const inHoursEn = (said: Said, now: Date) => inHours({ ...said, half: said.half ?? said.half2 ?? said.half3 }, now)

export const clockReaders: readonly Reader[] = [
  reader(R`(?:in the |at )?(?<name>${partNames})(?![a-z])`, ({ name }) => [part(partNamed(name))]),
  reader(SHORT_PART, ({ name }) => [part(name === '早' ? 'am' : 'evening')]),
  reader(R`(?<half>[ap])m\s?(?=\d{1,2}(?::|点|时|\s|$))`, (said) => [part(half(said.half) ?? 'am')]),
  reader(R`(?:12 ?)?noon\b`, () => clock(12, 0, 'p')),
  reader('半夜(?:12点|十二点)?|午夜|子夜|midnight\\b', () => [{ says: 'doubt', why: whichMidnight }]),

  reader(R`(?<hour>${NUMBER})\s?${HOUR_MARK}(?:${MINUTES})?`, chineseClock),
  reader(R`差(?<minutes>${NUMBER})?(?:分|(?<quarter>一刻))钟?到?(?<hour>${NUMBER})点`, ({ hour, minutes, quarter }) =>
    clock(numberSaid(hour) - 1 || 12, 60 - (quarter ? 15 : numberSaid(minutes))),
  ),
  reader(
    R`(?<hour>\d{1,2})(?::| : )(?<minute>\d{2})(?::\d{2})?(?!\d)(?:\s?(?<half>[ap])(?:\.m\.?|m(?![a-z])))?(?:\+08:?00)?分?`,
    (said) => [
      { says: 'clock', hour: Number(said.hour), minute: Number(said.minute), part: half(said.half), exact: /^0\d/.test(said.hour ?? '') },
    ],
  ),
  reader(
    R`(?<hour>${EN_NUMBER})(?:[.:](?<minute>\d{2})| (?<words>thirty|fifteen))?\s?(?<half>[ap])(?:\.m\.?|m(?![a-z]))`,
    ({ hour, minute, words, half }) => clock(numberSaid(hour), words ? (words === 'thirty' ? 30 : 15) : Number(minute ?? 0), half),
  ),
  reader(R`(?<hour>${EN_NUMBER}) ?o'?clock\b`, ({ hour }) => clock(numberSaid(hour), 0)),
  reader(
    R`\bat (?<hour>${EN_NUMBER})(?: (?<words>thirty|fifteen)\b)?(?![\w:/.'-]|\s?(?:${PLACE}|号|[ap]\.?m\b|o'?clock))`,
    ({ hour, words }) => clock(numberSaid(hour), words ? (words === 'thirty' ? 30 : 15) : 0),
  ),
  reader(R`(?:half|(?<quarter>quarter)) past (?<hour>${EN_NUMBER})(?![\w:])`, ({ hour, quarter }) =>
    clock(numberSaid(hour), quarter ? 15 : 30),
  ),
  reader(R`(?<minutes>five|ten|twenty|twenty[- ]five) (?<side>past|to) (?<hour>${EN_NUMBER})(?![\w:])`, ({ minutes = '', side, hour }) => {
    const many = { five: 5, ten: 10, twenty: 20 }[minutes] ?? 25
    return side === 'past' ? clock(numberSaid(hour), many) : clock(numberSaid(hour) - 1 || 12, 60 - many)
  }),
  reader(R`quarter to (?<hour>${EN_NUMBER})(?![\w:])`, ({ hour }) => clock(numberSaid(hour) - 1 || 12, 45)),
  reader(R`(?<hour>\d{1,2})(?=\s?(?:-|~|到|至|to)\s?\d{1,2}(?:[:.]\d\d)?\s?(?:点|[ap]\.?m\b))`, ({ hour }) => clock(Number(hour), 0)),

  reader(
    R`再?过?(?:(?<hours>\d\.\d|${NUMBER})\s?个?(?<half>半)?|(?<half2>半)个?)(?:小时|钟头)(?:(?<minutes>${NUMBER})分钟?)?${AFTER}`,
    (said, now) => inHours({ ...said, half: said.half ?? said.half2 }, now),
  ),
  reader(R`再?过?(?<minutes>\d{1,3}|${NUMBER})\s?分钟?${AFTER}`, inHours),
  reader(R`(?<quarters>[一三])刻钟${AFTER}`, ({ quarters }, now) => hence(now, numberSaid(quarters) * 15)),
  reader(R`\bin ${HOURS_EN}`, inHoursEn),
  reader(R`\bin ${MINUTES_EN}`, inHoursEn),
  reader(HOURS_EN + LATER, inHoursEn),
  reader(MINUTES_EN + LATER, inHoursEn),
  reader(
    R`再?过?[\d〇零一二两三四五六七八九十百千几数半多来余好]{1,8}\s?个?[半多来]?(?:分钟|刻钟|小时|钟头|天|日|周|星期|礼拜|月|年)半?${AFTER}`,
    () => [{ says: 'doubt', why: howLong }],
  ),
  reader(R`(?:再?过|这|那|近)(?:[几数好]{1,2}|一?[阵段会])(?:天|日|周|个?(?:星期|礼拜|月)|儿|子|时间)?`, () => [
    { says: 'doubt', why: howLong },
  ]),
  reader(
    R`\b(?:in |within )?(?:a |the )?(?:next |couple (?:of )?|few |several |some |[a-z\d]+(?: or | to |-)[a-z\d]+ ){1,2}(?:day|week|month|hour|minute)s(?:' time| later| from now)?\b`,
    () => [{ says: 'doubt', why: howLong }],
  ),
  reader(R`(?:过|等|待)(?:一?会儿?|一下)(?!议)|一会儿后?|稍后|马上|立[刻即]|尽[快早]|改[天日]|\b(?:asap|soon)\b`, () => [
    { says: 'doubt', why: howLong },
  ]),
  reader(R`现在|right now\b|now\b`, (_, now) => hence(now, 0)),

  reader(R`(?:at|on|from|starting at)\s|@\s?|定[于在]|改[到在]|[从自于在]|北京时间\s?`, () => [], 'leads'),
  reader(
    R`(?:not )?(?:before|by|after|around|about|until|till|since)\s(?:the )?|(?:大约|大概|约|差不多)在?`,
    () => [{ says: 'doubt', why: aHedge }],
    'leads',
  ),
  reader(R`(?<![\d点时分半刻]\s?)~\s?`, () => [{ says: 'doubt', why: aHedge }], 'leads'),
  reader(
    R`\s?(?:之前|以前|之后|以后|左右|前后|上下|[前后多许](?=[\s,;.。]|$))|ish\b| or so\b`,
    () => [{ says: 'doubt', why: aHedge }],
    'follows',
  ),
  reader(R`\s?(?<half>[ap])(?:\.m\.?|m(?![a-z]))`, (said) => [part(half(said.half) ?? 'am')], 'follows'),
  reader(R`\s?(?:utc|gmt|[ecmp][sd]t|z)\b(?:[+-]\d{1,2})?|\+\d\d:?\d\d`, () => [{ says: 'doubt', why: otherZone }], 'follows'),
]

/** The first and last hour of each part of the day, on a 24-hour clock. */
const hoursOf: Record<DayPart, readonly [number, number]> = {
  dawn: [0, 6],
  am: [0, 11],
  noon: [11, 14],
  afternoon: [12, 19],
  pm: [12, 23],
  dusk: [16, 20],
  evening: [17, 24],
}

export const lastHourOf = (part: DayPart): number => hoursOf[part][1]

/** Returns the hour of the day if only one is possible; 晚上1点, 上午15点 and 12 a.m. have none. */
export function hourIn(hour: number, part: DayPart): number | undefined {
  const [from, to] = hoursOf[part]
  const readings = hour > 0 && hour < 12 ? [hour, hour + 12] : [hour]
  const meant = readings.filter((reading) => from <= reading && reading <= to)
  return meant.length === 1 ? meant[0] : undefined
}

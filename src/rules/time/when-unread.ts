import { clipped, type Text } from '../../text.ts'
import { unread } from './when-doubts.ts'
import { isAside, type Mention } from './when-words.ts'

/**
 * A word that stands beside a time and that no reader took may change it: 再下周三, 三点差五分, Friday after next. It is let through only where it
 * looks like a place, an event or a topic. Anything else is asked back.
 * @returns where such words stand, from left to right
 */
export function unreadBeside(line: string, heard: readonly Mention[]): Span[] {
  if (!heard.some((one) => !isAside(one))) return []
  const gaps = [...heard, undefined].map((right, i) => {
    const left = heard[i - 1]
    return { left, right, text: line.slice(left?.to ?? 0, right?.from ?? line.length) }
  })
  return gaps.flatMap((gap) => [...littleMore(line, gap), ...(isRelative(gap) ? [around(gap)] : spansIn(gap)), ...questions(gap)])
}

/** 早一点 is no hour; right behind a time it moves that time. */
const littleMore = (line: string, { left, right }: Gap): Span[] =>
  right?.only === 'place' && isTime(left) && /[早晚快慢]一点$/u.test(line.slice(right.from, right.to)) ? [right] : []

/** A time that is asked about is not settled. */
const questions = ({ left, text }: Gap): Span[] =>
  [...text.matchAll(/[?？]/gu)].map(({ index }) => ({ from: (left?.to ?? 0) + index, to: (left?.to ?? 0) + index + 1 }))

interface Span {
  from: number
  to: number
}

export const unreadSaid = (words: string, { from, to }: Span): Text => unread(clipped(words.slice(from, to), MOST_SHOWN))
const MOST_SHOWN = 24

const around = ({ left, right }: Gap): Span => ({ from: left?.from ?? 0, to: right?.to ?? 0 })

/** English takes the words between with it: “after next” and “Tokyo time” are one. */
function spansIn(gap: Gap): Span[] {
  const doubtful = tokensOf(gap).filter((token) => isDoubtful(token, gap))
  const [first, last] = [doubtful[0], doubtful.at(-1)]
  if (!first || !last) return []
  if (!LETTERS.test(first.word)) return doubtful.map(({ from, word }) => ({ from, to: from + word.length }))
  const opens = gap.text.search(/[^\s,;.、，-]/u) + (gap.left?.to ?? 0)
  return [{ from: isTime(gap.left) ? opens : first.from, to: last.from + last.word.length }]
}

interface Gap {
  left: Mention | undefined
  right: Mention | undefined
  text: string
}

/** A word between two separators. It is stuck where none parts it from a time. */
interface Token {
  word: string
  from: number
  after: boolean
  before: boolean
  /** The nearest mention on its side of the gap is a time, and no other word stands between. */
  first: boolean
  last: boolean
  byPlace: boolean
}

/** The dash of room 3-12 parts nothing. */
const SEPARATOR = /(?:[\s,，、;；。.!?！？:：()（）[\]【】{}"“”'‘’|~—…]|(?<![a-z\d])[-/]|[-/](?![a-z\d]))+/u

const isTime = (mention: Mention | undefined) => mention !== undefined && !isAside(mention)
const isPlace = (mention: Mention | undefined) => mention?.only === 'place'

function tokensOf({ left, right, text }: Gap): Token[] {
  const words = text.split(SEPARATOR)
  let at = 0
  return words.flatMap((word, i) => {
    if (word === '') return []
    at = text.indexOf(word, at) + word.length
    const [opens, closes] = [i === 0, i === words.length - 1]
    return {
      word,
      from: (left?.to ?? 0) + at - word.length,
      after: opens && isTime(left),
      before: closes && isTime(right),
      first: isTime(left) && words.slice(0, i).every((one) => one === ''),
      last: isTime(right) && words.slice(i + 1).every((one) => one === ''),
      byPlace: (opens && isPlace(left)) || (closes && isPlace(right)),
    }
  })
}

/** 后天的后天 and 明天过一天 count from each other, not from today. */
function isRelative({ left, right, text }: Gap): boolean {
  if (!left || !right || !/^的?$/u.test(text)) return false
  const counts = (mention: Mention) => mention.facts.length === 1 && (mention.facts[0]?.says === 'day' || mention.facts[0]?.says === 'week')
  return counts(left) && right.facts[0]?.says === 'day' && right.facts.length === 1
}

const NUMERAL = '\\d〇零一二两三四五六七八九十百千几'
const STARTS_WITH_NUMERAL = new RegExp(`^[${NUMERAL}]`, 'u')
const ENDS_WITH_NUMERAL = new RegExp(`[${NUMERAL}]$`, 'u')
/** 301 is a room. One or two figures may be an hour or a day. */
const ROOM_NUMBER = /^\d{3,5}$/u
const BARE_NUMBER = new RegExp(
  `^(?:\\d{1,2}|[${NUMERAL}]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)$`,
  'u',
)

const LINKS = /^(?:的|和|及|与|在|于|到|去|at|on|in|the|to|until|till|and|from|至|或|of)$/u

/** Places, events and lessons by their last characters; some kinds of place by any of theirs. */
const NAMED =
  /(?:[室楼厅堂院馆场站库所园区部处店房屋亭台层座栋幢门口厂校村街路巷号桌里外旁侧面方家地会课班日]|[旁路这那河湖东南西北]边|会议|中心|活动|学习|党日|公司|社区|酒店|宾馆|线上|线下|视频|网络|腾讯|飞书|钉钉|老地方|[\u4e00-\u9fff][a-z]?\d{3,4})$|(?:会议|教室|活动室|办公|报告厅|礼堂|食堂|广场|操场|腾讯|飞书|钉钉|线上|视频|学习|讨论|研究|传达|总结|选举|党课|评议|开会)/u
const STARTS_A_PLACE = /^(?:在|于|@|到(?!了|点|时))/u
const LETTERS = /^[\x21-\x7e]+$/u

/** Words that hedge, subtract, repeat or name another clock, wherever they stand beside a time. */
const HEDGE =
  /美[东西]|夏令时|冬令时|格林尼?治|左右|前后(?!楼)|^上下|[之以](?:前|后|内|外)|不到|不足|出头|过后|刚过|光景|往后|往前|开外|提前|推迟|延后|顺延|大约|大概|约莫|可能|也许|或许|差不多|待定|再定|暂定|另行|或者|还是|(?<!北京|中国)时间|时区|几[点号时天日周月]|哪[天日]|周几|星期几|礼拜几|除外|除了|不含|改天|回头|下次|上次|隔(?!壁|离)|^每|^[再又重]|^差|^缺|半晌|一会儿?|^(?:多|来钟|来|许|余|起|吧|么|吗|呢|前|后|中|内)$/u
/** 五四广场 begins with a number and is a place; 五分会场 may be five minutes. */
const NUMBERED_PLACE = new RegExp(`^[${NUMERAL}]+(?![分刻点时天周月日号半])[\\u4e00-\\u9fff]*(?:[室楼厅堂院馆场站厂校中]|广场|大厦)$`, 'u')
/** 两三天, 下一个周, 三刻: a count and its unit that no reader took. */
const COUNTED = new RegExp(
  `[${NUMERAL}半多数下上再这那]个?(?:周|星期|礼拜|月|天|刻钟|点钟|季度|年)(?!度|级|会|轮|坛|台|井|桥|津|安门|刊|报)`,
  'u',
)
const HEDGE_EN =
  /^(?:after|before|next|last|weeks?|wk|fortnight|fortnights|fortnightly|months?|days?|hours?|hrs?|minutes?|mins?|other|alternate|following|later|earlier|past|until|till|minus|plus|less|or|than|give|take|thereabouts|approximately|approx|roughly|about|around|latest|earliest|maybe|perhaps|probably|possibly|tbc|tbd|tba|between|except|not|no|half|quarter|couple|few|several|many|ish|every|each|weekly|monthly|daily|second|third|fourth|first|ago|hence|onwards|onward|best|nearly|almost|towards?|close|shortly|just|soon|asap|bi-?weekly|pt|et|pacific|eastern|time|local|if|unless|but|to|jst|kst|cst|est|edt|pst|pdt|mst|mdt|cdt|cet|cest|bst|ist|msk|aest|aedt|nzst|nzdt|gmt|utc|sgt|hkt|wib|ict|eet|wet|akst|hst|[a-z]{1,3}t[+-]\d+)$/u

const SUBTRACTED = /^\d+\s?(?:分钟?|小时|刻钟|mins?|minutes|hours|h)$|[半\d一二两三四五十]个?(?:分钟?|小时|刻钟|钟头)[前后内]$/u

function isDoubtful(token: Token, gap: Gap): boolean {
  const { word, after, before, first, last, byPlace } = token
  if (SUBTRACTED.test(word) && (/[前后内]$/u.test(word) || /[-+]$/u.test(gap.text.slice(0, token.from - (gap.left?.to ?? 0))))) return true
  if (/^[+±]/u.test(word)) return true
  if (/^[\x21-\x7e]/u.test(word) && /[a-z]/u.test(word)) return isDoubtfulEnglish(token, gap)
  if (LINKS.test(word)) return false
  if (HEDGE.test(word) && !/[楼室厅堂馆院厂]|中心|酒店|大厦|广场/u.test(word)) return true
  if ((first || last) && BARE_NUMBER.test(word) && !ROOM_NUMBER.test(word)) return isBareNumberLoose(token, gap)
  if (COUNTED.test(word) && (after || before || first || last)) return true
  if (after && STARTS_WITH_NUMERAL.test(word) && !ROOM_NUMBER.test(word) && !NUMBERED_PLACE.test(word)) return true
  if (before && !byPlace && ENDS_WITH_NUMERAL.test(word) && !/(?:^|[\u4e00-\u9fffa-z])\d{3,5}$/u.test(word)) return true
  if (byPlace || !(after || before) || !/\p{L}/u.test(word)) return false
  return !(([...word].length > 1 && NAMED.test(word)) || (after && STARTS_A_PLACE.test(word)) || LETTERS.test(word))
}

/** A figure after the whole time may be minutes or a room. One that a reader of places took is no longer here. */
const isBareNumberLoose = ({ before, after }: Token, { left, right }: Gap) => {
  const clock = (mention: Mention | undefined) => mention?.facts.some(({ says }) => says === 'clock')
  return before || after || clock(left) === true || isTime(right)
}

/** English words stand apart: behind “in”, “at” or “@” they name a place. */
function isDoubtfulEnglish({ word, last, first, after }: Token, { text, left, right }: Gap): boolean {
  if (LINKS.test(word) || (first && left?.only === 'place')) return /^to$/u.test(word) && isTime(right) && isTime(left)
  if (/^\d{1,2}$|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)$/u.test(word)) return last
  if (/^\d{1,2}ish$/u.test(word) || (after && /^(?:ish|hrs?|h)\b/u.test(word))) return true
  const place = /^\s*,?\s*(?:in|at|@)\s/u.exec(text)
  if (place && !first && isTime(left)) {
    const [opening = ''] = text
      .slice(place[0].length)
      .split(SEPARATOR)
      .filter((one) => !LINKS.test(one))
    return word === opening && HEDGE_EN.test(word)
  }
  return HEDGE_EN.test(word)
}

import { asWritten, both, joined, type Text, t } from '../../text.ts'

export const agendaTags = [
  'study',
  'report',
  'unionAndLeague',
  'integrity',
  'opinion',
  'production',
  'safety',
  'culture',
  'suggestions',
  'talents',
  'hotPoints',
  'dutyAreas',
  'themeEducation',
  'election',
  'admission',
  'workNetwork',
] as const
export type AgendaTag = (typeof agendaTags)[number]

export const agendaTagNames: Readonly<Record<AgendaTag, Text>> = {
  study: t('学习', 'Study'),
  report: t('支委会报告工作', 'Committee’s report'),
  unionAndLeague: t('工会共青团工作', 'Union and youth league'),
  integrity: t('廉政教育', 'Integrity education'),
  opinion: t('思想动态分析', 'Analysis of opinion'),
  production: t('生产科研任务', 'Production and research'),
  safety: t('安全', 'Safety'),
  culture: t('文化建设', 'Culture'),
  suggestions: t('合理化建议', 'Suggestions'),
  talents: t('人才工作', 'Talent'),
  hotPoints: t('热点难点', 'Staff concerns'),
  dutyAreas: t('党员责任区', 'Duty areas'),
  themeEducation: t('主题教育', 'Theme education'),
  election: t('选举', 'Election'),
  admission: t('接收、转正', 'Admission or conversion'),
  workNetwork: t('思想政治工作网络', 'Ideological work network'),
}

/** Words in an item's text that show its tag. */
const words: Readonly<Record<AgendaTag, RegExp>> = {
  study: /第一议题|学习|领学|研读|传达|study|(?<![a-z])read(?:ing)?(?![a-z])/iu,
  report: /(?:支委会|支部委员会|委员会|书记).{0,6}(?:报告|汇报|述职)|工作报告|committee['’]?s? report|report of the committee/iu,
  unionAndLeague: /工会|共青团|团支部|团委|团的工作|群团|(?<![a-z])union(?![a-z])|youth league/iu,
  integrity: /廉政|廉洁|党风|党纪|警示|反腐|integrity|anti-corruption/iu,
  opinion: /思想动态|思想状况|思想分析|opinion|mood/iu,
  production: /生产|科研|教学|业务工作|production|research/iu,
  safety: /安全|消防|safety/iu,
  culture: /文化|culture/iu,
  suggestions: /合理化建议|意见建议|suggestion/iu,
  talents: /人才|talent/iu,
  hotPoints: /热点|难点|hot (?:point|issue|topic)|hard (?:point|issue)/iu,
  dutyAreas: /责任区|示范岗|duty area/iu,
  themeEducation: /主题教育|专题教育|theme education|thematic education/iu,
  election: /选举|换届|增补|(?<![a-z])elect(?:ions?)?(?![a-z])/iu,
  admission: /接收.{0,12}党员|转正|(?<![a-z])(?:admission|admit|conversion)(?![a-z])/iu,
  workNetwork: /(?:政治)?工作网络|work network/iu,
}

/** Returns the tags that an item's words suggest. The host may choose others: 安全文化 matches two tags, and both may be right. */
export const tagsOf = (item: string): AgendaTag[] => agendaTags.filter((tag) => words[tag].test(item))

export const MOST_ITEMS = 12
export const MOST_ITEM_WORDS = 60

/** The last line of a notice is no item. */
const COURTESY = /^(?:(?:敬请|请|望|务必|烦请).{0,24}(?:参加|出席|参会|到会|到场|回复|知悉)|收到请?回复|特此通知|谢谢.{0,4})[。!！]?$/u

/** A number before an item. The point of 3.15 and the colon of 15:00 do not follow such a number. */
const NUMBERED = /^(?:[（(]?(?:(\d{1,2})(?:[)）、．]|[.:：](?!\d))|([一二三四五六七八九十]{1,2})[)）、.．])|([①-⑫]))\s*/u
const CHINESE_ONES = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫'

/**
 * Items are separated by line breaks, semicolons or numbers that count up. Their numbers are dropped where they count up from one; a single
 * 一、二季度总结 is no first item.
 */
export function itemsIn(text: string): string[] {
  const items = onLines(text)
    .split(/[;；\n\r]+/u)
    .map((item) => item.trim())
  const said = items.filter((item) => item !== '' && !COURTESY.test(item))
  const countsUp = said.every((item, i) => {
    const [, digits, words, circled] = NUMBERED.exec(item) ?? []
    if (circled) return CIRCLED.indexOf(circled) === i
    return digits ? Number(digits) === i + 1 : words === CHINESE_ONES[i] && !(i === 0 && FOLLOWS_ONE.test(item))
  })
  return said
    .map((item) => (countsUp ? item.replace(NUMBERED, '') : item).replace(/[，,。]$/u, '').trim())
    .filter((item) => /[\p{L}\p{N}]/u.test(item))
}
const FOLLOWS_ONE = /^一、[二三四]/u

/** Puts 1、学习2、工会 on a line each. The numbers must count up from one, with words between. */
export function onLines(text: string): string {
  const start = /^\s*(?=[（(]?(?:1[)）、．.:：]|一[)）、.．]|①))/u.exec(text)
  if (!start || FOLLOWS_ONE.test(text.trimStart())) return text
  const isDigits = /^\s*[（(]?1/u.test(text)
  const parts: string[] = []
  let rest = text
  for (let nth = 2; nth <= MOST_ITEMS; nth++) {
    const number = isDigits ? String(nth) : /^\s*①/u.test(text) ? CIRCLED[nth - 1] : CHINESE_ONES[nth - 1]
    const mark = isDigits ? '(?:[)）、．]|[.:：](?!\\d))' : /^\s*①/u.test(text) ? '' : '[)）、.．]'
    const next = new RegExp(`(?<=\\p{L}.*)(?<![第\\d.．\\-至~（(一二三四五六七八九十])[（(]?${number}${mark}`, 'su').exec(rest)
    if (!next) break
    parts.push(rest.slice(0, next.index).replace(/[\s,，、;；]+$/u, ''))
    rest = rest.slice(next.index)
  }
  return [...parts, rest].join('\n')
}

/** Writes an item as a card shows it, with its outcome once the gathering is closed. */
export function itemLine(
  { words: said, tags, wasHeld }: { words: string; tags: readonly AgendaTag[]; wasHeld: boolean | null },
  nth: number,
  isClosed: boolean,
): Text {
  const what = joined(
    tags.map((tag) => agendaTagNames[tag]),
    '、',
    ', ',
  )
  const after =
    wasHeld === false
      ? t('（没进行）', ' (not held)')
      : !isClosed
        ? t('', '')
        : wasHeld
          ? t(' ✓', ' ✓')
          : t('（待确认）', ' (to be confirmed)')
  return both((l) => {
    const grey = tags.length > 0 ? ` <font color='grey'>${what[l]}</font>` : ''
    return `${nth}. ${asWritten(said)[l]}${grey}${after[l]}`
  })
}

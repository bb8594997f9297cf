import { clipped, type Text } from '../../text.ts'

/** A sentence without whom and how much it names. The marks are numbered, so that what comes back can be read. */
export interface Masked {
  words: string
  /** Puts the names and numbers back; null where a mark stands that was never made. */
  unmasked(text: string): string | null
}

const digits = '0-9０-９'
const numerals = '〇零一二两三四五六七八九十百千万亿'
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const days = 'Mon|Tues|Wednes|Thurs|Fri|Satur|Sun'
const months = 'January|February|March|April|May|June|July|August|September|October|November|December'
const calendar = new RegExp(`^(?:(?:${days})day|Mon|Tue|Wed|Thu|Fri|Sat|Sun|${months})$`)

/** Addresses and links name somebody, too. */
const addresses = /(?:https?:\/\/|www\.)[^\s，。；、]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu
const addressed = new RegExp(
  `(?:[${surnames}]\\p{Script=Han}{0,2}?|[老小][${surnames}])(?=同志|老师|主任|委员|组长|处长|院长|教授)|[老小][${surnames}]`,
  'gu',
)
const latinNames = /(?<![\p{L}\d])\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)*(?![\p{L}\d])/gu
const numbers = new RegExp(
  `[${digits}]+(?:[.,:：/年月.-][${digits}]+)*|[${numerals}]{2,}|[${numerals}](?=[点号日月时分人元岁楼层票次个])`,
  'gu',
)

/** Masks the people of the place by their names, others by the way they are called, then addresses, then numbers. */
export function masked(line: string, names: readonly string[]): Masked {
  const meant = new Map<string, string>()
  const mark = (kind: string, text: string) => {
    const known = [...meant].find(([key, held]) => held === text && key.startsWith(`〔${kind}`))
    const key = known?.[0] ?? `〔${kind}${String.fromCodePoint(0x41 + meant.size)}〕`
    meant.set(key, text)
    return key
  }
  const longestFirst = [...new Set(names)].filter((name) => name.length > 1).sort((a, b) => b.length - a.length)
  let words = line.replace(/[〔〕]/gu, '')
  words = words.replace(addresses, (text) => mark('址', text))
  for (const name of longestFirst) words = outside(words, called(name), (text) => mark('人', text))
  words = outside(words, addressed, (text) => mark('人', text))
  words = outside(words, latinNames, (text, at) => (at === 0 && !text.includes(' ') ? text : latin(text, mark)))
  words = outside(words, numbers, (text) => mark('数', text))
  return {
    words,
    unmasked(text) {
      const back = text.replace(/〔[^〔〕]*〕/gu, (key) => meant.get(key) ?? '〔')
      return back.includes('〔') ? null : back
    },
  }
}

/** A name in any case; one in letters is a word of its own. */
const called = (name: string) => {
  const written = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(/^[a-z]/i.test(name) ? `(?<![a-z])${written}(?![a-z])` : written, 'giu')
}

const latin = (text: string, mark: (kind: string, text: string) => string): string =>
  text
    .split(/(?<=\p{Ll}) /u)
    .map((one) => (calendar.test(one) ? one : mark('人', one)))
    .join(' ')

/** Replaces in the stretches between marks. */
const outside = (words: string, pattern: RegExp, by: (text: string, at: number) => string): string => {
  let from = 0
  return words
    .split(/(〔[^〔〕]*〕)/u)
    .map((stretch) => {
      const here = from
      from += stretch.length
      return stretch.startsWith('〔')
        ? stretch
        : stretch.replace(pattern, (text, ...rest) => by(text, here + Number(rest.find((one) => typeof one === 'number'))))
    })
    .join('')
}

interface Choice {
  name: string
  zh: string
  summary: Text
  usage: Text
}

/** A longer sentence is cut: a story is nobody's command. */
const LONGEST = 200

/** Asks the model, which sees no name and no number. Its answer is only offered. */
export async function guessedBy(
  assist: (words: string, commands: readonly Choice[]) => Promise<string | null>,
  line: string,
  mentions: readonly { key?: string; name: string }[],
  names: readonly { said: string; name: string }[],
  commands: readonly Choice[],
): Promise<Guess | null> {
  const said = clipped(
    line.replace(/@_user_\d+/g, (key) => mentions.find((one) => one.key === key)?.name ?? ''),
    LONGEST,
  )
  const sentence = masked(
    said,
    names.flatMap((one) => [one.said, one.name]),
  )
  return guessOf(
    await assist(sentence.words, commands),
    said,
    sentence,
    commands.map(({ name }) => name),
  )
}

interface Guess {
  command: string
  rest: string
}

/** Reads a model’s answer: a command of the list, with words that the person said. Anything else is no answer. */
export function guessOf(answer: string | null, line: string, { unmasked }: Masked, commands: readonly string[]): Guess | null {
  const said = jsonIn(answer ?? '')
  const { command, rest = '' } = (said ?? {}) as { command?: unknown; rest?: unknown }
  if (typeof command !== 'string' || !commands.includes(command)) return null
  const back = typeof rest === 'string' ? unmasked(rest) : null
  const pieces = back?.split(/\s+/u).filter(Boolean) ?? []
  return { command, rest: pieces.every((piece) => line.includes(piece)) ? pieces.join(' ').slice(0, 200) : '' }
}

/** Models wrap their JSON in words and fences. */
function jsonIn(answer: string): unknown {
  const [found] = /\{[^{}]*\}/u.exec(answer) ?? []
  try {
    const read: unknown = JSON.parse(found ?? 'null')
    return typeof read === 'object' ? read : null
  } catch {
    return null
  }
}

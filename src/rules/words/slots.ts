import { gatheringKindNames, gatheringKinds } from '../gatherings/gatherings.ts'
import { type LeaveReason, leaveReasonNames } from '../gatherings/leaves.ts'
import { clockReaders } from '../time/when-clocks.ts'
import { dayReaders } from '../time/when-days.ts'
import { placeReaders } from '../time/when-places.ts'
import { fold, listen } from '../time/when-words.ts'
import { patterns } from './patterns.ts'
import type { Plain } from './plain.ts'
import { reasonWords } from './reasons.ts'
import { conceptNames, wordsByLetter } from './vocabulary.ts'

/** A piece of a sentence and the concept, or slot, that it may be. Pieces overlap: the reading that explains most is chosen later. */
export interface Piece {
  from: number
  to: number
  is: string
  /** The words of a slot as a command reads them. */
  text?: string
}

const slotNames = [
  '$kind',
  '$when',
  '$past',
  '$every',
  '$place',
  '$person',
  '$name',
  '$whom',
  '$quarter',
  '$reason',
  '$agenda',
  '$topic',
  '$item',
] as const

/** A person as a sentence may call them, and the name that a command looks up: Zhang Wei is 张伟. */
export interface Called {
  said: string
  name: string
}

export function piecesOf(plain: Plain, names: readonly Called[], now: Date): Piece[] {
  return [
    ...words(plain),
    ...kinds(plain),
    ...whens(plain, now),
    ...people(plain, names),
    ...patterns.flatMap(([is, pattern]) => sticky(plain, is, pattern)),
    ...reasons(plain),
  ].filter(({ from, to }) => standsAlone(plain.said, from, to))
}

/** A word in letters begins and ends where words do; Chinese has no such places. */
const standsAlone = (said: string, from: number, to: number) =>
  !(/[a-z\d']/.test(said[from] ?? '') && /[a-z\d']/.test(said[from - 1] ?? '') && /[a-z]/.test(said.slice(from - 1, from + 1))) &&
  !(/[a-z]/.test(said[to - 1] ?? '') && /[a-z\d']/.test(said[to] ?? ''))

/** 没 asks only at the end, and 上次 is no call to hold anything once. */
const isOut = (said: string, from: number, { word, is }: { word: string; is: string }) =>
  (is === 'ask' && /^没/.test(word) && from + word.length !== said.replace(/\?$/, '').length) ||
  (word === '上' && /[次回周个月]/.test(said[from + 1] ?? ''))

const LAST = /上(?:一|个)?[次回]|\blast time\b|\blast(?= (?:lecture|meeting|session|committee|general|group|theme))/gu

function words({ said }: Plain): Piece[] {
  const known = said
    .split('')
    .flatMap((letter, from) =>
      (wordsByLetter.get(letter) ?? [])
        .filter((one) => said.startsWith(one.word, from) && !isOut(said, from, one))
        .map(({ word, is }): Piece => ({ from, to: from + word.length, is, ...(is === 'rhythm' ? { text: word } : {}) })),
    )
  const last = [...said.matchAll(LAST)].map(
    ({ 0: word, index }): Piece => ({ from: index, to: index + word.length, is: '$past', text: word }),
  )
  const asks = [...said.matchAll(/^(?:is|are|was|were|does|did|has)(?= )/gu)].map(
    ({ 0: word }): Piece => ({ from: 0, to: word.length, is: 'ask' }),
  )
  // 够不够 asks by saying the word twice.
  const twice = [...said.matchAll(/(?<word>\p{Script=Han})[不没](?=\k<word>)/gu)].map(
    ({ 0: word, index }): Piece => ({ from: index, to: index + word.length, is: 'ask' }),
  )
  return [...known, ...last, ...asks, ...twice, ...parted(said)]
}

/** English parts its verbs: “put the lecture off”, “take her off the roster”. */
const PARTED: readonly [RegExp, string][] = [
  [/\b(put|push|set|move|pull|bring) (?:[\w']+ ){1,4}?(off|back|forward)\b/g, 'move'],
  [/\b(call) (?:[\w']+ ){1,4}?(off)\b/g, 'cancel'],
  [/\b(take) (?:[\w']+ ){1,4}?(off|out|away|from)\b/g, 'remove'],
]

const parted = (said: string): Piece[] =>
  PARTED.flatMap(([pattern, is]) =>
    [...said.matchAll(pattern)].flatMap(({ 0: whole, 1: verb = '', 2: particle = '', index }): Piece[] => [
      { from: index, to: index + verb.length, is },
      { from: index + whole.length - particle.length, to: index + whole.length, is },
    ]),
  )

/** These short names are also a topic, a group of people or a part of something else. */
const ambiguous = new Set([
  '支委',
  '党小组',
  '小组会议',
  '学习',
  '活动',
  'general',
  'committee',
  'branch committee',
  'party group',
  'group',
  'study',
  'life',
  'theme',
  'activity',
  'integrity',
  'lesson',
])
const kindWords = gatheringKindNames.flatMap((kind) => {
  const { words, short } = gatheringKinds[kind]
  return [
    ...words,
    ...words.filter((word) => /[a-z]$/.test(word)).map((word) => `${word}s`),
    ...short.filter((word) => !ambiguous.has(word)),
    ...(kind === 'group' ? ['小组会议', '党小组学习会', '党小组活动', '党小组学习'] : []),
    ...(kind === 'lecture' ? ['lectures'] : []),
    ...(kind === 'memberStudy' ? ['study session', 'study meeting'] : []),
  ]
})

function kinds({ said, typed }: Plain): Piece[] {
  return kindWords.flatMap((word) => everywhere(said, word).map((from) => piece(typed, from, from + word.length, '$kind')))
}

const everywhere = (said: string, word: string): number[] => {
  const found: number[] = []
  for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1)) found.push(at)
  return found
}

const piece = (typed: string, from: number, to: number, is: string): Piece => ({ from, to, is, text: typed.slice(from, to).trim() })

const PAST = /昨|前天|前晚|上(?:个)?(?:周|月|星期|礼拜|次)|刚刚|刚才|yesterday|\blast\b|\bago\b/u
const EVERY =
  /每(?:隔)?(?:两|三|隔)?个?(?:月|周|星期|礼拜|季度|年|天)?|\b(?:every|each)(?: (?:two |other )?(?:month|week|quarter|year|day)s?)?/
const timeReaders = [...placeReaders, ...dayReaders, ...clockReaders]

/** Times that stand side by side are one. 改天 names no time, it asks for another. */
function whens({ typed }: Plain, now: Date): Piece[] {
  const line = fold(typed)
  const alone = listen(line, timeReaders, now)
    .filter(({ only, from, to }) => only !== 'leads' && !/^改[天日]$/u.test(line.slice(from, to)))
    .map(({ from, to }) => ({ from, to }))
  const spans: { from: number; to: number }[] = []
  for (const { from, to } of alone) {
    const last = spans.at(-1)
    if (last && /^\s*(?:的|at|on)?\s*$/.test(line.slice(last.to, from))) last.to = to
    else spans.push({ from, to })
  }
  const all = new Map([...alone, ...spans].map((one) => [`${one.from} ${one.to}`, one])).values()
  return [...all].flatMap(({ from, to }) => {
    const said = line.slice(from, to)
    const [every] = EVERY.exec(said) ?? []
    if (every === undefined) return [piece(typed, from, to, PAST.test(said) ? '$past' : '$when')]
    return [
      piece(typed, from, to, '$every'),
      ...(every.length < said.length && said.startsWith(every) ? [piece(typed, from + every.length, to, '$when')] : []),
    ]
  })
}

/** A name behind 和 or “with” need not be on a roster; the command that gets it looks it up. */
function people({ said, typed }: Plain, names: readonly Called[]): Piece[] {
  const listed = [...names, ...(said.match(/@_user_\d+/g) ?? []).map((key) => ({ said: key, name: key }))]
    .filter((one) => one.said.length > 1)
    .flatMap((one) =>
      everywhere(said, one.said).flatMap((from) =>
        ['$person', '$name', '$whom'].map((is): Piece => ({ from, to: from + one.said.length, is, text: one.name })),
      ),
    )
  const familiar = [...said.matchAll(/[小老](?![组师板人家婆公时学党同鼠乡百])\p{Script=Han}(?=[谈聊说]|同志|$)/gu)].flatMap(
    ({ 0: name, index }) => ['$name', '$whom'].map((is) => piece(typed, index, index + name.length, is)),
  )
  const guessed = [
    ...said.matchAll(
      /(?<=[和跟与找同把给让])(?=\p{Script=Han})|(?<=\b(?:to|with|remove|add|delete|appoint|make) )(?=[a-z])|^(?=\p{Script=Han}{2,3}(?:新|调|转|退|离开))/gu,
    ),
  ].flatMap(({ index }) =>
    [2, 3, 4, 1].flatMap((length) => {
      const [name] =
        (/\p{Script=Han}/u.test(said[index] ?? '')
          ? new RegExp(`^\\p{Script=Han}{${length}}`, 'u')
          : new RegExp(`^[a-z]+(?: [a-z]+){${length - 1}}`)
        ).exec(said.slice(index)) ?? []
      if (!name || name.length < 2 || isWord(name)) return []
      // In English anything can be added or removed, and a person has a capital letter.
      if (/(?:remove|add|delete|appoint|make) $/.test(said.slice(0, index)) && !/[A-Z]/.test(typed[index] ?? '')) return []
      return [
        piece(
          typed,
          index,
          index + name.length,
          index === 0 || /(?:[把给让]|(?:remove|add|delete|appoint|make) )$/.test(said.slice(0, index)) ? '$whom' : '$name',
        ),
      ]
    }),
  )
  return [...listed, ...familiar, ...guessed]
}

/** Anything with a word of ours in it is no name: 王芳昨天, 书记, “you later”. */
const isWord = (name: string) =>
  /[的了不没谈聊他她别]/.test(name) ||
  name.split(' ').some((word) => (wordsByLetter.get(word[0] ?? '') ?? []).some((one) => one.word === word)) ||
  [...name].some((_, at) =>
    (wordsByLetter.get(name[at] ?? '') ?? []).some(
      ({ word, is }) => is !== 'filler' && word.length > 1 && name.startsWith(word, at) && (/\p{Script=Han}/u.test(word) || word === name),
    ),
  )

/** A question after the place names none. */
const ASKED = /[哪啥几?]|什么/u

function sticky({ said, typed }: Plain, is: string, pattern: RegExp): Piece[] {
  return Array.from({ length: said.length }, (_, from) => {
    pattern.lastIndex = from
    const found = pattern.exec(said)
    if (!found || (is === '$place' && ASKED.test(found[0]))) return []
    const text = typed
      .slice(from, from + found[0].length)
      .replace(/^(?:在|到|于|(?:会议|集合|活动)?地点(?:在|是|为)?\s?|in |at |to )(?:the )?/iu, '')
    return [{ from, to: from + found[0].length, is, text: text.trim() }]
  }).flat()
}

function reasons({ said }: Plain): Piece[] {
  return Object.entries(reasonWords).flatMap(([reason, all]) =>
    all
      .split('|')
      .flatMap((word) =>
        everywhere(said, word).map(
          (from): Piece => ({ from, to: from + word.length, is: '$reason', text: leaveReasonNames[reason as LeaveReason].zh }),
        ),
      ),
  )
}

export const isKnownConcept = (name: string) => conceptNames.has(name) || (slotNames as readonly string[]).includes(name)

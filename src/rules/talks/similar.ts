const GRAM = 3
const JACCARD = 0.8
const CONTAINMENT = 0.85
/** Few words stand in many texts by chance; such a text must be alike as a whole. */
const LEAST_CONTAINED = 12

const numerals = '0123456789〇零一二三四五六七八九十百千两'
/** A unit goes with the figure before it. */
const units = ['年', '月', '日', '号', '次', '个', '分', '季度', '周', '天']
const months = /\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/g

const folded = (text: string) => text.normalize('NFKC').toLowerCase()

/** Names by their first character, the longest first: 李华明 leaves nothing behind where 李华 is a name as well. */
export type Names = ReadonlyMap<number, readonly string[]>

export function namesIn(names: readonly string[]): Names {
  const all = [...new Set(names.map(folded))].filter((name) => name.length > 1).toSorted((a, b) => b.length - a.length)
  return Map.groupBy(all, (name) => name.charCodeAt(0))
}

const [LETTER, OTHER, NUMERAL] = [1, 2, 3]
/** The kind of each sign; 0 where nobody has asked yet. */
const kinds = new Uint8Array(0x10000)
for (const numeral of numerals) kinds[numeral.charCodeAt(0)] = NUMERAL

const isLetter = (sign: string) => /\p{L}/u.test(sign)

function kindOf(code: number): number {
  const known = kinds[code] ?? OTHER
  if (known !== 0) return known
  const kind = isLetter(String.fromCharCode(code)) ? LETTER : OTHER
  kinds[code] = kind
  return kind
}

const isFirstOfPair = (code: number) => code >= 0xd800 && code < 0xdc00

/** An opinion without whose it is: names, dates, figures and punctuation are left out. Opinions are read by the hundred, hence sign by sign. */
function bareOf(words: string, names: Names): Uint16Array {
  const said = folded(words).replace(months, '')
  const bare = new Uint16Array(said.length)
  let length = 0
  for (let at = 0; at < said.length; ) {
    const code = said.charCodeAt(at)
    const name = names.get(code)?.find((one) => said.startsWith(one, at))
    if (name) at += name.length
    else if (kindOf(code) === NUMERAL) {
      while (kindOf(said.charCodeAt(at)) === NUMERAL) at++
      at += units.find((unit) => said.startsWith(unit, at))?.length ?? 0
    } else if (isFirstOfPair(code)) {
      if (isLetter(said.slice(at, at + 2))) {
        bare[length++] = code
        bare[length++] = said.charCodeAt(at + 1)
      }
      at += 2
    } else {
      if (kindOf(code) === LETTER) bare[length++] = code
      at++
    }
  }
  return bare.subarray(0, length)
}

/** A text of fewer signs is one gram. */
const gramsIn = (bare: Uint16Array) => (bare.length === 0 ? 0 : Math.max(1, bare.length - GRAM + 1))

/** A set of grams that is emptied by counting on. A new one for each text would take most of the time. */
interface GramSet {
  room: number
  pairs: Int32Array
  thirds: Uint16Array
  marks: Int32Array
  mark: number
  size: number
}

const gramSet = (room: number): GramSet => ({
  room,
  pairs: new Int32Array(room),
  thirds: new Uint16Array(room),
  marks: new Int32Array(room),
  mark: 1,
  size: 0,
})

function empty(set: GramSet) {
  set.mark++
  set.size = 0
}

/** The place of a gram, or the free one where it would go. */
function placeOf({ room, pairs, thirds, marks, mark }: GramSet, pair: number, third: number): number {
  const mixed = Math.imul(pair, 0x9e3779b1) ^ Math.imul(third, 0x85ebca6b)
  let at = (mixed ^ (mixed >>> 15)) & (room - 1)
  while (marks[at] === mark && (pairs[at] !== pair || thirds[at] !== third)) at = (at + 1) & (room - 1)
  return at
}

const has = (set: GramSet, pair: number, third: number): boolean => set.marks[placeOf(set, pair, third)] === set.mark

/** False for a gram that is in it already. */
function add(set: GramSet, pair: number, third: number): boolean {
  const at = placeOf(set, pair, third)
  if (set.marks[at] === set.mark) return false
  set.pairs[at] = pair
  set.thirds[at] = third
  set.marks[at] = set.mark
  set.size++
  return true
}

/** Half of the places stay empty. */
const roomFor = (grams: number) => 2 ** Math.ceil(Math.log2(2 * grams + 16))

const pairAt = (bare: Uint16Array, at: number) => ((bare[at] ?? 0) << 16) | (bare[at + 1] ?? 0)
const thirdAt = (bare: Uint16Array, at: number) => bare[at + 2] ?? 0

/**
 * Prepares one opinion, and tells of each other whether the two are nearly one text. They may be reordered, bear another name, or have
 * something added.
 */
export function likenessTo(words: string, names: Names): (other: string) => boolean {
  const bare = bareOf(words, names)
  const own = gramSet(roomFor(gramsIn(bare)))
  for (let at = 0; at < gramsIn(bare); at++) add(own, pairAt(bare, at), thirdAt(bare, at))
  let theirs = gramSet(own.room)
  return (other) => {
    const said = bareOf(other, names)
    if (said.length === 0 || own.size === 0) return false
    if (roomFor(gramsIn(said)) > theirs.room) theirs = gramSet(roomFor(gramsIn(said)))
    return areAlike(own, theirs, sharedOf(own, theirs, said))
  }
}

/** Fills the second set with the grams of a text, and counts those that the first has as well. */
function sharedOf(own: GramSet, theirs: GramSet, said: Uint16Array): number {
  empty(theirs)
  const count = gramsIn(said)
  let shared = 0
  for (let at = 0; at < count; at++) {
    const pair = pairAt(said, at)
    const third = thirdAt(said, at)
    if (add(theirs, pair, third) && has(own, pair, third)) shared++
  }
  return shared
}

function areAlike(a: GramSet, b: GramSet, shared: number): boolean {
  if (shared / (a.size + b.size - shared) >= JACCARD) return true
  const small = Math.min(a.size, b.size)
  return small >= LEAST_CONTAINED && shared / small >= CONTAINMENT
}

const GRAM = 3
const JACCARD = 0.8
const CONTAINMENT = 0.85
/** Few words stand in many texts by chance; such a text must be alike as a whole. */
const LEAST_CONTAINED = 12

const figures =
  /[\d〇零一二三四五六七八九十百千两]+(?:年|月|日|号|次|个|分|季度|周|天)?|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/g

/** Finds names in a text, the longest first: 李华明 leaves nothing behind where 李华 is a name as well. Null where there are none. */
export function namesIn(names: readonly string[]): RegExp | null {
  const all = [...new Set(names.map(folded))].filter((name) => name.length > 1).toSorted((a, b) => b.length - a.length)
  return all.length === 0 ? null : new RegExp(all.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g')
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase()

/** The grams of an opinion, without whose they are: names, dates, figures and punctuation are taken out. */
export function gramsOf(words: string, names: RegExp | null): ReadonlySet<string> {
  const said = folded(words)
  const bare = (names ? said.replace(names, '') : said).replace(figures, '').replace(/[^\p{L}]+/gu, '')
  if (bare.length < GRAM) return new Set(bare === '' ? [] : [bare])
  const grams = new Set<string>()
  for (let at = 0; at + GRAM <= bare.length; at++) grams.add(bare.slice(at, at + GRAM))
  return grams
}

/** True for two opinions that are nearly one text: the same, reordered, with another name, or with something added. */
export function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size === 0) return false
  let shared = 0
  for (const gram of small) if (large.has(gram)) shared++
  if (shared / (small.size + large.size - shared) >= JACCARD) return true
  return small.size >= LEAST_CONTAINED && shared / small.size >= CONTAINMENT
}

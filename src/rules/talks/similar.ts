const GRAM = 3
const JACCARD = 0.8
const CONTAINMENT = 0.85
/** A text of a few words is contained in many others by chance; such a one must be alike as a whole. */
const LEAST_CONTAINED = 12

const figures =
  /[\d〇零一二三四五六七八九十百千两]+(?:年|月|日|号|次|个|分|季度|周|天)?|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/g

/** Names are cut out longest first, so that 李华明 leaves nothing behind where 李华 is a name as well. */
const cutOut = (text: string, names: readonly string[]) =>
  names
    .filter((name) => name.length > 1)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name.toLowerCase(), ''), text)

/** The grams of an opinion, without whose they are: names, dates, figures and punctuation are taken out. */
export function gramsOf(words: string, names: readonly string[]): ReadonlySet<string> {
  const bare = cutOut(words.normalize('NFKC').toLowerCase(), names)
    .replace(figures, '')
    .replace(/[^\p{L}]+/gu, '')
  const characters = [...bare]
  if (characters.length < GRAM) return new Set(bare === '' ? [] : [bare])
  return new Set(characters.slice(GRAM - 1).map((_, at) => characters.slice(at, at + GRAM).join('')))
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

/** One spelling of a sentence. `typed` keeps the capital letters, at the same positions. */
export interface Plain {
  said: string
  typed: string
}

const contractions: readonly [RegExp, string][] = [
  [/[’‘`´]/gu, "'"],
  [/\b(I)'m\b/giu, '$1 am'],
  [/\b(i|we|you|they)'d\b/giu, '$1 would'],
  [/\b(i|we|you|they|it|he|she)'ll\b/giu, '$1 will'],
  [/\b(we|you|they)'re\b/giu, '$1 are'],
  [/\b(i|we|you|they)'ve\b/giu, '$1 have'],
  [/\b(it|he|she|that|there)'s\b/giu, '$1 is'],
  [/\blet's\b/giu, 'let us'],
  [/'s\b(?<!what's)/giu, ' s'],
]

/** Nobody sees format characters, and brackets, stops and pictures say nothing. Signs between figures belong to times and dates. */
export function plain(line: string): Plain {
  let typed = line
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/@_all(?!\w)|@所有人|@all(?!\w)/giu, ' ')
  for (const [from, to] of contractions) typed = typed.replace(from, to)
  typed = typed
    .replace(/(?<!\d)[:.,/-](?=\s|$)|[:.,](?!\d)|(?<!\d)[:.,]/gu, ' ')
    .replace(/[!;。、,~…"“”()《》〈〉【】「」『』[\]{}<>—·*|^=+\\]|\p{Extended_Pictographic}(?<!\d)|\uFE0F/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return { typed, said: typed.replace(/[A-Z]/g, (c) => c.toLowerCase()) }
}

/** A Chinese character counts one, a word in other letters or figures two. */
export function stepAt(said: string, at: number): { to: number; units: number } {
  const [word] = /[a-z\d'@_-]+/uy[Symbol.match](said.slice(at)) ?? []
  if (word) return { to: at + word.length, units: 2 }
  const c = String.fromCodePoint(said.codePointAt(at) ?? 32)
  return { to: at + c.length, units: /[\p{L}\p{N}]/u.test(c) ? 1 : 0 }
}

export function unitsOf(said: string): number {
  let units = 0
  for (let at = 0; at < said.length; ) {
    const step = stepAt(said, at)
    units += step.units
    at = step.to
  }
  return units
}

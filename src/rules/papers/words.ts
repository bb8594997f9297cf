import type { Text } from '../../text.ts'

/** The platform's field holds no more. A paper that is written here has five of them at most. */
export const LONGEST_PART = 1000
export const MOST_PARTS = 5

/** Words of several lines, as a person typed them. Nothing but empty lines and the end of what is too long goes. */
export function written(typed: string, most: number): string {
  const lines = typed
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\S\n]+$/gmu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
  return cut(lines, most)
}

/** The platform counts as JavaScript does; half a character is never left over. */
const cut = (text: string, most: number): string =>
  text
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')

/** The lines that fit into one field. Where some do not, the last line says how many. */
export function fitted(lines: readonly string[], most: number, more: (left: number) => string): string {
  const whole = lines.join('\n')
  if (whole.length <= most) return whole
  for (let kept = lines.length - 1; kept > 0; kept--) {
    const text = [...lines.slice(0, kept), more(lines.length - kept)].join('\n')
    if (text.length <= most) return text
  }
  return cut(whole, most)
}

/** A part of a draft in both languages. */
export const drafted = (lines: readonly Text[]): Text => ({
  zh: fitted(
    lines.map(({ zh }) => zh),
    LONGEST_PART,
    (left) => `另有 ${left} 项。`,
  ),
  en: fitted(
    lines.map(({ en }) => en),
    LONGEST_PART,
    (left) => `And ${left} more.`,
  ),
})

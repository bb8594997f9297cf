import { type Theme, themes } from './kinds.ts'

export const MOST_TOPICS = 5
export const LONGEST_TOPIC = 40
export const LONGEST_CAUSE = 120

/** Fewer than this many of a theme might tell whose they are; they are counted among the others. */
const FEWEST = 3

/** The numbers by theme, the largest first, with what is too little to be shown among the others. */
export function countedThemes(found: readonly { theme: Theme | null; voices: number }[]): { theme: Theme; voices: number }[] {
  const counts = new Map<Theme, number>()
  for (const { theme, voices } of found) counts.set(theme ?? 'other', (counts.get(theme ?? 'other') ?? 0) + voices)
  const shown = new Map<Theme, number>()
  for (const theme of themes) {
    const voices = counts.get(theme) ?? 0
    if (voices === 0) continue
    const as = voices < FEWEST ? 'other' : theme
    shown.set(as, (shown.get(as) ?? 0) + voices)
  }
  return [...shown]
    .map(([theme, voices]) => ({ theme, voices }))
    .sort((a, b) => Number(a.theme === 'other') - Number(b.theme === 'other') || b.voices - a.voices)
}

const hues = new Set('blue carmine green indigo lime grey orange purple red sunflower turquoise violet wathet yellow neutral'.split(' '))
const PLAIN: Record<Use, number> = { ink: 500, ground: 100, edge: 300 }
type Use = 'ink' | 'ground' | 'edge'

/** Returns a platform colour as CSS. Levels below 500 mix with the paper, above 500 with the ink, in both themes. */
export function colour(name: unknown, use: Use, own: OwnColours = {}): string {
  const spelt = String(name ?? '')
  const mine = own[spelt]
  if (mine) return `light-dark(${mine.light_mode ?? mine.dark_mode}, ${mine.dark_mode ?? mine.light_mode})`
  if (spelt === 'white' || spelt === 'bg-white') return spelt === 'white' ? '#fff' : 'var(--paper)'
  const [hue = '', level] = spelt.replace('light_', '').split('-')
  if (!hues.has(hue)) return use === 'ink' ? 'inherit' : 'transparent'
  const depth = Number(level ?? PLAIN[use])
  const share = depth <= 50 ? 6 : depth < 500 ? depth / 5 - (use === 'ground' ? 8 : 0) : 100
  const base = `var(--${hue})`
  return depth > 500
    ? `color-mix(in srgb, ${base} ${150 - depth / 10}%, var(--ink))`
    : `color-mix(in srgb, ${base} ${share}%, var(--paper))`
}

export type OwnColours = Record<string, { light_mode?: string; dark_mode?: string }>

/** Only the platform's own names become class names. */
export const hueClass = (name: unknown, otherwise = 'neutral'): string => (hues.has(String(name)) ? String(name) : otherwise)

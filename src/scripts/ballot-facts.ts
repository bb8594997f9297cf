/** An exported ballot as it is read: nothing of it is believed. */
export type Facts = Record<string, unknown>
export type Circle = 'members' | 'public'

export const votesOf = ({ turnout }: Facts, circle: Circle) => Number((turnout as Record<Circle, Facts>)[circle].voted)

export const list = (value: unknown): unknown[] => {
  if (!Array.isArray(value)) throw new TypeError('no list')
  return value
}

/** Sums counts nested in counts. */
export const total = (counts: unknown): number =>
  typeof counts === 'number' ? counts : Object.values(counts as Facts).reduce<number>((sum, inner) => sum + total(inner), 0)

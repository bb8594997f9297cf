/** Chance that comes out the same for the same seed (mulberry32). */
export function chanceFrom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  return {
    below,
    happens: (share: number) => next() < share,
    shuffled<T>(all: readonly T[]): T[] {
      const left = [...all]
      return all.flatMap(() => left.splice(below(left.length), 1))
    },
  }
}

export type Chance = ReturnType<typeof chanceFrom>

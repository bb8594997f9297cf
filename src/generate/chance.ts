/** Chance that is the same for the same seed, on every machine. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number
  whole(from: number, to: number): number
  happens(likely: number): boolean
  pick<T>(all: readonly T[]): T
}

export function chanceOf(...seeds: readonly number[]): Chance {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 2_654_435_761) >>> 0, 2_166_136_261)
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    happens: (likely) => next() < likely,
    pick: (all) => all[Math.floor(next() * all.length)] as (typeof all)[number],
  }
}

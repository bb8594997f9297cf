/** An exact share. Scores use whole numbers only, so that every machine computes the same tenth. */
export interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

export const fraction = (over: number, under = 1): Fraction => ({ over: BigInt(over), under: BigInt(under) })

/** Shares with the same base are added first: they are many, and a small base stays small. */
export function sum(fractions: readonly Fraction[]): Fraction {
  const byBase = new Map<bigint, bigint>()
  for (const { over, under } of fractions) byBase.set(under, (byBase.get(under) ?? 0n) + over)
  let all = fraction(0)
  for (const [under, over] of byBase) all = { over: all.over * under + over * all.under, under: all.under * under }
  return all
}

export const mean = (fractions: readonly Fraction[]): Fraction =>
  fractions.length === 1 ? (fractions[0] as Fraction) : divided(sum(fractions), fractions.length)

export const times = ({ over, under }: Fraction, factor: number): Fraction => ({ over: over * BigInt(factor), under })
export const divided = ({ over, under }: Fraction, by: number): Fraction => ({ over, under: under * BigInt(by) })

/** Ten times the share, rounded half up to a whole number; shares here are never negative. */
export const tenths = ({ over, under }: Fraction): number => Number((20n * over + under) / (2n * under))

/** The same for one share of small whole numbers, as a part has. */
export const tenthsOf = (over: number, under: number): number => Math.floor((20 * over + under) / (2 * under))

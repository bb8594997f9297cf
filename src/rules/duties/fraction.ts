/** An exact share. Scores use whole numbers only, so that every machine computes the same tenth. */
export interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

export const fraction = (over: number, under = 1): Fraction => ({ over: BigInt(over), under: BigInt(under) })

export const sum = (fractions: readonly Fraction[]): Fraction =>
  fractions.reduce((a, b) => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under }), fraction(0))

export const mean = (fractions: readonly Fraction[]): Fraction => divided(sum(fractions), fractions.length)

export const times = ({ over, under }: Fraction, factor: number): Fraction => ({ over: over * BigInt(factor), under })
export const divided = ({ over, under }: Fraction, by: number): Fraction => ({ over, under: under * BigInt(by) })

/** Ten times the share, rounded half up to a whole number; shares here are never negative. */
export const tenths = ({ over, under }: Fraction): number => Number((20n * over + under) / (2n * under))

import { type Quarter, quartersOf, type Year } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'

export const tierNames: readonly Text[] = [t('优', 'excellent'), t('良', 'good'), t('中', 'fair'), t('弱', 'weak')]
export const WEAK = 3

/** 0 is the best of four tiers, 3 the weakest; null for a score that does not exist. */
export function tierOf(tenths: number | null, { tiers }: Pick<Rulebook, 'tiers'>): number | null {
  if (tenths === null) return null
  const tier = tiers.findIndex((from) => tenths >= from * 10)
  return tier === -1 ? WEAK : tier
}

export interface Closed {
  quarter: Quarter
  tenths: number | null
  isLast: boolean
}

export interface YearOfBranch {
  /** The four quarters in order; undefined where one is not closed yet. */
  quarters: (number | null | undefined)[]
  /** The mean of the closed quarters, in tenths, for reading only. */
  meanTenths: number | null
  isFiveGood: boolean | null
  timesLast: number
}

/** 年均 90 分以上为五好党支部: all four quarters count, and the comparison needs no division. */
export function yearOfBranch(results: readonly Closed[], year: Year, { fiveGoodFrom }: Pick<Rulebook, 'fiveGoodFrom'>): YearOfBranch {
  const ours = quartersOf(year).map((quarter) => results.find((one) => one.quarter === quarter))
  const scored = ours.flatMap((one) => one?.tenths ?? [])
  const sum = scored.reduce((all, one) => all + one, 0)
  return {
    quarters: ours.map((one) => one?.tenths),
    meanTenths: scored.length === 0 ? null : Math.floor((2 * sum + scored.length) / (2 * scored.length)),
    isFiveGood: scored.length === 4 ? sum >= fiveGoodFrom * 10 * 4 : null,
    timesLast: ours.filter((one) => one?.isLast).length,
  }
}

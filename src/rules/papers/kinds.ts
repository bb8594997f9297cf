import { addYears, type Day } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'

/** A plan and a summary belong to a year and are adopted. A system or a standard is in force, and looked at from time to time. */
export const paperKinds = ['plan', 'summary', 'system', 'standard'] as const
export type PaperKind = (typeof paperKinds)[number]

export const adoptedKinds = ['plan', 'summary'] as const satisfies readonly PaperKind[]
export type AdoptedKind = (typeof adoptedKinds)[number]

export const systemKinds = ['system', 'standard'] as const satisfies readonly PaperKind[]
export type SystemKind = (typeof systemKinds)[number]

export const paperNames: Readonly<Record<PaperKind, Text>> = {
  plan: t('年度工作计划', 'The year’s plan'),
  summary: t('年度工作总结', 'The year’s summary'),
  system: t('制度', 'System'),
  standard: t('标准', 'Standard'),
}

/** The item that brings a paper before a meeting. */
export const itemOf: Readonly<Record<AdoptedKind, Text>> = {
  plan: t('审议年度工作计划', 'Discuss the year’s plan'),
  summary: t('审议年度工作总结', 'Discuss the year’s summary'),
}

export const LONGEST_TITLE = 60
export const LONGEST_PLACE = 80

const FRESH_YEARS = 3

/** A system that nobody has looked at for three years is due for a look. */
export const isStale = (lookedOn: Day, today: Day): boolean => addYears(lookedOn, FRESH_YEARS) < today

import type { Day } from '../../calendar.ts'
import { both, type Text, t } from '../../text.ts'
import { dateName, fortnightFrom, nthName, nths, type Rule, rule, weekdayNames } from './rhythms.ts'

/** A form shows a rule in three selects: how often, which day, which day of the week. */
type Choice = { label: Text; value: string }

export const often: readonly Choice[] = [
  { label: t('每周', 'Every week'), value: 'week' },
  { label: t('每两周', 'Every other week'), value: 'two weeks' },
  { label: t('每月', 'Every month'), value: 'month' },
  { label: t('每季度第一个月', 'First month of each quarter'), value: 'quarter 1' },
  { label: t('每季度第二个月', 'Second month of each quarter'), value: 'quarter 2' },
  { label: t('每季度第三个月', 'Third month of each quarter'), value: 'quarter 3' },
]
const dates = [...Array.from({ length: 28 }, (_, i) => i + 1), 'last' as const]
export const which = (chosen: string | undefined): readonly Choice[] => [
  ...nths.map((nth) => ({ label: both((l) => `${nthName(nth)[l]} ${l === 'zh' ? '周×' : 'weekday'}`), value: `nth ${nth}` })),
  ...[...dates, ...[29, 30, 31].filter((date) => chosen === `date ${date}`)].map((date) => ({
    label: dateName(date),
    value: `date ${date}`,
  })),
]
export const weekdays = Object.entries(weekdayNames).map(([value, label]) => ({ label, value }))
export function asChosen(rule: Rule | undefined) {
  if (!rule) return {}
  return {
    every: rule.every === 'quarter' ? `quarter ${rule.month}` : rule.every,
    which: 'nth' in rule ? `nth ${rule.nth}` : 'date' in rule ? `date ${rule.date}` : undefined,
    weekday: 'weekday' in rule ? String(rule.weekday) : undefined,
  }
}

/** Returns the chosen rule, or a sentence about what is still missing. */
export function ruleChosen(filled: { every?: string | null; which?: string | null; weekday?: string | null }, today: Day): Rule | Text {
  const every = often.find(({ value }) => value === filled.every)?.value
  if (!every) return t('请选择多久一次。', 'Please choose how often.')
  const weekday = weekdays.find(({ value }) => value === filled.weekday)?.value
  const needsWeekday = every.endsWith('week') || every.endsWith('weeks') || filled.which?.startsWith('nth')
  if (needsWeekday && !weekday) return t('请选择星期几。', 'Please choose the day of the week.')
  if (every === 'week') return rule.parse({ every, weekday: Number(weekday) })
  if (every === 'two weeks') return rule.parse({ every, weekday: Number(weekday), from: fortnightFrom(today, Number(weekday)) })

  const [unit, month] = every.split(' ')
  const [how, figure] = (filled.which ?? '').split(' ')
  const value = figure === 'last' ? figure : Number(figure)
  const day = how === 'nth' ? { nth: value, weekday: Number(weekday) } : { date: value }
  const made = rule.safeParse({ every: unit, ...(month ? { month: Number(month) } : {}), ...day }).data
  return made ?? t('请选择哪一天：第几个周几，或几日。', 'Please choose which day: which weekday of the month, or which date.')
}

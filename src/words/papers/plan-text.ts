import { quartersOf, type Year } from '../../calendar.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import type { PlanFacts } from '../../rules/papers/facts.ts'
import { drafted } from '../../rules/papers/words.ts'
import { partOf } from '../../rules/standards/standards.ts'
import { spokenDay } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'

/** The regular meetings, and a part for each quarter. */
export const planTitles: readonly Text[] = [
  t('例会安排', 'Regular meetings'),
  t('第一季度', 'First quarter'),
  t('第二季度', 'Second quarter'),
  t('第三季度', 'Third quarter'),
  t('第四季度', 'Fourth quarter'),
]

type Duty = PlanFacts['duties'][number]

function dutyLine({ part, times, dueOn }: Duty): Text {
  const { name, standard, per, cadence } = partOf(part)
  const each = per === 'group' ? t('每个党小组 ', 'each group ') : per === 'activist' ? t('每名积极分子 ', 'each activist ') : t('', '')
  const due = spokenDay(dueOn)
  // A month and a quarter end by themselves. Only longer periods have a day to remember.
  const [zh, en] = cadence === 'month' || cadence === 'quarter' ? ['', ''] : [`，${due.zh}前`, `, by ${due.en}`]
  return t(`· ${name.zh}：${each.zh}${times} 次${zh}（标准 ${standard}）`, `· ${name.en}: ${each.en}${times}${en} (standard ${standard})`)
}

function regularLine({ kind, group, when, place }: PlanFacts['regular'][number]): Text {
  const { zh, en } = gatheringKinds[kind].name
  const at = place === '' ? t('', '') : t(`，${place}`, `, ${place}`)
  return t(`· ${group ?? ''}${zh}：${when.zh}${at.zh}`, `· ${en}${group ? ` of ${group}` : ''}: ${when.en}${at.en}`)
}

/** The plan of a year: what recurs, and what each quarter asks for. */
export const draftPlan = ({ regular, duties }: PlanFacts, year: Year): Text[] => [
  drafted(regular.map(regularLine)),
  ...quartersOf(year).map((quarter) => drafted(duties.filter((one) => one.quarter === quarter).map(dutyLine))),
]

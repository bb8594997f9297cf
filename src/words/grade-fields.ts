import { type Element, fittingOptions, lines, selectSeveral } from '../card.ts'
import type { Subject } from '../rules/ballots/marks.ts'
import { type Grade, gradeNames, grades } from '../rules/ballots/uses.ts'
import { capital, clipped, type Text, t } from '../text.ts'

/** The card must list everybody, so long names are cut when there are many. */
const NAME_LENGTHS = [12, 8, 5, 3]
const LISTS_BYTES = 20000
export function options(subjects: readonly Subject[], lists: number) {
  const cut = (most: number) => subjects.map(({ key, name }) => ({ label: t(clipped(name, most), clipped(name, most)), value: key }))
  const lengths = NAME_LENGTHS.map(cut)
  return lengths.find((all) => fittingOptions(all, LISTS_BYTES / lists).length === all.length) ?? lengths.at(-1) ?? []
}

/** A filled list shows names instead of its placeholder, so the grade is written above it. */
export const nobody = t('没有', 'Nobody')

/** Three lists of people; those in none are qualified. `most` is how many may be excellent. */
export const gradeFields = (asked: readonly Subject[], most: number | null, chosen: ReadonlyMap<string, Grade>): Element[] =>
  gradeLists.flatMap((grade) => [
    lines(gradeLabel(grade, most)),
    selectSeveral(
      grade,
      nobody,
      options(asked, 3),
      asked.map(({ key }) => key).filter((key) => chosen.get(key) === grade),
    ),
  ])

export const gradeLists = grades.filter((grade) => grade !== 'qualified')
export const gradeLabel = (grade: Grade, most: number | null): Text =>
  grade === 'excellent' && most !== null ? t(`优秀（最多 ${most} 人）`, `Excellent (at most ${most})`) : capital(gradeNames[grade])

import { type Element, lines } from '../../src/card.ts'
import { input, select, selectSeveral } from '../../src/form.ts'
import type { Voter } from '../../src/rules/ballots/marks.ts'
import { fieldOf, isOwn, LONGEST_WRITE_IN, type Question, type Subject } from '../../src/rules/ballots/marks.ts'
import { markName, scales, stanceNames } from '../../src/rules/ballots/uses.ts'
import { capital, literal, type Text, t } from '../../src/text.ts'
import { gradeFields, gradeLabel, gradeLists, nobody, options } from '../../src/words/grade-fields.ts'

/** The fields of a voter, by the question's scale. Voters are not asked about themselves. */
export function ballotFields(question: Question, voter: Voter): Element[] {
  const asked = question.subjects.filter((subject) => !isOwn(subject, voter))
  return fields[question.scale](question, asked)
}

/** An option takes one of the platform's 200 elements. Above this number of people each list's purpose stands only in its placeholder. */
const MOST_BELOW_LABELS = 57

type Fields = (question: Question, asked: readonly Subject[]) => Element[]

const fields: Record<Question['scale'], Fields> = {
  grades: ({ subjects }, asked) => {
    const most = Math.floor(subjects.length / 3)
    if (asked.length <= MOST_BELOW_LABELS) return gradeFields(asked, most, new Map())
    return gradeLists.map((grade) => selectSeveral(grade, gradeLabel(grade, most), options(asked, 3)))
  },
  stances: ({ most = 1, writeIns = 0 }, asked) => [
    lines(t(`${stanceNames.for.zh}（最多 ${most} 人）`, `For (at most ${most})`)),
    selectSeveral('for', nobody, options(asked, 2)),
    lines(capital(stanceNames.against)),
    selectSeveral('against', nobody, options(asked, 2)),
    ...Array.from({ length: writeIns }, (_, nth) =>
      input(`write_${nth}`, t('另选他人（写姓名，不另选就空着）', 'Somebody else, by name (or leave it empty)'), {
        most: LONGEST_WRITE_IN,
      }),
    ),
  ],
  chosen: ({ most = 1 }, asked) => [
    lines(t(`推荐（最多 ${most} 个）`, `Your choice (at most ${most})`)),
    selectSeveral('chosen', t('请选择', 'Please choose'), options(asked, 1)),
  ],
  agreement: (_, asked) =>
    asked.flatMap(({ key, name }) => [
      lines(t(literal(name), literal(name))),
      select(
        fieldOf('agreement', key),
        t('请选择', 'Please choose'),
        scales.agreement.values.map((value) => ({ label: capital(markName('agreement', value)), value })),
        { required: true },
      ),
    ]),
  score: (_, asked) =>
    asked.map(({ key, name }) =>
      input(fieldOf('score', key), t(`${name}（0–100）`, `${name} (0–100)`), { required: true, most: 3, hint: t('分数', 'Score') }),
    ),
}

/** How the form is filled in, in one sentence. */
export function howTo({ scale, most, subjects }: Question, voter: Voter): Text | null {
  const own = subjects.some((subject) => isOwn(subject, voter))
  if (scale === 'grades')
    return t(
      `选出优秀、基本合格、不合格的同志，没有选到的都是合格${own ? '；不评自己' : ''}。`,
      `Pick the excellent, the basically qualified and the unqualified; all others are qualified${own ? '. Nobody marks themselves' : ''}.`,
    )
  if (scale === 'stances' && most !== undefined) return t('既不赞成也不反对的算弃权。', 'Those you leave out count as abstained.')
  if (scale === 'score')
    return t('去掉一个最高分和一个最低分后取平均。', 'The highest and the lowest score are dropped, the rest averaged.')
  return null
}

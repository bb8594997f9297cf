import type { AppealAsItStands } from '../../db/assessment/appeals.ts'
import { findingsInForce } from '../../db/assessment/review.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Card, card, fittingLines, lines, strong } from '../../src/card.ts'
import { fittingOptions, form, input, select } from '../../src/form.ts'
import { dutyKey, stateNames } from '../../src/rules/duties/duty.ts'
import { concerned } from '../../src/rules/duties/scoring.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, labelled, type Text, t } from '../../src/text.ts'
import { told } from '../../src/words/duties.ts'
import { foundSaid, named } from '../../src/words/score.ts'
import { LONGEST, submitAnswer } from './buttons.ts'

/** An option costs two of the platform's 200 elements. */
const MOST_DUTIES = 60

const DUTIES_BYTES = 9_000

const FOUND_BYTES = 3_000

type AppealTold = ReturnType<typeof told>[number]

/** One appeal: the assessor answers it, and afterwards both sides can read it. */
/** `names` are those of the people and groups of the branch, by id. */
export function appealCard(
  it: AppealAsItStands,
  duties: Parameters<typeof told>[0],
  names: Parameters<typeof told>[1],
  found: readonly Found[],
): Card {
  const state = it.isUpheld === null ? t('待答复', 'To answer') : it.isUpheld ? t('成立', 'Upheld') : t('不成立', 'Not upheld')
  return card(
    labelled(t('申诉', 'Appeal'), spokenQuarter(it.quarter), ' · '),
    [
      lines(
        both((l) => `**${named(it.standard)[l]}** — ${state[l]}`),
        labelled(asWritten(it.by), asWritten(it.words)),
        it.answer !== null && labelled(strong(t('答复', 'Answer')), asWritten(it.answer)),
      ),
      it.isUpheld === null ? answerForm(it, told(duties, names), found) : null,
    ],
    { colour: it.isUpheld === null ? 'orange' : 'green', subtitle: asWritten(it.branchName) },
  )
}

const answerForm = (it: AppealAsItStands, duties: readonly AppealTold[], found: readonly Found[]) =>
  form(
    'answer',
    [
      lines(
        ...fittingLines(duties.map(dutyLine), DUTIES_BYTES),
        ...fittingLines(
          found.map((one) => both((l) => `· ${foundSaid(one)[l]}`)),
          FOUND_BYTES,
        ),
      ),
      select(
        'verdict',
        t('怎么答复', 'Your answer'),
        verdicts.filter(({ value }) => value !== 'withdraw' || found.length > 0),
        { required: true },
      ),
      select(
        'duty',
        t('成立时：更正哪一件', 'If upheld: which duty'),
        fittingOptions(
          duties.slice(0, MOST_DUTIES).map(({ duty, name }) => ({ label: name, value: dutyKey(duty) })),
          DUTIES_BYTES,
        ),
        { chosen: duties.length === 1 && duties[0] ? dutyKey(duties[0].duty) : undefined },
      ),
      input('percent', t('改为得分率 0–100（%）', 'New share 0–100 (%)'), { most: 6 }),
      input('words', t('理由', 'Reason'), { required: true, most: LONGEST.appeal, rows: 2 }),
    ],
    { label: t('答复', 'Answer'), value: submitAnswer.value({ appeal: it.id }) },
  )

export const verdicts = [
  { label: t('成立，改得分', 'Upheld, with new points'), value: 'points' },
  { label: t('成立，免除（不计入）', 'Upheld, excused'), value: 'excused' },
  { label: t('成立，不适用（不计入）', 'Upheld, not applicable'), value: 'not applicable' },
  { label: t('成立，撤销查实的记录', 'Upheld, the finding withdrawn'), value: 'withdraw' },
  { label: t('不成立', 'Not upheld'), value: 'no' },
]

const dutyLine = ({ duty, name }: AppealTold): Text =>
  labelled(
    both((l) => `· ${name[l]}`),
    stateNames[duty.state],
  )

type Found = Awaited<ReturnType<typeof foundIn>>[number]

/** The findings that touch the appealed standard: an accident for (3), a false record for its own. */
export async function foundIn(db: Db, { branch, quarter, standard }: AppealAsItStands) {
  const [all] = await lookUp(db, [findingsInForce(db, branch, quarter)])
  return all.filter((one) => concerned(one) === standard)
}

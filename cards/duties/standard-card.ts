import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { button, type Card, card, coloured, type Element, figures, lines, note, strong } from '../../src/card.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { StandardScore } from '../../src/rules/duties/scoring.ts'
import { provableSaid } from '../../src/rules/standards/provable.ts'
import { callFor, type PartId, partOf, standardOf } from '../../src/rules/standards/standards.ts'
import { points, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, joined, labelled, type Text, t } from '../../src/text.ts'
import { breachesSaid } from '../../src/words/behind.ts'
import {
  type DutySheet,
  dueSaid,
  excuseSaid,
  formulaOf,
  howItStands,
  isBehind,
  marks,
  periodSaid,
  periodsOf,
  worst,
} from '../../src/words/duties.ts'
import { gainsShown } from '../../src/words/gains.ts'
import { committeeToExcuse, openWhatIf, stepButtons } from './buttons.ts'
import { evidenceButtons } from './evidence-card.ts'
import type { Supposed } from './what-if-card.ts'

/** One standard of one quarter, opened to rule, evidence and formula. People are counted here and never named. */
export function standardCard(
  sheet: ScoreSheet,
  scored: StandardScore<Duty>,
  besides: readonly Text[] = [],
  reports: readonly Element[] = [],
): Card {
  const { branch, quarter, stage, gains, account } = sheet
  const { standard, weight, earnedTenths, percentTenths, parts } = scored
  const { name } = standardOf(standard)
  const asked = parts.filter(({ duties }) => duties.length > 0)
  const ours = gains.filter(({ step }) => step.closes.some((duty) => duty.standard === standard)).slice(0, MOST_STEPS)
  const supposing = asked.map(({ part }) => supposedFor(part as PartId)).find((one) => one !== null)
  return card(
    t(`标准（${standard}）${name.zh}`, `Standard (${standard}) ${name.en}`),
    [
      figures(
        { figure: earnedTenths === null ? '–' : points(earnedTenths), of: t(`得分（满 ${weight} 分）`, `Points of ${weight}`) },
        { figure: percentTenths === null ? '–' : `${points(percentTenths)}%`, of: t('完成', 'Done') },
      ),
      ...asked.flatMap(({ part, duties }) => [
        lines(
          strong(partOf(part as PartId).name),
          ...periodsOf(duties).map((some) => dutyLine(some, sheet)),
          ...breachesSaid(duties).map((said) => coloured('orange', said)),
          ...reasonsOf(duties),
          excuseSaid(account.excuse, part as PartId),
          ...(part === '7.life' || part === '20.analysis' ? besides : []),
        ),
        ...evidenceButtons(sheet, part as PartId, duties),
        ...(part === '9.report' ? reports : []),
        note(partOf(part as PartId).rule),
      ]),
      asked.length === 0 ? lines(t('本单位不考核这一项。', 'This unit does not assess it.')) : null,
      note(provableSaid),
      lines(strong(t('怎么算的', 'How it is worked out')), ...formulaOf(scored, account.rulebook.latePercent)),
      ...gainsShown(ours, sheet, stepButtons),
      committeeToExcuse(
        parts.flatMap(({ duties }) => duties),
        branch.id,
      ),
      supposing && stage !== 'final'
        ? button(t('算一算：如果办了会怎样', 'What if it were held?'), openWhatIf.value({ branch: branch.id, quarter, kind: supposing }))
        : null,
    ],
    { colour: 'turquoise', subtitle: labelled(asWritten(branch.name), spokenQuarter(quarter), ' · ') },
  )
}

const MOST_STEPS = 3

const supposedFor = (id: PartId): Supposed | null => (partOf(id).by === 'evaluation' ? 'evaluation' : (callFor(id)?.kind ?? null))

function dutyLine(duties: readonly Duty[], sheet: DutySheet): Text {
  const [first] = duties
  if (!first) return t('', '')
  const named = both((l) => `${marks[worst(duties)]} ${periodSaid(first, null)[l]}`)
  const line = joined([labelled(named, howItStands(duties, sheet)), dueSaid(first)], '')
  return isBehind(duties) ? coloured('orange', line) : line
}

/** The assessor's reasons alone: the branch's own answer is a choice and carries none. */
const reasonsOf = (duties: readonly Duty[]): Text[] =>
  [...new Set(duties.flatMap(({ judged }) => (judged?.byUpper && judged.reason ? [judged.reason] : [])))].map((reason) =>
    labelled(t('理由', 'Reason'), asWritten(reason)),
  )

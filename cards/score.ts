import * as z from 'zod'
import { lookUp } from '../db/client.ts'
import { scoreOfBranch } from '../db/scores.ts'
import { type Branch, branchById } from '../db/units.ts'
import { day, isQuarter, type Quarter, quarter as quarterAt } from '../src/calendar.ts'
import { type Card, card, coloured, figures, folded, lines } from '../src/card.ts'
import { id } from '../src/press.ts'
import { type Duty, stateNames } from '../src/rules/duties.ts'
import type { Score } from '../src/rules/scoring.ts'
import { partOf, standards } from '../src/rules/standards.ts'
import { points, spokenDay, spokenPeriod, spokenQuarter } from '../src/spoken.ts'
import { asWritten, both, type Text, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** A branch's own quarter: the score, every duty behind it with its evidence, and what is still open. No order, no other branch. */
export function scoreCard(branch: Branch, quarter: Quarter, score: Score<Duty>, isRunning: boolean): Card {
  const duties = score.standards.flatMap(({ parts }) => parts.flatMap((part) => part.duties))
  const met = duties.filter(({ state }) => state === 'met').length
  return card(
    both((l) => `${spokenQuarter(quarter)[l]} ${{ zh: '考核', en: 'assessment' }[l]}`),
    [
      figures(
        { figure: score.tenths === null ? '–' : points(score.tenths), of: isRunning ? t('目前得分', 'So far') : t('得分', 'Score') },
        { figure: String(met), of: t('按期完成', 'Met') },
        { figure: String(duties.filter(({ state }) => state === 'met late').length), of: t('补办', 'Late') },
        { figure: String(score.stillOpen), of: t('未到期', 'Open') },
      ),
      ...score.standards.map(({ standard, weight, earnedTenths }) => lines(standardLine(standard, weight, earnedTenths))),
      lines(...duties.map(dutyLine)),
      folded(t('这个分数怎么来的？', 'How is this worked out?'), [lines(formula)]),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

function standardLine(standard: number, weight: number, earned: number | null): Text {
  const name = standards.find(({ id }) => id === standard)?.name ?? t('', '')
  const got =
    earned === null
      ? { zh: '尚未计分', en: 'not scored yet' }
      : { zh: `${points(earned)} / ${weight} 分`, en: `${points(earned)} of ${weight}` }
  return t(`**标准（${standard}）${name.zh}**  ${got.zh}`, `**Standard (${standard}) ${name.en}**  ${got.en}`)
}

/** One duty, one line, opening to the day it was held: the evidence behind the point. */
function dutyLine(duty: Duty): Text {
  const { zh, en } = partOf(duty.part).name
  const period = spokenPeriod(duty.period)
  const said = stateNames[duty.state]
  const held = duty.evidence ? spokenDay(day(duty.evidence.at)) : null
  const tail = held ? t(`：${held.zh}召开`, `: held ${held.en}`) : t('', '')
  const line = t(
    `${marks[duty.state]} ${period.zh} ${zh} · ${said.zh}${tail.zh}`,
    `${marks[duty.state]} ${period.en} ${en} · ${said.en}${tail.en}`,
  )
  return duty.state === 'missed' || duty.state === 'overdue' ? coloured('orange', line) : line
}

const marks: Record<Duty['state'], string> = {
  met: '✓',
  'met late': '✓',
  missed: '✗',
  overdue: '!',
  upcoming: '○',
  'due soon': '○',
  'not applicable': '–',
  excused: '–',
}

const formula = t(
  '每件应办的事：按期 100%，宽限期内补办 80%，未完成 0%；已逾期而还能补办的暂计 0，补办后本卡更新；未到期、不适用、已免除的不计入。一项标准取各部分的平均，再按权重合成百分制。目前计入的是标准（12），其余标准陆续接入。',
  'Each duty counts 100% when met, 80% when made up within the grace, 0% when missed; what is overdue but can still be made up counts 0 until then, and this card follows; what is not due, does not apply or is excused is left out. A standard is the mean of its parts, weighted to 100. So far standard (12) is counted; the others follow.',
)

export const score = view({
  name: 'score',
  takes: z.object({ branch: id, quarter: z.string().refine(isQuarter), subject: z.string().optional() }),
  async show(db, args, now) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    return scoreCard(branch, args.quarter, await scoreOfBranch(db, branch, args.quarter, now), args.quarter >= quarterAt(now))
  },
})

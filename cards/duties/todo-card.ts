import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { day, month } from '../../src/calendar.ts'
import { button, type Card, card, fittingLines, lines, note, row, strong } from '../../src/card.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, labelled, type Text, t } from '../../src/text.ts'
import { told } from '../../src/words/duties.ts'
import { gainsShown } from '../../src/words/gains.ts'
import { openAttest, stepButtons } from './buttons.ts'

/** A card holds 30 KB: the two lists together stay below half of it. */
const LIST_BYTES = 6_000

/** Whatever is open in the running quarter, this month’s first, with the buttons that begin it. People are counted and never named. */
export function todoCard(sheet: ScoreSheet, group: string | null): Card {
  const { branch, quarter, now, account, groups, gains } = sheet
  const open = account.duties
    .filter(({ state, subject }) => isOpen(state) && (group === null || subject === group))
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn))
  const [soon, later] = [
    open.filter(({ dueOn }) => dueOn.slice(0, 7) <= month(now)),
    open.filter(({ dueOn }) => dueOn.slice(0, 7) > month(now)),
  ]
  const waiting = account.duties.filter(({ state }) => state === 'waiting').length
  const ours = gains.filter(({ step }) => step.closes.some((duty) => open.includes(duty) || open.some((one) => isSame(one, duty))))
  const name = group === null ? branch.name : (groups.get(group) ?? branch.name)
  return card(
    both((l) => (l === 'zh' ? `${asWritten(name).zh}的待办` : `To do: ${asWritten(name).en}`)),
    [
      ...shown(t('本月到期', 'Due this month'), soon, groups, day(now)),
      ...shown(t('本季度其余', 'Later this quarter'), later, groups, day(now)),
      open.length === 0 ? lines(t('本季度该办的都办了。', 'All that this quarter asks is done.')) : null,
      waiting > 0 ? note(t(`另有 ${waiting} 项已上报，等上级确认。`, `${waiting} more are reported and wait for the upper level.`)) : null,
      ...gainsShown(ours, sheet, stepButtons),
      open.length > 0 ? row(button(t('已经办了，登记', 'Done already: enter it'), openAttest.value({ branch: branch.id }))) : null,
      note(t('自己的事说「我的」；得分和依据说「考核」。', 'For your own things say “mine”; for the score and its evidence say “score”.')),
    ],
    { colour: soon.length > 0 ? 'yellow' : 'wathet', subtitle: labelled(asWritten(branch.name), spokenQuarter(quarter), ' · ') },
  )
}

const isOpen = (state: Duty['state']) => state === 'overdue' || state === 'due soon' || state === 'upcoming'

const isSame = (a: Duty, b: Duty) => a.part === b.part && a.period === b.period && a.subject === b.subject && a.nth === b.nth

function shown(heading: Text, duties: readonly Duty[], groups: ReadonlyMap<string, string>, today: string) {
  if (duties.length === 0) return []
  const said = told(duties, groups).map(({ duty, name }) => {
    const due = spokenDay(duty.dueOn)
    const when = duty.dueOn < today ? t(`${due.zh}已到期`, `was due ${due.en}`) : t(`${due.zh}到期`, `due ${due.en}`)
    return both((l) => `· ${name[l]} — ${when[l]}`)
  })
  const fitting = fittingLines(said, LIST_BYTES)
  const more = said.length - fitting.length
  return [lines(strong(heading), ...fitting), more > 0 ? note(t(`另有 ${more} 项。`, `${more} more.`)) : null]
}

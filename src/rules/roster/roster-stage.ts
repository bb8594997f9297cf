import { addDays, type Day } from '../../calendar.ts'
import { literal, type Text, t } from '../../text.ts'
import { type DateField, dateNames, type Stage, stageNames } from './names.ts'
import { stagesInOrder } from './stage-steps.ts'
import { inParty, type Stages } from './stage-words.ts'

/** Words of a list about somebody's stage. */
export interface Statement {
  said: string
  stages: Stages
}

interface Told {
  statements: readonly Statement[]
  days: Partial<Record<DateField, Day>>
  /** A title that speaks of stages and leaves open whose. */
  doubt?: string
  /** The list has columns for it, and leaves them all empty here. */
  isEmpty: boolean
  today: Day
}

/**
 * One stage, or several that the list leaves open, the likeliest first. The roster decides if it knows the person; if it does not, `ask`
 * says what to ask.
 */
export type Judged = { stage?: Stage; among?: Stages; ask?: Text } | { why: Text }

const YEAR = 366

/** Words and dates must agree. Each leaves some stages possible; a contradiction is told, and never decided. */
export function stageOf({ statements, days, doubt, isEmpty, today }: Told): Judged {
  const said = [...statements, ...fromDates(days, today)]
  let left: Stages | null = null
  for (const { stages } of said) {
    const both: Stages = left ? left.filter((stage) => stages.includes(stage)) : stages
    if (both.length === 0) return { why: contradiction(said) }
    left = both
  }
  if (!left && (doubt || isEmpty)) return { among: anyStage, ask: doubt ? inDoubt(doubt) : unsaid }
  if (!left) return {}
  const [stage] = left
  if (stage && left.length === 1) return { stage }
  const joined = days.probationerOn
  if (left.every((one) => inParty.includes(one))) {
    if (joined && joined > addDays(today, -2 * YEAR)) return { among: inParty, ask: notConverted(joined) }
    return doubt && !joined ? { among: inParty, ask: inDoubt(doubt) } : { among: inParty }
  }
  if (Object.keys(days).length > 0) return { among: inOrder(left) }
  return left.includes('full') ? { among: left } : { among: inOrder(left), ask: noStage(statements) }
}

const anyStage: Stages = ['full', 'probationer', 'prospect', 'activist', 'applicant']

/** A date shows the least: somebody became an activist, and nothing says more. */
const inOrder = (stages: Stages): Stages => stagesInOrder.filter((one) => stages.includes(one))

/** A date shows that its step was taken; the year after joining is a probationer's. */
function fromDates(days: Told['days'], today: Day): Statement[] {
  const of = (field: DateField, stages: Stages) => (days[field] ? [{ said: `${dateNames[field].zh} ${days[field]}`, stages }] : [])
  if (days.fullOn) return of('fullOn', ['full'])
  if (days.probationerOn) return of('probationerOn', days.probationerOn > addDays(today, -YEAR) ? ['probationer'] : inParty)
  if (days.prospectOn) return of('prospectOn', ['prospect', 'probationer', 'full'])
  if (days.activistOn) return of('activistOn', ['activist', 'prospect', 'probationer', 'full'])
  return of('appliedOn', ['applicant', 'activist', 'prospect', 'probationer', 'full'])
}

const clip = (said: string) => literal([...said].length > 20 ? `${[...said].slice(0, 19).join('')}…` : said)

/** The two that do not go together. */
function contradiction(said: readonly Statement[]): Text {
  for (const [i, one] of said.entries())
    for (const other of said.slice(i + 1))
      if (!one.stages.some((stage) => other.stages.includes(stage)))
        return t(
          `「${clip(one.said)}」与「${clip(other.said)}」对不上，请改好`,
          `“${clip(one.said)}” and “${clip(other.said)}” contradict each other; please correct them`,
        )
  const all = said.map((one) => clip(one.said))
  return t(`「${all.join('」「')}」对不上，请改好`, `“${all.join('”, “')}” contradict each other; please correct them`)
}

const notConverted = (joined: Day) =>
  t(
    `${joined} 入党，没有转正日期：请写明正式党员还是预备党员`,
    `joined on ${joined}, with no date of conversion: please say whether a full member or a probationer`,
  )

const unsaid = t('阶段和日期都空着，请写明阶段', 'stage and dates are all empty; please give the stage')

const inDoubt = (title: string) =>
  t(
    `标题「${clip(title)}」没说清这个人的阶段，请加一列「阶段」`,
    `the title “${clip(title)}” leaves this person’s stage open; please add a column 阶段 (stage)`,
  )

function noStage(statements: readonly Statement[]): Text {
  const said = clip(statements[0]?.said ?? '')
  const known = Object.values(stageNames)
    .map(({ zh }) => zh)
    .join('、')
  return t(`阶段「${said}」不认识，可写：${known}`, `stage “${said}” is not known; known are: ${known}`)
}

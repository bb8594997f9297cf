import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import type { Period } from '../calendar.ts'
import { button, type Element, lines, strong } from '../card.ts'
import type { Step } from '../rules/duties/cheapest.ts'
import type { Duty } from '../rules/duties/duty.ts'
import type { Gain } from '../rules/duties/gains.ts'
import type { AgendaTag } from '../rules/gatherings/agenda.ts'
import type { GatheringKind } from '../rules/gatherings/gatherings.ts'
import type { PartId } from '../rules/standards/standards.ts'
import { both, labelled, t } from '../text.ts'
import { closesSaid, stepSaid, worthSaid } from './steps.ts'

/** The values of buttons that close a duty in place; the card that shows the duties provides them. */
export interface StepButtons {
  call(branch: string, step: { kind: GatheringKind; group: string; tags: readonly AgendaTag[] }): object
  add(gathering: string, tag: AgendaTag): object
  evaluate(branch: string, period: Period): object
  /** Today’s talk with an activist, the opinion that belongs to a talk, and the planner. */
  talked(activist: string): object
  opinion(talk: string): object
  talks(): object
  /** The plan or the summary that a duty asks for. */
  paper(branch: string, duty: { part: PartId; period: Period }): object
  /** The latest meetings of the branch and their minutes. */
  minutes(branch: string): object
  integrity(branch: string): object
  attest(branch: string): object
  putRight(branch: string): object
}
type GainButtons = Pick<StepButtons, 'call' | 'evaluate' | 'talks' | 'minutes' | 'integrity' | 'paper' | 'putRight'>

/** Offers the steps that raise the score most, each with the button that begins it. */
export function gainsShown(
  gains: readonly Gain<Step<Duty>>[],
  sheet: Pick<ScoreSheet, 'branch' | 'score' | 'groups' | 'quarter'>,
  buttons: GainButtons,
): Element[] {
  if (gains.length === 0) return []
  return [
    lines(strong(t('怎样提高', 'What would raise it'))),
    ...gains.flatMap((gain) => {
      const { step } = gain
      return [
        lines(
          both((l) => `**${stepSaid(step, sheet.groups)[l]}**`),
          labelled(worthSaid(gain, sheet.score), closesSaid(step), ' · '),
        ),
        ...beginning(step, sheet.branch.id, buttons),
      ]
    }),
  ]
}

function beginning(step: Step<Duty>, branch: string, buttons: GainButtons): Element[] {
  if (step.do === 'call') return [button(t('现在就召集', 'Call it now'), buttons.call(branch, step))]
  if (step.do === 'evaluate')
    return [button(step.isUnderWay ? t('接着办', 'Go on') : t('现在开展', 'Open it now'), buttons.evaluate(branch, step.period))]
  if (step.do === 'open' && step.by === 'minutes') return [button(t('打开会议记录', 'Open the minutes'), buttons.minutes(branch))]
  if (step.do === 'open') {
    const [first] = step.closes
    if (step.by === 'papers') return first ? [button(t('现在就写', 'Write it now'), buttons.paper(branch, first))] : []
    if (step.by === 'pledges') return [button(t('打开廉政承诺', 'Open the integrity pledges'), buttons.integrity(branch))]
    return [button(t('打开谈心', 'Open talks'), buttons.talks())]
  }
  if (step.do === 'put right') return [button(t('打开成员和职务', 'Open members and seats'), buttons.putRight(branch))]
  return []
}

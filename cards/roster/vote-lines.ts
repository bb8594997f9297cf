import type { HeldExclusion, HeldSuspension } from '../../db/roster/people.ts'
import type { Day } from '../../src/calendar.ts'
import { exclusionReasonNames, exclusionScopeNames } from '../../src/rules/voters/exclusions.ts'
import { suspensionKindNames } from '../../src/rules/voters/suspensions.ts'
import { type Text, t } from '../../src/text.ts'

const spanSaid = (fromOn: Day, untilOn: Day | null): Text =>
  untilOn ? t(`${fromOn} 至 ${untilOn}`, `${fromOn} to ${untilOn}`) : t(`${fromOn} 起`, `from ${fromOn}`)

export function exclusionSaid({ scope, reason, fromOn, untilOn, isConfirmed }: HeldExclusion): Text {
  const [what, why, span] = [exclusionScopeNames[scope], exclusionReasonNames[reason], spanSaid(fromOn, untilOn)]
  const state = isConfirmed ? t('', '') : t('，等上级确认', ', waiting for the committee above')
  return t(
    `**不计入${what.zh}应到** ${span.zh}，${why.zh}${state.zh}`,
    `**Out of the base of ${what.en}** ${span.en}, ${why.en}${state.en}`,
  )
}

export function suspensionSaid({ kind, fromOn, untilOn }: HeldSuspension): Text {
  const [why, span] = [suspensionKindNames[kind], spanSaid(fromOn, untilOn)]
  return t(`**表决权中止** ${span.zh}，${why.zh}`, `**Voting right suspended** ${span.en}, ${why.en}`)
}

import type { Alarm } from '../../db/duties/alerts.ts'
import { type Element, lines, strong } from '../card.ts'
import { partOf } from '../rules/standards/standards.ts'
import { asWritten, joined, listed, type Text, t } from '../text.ts'

export const behindSaid = (branches: number): Text =>
  t(`${branches} 个支部有逾期事项`, `${branches} branch${branches === 1 ? '' : 'es'} behind`)

/** A line for each branch that is behind, for the level above. The number is left out where the title says it. */
export function behindBelow(alarms: readonly Alarm[], most: number, isTitled = false): Element | null {
  const branches = [...Map.groupBy(alarms, ({ branch }) => branch.id).values()].sort((a, b) => b.length - a.length)
  if (branches.length === 0) return null
  const shown = branches.slice(0, most).map((ours) => {
    const name = asWritten(ours[0]?.branch.name ?? '')
    const what = listed([...new Set(ours.map(({ duty }) => partOf(duty.part).name))])
    return t(`· ${name.zh}：${what.zh}`, `· ${name.en}: ${what.en}`)
  })
  const more = branches.length - shown.length
  return lines(
    isTitled ? null : strong(behindSaid(branches.length)),
    ...shown,
    more > 0 ? t(`……另有 ${more} 个`, `… and ${more} more`) : null,
  )
}

export const rulesBehind = (alarms: readonly Alarm[]): Text => joined([...new Set(alarms.map(({ duty }) => partOf(duty.part).rule))], '\n')

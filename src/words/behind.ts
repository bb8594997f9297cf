import type { Alarm } from '../../db/duties/alerts.ts'
import { day } from '../calendar.ts'
import { type Element, lines, strong } from '../card.ts'
import type { Breach, BreachKind } from '../rules/duties/breaches.ts'
import type { Duty } from '../rules/duties/duty.ts'
import { partOf } from '../rules/standards/standards.ts'
import { spokenDate } from '../spoken.ts'
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

/** The words of each breach; people are never named in them. */
const said: Readonly<Record<BreachKind, Text>> = {
  noSecretary: t('书记空缺', 'No secretary is in office'),
  smallCommittee: t('支委不足 3 人', 'The committee has fewer than 3 members'),
  minutesLate: t('会议记录过期没有确认', 'Minutes are overdue for confirmation'),
  minutesReopened: t('会议记录重新打开后还没有确认', 'Minutes were re-opened and not confirmed again'),
  officerUnpledged: t('有任职的人还没有作廉政承诺', 'An officer has not pledged integrity'),
  termOver: t('任期已经届满', 'The term is over'),
}

/** Says why something does not hold, each reason once. */
export const breachesSaid = (duties: readonly Pick<Duty, 'breaches'>[]): Text[] => {
  const all = duties.flatMap(({ breaches = [] }) => breaches)
  return [...new Map(all.map((one) => [`${one.what} ${one.from}`, one])).values()].map(breachSaid)
}

/** The day is said as far as it is known. */
function breachSaid({ what, from }: Pick<Breach, 'what' | 'from'>): Text {
  const { zh, en } = said[what]
  const since = from > 0 ? spokenDate(day(new Date(from))) : null
  return since ? t(`${zh}，从${since.zh}起`, `${en}, since ${since.en}`) : t(zh, en)
}

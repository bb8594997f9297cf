import type { Matters } from '../../db/assessment/matters.ts'
import type { Day } from '../calendar.ts'
import { type Element, lines } from '../card.ts'
import { spokenDay, spokenQuarter } from '../spoken.ts'
import { asWritten, counted, type Text, t } from '../text.ts'

/** The self-assessments that a person may still send up, then the entries that wait for the assessor's word. */
export const mattersShown = (
  { owed, toConfirm }: Matters,
  buttons: { self(one: Matters['owed'][number]): Element; confirm(one: Matters['toConfirm'][number]): Element },
): Element[] => [
  ...owed.slice(0, MOST).flatMap((one) => [lines(owedSaid(one)), buttons.self(one)]),
  ...toConfirm.slice(0, MOST).flatMap((one) => [lines(toConfirmSaid(one)), buttons.confirm(one)]),
]

const MOST = 5

function owedSaid({ branchName, quarter, selfUntil, today }: Matters['owed'][number]): Text {
  const [name, of, days] = [asWritten(branchName), spokenQuarter(quarter), selfDaysSaid(selfUntil, today)]
  return t(
    `**${name.zh} ${of.zh}自评还没有上报**，${days.zh}；提醒两次仍未答的，公布时记 0 分。支委会成员都可以报。`,
    `**${name.en}: the self-assessment of ${of.en} is not sent up**, ${days.en}. What is not answered after two reminders is 0 when published. Anybody with a committee seat may send it.`,
  )
}

function toConfirmSaid({ name, quarter, entries }: Matters['toConfirm'][number]): Text {
  const [committee, of, said] = [asWritten(name), spokenQuarter(quarter), entriesToConfirm(entries)]
  return t(`**${said.zh}** · ${committee.zh} ${of.zh}`, `**${said.en}** · ${committee.en}, ${of.en}`)
}

export const entriesToConfirm = (entries: number): Text =>
  t(`${entries} 条登记待确认`, `${counted(entries, 'entry', 'entries')} to confirm`)

/** The last day of something. Once it is over it is not said as if it were still ahead. */
export function untilSaid(last: Day, today: Day): Text {
  const { zh, en } = spokenDay(last)
  return today <= last ? t(`到${zh}`, `until ${en}`) : t(`到${zh}，已过`, `until ${en}, which is over`)
}

/** The days in which a branch sends its self-assessment up. It may still do so until publication. */
export function selfDaysSaid(last: Day, today: Day): Text {
  const { zh, en } = spokenDay(last)
  return today <= last
    ? t(`期限${zh}`, `due by ${en}`)
    : t(`期限${zh}已过，公布前还可以报`, `it was due by ${en} and can still be sent until publication`)
}

/** The day by which an assessor should judge and publish. */
export function reviewDaySaid(last: Day, today: Day): Text {
  const { zh, en } = spokenDay(last)
  return today <= last
    ? t(`待评定、公布，${zh}前`, `to review and publish by ${en}`)
    : t(`待评定、公布，应在${zh}前，已过期`, `to review and publish, was due by ${en}`)
}

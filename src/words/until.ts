import type { Day } from '../calendar.ts'
import { spokenDay } from '../spoken.ts'
import { type Text, t } from '../text.ts'

/** The last day of something. Once it is over it is not said as if it were still ahead. */
export function untilSaid(last: Day, today: Day): Text {
  const { zh, en } = spokenDay(last)
  return today <= last ? t(`到${zh}`, `until ${en}`) : t(`到${zh}，已过`, `until ${en}, which is over`)
}

/** The days in which a branch sends its self-assessment up. It may still do so until publication. */
export function selfDaysSaid(last: Day, today: Day): Text {
  const { zh, en } = spokenDay(last)
  return today <= last
    ? t(`到${zh}`, `until ${en}`)
    : t(`期限${zh}已过，公布前还可以报`, `it was due by ${en} and can still be sent until publication`)
}

/** The day by which an assessor should judge and publish. */
export function reviewDaySaid(last: Day, today: Day): Text {
  const { zh, en } = spokenDay(last)
  return today <= last
    ? t(`待评定、公布，${zh}前`, `to review and publish by ${en}`)
    : t(`待评定、公布，应在${zh}前，已过期`, `to review and publish, was due by ${en}`)
}

import type { MakeUp } from '../../db/gatherings/make-ups.ts'
import { type Day, day } from '../calendar.ts'
import { gatheringKinds } from '../rules/gatherings/gatherings.ts'
import { workdayOnOrBefore } from '../rules/time/workdays.ts'
import { spokenDay } from '../spoken.ts'
import { both, joined, type Text, t } from '../text.ts'

/** The line of 我的 that counts absences still to be made up. */
export const makeUpLine = (owed: readonly MakeUp[], today: Day): Text | null => {
  const open = owed.filter(({ way }) => !way)
  if (open.length === 0) return null
  const all = joined(
    open.map((one) => both((l) => `· ${spokenDay(day(one.startsAt))[l]} ${gatheringKinds[one.kind].name[l]} — ${dueSaid(one, today)[l]}`)),
    '\n',
  )
  return joined([t('**补课**', '**To make up**'), all], '\n')
}

export function dueSaid({ dueOn, way }: MakeUp, today: Day): Text {
  const on = spokenDay(dueOn)
  if (!way && dueOn >= today && workdayOnOrBefore(dueOn) <= today)
    return t(`今天是最后一个工作日（${on.zh}前补上）`, `today is the last working day (to be made up by ${on.en})`)
  return dueOn < today && !way
    ? t(`已过期，应在${on.zh}前补上`, `overdue: was to be made up by ${on.en}`)
    : t(`${on.zh}前补上`, `to be made up by ${on.en}`)
}

import { dueSaid } from '../../cards/gatherings/make-up.ts'
import type { MakeUp } from '../../db/gatherings/make-ups.ts'
import { type Day, day } from '../calendar.ts'
import { gatheringKinds } from '../rules/gatherings/gatherings.ts'
import { spokenDay } from '../spoken.ts'
import { both, joined, type Text, t } from '../text.ts'

/** For 我的: counts of what is still to do. */
export const makeUpLine = (owed: readonly MakeUp[], today: Day): Text | null => {
  const open = owed.filter(({ way }) => !way)
  if (open.length === 0) return null
  const all = joined(
    open.map((one) => both((l) => `· ${spokenDay(day(one.startsAt))[l]} ${gatheringKinds[one.kind].name[l]} — ${dueSaid(one, today)[l]}`)),
    '\n',
  )
  return joined([t('**补课**', '**To make up**'), all], '\n')
}

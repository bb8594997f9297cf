import type { MinutesAsTheyStand } from '../../../db/work/minutes.ts'
import { day, time } from '../../calendar.ts'
import type { MinutesState } from '../../rules/work/minutes-state.ts'
import { type Text, t } from '../../text.ts'

export const stateNames: Readonly<Record<MinutesState, Text>> = {
  none: t('还没有记', 'Not begun'),
  draft: t('草稿', 'Draft'),
  returned: t('已退回', 'Sent back'),
  submitted: t('等确认', 'To be confirmed'),
  reopened: t('重新打开', 'Re-opened'),
  locked: t('已确认', 'Confirmed'),
}

/** The line under the document that tells one confirmed version from another. */
export const fingerprintSaid = (locked: MinutesAsTheyStand['locked']): string | null =>
  locked && `第 ${locked.version} 版，${locked.byName} ${day(locked.at)} ${time(locked.at)} 确认，校验码 ${locked.digest}`

import { type Text, t } from '../../text.ts'

/** Reasons for leaving a roster. The list is closed, so that nothing about a person is written down in passing. */
export const leavingReasons = ['moved', 'left', 'deceased', 'mistaken', 'other'] as const
export type LeavingReason = (typeof leavingReasons)[number]

export const leavingReasonNames: Record<LeavingReason, Text> = {
  moved: t('组织关系转出', 'moved to another branch'),
  left: t('离职、毕业或退出', 'left the organisation'),
  deceased: t('去世', 'deceased'),
  mistaken: t('误加入名单', 'added by mistake'),
  other: t('其他', 'other'),
}

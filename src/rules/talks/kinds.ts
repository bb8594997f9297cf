import { type Text, t } from '../../text.ts'

/** The closed list of kinds. Disciplinary talks are recorded elsewhere and have none. */
export const talkKinds = [
  'activist',
  'application',
  'withinCommittee',
  'committeeMember',
  'memberMember',
  'care',
  'beforeApproval',
  'afterApproval',
] as const

export type TalkKind = (typeof talkKinds)[number]

export const talkKindNames: Record<TalkKind, Text> = {
  activist: t('与积极分子谈心', 'With an activist'),
  application: t('接到入党申请后的谈话', 'On an application'),
  withinCommittee: t('支委之间谈心', 'Between committee members'),
  committeeMember: t('支委与党员谈心', 'Committee and member'),
  memberMember: t('党员之间谈心', 'Between members'),
  care: t('关怀谈心', 'Care'),
  beforeApproval: t('审批前谈话', 'Before approval'),
  afterApproval: t('转正批准后谈话', 'After conversion is approved'),
}

/** What a contact says of an activist in the appraisal (考察意见). */
export const verdicts = ['goOn', 'ready', 'moreEffort', 'change'] as const

export type Verdict = (typeof verdicts)[number]

export const verdictNames: Record<Verdict, Text> = {
  goOn: t('继续培养', 'Go on'),
  ready: t('可列为发展对象', 'Ready to be a prospect'),
  moreEffort: t('再加强', 'More effort'),
  change: t('建议调整', 'A change is advised'),
}

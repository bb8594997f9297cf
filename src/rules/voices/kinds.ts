import { type Text, t } from '../../text.ts'

/** The kinds of what people say and are owed an answer to. */
export const voiceKinds = ['suggestion', 'worry', 'observation', 'question', 'tool'] as const
export type VoiceKind = (typeof voiceKinds)[number]

export const voiceKindNames: Readonly<Record<VoiceKind, Text>> = {
  suggestion: t('合理化建议', 'Suggestion'),
  worry: t('困难和问题', 'Worry'),
  observation: t('监督意见', 'Observation'),
  question: t('提问', 'Question'),
  tool: t('对机器人的意见', 'About this bot'),
}

/** The working days within which an answer is promised. */
export const promisedWorkdays: Readonly<Record<VoiceKind, number>> = { suggestion: 10, worry: 10, observation: 5, question: 5, tool: 10 }

/** The same where the level above has to decide. */
export const UPPER_WORKDAYS = 20

/** `aside` is no answer to the matter: it was set aside, and the author reads why. */
export const outcomes = ['adopted', 'partly', 'not', 'aside'] as const
export type Outcome = (typeof outcomes)[number]

export const outcomeNames: Readonly<Record<Outcome, Text>> = {
  adopted: t('采纳', 'Adopted'),
  partly: t('部分采纳', 'Partly adopted'),
  not: t('没有采纳', 'Not adopted'),
  aside: t('不办', 'Set aside'),
}

/** The ten themes by which voices are counted. */
export const themes = ['pay', 'workload', 'safety', 'growth', 'living', 'study', 'relations', 'health', 'policy', 'other'] as const
export type Theme = (typeof themes)[number]

export const themeNames: Readonly<Record<Theme, Text>> = {
  pay: t('薪酬待遇', 'Pay'),
  workload: t('工作负担', 'Workload'),
  safety: t('安全', 'Safety'),
  growth: t('成长发展', 'Growth'),
  living: t('住房食堂', 'Housing and canteen'),
  study: t('学习培训', 'Study'),
  relations: t('人际关系', 'Relations'),
  health: t('身心健康', 'Health'),
  policy: t('政策制度', 'Policy'),
  other: t('其他', 'Other'),
}

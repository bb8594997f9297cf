import { type Text, t } from '../../text.ts'

export const leaveReasons = ['sick', 'work', 'travel', 'study', 'family', 'other'] as const
export type LeaveReason = (typeof leaveReasons)[number]

export const leaveReasonNames: Readonly<Record<LeaveReason, Text>> = {
  sick: t('病假', 'Sick'),
  work: t('工作冲突', 'Work'),
  travel: t('出差', 'Travel'),
  study: t('学习培训', 'Study'),
  family: t('家事', 'Family'),
  other: t('其他事由', 'Other'),
}

const words: Readonly<Record<LeaveReason, readonly string[]>> = {
  sick: ['病假', '病', '生病', '病了', '住院', '看病', '身体不适', '身体不舒服', 'sick', 'ill'],
  work: ['工作冲突', '工作', '公务', '值班', '加班', '上班', '公差', 'work'],
  travel: ['出差', '外出', '在外地', '外地', '旅行', 'travel', 'trip', 'away'],
  study: ['学习培训', '学习', '培训', '上课', '考试', 'study', 'training', 'class'],
  family: ['家事', '家里有事', '家中有事', '探亲', '照顾家人', 'family'],
  other: ['其他事由', '其他', '其它', '事假', '有事', 'other', 'personal'],
}

/** Returns the listed reason that a line plainly gives; null otherwise, and the list is shown. */
export function leaveReasonIn(line: string): LeaveReason | null {
  const said = line
    .toLowerCase()
    .replace(/^(?:因为|因|on\s+)|(?:请假|leave|了)?[。.!！\s]*$/gu, '')
    .trim()
  return leaveReasons.find((reason) => words[reason].includes(said)) ?? null
}

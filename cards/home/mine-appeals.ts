import { appealsOpen } from '../../db/assessment/appeals.ts'
import type { Actor } from '../../db/branches/members.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { gradeAppealsWaiting } from '../../db/evaluation/appeals.ts'
import { branchSeats } from '../../src/rules/branches/rights.ts'
import { type Text, t } from '../../src/text.ts'

/** Appeals that wait: those that this person answers, and those that were made for the branch or oneself. */
export async function appealsOf(db: Db, member: Actor): Promise<Text[]> {
  const isOfCommittee = member.seats.some(({ role, branch }) => branch === member.branch && branchSeats.some((seat) => seat === role))
  const [grades, [ofBranch]] = await lookUp(db, [gradeAppealsWaiting(db, member.id), appealsOpen(db, member.branch ?? '')])
  const [own, others] = [grades.filter(({ isOwn }) => isOwn), grades.filter(({ isOwn }) => !isOwn)]
  const made = isOfCommittee ? (ofBranch?.appeals ?? 0) : 0
  return [
    ...(others.length > 0 && isOfCommittee
      ? [t(`· 评议结果的申诉 ${others.length} 件待答复（说「评议」）`, `· ${others.length} on grades to answer (say “evaluation”)`)]
      : []),
    ...(own.length > 0 ? [t('· 我对评议结果的申诉，等答复', '· mine on my grade waits for its answer')] : []),
    ...(made > 0 ? [t(`· 本支部对考核的申诉 ${made} 件，等上级答复`, `· ${made} of the branch’s wait for the upper level`)] : []),
  ]
}

import { type Text, t } from '../../text.ts'
import type { Hands } from './resolutions.ts'

/** Fewer views are told by their number alone: their stances stand in the sum. */
const LEAST_APART = 3

export const sumOfViews = ({ for: approvals, against, abstain }: Hands): number => approvals + against + abstain

/** Written views count as votes beside those cast in the room (发展党员工作细则, 2026 text, art. 20). */
export const withViews = (votes: Hands, views: Hands | null): Hands =>
  views ? { for: votes.for + views.for, against: votes.against + views.against, abstain: votes.abstain + views.abstain } : votes

/** The stances of the views, where there are enough of them to be told apart. */
export const viewsApart = (views: Hands): Hands | null => (sumOfViews(views) >= LEAST_APART ? views : null)

/** Reads the three sums of the papers of `listed` people. */
export function viewsOf(said: Readonly<Record<keyof Hands, string>>, listed: number): Hands | { wrong: Text } {
  const numbers = [said.for, said.against, said.abstain].map((words) => words.normalize('NFKC').trim() || '0')
  if (!numbers.every((one) => /^\d{1,4}$/.test(one)))
    return { wrong: t('份数请填整数，没有的填 0。', 'Please enter whole numbers, 0 where there are none.') }
  const [approvals = 0, against = 0, abstain = 0] = numbers.map(Number)
  const views = { for: approvals, against, abstain }
  const sum = sumOfViews(views)
  if (sum !== listed)
    return {
      wrong: t(
        `名单上是 ${listed} 人，三项相加是 ${sum} 份，请核对。`,
        `${listed} are on the list, but the three figures make ${sum}; please check.`,
      ),
    }
  return views
}

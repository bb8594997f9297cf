import { type Text, t } from '../../text.ts'
import { type Standard, standards } from '../standards/standards.ts'
import type { StandardScore } from './scoring.ts'

/** The eight groups in which the thirty standards are read. */
const groups = [
  { upTo: 3, name: t('中心工作', 'Core tasks') },
  { upTo: 9, name: t('班子建设', 'The committee') },
  { upTo: 15, name: t('党员教育管理', 'Members') },
  { upTo: 21, name: t('思想政治与文化', 'Thinking and culture') },
  { upTo: 23, name: t('党风廉政', 'Integrity') },
  { upTo: 26, name: t('发展党员', 'Development') },
  { upTo: 28, name: t('群团与创新', 'Union, league, innovation') },
  { upTo: 30, name: t('制度与资料', 'Rules and records') },
] as const

export interface StandardGroup {
  name: Text
  standards: readonly Standard[]
}

export const standardGroups: readonly StandardGroup[] = groups.map(({ upTo, name }, index) => ({
  name,
  standards: standards.filter(({ id }) => id <= upTo && id > (groups[index - 1]?.upTo ?? 0)),
}))

/** What has been earned in a group, of the weights of it that count; null when nothing does yet. */
export function pointsIn(
  { standards }: StandardGroup,
  scored: readonly Pick<StandardScore<unknown>, 'standard' | 'weight' | 'earnedTenths'>[],
) {
  const counting = scored.filter((one) => one.earnedTenths !== null && standards.some(({ id }) => id === one.standard))
  if (counting.length === 0) return null
  return {
    tenths: counting.reduce((all, { earnedTenths }) => all + (earnedTenths ?? 0), 0),
    weight: counting.reduce((all, { weight }) => all + weight, 0),
  }
}

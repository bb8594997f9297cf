import { type Text, t } from '../../text.ts'
import { committeeStandards } from '../standards/committee.ts'
import { coreTasks } from '../standards/core-tasks.ts'
import { developmentStandards } from '../standards/development.ts'
import { integrityStandards } from '../standards/integrity.ts'
import { leagueStandards } from '../standards/league.ts'
import { memberStandards } from '../standards/members.ts'
import { recordStandards } from '../standards/records.ts'
import type { Standard } from '../standards/standards.ts'
import { thinkingStandards } from '../standards/thinking.ts'
import type { StandardScore } from './scoring.ts'

export interface StandardGroup {
  name: Text
  standards: readonly Standard[]
}

/** The eight groups in which the thirty standards are read. */
export const standardGroups: readonly StandardGroup[] = [
  { name: t('中心工作', 'Core tasks'), standards: coreTasks },
  { name: t('班子建设', 'The committee'), standards: committeeStandards },
  { name: t('党员教育管理', 'Members'), standards: memberStandards },
  { name: t('思想政治与文化', 'Thinking and culture'), standards: thinkingStandards },
  { name: t('党风廉政', 'Integrity'), standards: integrityStandards },
  { name: t('发展党员', 'Development'), standards: developmentStandards },
  { name: t('群团与创新', 'Union, league, innovation'), standards: leagueStandards },
  { name: t('制度与资料', 'Rules and records'), standards: recordStandards },
]

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

import { t } from '../../text.ts'
import { type DeclaredStandard, judged, own } from './standard.ts'

export const coreTasks = [
  {
    id: 1,
    weight: 4,
    proof: 'M',
    name: t('促进生产（科研）任务完成', 'Production and research tasks'),
    parts: [
      judged(
        1,
        'upper',
        t('生产（科研）任务完成情况', 'Production and research tasks done'),
        own(1, '由上级按任务指标完成情况评定', 'Judged by the upper level from the task figures'),
      ),
    ],
  },
  {
    id: 2,
    weight: 4,
    proof: 'M',
    name: t('精细管理、降本增效', 'Cost and lean management'),
    parts: [
      judged(
        2,
        'upper',
        t('成本与精细管理', 'Cost against plan'),
        own(2, '由上级按成本与计划的对比评定', 'Judged by the upper level from cost against plan'),
      ),
    ],
  },
  {
    id: 3,
    weight: 5,
    proof: 'M',
    name: t('安全生产无事故', 'Safety without accidents'),
    parts: [
      judged(
        3,
        'upper',
        t('安全生产情况', 'Safety'),
        own(
          3,
          '由上级按安全部门的情况评定；发生事故的，本季得分不到 90',
          'Judged by the upper level from the safety office; after an accident the quarter stays below 90',
        ),
      ),
    ],
  },
] as const satisfies readonly DeclaredStandard[]

import { t } from '../../text.ts'
import { type DeclaredStandard, own } from './standard.ts'

export const recordStandards = [
  {
    id: 29,
    weight: 2,
    proof: 'A',
    name: t('制度、标准、计划、总结', 'Rules, plan, summary'),
    parts: [
      {
        id: '29.plan',
        standard: 29,
        proof: 'attested',
        by: 'papers',
        cadence: 'year',
        dueIn: 1,
        mayPrecede: 'quarter',
        atLeast: 1,
        name: t('年度工作计划', 'The year’s plan'),
        rule: own(29, '年初有计划', 'A plan at the start of the year'),
      },
      {
        id: '29.summary',
        standard: 29,
        proof: 'attested',
        by: 'papers',
        cadence: 'year',
        atLeast: 1,
        name: t('年度工作总结', 'The year’s summary'),
        rule: own(29, '年底有总结', 'A summary at its end'),
      },
    ],
  },
  {
    id: 30,
    weight: 2,
    proof: 'A',
    name: t('基础资料真实、规范', 'Records true and complete'),
    parts: [
      {
        id: '30.records',
        standard: 30,
        proof: 'attested',
        by: 'minutes',
        mustHold: true,
        cadence: 'quarter',
        atLeast: 1,
        name: t('基础资料自查', 'Records checked'),
        rule: own(
          30,
          '每季度自查一次基础资料；查实弄虚作假的，本项和所涉项目记零分',
          'The records are checked once a quarter; a record proved false zeroes this item and the one concerned',
        ),
      },
    ],
  },
] as const satisfies readonly DeclaredStandard[]

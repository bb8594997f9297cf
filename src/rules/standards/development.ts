import { t } from '../../text.ts'
import { type DeclaredStandard, own } from './standard.ts'

export const developmentStandards = [
  {
    id: 24,
    weight: 4,
    proof: 'A',
    name: t('积极分子队伍、谈心', 'Activists'),
    parts: [
      {
        id: '24.talk',
        standard: 24,
        proof: 'attested',
        cadence: 'quarter',
        atLeast: 1,
        per: 'activist',
        by: 'talks',
        name: t('与积极分子谈心、填写考察意见', 'Talk with an activist, and the appraisal'),
        rule: own(
          24,
          '与每位积极分子每季度至少谈心一次，考察意见及时填写',
          'Each activist is talked to at least once a quarter, and the appraisal is filled in in time',
        ),
      },
    ],
  },
  {
    id: 25,
    weight: 4,
    proof: 'A',
    name: t('按程序发展、转正', 'Development by the steps'),
    parts: [
      {
        id: '25.steps',
        standard: 25,
        proof: 'attested',
        cadence: 'quarter',
        atLeast: 1,
        onlyWith: 'development',
        name: t('发展步骤按期完成', 'No step of development late'),
        rule: own(25, '发展、转正的各步骤按程序、按期限完成', 'Development and conversion follow the steps and their deadlines'),
      },
    ],
  },
  {
    id: 26,
    weight: 3,
    proof: 'A',
    name: t('发展党员公示制', 'Public notice'),
    parts: [
      {
        id: '26.notice',
        standard: 26,
        proof: 'attested',
        cadence: 'quarter',
        atLeast: 1,
        onlyWith: 'development',
        name: t('公示', 'Public notice'),
        rule: t(
          '列为发展对象前公示不少于 5 个工作日（《中国共产党发展党员工作细则》2026 年修订；本单位工作标准第26项）。',
          'A public notice of at least 5 working days before somebody is listed as a development target (Rules on Admitting Party Members, as revised in 2026; standard 26 of this unit).',
        ),
      },
    ],
  },
] as const satisfies readonly DeclaredStandard[]

import { t } from '../../text.ts'
import { type DeclaredStandard, judged, own } from './standard.ts'

export const committeeStandards = [
  {
    id: 4,
    weight: 4,
    proof: 'A',
    name: t('换届、增补、分工', 'Term, vacancies, division of work'),
    parts: [
      {
        id: '4.term',
        standard: 4,
        proof: 'roster',
        cadence: 'quarter',
        atLeast: 1,
        mayPrecede: 'term',
        onPaper: true,
        name: t('按期换届', 'Election in time'),
        rule: t(
          '支部任期届满应当按期换届，一般每届 3 年，村和社区 5 年（《中国共产党支部工作条例（试行）》；本单位工作标准第4项）。没有登记任期起始日的，或任期届满已换届的，由支部登记日期和依据。',
          'A branch elects anew when its term ends: generally 3 years, 5 in villages and communities (Regulations on the Work of Party Branches; standard 4 of this unit). Where the term’s start is not recorded, or after an election at its end, the branch gives date and reference.',
        ),
      },
      {
        id: '4.seats',
        standard: 4,
        proof: 'roster',
        cadence: 'quarter',
        atLeast: 1,
        name: t('书记在任，支委会健全', 'Secretary in office, committee complete'),
        rule: t(
          '缺额应当及时增补；有正式党员 7 人以上的支部应当设立支委会，由 3 至 5 人组成（《中国共产党支部工作条例（试行）》；本单位工作标准第4项）。',
          'Vacancies are filled in time; a branch with 7 full members or more has a committee of 3 to 5 (Regulations on the Work of Party Branches; standard 4 of this unit).',
        ),
      },
    ],
  },
  {
    id: 5,
    weight: 2,
    proof: 'S',
    name: t('书记素质、威信、创造性', 'The secretary’s ability'),
    parts: [
      judged(
        5,
        'confirmed',
        t('书记履职情况', 'The secretary’s work'),
        own(5, '由支部自评、上级评定', 'Assessed by the branch itself and the upper level'),
      ),
    ],
  },
  {
    id: 6,
    weight: 4,
    proof: 'A',
    name: t('班子政治理论学习', 'Committee study'),
    parts: [
      {
        id: '6.study',
        standard: 6,
        proof: 'record',
        credits: [{ kind: 'committeeStudy' }, { tag: 'study', among: ['committee'] }],
        cadence: 'month',
        atLeast: 1,
        onlyWith: 'committee',
        name: t('班子学习', 'Committee study'),
        rule: own(
          6,
          '班子每月至少学习一次，可以单独开，也可以作为支委会的一个议题',
          'The committee studies at least once a month, by itself or as an item of a committee meeting',
        ),
      },
    ],
  },
  {
    id: 7,
    weight: 4,
    proof: 'A',
    name: t('民主生活会（组织生活会）', 'Life meeting'),
    parts: [
      {
        id: '7.life',
        standard: 7,
        proof: 'record',
        credits: [{ kind: 'life' }],
        cadence: 'half',
        atLeast: 1,
        name: t('组织生活会', 'Life meeting'),
        rule: t(
          '本单位每半年一次（工作标准第7项）；《中国共产党支部工作条例（试行）》要求支部每年至少召开一次组织生活会。',
          'Once a half-year in this unit (standard 7); the Regulations on the Work of Party Branches ask for one a year at least.',
        ),
      },
    ],
  },
  {
    id: 8,
    weight: 2,
    proof: 'S',
    name: t('精神状态、团结务实', 'Committee spirit'),
    parts: [
      judged(
        8,
        'confirmed',
        t('班子精神状态', 'Committee spirit'),
        own(8, '由支部自评、上级评定', 'Assessed by the branch itself and the upper level'),
      ),
    ],
  },
  {
    id: 9,
    weight: 4,
    proof: 'A',
    name: t('支委会向党员大会报告', 'Report to the members'),
    parts: [
      {
        id: '9.report',
        standard: 9,
        proof: 'record',
        credits: [{ tag: 'report', among: ['general'] }],
        cadence: 'quarter',
        atLeast: 1,
        onlyWith: 'committee',
        name: t('向党员大会报告工作', 'Report in a general meeting'),
        rule: own(
          9,
          '支委会每季度向党员大会报告一次工作，作为党员大会的一个议题',
          'Once a quarter the committee reports to the members, as an item of a general meeting',
        ),
      },
    ],
  },
] as const satisfies readonly DeclaredStandard[]

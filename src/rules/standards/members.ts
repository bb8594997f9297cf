import { t } from '../../text.ts'
import { type DeclaredStandard, gathered, judged, own } from './standard.ts'

export const memberStandards = [
  {
    id: 10,
    weight: 4,
    proof: 'A',
    name: t('党员系统教育、学习“三落实”', 'Members’ education'),
    parts: [
      {
        id: '10.study',
        standard: 10,
        proof: 'record',
        credits: [
          { kind: 'memberStudy' },
          { kind: 'themeDay' },
          { tag: 'study', among: ['general', 'lecture', 'talkGathering', 'integrity', 'life'] },
        ],
        cadence: 'month',
        atLeast: 1,
        name: t('党员学习', 'Members’ study'),
        rule: own(
          10,
          '党员每月至少集中学习一次，主题党日或其他会议上的学习议题也算',
          'Members study together at least once a month; a theme day or a study item of another meeting counts',
        ),
      },
      {
        id: '10.plan',
        standard: 10,
        proof: 'attested',
        cadence: 'year',
        dueIn: 1,
        mayPrecede: 'quarter',
        atLeast: 1,
        name: t('年度学习计划', 'The year’s study plan'),
        rule: own(10, '年初有学习计划', 'A study plan at the start of the year'),
      },
    ],
  },
  {
    id: 11,
    weight: 3,
    proof: 'S',
    name: t('教育主题、党员素质工程、“三先”', 'Theme education and quality project'),
    parts: [
      judged(
        11,
        'confirmed',
        t('主题教育与素质工程', 'Theme education and quality project'),
        own(11, '按需要开展，由支部自评', 'As needed; assessed by the branch itself'),
        [{ tag: 'themeEducation' }],
      ),
    ],
  },
  {
    id: 12,
    weight: 8,
    proof: 'A',
    name: t('三会一课', 'Three meetings and one lecture'),
    parts: [
      {
        id: '12.committee',
        standard: 12,
        proof: 'record',
        credits: [{ kind: 'committee' }],
        cadence: 'month',
        atLeast: 1,
        onlyWith: 'committee',
        name: t('支委会', 'Committee meeting'),
        rule: t(
          '支委会一般每月召开一次，至少半数委员到会（《中国共产党支部工作条例（试行）》第十二条；本单位工作标准第12项）。',
          'The committee meets once a month as a rule, with at least half of its members present (Regulations on the Work of Party Branches, article 12; standard 12 of this unit).',
        ),
      },
      {
        id: '12.general',
        standard: 12,
        proof: 'record',
        credits: [{ kind: 'general' }],
        cadence: 'quarter',
        atLeast: 1,
        name: t('支部党员大会', 'General meeting'),
        rule: t(
          '支部党员大会一般每季度召开一次（《中国共产党支部工作条例（试行）》第十一条；本单位工作标准第12项）；到会的有表决权党员超过应到的半数才算有效。',
          'The general meeting is held once a quarter as a rule (Regulations on the Work of Party Branches, article 11; standard 12 of this unit); it counts when more than half of the members entitled to vote are present.',
        ),
      },
      {
        id: '12.group',
        standard: 12,
        proof: 'record',
        credits: [{ kind: 'group' }],
        cadence: 'month',
        atLeast: 1,
        per: 'group',
        name: t('党小组会', 'Group meeting'),
        rule: t(
          '党小组会一般每月召开一次（《中国共产党支部工作条例（试行）》第十三条；本单位工作标准第12项）。',
          'A group meets once a month as a rule (Regulations on the Work of Party Branches, article 13; standard 12 of this unit).',
        ),
      },
      {
        id: '12.lecture',
        standard: 12,
        proof: 'record',
        credits: [{ kind: 'lecture' }],
        cadence: 'quarter',
        atLeast: 1,
        name: t('党课', 'Party lecture'),
        rule: own(12, '每季度至少一次党课', 'At least one Party lecture a quarter'),
      },
    ],
  },
  {
    id: 13,
    weight: 3,
    proof: 'S',
    name: t('创先争优、党员责任区', 'Striving for the best, duty areas'),
    parts: [
      gathered(
        13,
        'quarter',
        t('党员责任区检查', 'Duty areas checked'),
        own(13, '责任区划分清楚，每季度检查一次', 'Duty areas are current and checked once a quarter'),
        [{ tag: 'dutyAreas' }],
      ),
    ],
  },
  {
    id: 14,
    weight: 5,
    proof: 'A',
    name: t('民主评议党员', 'Evaluation of members'),
    parts: [
      {
        id: '14.review',
        standard: 14,
        proof: 'attested',
        by: 'evaluation',
        cadence: 'year',
        atLeast: 1,
        name: t('民主评议党员', 'Evaluation of members'),
        rule: t(
          '支部一般每年开展一次民主评议党员（《中国共产党支部工作条例（试行）》第十八条；本单位工作标准第14项）。用「/评议」办结的年度评议自动计入；不用的，由支部登记日期和依据。',
          'The branch reviews its members democratically, generally once a year (Regulations on the Work of Party Branches, article 18; standard 14 of this unit). A year’s evaluation finished by “/evaluation” counts by itself; otherwise the branch gives a date and a reference.',
        ),
      },
    ],
  },
  {
    id: 15,
    weight: 4,
    proof: 'A',
    name: t('党费收缴', 'Dues'),
    parts: [
      {
        id: '15.dues',
        standard: 15,
        proof: 'attested',
        cadence: 'month',
        atLeast: 1,
        name: t('党费收缴', 'Dues confirmed'),
        rule: own(
          15,
          '按月按规定收缴党费（只登记是否收齐，不登记金额）',
          'Dues are collected each month; only whether they are complete, never amounts',
        ),
      },
    ],
  },
] as const satisfies readonly DeclaredStandard[]

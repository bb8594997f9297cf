import { t } from '../../text.ts'
import { type DeclaredStandard, gathered, judged, own } from './standard.ts'

export const thinkingStandards = [
  {
    id: 16,
    weight: 2,
    proof: 'S',
    name: t('企业文化建设', 'Culture'),
    parts: [
      judged(
        16,
        'confirmed',
        t('文化建设', 'Culture'),
        own(16, '由支部自评、上级评定', 'Assessed by the branch itself and the upper level'),
        [{ tag: 'culture' }],
      ),
    ],
  },
  {
    id: 17,
    weight: 2,
    proof: 'S',
    name: t('思想热点、化解矛盾', 'Staff concerns and conflicts'),
    parts: [
      judged(
        17,
        'confirmed',
        t('热点难点的化解', 'Concerns settled'),
        own(17, '群众反映的问题有人办、有结果', 'What people raise has an owner and an outcome'),
        [{ tag: 'hotPoints' }, { kind: 'talkGathering' }],
      ),
    ],
  },
  {
    id: 18,
    weight: 2,
    proof: 'S',
    name: t('思想政治工作网络', 'Ideological work network'),
    parts: [
      gathered(
        18,
        'half',
        t('思想政治工作网络', 'Ideological work network'),
        own(18, '网络名单明确、运转正常，每半年研究一次', 'The network is named and works; it is on the agenda once a half-year'),
        [{ tag: 'workNetwork' }],
      ),
    ],
  },
  {
    id: 19,
    weight: 2,
    proof: 'M',
    name: t('重视人才、关心成长', 'Talent'),
    parts: [judged(19, 'upper', t('人才工作', 'Talent'), own(19, '由上级评定', 'Judged by the upper level'), [{ tag: 'talents' }])],
  },
  {
    id: 20,
    weight: 4,
    proof: 'A',
    name: t('员工思想动态分析', 'Analysis of staff opinion'),
    parts: [
      {
        id: '20.analysis',
        standard: 20,
        proof: 'record',
        credits: [{ tag: 'opinion', among: ['committee', 'general'] }],
        cadence: 'quarter',
        atLeast: 1,
        name: t('思想动态分析', 'Opinion analysis'),
        rule: own(
          20,
          '每季度分析一次员工思想动态，作为支委会或党员大会的一个议题',
          'Once a quarter staff opinion is analysed, as an item of a committee or general meeting',
        ),
      },
    ],
  },
  {
    id: 21,
    weight: 2,
    proof: 'S',
    name: t('后进员工转化', 'Helping those who lag behind'),
    parts: [
      judged(
        21,
        'confirmed',
        t('帮教转化', 'Help and its result'),
        own(21, '只登记人数和结果，不登记姓名', 'Numbers and results only, never names'),
      ),
    ],
  },
] as const satisfies readonly DeclaredStandard[]

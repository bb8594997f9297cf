import { type Text, t } from '../../text.ts'
import type { AgendaTag } from '../gatherings/agenda.ts'
import type { GatheringKind } from '../gatherings/gatherings.ts'

export type Cadence = 'month' | 'quarter' | 'half' | 'year'

/** What credits a part: a quorate gathering of a kind, or an item held in one, where `among` says in which kinds (all, if it says nothing). */
export interface Credit {
  kind?: GatheringKind
  tag?: AgendaTag
  among?: readonly GatheringKind[]
}

/**
 * How a part stands proved.
 * `record`: by gatherings of our own. `roster`: by what the roster and the seats say. `attested`: date and reference given by the branch,
 * confirmed by the assessor (the way of a standard whose module is not there, or was not used: what it recorded counts first). `confirmed`: gathered here as far as `credits` says, and a
 * person confirms. `upper`: outside figures or the upper level's judgement.
 */
export type Proof = 'record' | 'roster' | 'attested' | 'confirmed' | 'upper'

/** What one standard asks for, once a period: each part, period and subject is a duty. */
interface PartOfStandard {
  id: string
  standard: number
  proof: Proof
  credits?: readonly Credit[]
  cadence: Cadence
  /** Of a yearly part, the quarter by whose end it is due; 4 if it says nothing. */
  dueIn?: 1 | 2 | 3 | 4
  /** How many a period; a rulebook may ask for more. */
  atLeast: number
  /** One duty for the branch, or one for each of its groups or activists. */
  per?: 'group' | 'activist'
  /** The evaluation of its period proves it, when it is over. */
  byEvaluation?: true
  /** A branch without a committee, or with nobody under development, is not asked. */
  onlyWith?: 'committee' | 'development'
  name: Text
  /** The answer to "why am I asked?". */
  rule: Text
}

interface OneStandard {
  id: number
  weight: number
  /** A: proved by our own records. S: gathered here, confirmed by a person. M: outside figures or the upper level's judgement. */
  proof: 'A' | 'S' | 'M'
  name: Text
  parts: readonly PartOfStandard[]
}

/** The unit's own figure: what a regulation does not say is never shown as law. */
const own = (standard: number, zh: string, en: string): Text =>
  t(`${zh}（本单位工作标准第${standard}项）。`, `${en} (standard ${standard} of this unit).`)

const judged = <const Id extends number>(standard: Id, proof: 'confirmed' | 'upper', name: Text, rule: Text, credits?: readonly Credit[]) =>
  ({ id: `${standard}.judged`, standard, proof, ...(credits ? { credits } : {}), cadence: 'quarter', atLeast: 1, name, rule }) as const

/** The thirty standards of the requirement (doc 3, part 4): weights sum to 100, A 62, S 23, M 15. */
export const standards = [
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
        name: t('任期未届满', 'Term not expired'),
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
        name: t('支委会会议', 'Committee meeting'),
        rule: t(
          '支委会会议一般每月召开一次，至少半数委员到会（《中国共产党支部工作条例（试行）》第十二条；本单位工作标准第12项）。',
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
      judged(
        13,
        'confirmed',
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
    name: t('民主评议党员', 'Democratic review of members'),
    parts: [
      {
        id: '14.review',
        standard: 14,
        proof: 'attested',
        byEvaluation: true,
        cadence: 'year',
        atLeast: 1,
        name: t('民主评议党员', 'Democratic review of members'),
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
    name: t('思想热点、化解矛盾', 'Hot and hard points'),
    parts: [
      judged(
        17,
        'confirmed',
        t('热点难点的化解', 'Points raised and settled'),
        own(17, '群众反映的问题有人办、有结果', 'What people raise has an owner and an outcome'),
        [{ tag: 'hotPoints' }, { kind: 'talkGathering' }],
      ),
    ],
  },
  {
    id: 18,
    weight: 2,
    proof: 'S',
    name: t('思想政治工作网络', 'Work network'),
    parts: [
      judged(18, 'confirmed', t('思想政治工作网络', 'Work network'), own(18, '网络名单明确、运转正常', 'The network is named and works')),
    ],
  },
  {
    id: 19,
    weight: 2,
    proof: 'M',
    name: t('重视人才、关心成长', 'Talents'),
    parts: [judged(19, 'upper', t('人才工作', 'Talents'), own(19, '由上级评定', 'Judged by the upper level'), [{ tag: 'talents' }])],
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
  {
    id: 22,
    weight: 3,
    proof: 'S',
    name: t('党风党纪教育', 'Integrity education'),
    parts: [
      judged(
        22,
        'confirmed',
        t('党风党纪教育', 'Integrity education'),
        own(22, '经常开展，建议每季度至少一次', 'Often; once a quarter at least is advised'),
        [{ kind: 'integrity' }, { tag: 'integrity' }],
      ),
    ],
  },
  {
    id: 23,
    weight: 4,
    proof: 'A',
    name: t('廉政责任制、廉政承诺制', 'Integrity duty and pledge'),
    parts: [
      {
        id: '23.pledge',
        standard: 23,
        proof: 'attested',
        cadence: 'year',
        dueIn: 1,
        atLeast: 1,
        name: t('廉政承诺', 'Integrity pledge'),
        rule: own(23, '每年年初作出廉政承诺', 'An integrity pledge at the start of each year'),
      },
      {
        id: '23.check',
        standard: 23,
        proof: 'attested',
        cadence: 'half',
        atLeast: 1,
        name: t('廉政承诺检查', 'Integrity pledge checked'),
        rule: own(23, '建议每半年检查一次', 'A check each half-year is advised'),
      },
    ],
  },
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
  {
    id: 27,
    weight: 2,
    proof: 'S',
    name: t('工会、共青团工作', 'Union and youth league'),
    parts: [
      judged(
        27,
        'confirmed',
        t('听取工会、共青团工作', 'Union and youth league heard'),
        own(27, '定期听取，建议每半年至少一次', 'Regularly; once a half-year at least is advised'),
        [{ tag: 'unionAndLeague' }],
      ),
    ],
  },
  {
    id: 28,
    weight: 2,
    proof: 'A',
    name: t('创新创效、合理化建议', 'Suggestions and innovation'),
    parts: [
      {
        id: '28.suggestions',
        standard: 28,
        proof: 'attested',
        cadence: 'quarter',
        atLeast: 1,
        name: t('合理化建议有答复', 'Suggestions answered'),
        rule: own(28, '收到的建议有答复、有采纳', 'Suggestions are answered, and adopted where they help'),
      },
    ],
  },
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
        cadence: 'year',
        dueIn: 1,
        atLeast: 1,
        name: t('年度工作计划', 'The year’s plan'),
        rule: own(29, '年初有计划', 'A plan at the start of the year'),
      },
      {
        id: '29.summary',
        standard: 29,
        proof: 'attested',
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
] as const satisfies readonly OneStandard[]

export type StandardId = (typeof standards)[number]['id']
export type PartId = (typeof standards)[number]['parts'][number]['id']
export type Standard = Omit<OneStandard, 'id' | 'parts'> & { id: StandardId; parts: readonly Part[] }
export type Part = Omit<PartOfStandard, 'id' | 'standard'> & { id: PartId; standard: StandardId }

export const parts: readonly Part[] = standards.flatMap((standard): readonly Part[] => standard.parts)
export const partIds = parts.map((part) => part.id)

const byId = new Map(parts.map((part) => [part.id, part]))
export function partOf(id: PartId): Part {
  const part = byId.get(id)
  if (!part) throw new Error(`no part ${id}`)
  return part
}

const standardsById = new Map<number, Standard>(standards.map((standard) => [standard.id, standard]))
export function standardOf(id: number): Standard {
  const standard = standardsById.get(id)
  if (!standard) throw new Error(`no standard ${id}`)
  return standard
}

/** What a quorate gathering of this kind can prove, with these items held. */
export const creditsOf = (kind: GatheringKind, tags: readonly string[] = []): PartId[] =>
  parts.filter((part) => part.credits?.some((credit) => isCredited(credit, kind, tags))).map((part) => part.id)

const isCredited = ({ kind, tag, among }: Credit, held: GatheringKind, tags: readonly string[]) =>
  kind ? kind === held : tag !== undefined && tags.includes(tag) && (!among || among.includes(held))

/** Items that, put on the agenda of a gathering of this kind, would credit one more part each. */
export const couldRideAlong = (kind: GatheringKind, tags: readonly string[]): { tag: AgendaTag; part: PartId }[] => {
  const credited = new Set(creditsOf(kind, tags))
  return parts.flatMap((part) => {
    if (credited.has(part.id)) return []
    const riding = part.credits?.find(({ tag, among }) => tag && (!among || among.includes(kind)))
    return riding?.tag ? [{ tag: riding.tag, part: part.id }] : []
  })
}

/** The gathering to call for a part that is open: the kind that credits it by itself, or one that can bear its item. */
export function callFor(id: PartId): { kind: GatheringKind; tag?: AgendaTag } | null {
  const credits = partOf(id).credits ?? []
  const whole = credits.find(({ kind }) => kind)
  if (whole?.kind) return { kind: whole.kind }
  const [item] = credits
  return item?.tag ? { kind: item.among?.[0] ?? 'committee', tag: item.tag } : null
}
export const isPart = (id: string): id is PartId => byId.has(id as PartId)

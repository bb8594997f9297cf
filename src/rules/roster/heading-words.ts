import { inParty, type Stages } from './stage-words.ts'

/** The fields that a roster's columns can hold. All others are not read, above all telephone and identity numbers. */
export type Field =
  | 'name'
  | 'stage'
  | 'seats'
  | 'group'
  | 'branch'
  | 'appliedOn'
  | 'activistOn'
  | 'prospectOn'
  | 'probationerOn'
  | 'fullOn'
  | 'away'
  | 'remark'

export interface Meaning {
  field: Field
  /** Among columns of the same meaning the more exact one counts: 人员类别 before 政治面貌, 党内职务 before 职务. */
  exact: number
  /** Under a heading such as 是否在编 or 类别 the values have to show that the column is the one meant. */
  isProvedByValues?: true
  /** Yes means that the person is away, not in place. */
  isAboutAbsence?: true
  /** The stages that yes and no leave possible, as under 是否预备党员. */
  yes?: Stages
  no?: Stages
  /** The heading is a stage alone, and its cells may hold a tick. */
  mayTick?: true
}

const WHEN = '(?:的|具体)*(?:日期|时间|年份|日子|日)?(?:年月日?)?起?'
const BEFORE =
  '(?:被|由|经|何时|何年何月|首次|党组织|支委会|党支部|支部|上级党委|党委|党员|大会|会议|讨论|研究|通过|同意|的|确定|确认|确立|列入|列|定|评|吸收|吸纳|推荐|推优|批准|审批|备案|成|接收|接受|认定|转|发展|重点)*(?:为|成为|作为)?'
const AFTER = '(?:的|确定|确认|认定|确立|批准|审批|备案|接收|通过|列为|讨论|大会|入党|起始|开始|培养)*'
const at = (pattern: string) => new RegExp(`^(?:${pattern})${WHEN}$`)
export const notFull: Stages = ['probationer', 'prospect', 'activist', 'applicant']
const notProbationer: Stages = ['full', 'prospect', 'activist', 'applicant']

export const meanings: [RegExp, Meaning][] = [
  [
    /^(本人|真实|中文|党员|成员|人员|入党人|(入党)?申请人|(入党)?积极分子|预备党员|正式党员|学生|教师|教工|教职工|职工|员工|干部|同志|党员同志|被?考察人|发展对象)?(姓名|名字)(全称)?$/,
    { field: 'name', exact: 2 },
  ],
  [/^(党员|成员|人员)名单$|^(full|member|party member)?name$|^nameofmember$/, { field: 'name', exact: 1 }],

  [/^是否(为|是)?(中共)?预备(党员|期)?$/, { field: 'stage', exact: 3, yes: ['probationer'], no: notProbationer }],
  [/^是否(为|是)?(中共)?正式(党员)?$|^是否(已|已经|按期)?转正$/, { field: 'stage', exact: 3, yes: ['full'], no: notFull }],
  [
    /^是否(为|是)?(中共|中国共产党)?党员$|^是否(已)?入党$/,
    { field: 'stage', exact: 1, yes: inParty, no: ['prospect', 'activist', 'applicant'] },
  ],
  [
    /^(目前|当前|现|现在|所处|所在)*(党员|发展|党员发展|发展党员|入党|培养|组织发展)?(所处|所在)?(阶段|环节|进度)$|^(development)?stage$/,
    { field: 'stage', exact: 3 },
  ],
  [
    /^(党员|党籍|党内|组织|人员|成员|发展|政治)(身份)?(类别|类型|身份|性质|分类|种类)(名称)?$|^(党员|发展|培养)情况$|^(正式|预备)(党员)?(或|和|及)?(正式|预备)(党员)?$|^党员(或|及)?预备党员$|^(member(ship)?|party)(type|status|category|membership)$/,
    { field: 'stage', exact: 3, isProvedByValues: true },
  ],
  [/^(类别|类型|身份|身份类别|分类|性质|种类|党员|党籍)$|^(type|category|status)$/, { field: 'stage', exact: 2, isProvedByValues: true }],
  [
    /^(现|目前|当前)?政治(面貌|面目|状况|身份)(类别)?$|^面貌$|^politic(al)?(status|affiliation|outlook|identity)?$/,
    { field: 'stage', exact: 1 },
  ],
  [/^(参加|所属|政治)?党派(情况|名称)?$|^政治派别$/, { field: 'stage', exact: 1, isProvedByValues: true }],

  [
    /^(现任?|担任|兼任|所任|在|任)*(党内|党支部|支部|支委|支委会|支部委员会|党组织|党务|党建|党员)(内|现任?|中|班子|工作)*(担任|兼任|任)?(任职|职务|职位|岗位|分工|职责|工作分工)(名称|情况|及时间|及分工)?$|^(党支部|支部)委员(职务|分工)?$|^(party|branch)(position|post|role|office|seat|title)s?$|^seats?$/,
    { field: 'seats', exact: 2 },
  ],
  [/^(现任?|担任|所任|目前|主要)*(职务|任职|职位)(名称|情况|职级|职称)?$/, { field: 'seats', exact: 1, isProvedByValues: true }],

  [
    /^(现|目前|现在)?(所在|所属|隶属|归属|编入|分属)?(的)?党(的)?小组(名称|别|归属|编号|组别|序号|号|情况)?$|^(party)?group(name)?$/,
    { field: 'group', exact: 2 },
  ],
  [
    /^(所在|所属|隶属)?小组(名称|别|号|划分|编号)?$|^(组别|分组|编组|所在组|所属组)$|^(所在)?(党员|支部)小组(名称|号)?$|^第几(党)?小组$/,
    { field: 'group', exact: 1 },
  ],
  [
    /^(现|目前|现在)?(所在|所属|隶属|归属)?(的)?(基层)?(党支部|支部|党组织)(名称|全称)?$|^(组织关系)(所在)?(党)?(支部|单位|党组织)?$|^(party)?branch(name)?$/,
    { field: 'branch', exact: 1 },
  ],

  [
    at(
      '(?:何时|首次|第一次|本人|书面|自愿)?(?:递交|提交|提出|呈交|上交|交|书写|撰写|写|成为|列为|确定为|确定)?(?:入党|加入党组织|加入中国共产党)?(?:申请书|申请人|申请入党人员?|申请入党书?|申请加入党组织|申请加入中国共产党|申请)(?:递交|提交|提出|落款)?',
    ),
    { field: 'appliedOn', exact: 2, mayTick: true },
  ],
  [/^(dateof)?(applied|application)(on|date)?$|^dateapplied$/, { field: 'appliedOn', exact: 2 }],
  [at(`${BEFORE}(?:重点|建党|入党)*积极分子${AFTER}`), { field: 'activistOn', exact: 2, mayTick: true }],
  [/^(dateas|becameanactivist)?activist(on|date|since)?$/, { field: 'activistOn', exact: 2 }],
  [at(`${BEFORE}(?:重点|党员)?发展对象${AFTER}`), { field: 'prospectOn', exact: 2, mayTick: true }],
  [/^(dateas)?prospect(on|date|since)?$/, { field: 'prospectOn', exact: 2 }],
  [at(`${BEFORE}(?:中共)?预备党员(?:的?支部大会)?${AFTER}|预备期(?:开始|起始|起)`), { field: 'probationerOn', exact: 3, mayTick: true }],
  [
    at(`${BEFORE}(?:参加工作后|本人)?(?:加入|入|参加)(?:中国共产党|中共|党组织|共产党|组织|党)${AFTER}|入党预备`),
    { field: 'probationerOn', exact: 2 },
  ],
  [
    /^(dateof|datewhen)?(joined|joining|joinedtheparty|joiningtheparty|admission|admitted|probation|probationer|probationary)(on|date|since|party|theparty)*$|^party(joining|join|admission|entry)date$|^datejoined(theparty)?$/,
    { field: 'probationerOn', exact: 2 },
  ],
  [
    at(
      `(?:预备党员|正式党员|预备|入党|按期|按时)?${BEFORE}(?:预备党员|正式党员|按期|按时)?转正式?${AFTER}|${BEFORE}(?:中共)?正式党员${AFTER}|预备期转正`,
    ),
    { field: 'fullOn', exact: 3, mayTick: true },
  ],
  [/^(dateof|datewhen)?(full|converted|conversion|fullmember|fullmembership|confirmed)(on|date|since)*$/, { field: 'fullOn', exact: 2 }],

  [/^(是否)?(在岗|在位|在职在岗|在校)(情况|状态|与否|否)?$|^(在岗|在位)(外出|不在位)$|^inplace$/, { field: 'away', exact: 2 }],
  [/^(是否(为|是)?)?(外出|流动|外出流动|在外|外出务工)(党员)?(情况|与否)?$|^away$/, { field: 'away', exact: 2, isAboutAbsence: true }],
  [
    /^(人员|党员|在职|在册|目前|当前|党籍|组织关系)?状态$|^(目前|现)?(状况|去向|现状)$|^(是否)?在职$/,
    { field: 'away', exact: 1, isProvedByValues: true },
  ],
  [/^(备注|说明|其他|其它|附注|标注|注|remarks?|notes?|comments?)$/, { field: 'remark', exact: 1 }],
]

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

const WHEN = '(?:的|具体)?(?:日期|时间|年月日?|年份|日子|日)?(?:起)?'
const BECOMING =
  '(?:被|何时|经|首次|正式)?(?:确定|确认|列|吸收|吸纳|推荐|推优|批准|审批|通过|成|接收|接受|认定|转|发展|党组织|支委会|党支部|支部|大会|会议)*(?:为|成为|作为)?'
const at = (pattern: string) => new RegExp(`^(?:${pattern})${WHEN}$`)
const notFull: Stages = ['probationer', 'prospect', 'activist', 'applicant']
const notProbationer: Stages = ['full', 'prospect', 'activist', 'applicant']

const meanings: [RegExp, Meaning][] = [
  [
    /^(本人|真实|中文|党员|成员|人员|学生|教师|教工|教职工|职工|员工|干部|同志|党员同志|被?考察人|发展对象|积极分子)?(姓名|名字)(全称)?$/,
    { field: 'name', exact: 2 },
  ],
  [/^(党员|成员|人员)名单$|^(full|member|party member)?name$|^nameofmember$/, { field: 'name', exact: 1 }],

  [/^是否(为|是)?(中共)?预备(党员|期)?$/, { field: 'stage', exact: 3, yes: ['probationer'], no: notProbationer }],
  [/^是否(为|是)?(中共)?正式(党员)?$|^是否(已|已经|按期)?转正$/, { field: 'stage', exact: 3, yes: ['full'], no: notFull }],
  [/^是否(为|是)?(中共|中国共产党)?党员$/, { field: 'stage', exact: 1, yes: inParty, no: ['prospect', 'activist', 'applicant'] }],
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

  [
    /^(现任?|担任|兼任|所任)*(党内|党支部|支部|支委|支委会|支部委员会|党组织|党务|党建)(内|现)?(担任|兼任)?(任职|职务|职位|岗位|分工|职责|工作分工)(名称|情况|及分工)?$|^(党支部|支部)委员(职务|分工)?$|^(party|branch)(position|post|role|office|seat|title)s?$|^seats?$/,
    { field: 'seats', exact: 2 },
  ],
  [
    /^(现任?|担任|所任|目前|主要)*(职务|任职|职位)(名称|情况)?$|^(position|post|office|role)$/,
    { field: 'seats', exact: 1, isProvedByValues: true },
  ],

  [
    /^(现|目前|现在)?(所在|所属|隶属|归属|编入|分属)?(的)?党(的)?小组(名称|别|归属|编号|组别|序号)?$|^(party)?group(name)?$/,
    { field: 'group', exact: 2 },
  ],
  [/^(所在|所属|隶属)?小组(名称|别)?$|^(组别|分组|所在组|所属组)$/, { field: 'group', exact: 1 }],
  [
    /^(现|目前|现在)?(所在|所属|隶属|归属)?(的)?(基层)?(党支部|支部|党组织)(名称|全称)?$|^(组织关系)(所在)?(党)?(支部|单位|党组织)?$|^(party)?branch(name)?$/,
    { field: 'branch', exact: 1 },
  ],

  [
    at(
      '(?:首次|第一次|本人|书面|自愿)?(?:递交|提交|提出|呈交|上交|书写|撰写|成为|列为|确定为|确定)?(?:入党|加入党组织|加入中国共产党)?(?:申请书|申请人|申请入党|申请|申请入党书)(?:递交|提交|提出)?|递交|(?:成为|确定为?|列为)?申请入党人(?:员)?|申请加入(?:党组织|中国共产党)|写?入党申请(?:书)?',
    ),
    { field: 'appliedOn', exact: 2, mayTick: true },
  ],
  [/^(dateof)?(applied|application)(on|date)?$|^dateapplied$/, { field: 'appliedOn', exact: 2 }],
  [at(`${BECOMING}(?:入党)?积极分子(?:培养)?(?:确定|认定|批准|列为|推荐)?`), { field: 'activistOn', exact: 2, mayTick: true }],
  [at(`${BECOMING}(?:入党)?积极分子备案`), { field: 'activistOn', exact: 1 }],
  [/^(dateas|becameanactivist)?activist(on|date|since)?$/, { field: 'activistOn', exact: 2 }],
  [at(`${BECOMING}(?:党员)?发展对象(?:确定|认定|批准|列为)?`), { field: 'prospectOn', exact: 2, mayTick: true }],
  [at(`${BECOMING}(?:党员)?发展对象备案`), { field: 'prospectOn', exact: 1 }],
  [/^(dateas)?prospect(on|date|since)?$/, { field: 'prospectOn', exact: 2 }],
  [at(`${BECOMING}(?:中共)?预备党员|预备期(?:开始|起始|起)`), { field: 'probationerOn', exact: 3, mayTick: true }],
  [
    at('(?:何时|参加工作后|本人)?(?:加入|入)(?:中国共产党|中共|党组织|共产党|组织|党)(?:的)?|参加(?:党组织|中国共产党)|入党预备|组织入党'),
    { field: 'probationerOn', exact: 2 },
  ],
  [at('(?:批准|发展|吸收|接收)入党|党组织批准入党'), { field: 'probationerOn', exact: 1 }],
  [
    /^(dateof|datewhen)?(joined|joining|joinedtheparty|joiningtheparty|admission|admitted|probation|probationer|probationary)(on|date|since|party|theparty)*$|^party(joining|join|admission|entry)date$|^datejoined(theparty)?$/,
    { field: 'probationerOn', exact: 2 },
  ],
  [
    at(`(?:党员|预备党员|党内|入党|按期|按时|何时|批准|通过|支部大会|同意)*转正|${BECOMING}(?:中共)?正式党员|预备期(?:转正)`),
    { field: 'fullOn', exact: 3, mayTick: true },
  ],
  [/^(dateof|datewhen)?(full|converted|conversion|fullmember|fullmembership|confirmed)(on|date|since)*$/, { field: 'fullOn', exact: 2 }],

  [/^(是否)?(在岗|在位|在职在岗)(情况|状态|与否|否)?$|^(在岗|在位)(外出|不在位)$|^inplace$/, { field: 'away', exact: 2 }],
  [/^(是否(为|是)?)?(外出|流动|外出流动)(党员)?(情况|与否)?$|^away$/, { field: 'away', exact: 2, isAboutAbsence: true }],
  [
    /^(人员|党员|在职|在册|目前|当前|党籍|组织关系)?状态$|^(目前|现)?(状况|去向|现状)$|^(是否)?在职$/,
    { field: 'away', exact: 1, isProvedByValues: true },
  ],
  [/^(备注|说明|其他|其它|附注|标注|注|remarks?|notes?|comments?)$/, { field: 'remark', exact: 1 }],
]

/** Looking for brackets takes the square of the length. */
const LONGEST_HEADING = 100

type Cell = string | number | undefined

const plain = (text: string) => text.replace(/[\s*※★☆●◆#:_.,，、。;；?？!！"'“”‘’/\\|·•—–-]+/g, '').toLowerCase()

/** A heading without blanks, marks, numbers in front and bracketed words: `* 3.入党日期（年/月/日）`. */
export function heading(cell: Cell): string {
  const text = String(cell ?? '')
    .slice(0, LONGEST_HEADING)
    .normalize('NFKC')
  const outside = plain(text.replace(/[([【〔「].*?[)\]】〕」]/gs, '')).replace(/^\d{1,2}(?=\p{L})/u, '')
  return outside === '' ? plain(text.replace(/[()[\]【】〔〕「」]/g, '')) : outside
}

/** Dates of other steps, which may stand in the brackets of a heading: 入党时间（转正）. */
const steps: [RegExp, Field][] = [
  [/申请/, 'appliedOn'],
  [/积极分子/, 'activistOn'],
  [/发展对象/, 'prospectOn'],
  [/转正|正式/, 'fullOn'],
]

const known = (text: string) => meanings.find(([pattern]) => pattern.test(text))?.[1] ?? null

/** The meaning of a heading in Chinese, English or both; null where it has none for a roster. */
export function meaningOf(cell: Cell): Meaning | null {
  const text = heading(cell)
  const found = known(text) ?? (/\p{Script=Han}/u.test(text) ? known(text.replace(/[a-z]+/g, '')) : null)
  if (!found?.field.endsWith('On')) return found
  const [inside = ''] = /[（([【].*/s.exec(String(cell).slice(0, LONGEST_HEADING)) ?? []
  return steps.some(([pattern, field]) => pattern.test(inside) && field !== found.field) ? null : found
}

/** Headings that a form or a list has besides, by which one is told from the other. */
const besides =
  /^(序号|编号|性别|民族|年龄|出生(年月|日期|时间|年月日|地)?|生日|籍贯|户籍.*|学历.*|学位.*|文化程度|身份证.*|公民身份.*|证件.*|联系(电话|方式|人)|(手机|电话|移动电话)(号码?)?|手机|单位|工作单位.*|所在单位|部门|所在部门|职称|专业技术职务|行政职务|岗位|家庭(住址|地址|成员)|(现|家庭)?(居)?住(址|地)|现居住地|通讯地址|照片|相片|参加工作(时间|日期)?|入职(时间|日期)|毕业.*|专业|所学专业|入学(时间|年月)|年级|班级|学院|院系|学号|工号|宿舍.*|(入党)?介绍人.*|培养(联系)?人.*|联系人.*|婚姻状况|健康状况|电子邮箱|邮箱|qq.*|微信.*|邮编|(个人)?简历|奖惩.*|特长|国籍|gender|sex|phone|mobile|email|department|dateofbirth|birthday)$/

export const isLabel = (cell: Cell): boolean => {
  const text = heading(cell)
  return text !== '' && (besides.test(text) || meaningOf(cell) !== null)
}

/** Above a column, such words say that its facts are another person's, or another office's. */
export const isAboutOthers = (cell: Cell): boolean =>
  heading(cell).length <= LONGEST_UPPER &&
  !/[:：]/.test(String(cell)) &&
  /介绍人|联系人|培养人|家庭|配偶|父亲|母亲|子女|亲属|社会关系|谈话人|行政|团内|工会|原单位|曾任/.test(heading(cell))

const LONGEST_UPPER = 10

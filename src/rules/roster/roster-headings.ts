import { type Field, type Meaning, meanings } from './heading-words.ts'

/** Looking for brackets takes the square of the length. */
const LONGEST_HEADING = 100

type Cell = string | number | undefined

const plain = (text: string) => text.replace(/[\s*※★☆●◆《》〈〉<>#:_.,，、。;；?？!！"'“”‘’/\\|·•—–-]+/g, '').toLowerCase()

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
  const said = String(cell ?? '')
  const before = remembered.get(said)
  if (before !== undefined) return before
  const meaning = meaningIn(said)
  if (remembered.size < MOST_REMEMBERED && said.length <= LONGEST_HEADING) remembered.set(said, meaning)
  return meaning
}

/** The same headings come again in every list. Cells of people are seldom asked about, and few. */
const remembered = new Map<string, Meaning | null>()
const MOST_REMEMBERED = 1_000

function meaningIn(cell: string): Meaning | null {
  const text = heading(cell)
  const found = known(text) ?? (/\p{Script=Han}/u.test(text) ? known(text.replace(/[a-z]+/g, '')) : null)
  const [inside = ''] = /[（([【].*/s.exec(cell.slice(0, LONGEST_HEADING)) ?? []
  if (!found || inside === '') return found && isByApproval(text) ? { ...found, exact: 1 } : found
  if (found.field === 'seats') return seatsIn(found, inside)
  if (!found.field.endsWith('On')) return found
  return steps.some(([pattern, field]) => pattern.test(inside) && field !== found.field) ? null : found
}

/** The day of the branch's own decision counts before the day of the approval from above. */
const isByApproval = (text: string) => /备案|审批/.test(text)

/** 职务（党内） is exact, and 职务（行政） is another office. */
const seatsIn = (found: Meaning, inside: string): Meaning | null => {
  if (/行政|单位|社会|团内|学校|专业/.test(inside)) return null
  return /党|支部/.test(inside) ? { field: 'seats', exact: 2 } : found
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

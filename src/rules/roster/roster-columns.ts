/** The fields that a roster's columns can hold. All others are not read, above all telephone and identity numbers. */
const fields = ['name', 'stage', 'seats', 'group', 'appliedOn', 'activistOn', 'prospectOn', 'probationerOn', 'fullOn', 'away'] as const
export type Field = (typeof fields)[number]

const headings: Record<Field, readonly string[]> = {
  name: ['姓名', '名字', '党员姓名', '成员姓名', 'name', 'fullname'],
  stage: ['阶段', '发展阶段', '人员类别', '党员类别', '党员类型', '类别', '政治面貌', 'stage'],
  seats: ['职务', '党内职务', '支部职务', '支部任职', '党内任职', 'seat', 'seats'],
  group: ['党小组', '小组', '所在党小组', '所属党小组', '党小组名称', 'group'],
  appliedOn: [
    '申请',
    '申请入党',
    '申请日期',
    '申请时间',
    '申请入党日期',
    '申请入党时间',
    '递交申请书日期',
    '递交入党申请书日期',
    '递交入党申请书时间',
    'applied',
    'appliedon',
  ],
  activistOn: [
    '积极分子',
    '入党积极分子',
    '积极分子日期',
    '积极分子时间',
    '确定积极分子日期',
    '确定积极分子时间',
    '确定为积极分子日期',
    '确定为积极分子时间',
    '列为积极分子时间',
    '列为积极分子日期',
    'activist',
    'activiston',
  ],
  prospectOn: [
    '发展对象',
    '发展对象日期',
    '发展对象时间',
    '确定发展对象日期',
    '确定发展对象时间',
    '确定为发展对象日期',
    '确定为发展对象时间',
    '列为发展对象时间',
    '列为发展对象日期',
    'prospect',
    'prospecton',
  ],
  probationerOn: [
    '入党',
    '入党日期',
    '入党时间',
    '加入党组织日期',
    '加入党组织时间',
    '接收预备党员日期',
    '成为预备党员日期',
    '预备党员日期',
    '预备党员时间',
    '入党年月',
    'joined',
    'joinedon',
    'probationer',
    'probationeron',
  ],
  fullOn: ['转正', '转正日期', '转正时间', '转为正式党员日期', '成为正式党员日期', '转正年月', 'full', 'fullon', 'converted'],
  away: [
    '在位',
    '是否在位',
    '在位情况',
    '在岗',
    '是否在岗',
    '是否外出',
    '流动',
    '是否流动',
    '流动党员',
    '是否流动党员',
    '人员状态',
    'inplace',
    'away',
  ],
}
const fieldOf = new Map(fields.flatMap((field) => headings[field].map((heading) => [heading, field] as const)))
/** Under these headings, yes means that the person is away. */
const aboutAbsence = new Set(['是否外出', '流动', '是否流动', '流动党员', '是否流动党员', 'away'])

export interface Columns {
  /** The position of each field's column. */
  at: Partial<Record<Field, number>>
  isAboutAbsence: boolean
  /** The workbook counts its days from 1904, as files from old Macs do. */
  is1904?: boolean
}

type Cells = readonly (string | number | undefined)[]

/** Looking for brackets takes the square of the length. */
const LONGEST_HEADING = 100

/** A heading without blanks, marks and bracketed words: `* 入党日期（年/月/日）`. */
const heading = (cell: string | number | undefined) =>
  String(cell ?? '')
    .slice(0, LONGEST_HEADING)
    .normalize('NFKC')
    .replace(/[([【].*?[)\]】]/gs, '')
    .replace(/[\s*※★☆#:_.、/-]+/g, '')
    .toLowerCase()

export const isHeading = (cells: Cells, { at }: Columns) => fieldOf.get(heading(cells[at.name ?? 0])) === 'name'

/** Titles may come above the heading; a heading of two lines ends where names begin. */
const DEEPEST_HEADING = 30

/** Finds the first row of people and the meaning of each column; null when no column holds names. */
export function findColumns(rows: readonly { cells: Cells }[]): { first: number; columns: Columns } | null {
  const isNames = (cells: Cells) => [...cells].some((cell) => fieldOf.get(heading(cell)) === 'name')
  const top = rows.slice(0, DEEPEST_HEADING).findIndex(({ cells }) => isNames(cells))
  if (top === -1) return null
  const names = [...(rows[top]?.cells ?? [])].findIndex((cell) => fieldOf.get(heading(cell)) === 'name')
  // In a file without merged cells, the lower line of a heading leaves the name's cell empty.
  const goesOn = (cells: Cells) => isNames(cells) || (heading(cells[names]) === '' && [...cells].some((cell) => fieldOf.has(heading(cell))))
  let last = top
  while (last - top < DEEPEST_HEADING && goesOn(rows[last + 1]?.cells ?? [])) last++
  return { first: last + 1, columns: columnsIn(rows.slice(top, last + 1).map(({ cells }) => cells)) }
}

/** The lower line of a heading is more exact. The first of two columns with the same meaning counts. */
function columnsIn(lines: readonly Cells[]): Columns {
  const columns: Columns = { at: {}, isAboutAbsence: false }
  const widest = Math.max(...lines.map((cells) => cells.length))
  for (let column = 0; column < widest; column++) {
    const said = lines.map((cells) => heading(cells[column])).findLast((text) => fieldOf.has(text)) ?? ''
    const field = fieldOf.get(said)
    if (!field || columns.at[field] !== undefined) continue
    columns.at[field] = column
    if (field === 'away') columns.isAboutAbsence = aboutAbsence.has(said)
  }
  return columns
}

import type { Period, Quarter } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { Duty } from '../duties/duty.ts'
import { type Rulebook, weightOf } from '../rulebook/rulebook.ts'
import { type PartId, partOf, standardOf } from '../standards/standards.ts'
import { answerNames, answerOf, isOfQuarter, permilleOfPoints, pointsSaid } from './assessment.ts'

/** A column of the assessor's table. The upper level judges it, or corrects the branches' own answer in it. */
export interface Item {
  key: string
  part: PartId
  period: Period
  isOwn: boolean
  weight: number
  name: Text
}

/** A branch's row with everything that is judged by hand. */
export interface Row {
  duties: readonly Duty[]
  upper: readonly Duty[]
  own: readonly Duty[]
  rulebook: Pick<Rulebook, 'weights'>
}

const keyOf = ({ part, period }: Pick<Duty, 'part' | 'period'>) => `${part} ${period}`

/** Lists every item by which branches are judged, the upper level's first. One branch and a whole committee get the same list. */
export function itemsOf(rows: readonly Row[], quarter: Quarter): Item[] {
  const items = new Map<string, Item>()
  for (const { duties, rulebook } of rows)
    for (const duty of duties) {
      const isByHand = duty.basis === 'upper' || duty.basis === 'confirmed'
      if (!isByHand || items.has(keyOf(duty)) || !isOfQuarter(duty, quarter)) continue
      const { standard, part, period } = duty
      const weight = weightOf(standard, standardOf(standard).weight, rulebook)
      items.set(keyOf(duty), { key: keyOf(duty), part, period, isOwn: duty.basis === 'confirmed', weight, name: nameOf(duty) })
    }
  return [...items.values()].sort((a, b) => Number(a.isOwn) - Number(b.isOwn))
}

function nameOf({ part, standard }: Duty): Text {
  const { zh, en } = partOf(part).name
  return t(`（${standard}）${zh}`, `(${standard}) ${en}`)
}

export const dutyIn = ({ upper, own }: Row, { isOwn, part, period }: Item): Duty | undefined =>
  (isOwn ? own : upper).find((duty) => duty.part === part && duty.period === period)

const isOut = ({ state }: Pick<Duty, 'state'>) => state === 'not applicable' || state === 'excused'

/** Writes the points as a person does; empty where nothing was judged or the duty is out of the base. */
export const pointsOf = (duty: Duty | undefined, { weight }: Item): string =>
  duty?.judged && !isOut(duty) ? pointsSaid(duty.judged.permille, weight) : ''

/** The assessor's word says what the branch proposed. */
const isTakenOver = ({ judged, proposed, state }: Duty): boolean =>
  judged?.byUpper === true &&
  proposed !== undefined &&
  (proposed.verdict === 'points' ? !isOut({ state }) && judged.permille === proposed.permille : state === proposed.verdict)

/** Says beside the points how the branch answered, and whether the assessor took that over or corrected it. */
export function answerSaid(duty: Duty): Text {
  if (duty.state === 'excused') return t('免除', 'excused')
  const answer = answerOf(duty)
  const said = answer ? answerNames[answer] : t('未答', 'not answered')
  if (isTakenOver(duty)) return t(`${said.zh}，已采纳`, `${said.en}, taken over`)
  if (duty.judged?.byUpper) return t('已更正', 'corrected')
  return said
}

/** Names who judged a cell, and how. Two equal judgements count as the same version. */
function versionOf(duty: Duty | undefined): string {
  // A proposal is no value of the cell: what the assessor enters is a word of their own, also where it is the same.
  if (!duty?.judged)
    return duty?.proposed ? `p${duty.proposed.verdict === 'points' ? duty.proposed.permille : duty.proposed.verdict.charAt(0)}` : ''
  return `${duty.judged.byUpper ? 'u' : 'b'}${isOut(duty) ? duty.state.charAt(0) : duty.judged.permille}`
}

/** Encodes the row as the reader saw it, for comparison when it comes back: `1.judged 2026Q3=u700;…` */
export const seenOf = (row: Row, items: readonly Item[]): string =>
  items.map((item) => `${item.key}=${versionOf(dutyIn(row, item))}`).join(';')

const versionsIn = (seen: string) =>
  new Map(
    seen
      .slice(0, 4_000)
      .split(';')
      .map((one) => one.split('=') as [string, string]),
  )

function pointsThen(version: string, { weight }: Item): string {
  const [, permille] = /^[ub](\d{1,4})$/.exec(version) ?? []
  return permille === undefined ? '' : pointsSaid(Number(permille), weight)
}

interface Change {
  item: Item
  before: string
  after: string
  permille: number
  /** The branch proposed something else, or nothing. */
  needsReason: boolean
}
export interface WrongCell {
  key: string
  why: Text
}

export interface RowRead {
  changes: Change[]
  wrong: WrongCell[]
  /** Cells that somebody else changed after the row was shown. */
  conflicts: WrongCell[]
}

/** The judgements that a row's changes come to. A reason is kept only with the branch's own items. */
export const judgementsOf = (
  changes: readonly (Pick<Item, 'part' | 'period' | 'isOwn'> & { permille: number })[],
  reason: string,
  newId: () => string,
) =>
  changes.map(({ part, period, isOwn, permille }) => ({
    id: newId(),
    part,
    subject: '',
    period,
    verdict: 'points' as const,
    permille,
    reason: isOwn ? reason : '',
  }))

interface Said {
  /** Undefined for an item that was not asked. */
  points(item: Item): string | undefined
  reason: string
  /** The row as the reader saw it; null where that is unknown. */
  seen: string | null
  /** An empty cell in a file says nothing; an empty cell on the page was emptied on purpose. */
  mayBeEmpty: boolean
}

/** Reads the changes in a row that came back. A cell left untouched never undoes what somebody else has written since. */
export function readRow(row: Row, items: readonly Item[], { points, reason, seen, mayBeEmpty }: Said): RowRead {
  const read: RowRead = { changes: [], wrong: [], conflicts: [] }
  const versions = versionsIn(seen ?? seenOf(row, items))
  for (const item of items) {
    const [duty, said] = [dutyIn(row, item), points(item)?.normalize('NFKC').trim()]
    if (!duty || said === undefined) continue
    const [version, now] = [versions.get(item.key) ?? '', versionOf(duty)]
    const [then, before] = [pointsThen(version, item), pointsOf(duty, item)]
    const permille = permilleOfPoints(said, item.weight)
    const after = permille === null ? said : pointsSaid(permille, item.weight)
    if (after === then || (after === before && after !== '') || (said === '' && mayBeEmpty)) continue
    if (permille === null) read.wrong.push({ key: item.key, why: said === '' ? emptied : outside(item) })
    else if (version !== now) read.conflicts.push({ key: item.key, why: changedMeanwhile(before, after) })
    else read.changes.push({ item, before, after, permille, needsReason: item.isOwn && !isProposed(duty, permille) })
  }
  if (reason.trim() === '' && read.changes.some(({ needsReason }) => needsReason)) read.wrong.push({ key: 'reason', why: noReason })
  return read
}

const isProposed = ({ proposed, judged }: Duty, permille: number) =>
  judged === undefined && proposed?.verdict === 'points' && proposed.permille === permille

const emptied = t(
  '评过的分不能清空；不适用或免除请在飞书里更正。',
  'Points cannot be emptied; “not applicable” and “excused” are set in Feishu.',
)
const noReason = t('与支部自评不同的要写理由。', 'What differs from the branch’s answer needs a reason.')

const outside = ({ weight }: Item) =>
  t(`请填 0 到 ${weight} 的分数，可带一位小数。`, `Please enter 0 to ${weight} points, with one decimal at most.`)

const changedMeanwhile = (now: string, said: string) =>
  t(
    `刚刚有人改为 ${now || '空'}，你填的是 ${said}；再存一次就用你的。`,
    `Somebody has just changed this to ${now || 'empty'}; you entered ${said}. Save again to use yours.`,
  )

/** The columns of the file besides the items. Words in brackets are ignored when the file is read. */
export const sheetHeadings = {
  branch: '支部',
  quarter: '季度',
  reason: '更正理由',
  answers: '支部自评（只供查看）',
  waiting: '登记待确认（只供查看）',
  id: '支部编号（请勿改动）',
  seen: '核对码（请勿改动）',
} as const

export const itemHeading = ({ key, name, weight, isOwn }: Item): string =>
  `${key} ${name.zh}（0–${weight}${isOwn ? '，改动须写理由' : ''}）`

type Cells = readonly (string | number | undefined)[]
const said = (cell: string | number | undefined) => String(cell ?? '').trim()
const plain = (cell: string | number | undefined) =>
  said(cell)
    .replace(/[(（].*$/su, '')
    .trim()

interface SheetColumns {
  /** The first row after the headings. */
  first: number
  at: { branch: number; quarter: number; reason: number; id: number; seen: number }
  items: ReadonlyMap<string, number>
}

const DEEPEST_HEADING = 30

/** Finds the table by its headings, in any order: a branch, a quarter, and each item by number and period. */
export function findSheet(rows: readonly { cells: Cells }[]): SheetColumns | null {
  for (const [index, { cells }] of rows.slice(0, DEEPEST_HEADING).entries()) {
    const headings = [...cells].map(plain)
    const items = new Map<string, number>()
    for (const [column, cell] of [...cells].entries()) {
      const [, key] = /^(\d{1,2}\.[a-z]+ \d{4}(?:Q[1-4]|H[12]|-\d\d)?)(?:\s|$)/.exec(said(cell)) ?? []
      if (key && !items.has(key)) items.set(key, column)
    }
    const at = (name: keyof typeof sheetHeadings) => headings.indexOf(plain(sheetHeadings[name]))
    const found = { branch: at('branch'), quarter: at('quarter'), reason: at('reason'), id: at('id'), seen: at('seen') }
    if (found.branch !== -1 && found.quarter !== -1 && items.size > 0) return { first: index + 1, at: found, items }
  }
  return null
}

export interface SheetRow {
  row: number
  name: string
  id: string
  quarter: Quarter
  reason: string
  seen: string | null
  points: ReadonlyMap<string, string>
}

/** Reads one row of a file; null for a row without a branch. */
export function sheetRow(row: number, cells: Cells, { at, items }: SheetColumns): SheetRow | null {
  const cell = (column: number) => (column === -1 ? '' : said(cells[column]))
  const name = cell(at.branch)
  const id = cell(at.id)
  if (name === '' && id === '') return null
  const points = new Map([...items].map(([key, column]) => [key, cell(column)]))
  return { row, name, id, quarter: cell(at.quarter).toUpperCase(), reason: cell(at.reason), seen: cell(at.seen) || null, points }
}

import { textOf } from './cell-words.ts'
import type { Columns } from './roster-columns.ts'
import type { Statement } from './roster-stage.ts'
import { stagesInTitle } from './stage-words.ts'

type Cell = string | number | undefined

/** A line between people, such as 二、预备党员 or 第一党小组, speaks of those below it. */
export interface Section {
  stage?: Statement
  group?: string
  doubt?: string
}

/** The beginnings of lines that are about the list, not about a person. */
export const remark =
  /^(填表|填报|制表|审核|审批|审定|复核|经办|联系人|联系电话|备注|说明|注[:：\d]|注$|合计|总计|共计|小计|总人数|人数|以上|以下|支部书记(签|[:：])|书记签|负责人|签[字名]|盖章|公章|日期[:：]|打印|填写|截止|截至|单位[:：(（]|党(总支|委|支部)(意见|[:：(（]|书记(签|[:：]))|共\s*\d+|[其]中|第.{1,3}页|total|prepared by|signature|signed|date:|notes?:)/i

/** Reads a line with a single text: the people below are of that stage or group. */
export function sectionIn(cells: readonly Cell[], columns: Columns): Section | null {
  const filled = onlyText(cells)
  if (!filled) return null
  const only = textOf(filled.text)
  // A cell under a heading of its own speaks of its row, which lacks a name.
  const isRead = [...columns.stages, ...Object.values(columns.at)].some(({ column, field }) => field !== 'name' && column === filled.column)
  if (!filled.isAcross && isRead) return null
  const isInNames = !filled.isAcross && filled.column === columns.at.name?.column
  if (only.length > 40 || (isInNames && !/党员|对象|分子|申请人|小组/.test(only)) || remark.test(only)) return null
  const said = only
    .replace(/^[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．,:：]?\s*/, '')
    .replace(/[(（:：]?\s*(共|合计)?\s*\d+\s*[人名位].*$/, '')
    .replace(/[:：]$/, '')
  const [, group] =
    /^((?:第?[\p{Script=Han}\d]{1,12}?)(?:党小组|小组))(?:名单|成员|党员)?$/u.exec(
      /^第/.test(only) ? only.replace(/[(（:：].*$/, '') : said,
    ) ?? []
  if (group) return { group }
  const stages = stagesInTitle(said)
  if (stages === null) return { doubt: only }
  return stages ? { stage: { said: only, stages } } : null
}

interface OnlyText {
  text: string
  column: number
  /** It fills several cells, as a merged line does. */
  isAcross: boolean
}

/** The one text of a row, in one cell or across several. */
export function onlyText(cells: readonly Cell[]): OnlyText | null {
  const filled: { text: string; column: number }[] = []
  for (const [column, cell] of cells.entries()) {
    const text = String(cell ?? '').trim()
    if (text === '') continue
    if (filled[0] && filled[0].text !== text) return null
    filled.push({ text, column })
  }
  const [first] = filled
  return first ? { ...first, isAcross: filled.length > 1 } : null
}

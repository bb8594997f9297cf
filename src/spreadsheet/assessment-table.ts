import { answerSaid, dutyIn, type Item, pointsOf, type Row, seenOf } from '../rules/assessment/sheet.ts'
import { itemHeading, sheetHeadings } from '../rules/assessment/sheet-file.ts'
import { writeTable } from './write.ts'

interface OfBranch extends Row {
  branch: { id: string; name: string }
  toConfirm: number
}

/** The assessor’s table as a spreadsheet that can be sent back. Points are texts, so that none becomes a date. */
export function assessmentWorkbook(
  committee: string,
  quarter: string,
  items: readonly Item[],
  rows: readonly OfBranch[],
): Promise<Uint8Array> {
  const own = items.filter(({ isOwn }) => isOwn)
  return writeTable({
    name: '考核评定',
    title: `${committee} ${quarter} 考核评定`,
    hint: '空着的格子表示不改；改好后私聊发给机器人，先预览再保存',
    columns: [
      { heading: sheetHeadings.branch, width: 22 },
      { heading: sheetHeadings.quarter, width: 9 },
      ...items.map((item) => ({ ...itemHeading(item), width: 11 })),
      { heading: sheetHeadings.reason, width: 18 },
      { heading: sheetHeadings.answers, width: 30 },
      { heading: sheetHeadings.waiting, width: 10 },
      { heading: sheetHeadings.confirm, width: 10 },
      { heading: sheetHeadings.adopt, width: 10 },
      { heading: sheetHeadings.id, width: 24, isHidden: true },
      { heading: sheetHeadings.seen, width: 24, isHidden: true },
    ],
    rows: rows.map((row) => [
      row.branch.name,
      quarter,
      ...items.map((item) => pointsOf(dutyIn(row, item), item) || null),
      null,
      own.flatMap((item) => answerIn(row, item)).join('；') || null,
      row.toConfirm > 0 ? String(row.toConfirm) : null,
      null,
      null,
      row.branch.id,
      seenOf(row, items),
    ]),
  })
}

function answerIn(row: Row, item: Item): string[] {
  const duty = dutyIn(row, item)
  return duty ? [`${item.name.zh} ${answerSaid(duty).zh}`] : []
}

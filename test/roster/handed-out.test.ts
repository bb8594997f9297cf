import { expect, test } from 'vitest'
import { sheetHeadings } from '../../src/rules/assessment/sheet-file.ts'
import type { OnRoster } from '../../src/rules/roster/roster-plan.ts'
import { rulebookOf } from '../../src/rules/rulebook/rulebook.ts'
import { assessmentWorkbook } from '../../src/spreadsheet/assessment-table.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { rosterTable } from '../../src/spreadsheet/roster-table.ts'
import { rulebookTable } from '../../src/spreadsheet/rulebook-table.ts'
import { openZip } from '../../src/spreadsheet/zip.ts'

const item = {
  key: '1.judged 2026Q3',
  part: '1.judged' as const,
  period: '2026Q3',
  name: { zh: '（1）生产任务完成情况', en: '(1) production' },
  weight: 4,
  isOwn: false,
}
const member: OnRoster = {
  id: 'm',
  name: '李华',
  openId: null,
  stage: 'full',
  group: '第一党小组',
  isAway: false,
  appliedOn: null,
  activistOn: null,
  prospectOn: null,
  probationerOn: '2001-07-01',
  fullOn: '2002-07-01',
  seats: [{ role: 'secretary', group: null }],
}
const tables: Record<string, () => Promise<Uint8Array>> = {
  roster: () => rosterTable('教工第一支部', [member]),
  rules: () => rulebookTable('党委', rulebookOf([])),
  review: () => assessmentWorkbook('党委', '2026Q3', [item], []),
}

async function partOf(bytes: Uint8Array, name: string) {
  let xml = ''
  for await (const piece of openZip(bytes).text(name)) xml += piece
  return xml
}
const hiddenIn = (sheet: string) =>
  [...sheet.matchAll(/<col ([^>]*)>/g)].flatMap(([, of = '']) =>
    /hidden="(1|true)"/.test(of) ? [Number(/min="(\d+)"/.exec(of)?.[1])] : [],
  )

test.each(Object.keys(tables))('the %s prints as a form: across, one page wide, headings repeated', async (which) => {
  const bytes = (await tables[which]?.()) ?? new Uint8Array()
  const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml')
  expect(sheet).toMatch(/<pageSetup (?=[^>]*paperSize="9")(?=[^>]*orientation="landscape")(?=[^>]*fitToWidth="1")(?=[^>]*fitToHeight="0")/)
  expect(sheet).toContain('fitToPage="1"')
  expect(sheet).toMatch(/<pane (?=[^>]*ySplit="2")(?=[^>]*state="frozen")/)
  expect(await partOf(bytes, 'xl/workbook.xml')).toMatch(/_xlnm\.Print_Titles[^<]*>[^<]*\$1:\$2</)
  const styles = await partOf(bytes, 'xl/styles.xml')
  expect(styles).toMatch(/<left style="thin">/)
  expect(styles).toMatch(/<b\/>/)
})

test('no keys of the machine are in sight, and all come back', async () => {
  const [rules, review] = await Promise.all([tables.rules?.(), tables.review?.()])
  expect(hiddenIn(await partOf(rules ?? new Uint8Array(), 'xl/worksheets/sheet1.xml'))).toEqual([1])
  const sheet = await partOf(review ?? new Uint8Array(), 'xl/worksheets/sheet1.xml')
  for await (const { rows } of sheetsOf(review ?? new Uint8Array(), 100)) {
    const headings = rows[1]?.cells ?? []
    expect(headings).toContain('1.judged 2026Q3 （1）生产任务完成情况（0–4）')
    expect(hiddenIn(sheet)).toEqual([headings.indexOf(sheetHeadings.id) + 1, headings.indexOf(sheetHeadings.seen) + 1])
  }
})

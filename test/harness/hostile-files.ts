import { book, cell } from './archive.ts'

const heading = `<row r="1">${cell('姓名')}${cell('党小组')}</row>`
const merged = (references: readonly string[]) =>
  book('', {
    'xl/sheet.xml': `<worksheet><sheetData>${heading}<row r="2">${cell('张三')}</row></sheetData><mergeCells>${references
      .map((reference) => `<mergeCell ref="${reference}"/>`)
      .join('')}</mergeCells></worksheet>`,
  })
const csv = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'))
const repeated = (text: string, times: number) => Array.from({ length: times }, () => text)

const MERGED = /merged cells/
const LARGE = /too large/
const BOOK = /not a spreadsheet/
const LONG = /too long/

/** These files were made to stop the bot. Each has what its sender is told; a list that can be read is shown instead. */
export const hostileFiles: readonly [what: string, make: () => Uint8Array, said: RegExp][] = [
  ['a merge that never ends', () => merged(['B1:A999999999999999999999']), MERGED],
  ['a merge of two thousand million rows', () => merged(['B1:A2000000000']), MERGED],
  ['a merge that runs backwards', () => merged(['A9:A1']), MERGED],
  ['a merge beyond the last column', () => merged(['A1:ZZZ2']), MERGED],
  ['merges over everything', () => merged(repeated('A1:XFD1048576', 50_000)), /nobody/],
  ['a million rows', () => book(`${heading}${`<row>${cell('张三')}</row>`.repeat(1_000_000)}`), /10,000 people/],
  ['a bomb of blanks', () => book(`<row>${cell(' '.repeat(200_000_000))}</row>`), BOOK],
  ['a bomb of shared texts', () => book(heading, { 'xl/strings.xml': `<sst>${'<si><t>张</t></si>'.repeat(3_000_000)}</sst>` }), BOOK],
  [
    'long shared texts',
    () => book(heading, { 'xl/strings.xml': `<sst>${`<si><t>${'张'.repeat(32_000)}</t></si>`.repeat(2_000)}</sst>` }),
    LARGE,
  ],
  ['a bomb of empty cells', () => book(`<row>${'<c r="A1"/>'.repeat(8_000_000)}</row>`), LARGE],
  ['elements a million deep', () => book(`${heading}${'<a>'.repeat(1_000_000)}`), /nobody/],
  ['a tag that does not end', () => book(`${heading}<row ${'a="b" '.repeat(4_000_000)}`), BOOK],
  [
    'entities that grow',
    () => book('', { 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><workbook>&c;</workbook>' }),
    BOOK,
  ],
  ['a cell of four megabytes in quotes', () => csv(['姓名', '"a"b'.repeat(1_000_000)]), LONG],
  ['a cell of eight megabytes', () => csv(['姓名', 'a'.repeat(8_000_000)]), LONG],
  ['a million lines', () => csv(['姓名', ...repeated('张三', 1_000_000)]), /10,000 people/],
  ['eight million empty lines', () => csv(['姓名', '\n'.repeat(8_000_000)]), /10,000 people/],
  ['ten thousand lines of sixty columns', () => csv(['姓名', ...repeated(`张三${',a'.repeat(200)}`, 10_000)]), /rosterPreview/],
  ['brackets that do not close', () => csv(repeated(repeated('('.repeat(4_000), 60).join(','), 30)), /no column of names/],
  ['nothing but headings', () => csv(repeated(`${'a,'.repeat(59)}姓名`, 10_000)), /nobody/],
]

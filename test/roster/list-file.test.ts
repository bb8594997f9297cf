import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Refusal } from '../../src/refusal.ts'
import { readDate } from '../../src/rules/roster/roster-dates.ts'
import { listIn } from '../../src/rules/roster/roster-list.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { plainly } from '../../src/text.ts'
import { book, cell } from '../harness/archive.ts'

const TODAY = '2026-11-23'
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/roster', name)))
const text = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))

/** The contents of a file, row by row. */
async function read(bytes: Uint8Array) {
  for await (const sheet of sheetsOf(bytes, 10_000)) {
    const list = listIn(sheet, TODAY)
    if (list) return list.rows.flatMap(list.read).filter((one) => one !== null)
  }
  return null
}
const people = async (bytes: Uint8Array) =>
  (await read(bytes))?.map((row) => ('person' in row ? { ...row.person, row: undefined } : row.wrong))
const only = async (heading: string, row: string) => (await read(text(heading, row)))?.[0]
const why = async (heading: string, row: string) => {
  const said = await only(heading, row)
  const asked = said && ('wrong' in said ? said.wrong.why : said.person.ask)
  return asked ? plainly(asked).zh : said
}

test.each([
  '2021-07-01',
  '2021-7-1',
  '2021/7/1',
  '2021/07/01',
  '2021.7.1',
  '2021．07．01',
  '2021年7月1日',
  '2021年07月01日',
  '2021 年 7 月 1 日',
  '２０２１年７月１日',
  '20210701',
  '2021—07—01',
  '2021/7/1 0:00',
  '2021-07-01 00:00:00',
  '2021-07-01T00:00:00.000',
  "'2021-07-01",
  ' 2021-07-01 ',
  '2021年7月1号',
  '2021.7.1.',
  '2021、7、1',
  '2021·7·1',
  '2021 7 1',
  '2021_07_01',
  '二〇二一年七月一日',
  '二零二一年七月一日',
  '二○二一年七月一号',
  '2021年七月一日',
  '21年7月1日',
  '2021-07-01 星期四',
  '2021年7月1日（周四）',
  '1 July 2021',
  'July 1, 2021',
  '1-Jul-2021',
  'Thu Jul 01 2021 00:00:00 GMT+0800',
  '2021-07-01T00:00:00Z',
  '44378',
  44378,
  44378.75,
  20210701,
])('the date %o is the first of July 2021', (written) => {
  expect(readDate(written)).toEqual({ day: '2021-07-01' })
})

test.each(['2021.07', '2021.7', '2021-07', '2021/7', '2021年7月', '202107', '２０２１．０７', 2021.07, 202107])(
  '%o is a month, and its first day',
  (written) => {
    expect(readDate(written)).toEqual({ day: '2021-07-01', isMonthOnly: true })
  },
)

test.each([
  [2021.1, 'unclear'],
  ['2021.1', 'unclear'],
  ['07/01/2021', 'mangled'],
  ['7月1日', 'mangled'],
  ['1-Jul', 'mangled'],
  ['Jul-21', 'mangled'],
  ['21-7-1', 'mangled'],
  ['98.07', 'mangled'],
  [98.07, 'mangled'],
  ['########', 'mangled'],
  ['2.02107E+07', 'mangled'],
  ['2021-06-30T16:00:00.000Z', 'mangled'],
  ['2021', 'year alone'],
  ['2021年', 'year alone'],
  [2021, 'year alone'],
  ['2020.6-2021.6', 'unreadable'],
  ['2021年7月上旬', 'unreadable'],
  ['约2021年7月', 'unreadable'],
  ['2021-02-30', 'unreadable'],
  ['2021.13', 'unreadable'],
  ['去年', 'unreadable'],
  ['1920-01-01', 'out of range'],
  ['9999-12-31', 'out of range'],
  [1e12, 'unreadable'],
  [-5, 'unreadable'],
])('%o is no date that we could be sure of: %s', (written, reason) => {
  expect(readDate(written)).toEqual({ wrong: reason })
})

test('a workbook that counts from 1904 means the same day', () => {
  expect(readDate(44378 - 1462, true)).toEqual({ day: '2021-07-01' })
})

const five = [
  {
    name: '李华',
    stage: 'full',
    seats: ['secretary'],
    group: '第一党小组',
    isAway: false,
    probationerOn: '2001-07-01',
    fullOn: '2002-07-01',
  },
  {
    name: '王芳',
    stage: 'full',
    seats: ['organisation'],
    group: '第一党小组',
    isAway: false,
    probationerOn: '2010-06-30',
    fullOn: '2011-06-30',
  },
  { name: '赵敏', stage: 'probationer', group: '第二党小组', probationerOn: '2026-05-04' },
  { name: '钱进', stage: 'activist', activistOn: '2026-03-01' },
  { name: '孙丽', stage: 'full', group: '第二党小组', isAway: true, probationerOn: '2021-07-01', fullOn: '2022-07-01' },
]
test.each(['excel-gb18030.csv', 'excel-utf8.csv', 'excel-strict.xlsx', 'libreoffice.xlsx', 'openpyxl.xlsx', 'script.xlsx', 'wps.xlsx'])(
  'the five people of %s are read alike, whatever wrote it',
  async (name) => {
    const said = await people(bytesOf(name))
    expect(said).toHaveLength(5)
    for (const one of five) expect(said).toContainEqual(expect.objectContaining(one))
  },
)

test('a CSV list keeps its two-line heading, and merged cells say nothing', async () => {
  const said = await people(bytesOf('libreoffice.csv'))
  expect(said).toContainEqual(expect.objectContaining(five[0]))
  expect(said).toContainEqual(expect.objectContaining({ name: '钱进', activistOn: '2026-03-01' }))
  expect(said?.find((one) => one.name === '王芳')).not.toHaveProperty('group')
})

test('names stand under any usual heading; telephone numbers are not read', async () => {
  const said = await people(
    text(
      '某某支部名册',
      '制表：李华',
      '',
      '序 号\t电 话\t※姓 名\t备注',
      '1\t13800000000\t欧阳　娜娜\t无',
      '2\t13900000000\t阿卜杜拉·买买提\t',
      '\t\t姓名\t',
      '合计\t2\t\t',
    ),
  )
  expect(said).toEqual([{ name: '欧阳娜娜' }, { name: '阿卜杜拉·买买提' }])
})

test.each([
  ['姓名,阶段', '李华,群众', '阶段「群众」不认识'],
  ['姓名,党支部职务', '李华,执行书记', '职务「执行书记」不认识'],
  ['姓名,人员类别,政治面貌', '李华,正式党员,中共预备党员', '「正式党员」与「中共预备党员」对不上'],
  ['姓名,入党日期', '李华,2025-06-20', '请写明正式党员还是预备党员'],
  ['姓名,政治面貌', '李华,共青团员', '阶段「共青团员」不认识'],
  ['姓名,政治面貌,转正日期', '李华,群众,2020-07-01', '「转正日期 2020-07-01」对不上'],
  ['姓名,阶段,职务', '李华,预备党员,书记', '只有正式党员才能担任职务'],
  ['姓名,党内职务', '李华,党小组长', '党小组长要写明党小组'],
  ['姓名,阶段', '李华,', '阶段和日期都空着'],
  ['姓名,确定为积极分子时间', '李华,', '阶段和日期都空着'],
  ['姓名,在位', '李华,也许', '在岗情况「也许」不认识'],
  ['姓名,入党日期', '李华,2031-07-01', '入党日期「2031-07-01」还没有到'],
  ['姓名,入党日期,转正日期', '李华,2021-07-01,2020-07-01', '日期先后不对'],
  ['姓名,阶段', ',正式党员', '缺姓名'],
  ['姓名', '李华<at id=all></at>', '不像姓名'],
  ['姓名', '=1+1', '不像姓名'],
  ['姓名', '13800000000', '不像姓名'],
])('under “%s” the row “%s” is wrong: %s', async (heading, row, reason) => {
  expect(await why(heading, row)).toContain(reason)
})

test.each([
  ['职务', '书记、组织委员', { seats: ['secretary', 'organisation'] }],
  ['职务', '党支部副书记', { seats: ['deputy'] }],
  ['职务', '无', { seats: [] }],
  ['人员类别', '正式党员（正常）', { stage: 'full' }],
  ['政治面貌', '中共预备党员', { stage: 'probationer' }],
  ['是否在位', '否', { isAway: true }],
  ['是否外出', '否', { isAway: false }],
  ['人员状态', '流动党员', { isAway: true }],
  ['所属党小组', '无', {}],
])('under %s, “%s” is understood', async (heading, cell, meant) => {
  expect(await only(`姓名,${heading}`, `李华,${cell}`)).toMatchObject({ person: { name: '李华', ...meant } })
})

test.each([
  ['quotes, commas and line breaks', '姓名,党小组\r\n"李华","一""组,\r\n甲"\r\n王芳,二组', ['一"组, 甲', '二组']],
  ['semicolons', '姓名;党小组\n李华;一组\n王芳;二组', ['一组', '二组']],
  ['old line ends', '姓名,党小组\r李华,一组\r王芳,二组\r', ['一组', '二组']],
  ['a quote never closed', '姓名,党小组\n李华,一组\n王芳,"二组', ['一组', '二组']],
])('CSV with %s is read', async (_what, written, groups) => {
  expect((await people(text(written)))?.map((one) => 'group' in one && one.group)).toEqual(groups)
})

test('UTF-16 with its mark, as Excel saves “Unicode text”, is read', async () => {
  const utf16 = Buffer.from('\ufeff姓名\t党小组\r\n李华\t一组\r\n', 'utf16le')
  expect(await people(utf16)).toEqual([{ name: '李华', group: '一组' }])
})

/** Hostile files, each with what is said of it. Most are megabytes of the same, and a few kilobytes when packed. */
const hostile: [string, () => Uint8Array, RegExp][] = [
  ['a million rows', () => book(`<row>${cell('姓名')}</row>${`<row>${cell('张三')}</row>`.repeat(1_000_000)}`), /From row 10101/],
  ['a bomb of blanks', () => book(`<row>${cell(' '.repeat(200_000_000))}</row>`), /spreadsheet|too large/],
  [
    'a bomb of shared texts',
    () => book('', { 'xl/strings.xml': `<sst>${'<si><t>张</t></si>'.repeat(3_000_000)}</sst>` }),
    /spreadsheet|too large/,
  ],
  ['a bomb of empty cells', () => book(`<row>${'<c r="A1"/>'.repeat(8_000_000)}</row>`), /too large/],
  [
    'cells far to the right',
    () => book(`<row>${cell('姓名')}<c r="XFD1"><v>1</v></c></row>${'<row><c r="XFD9"><v>1</v></c></row>'.repeat(300_000)}`),
    /nobody/,
  ],
  [
    'merges over everything',
    () =>
      book(`<row r="1">${cell('姓名')}</row>`, {
        'xl/sheet.xml': `<worksheet><sheetData><row r="1">${cell('姓名')}</row></sheetData>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(50_000)}</worksheet>`,
      }),
    /null|nobody/,
  ],
  [
    'entities that grow',
    () => book('', { 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><workbook>&c;</workbook>' }),
    /spreadsheet/,
  ],
  ['macros', () => book(`<row>${cell('姓名')}</row>`, { 'xl/vbaProject.bin': 'x' }), /macros/],
]
// T48: hostile lists within 128 MB
test.each(hostile)('%s is answered in a sentence, within 128 MB', (_what, make, sentence) => {
  const said = inAProcessOfItsOwn(make())
  expect(said.words).toMatch(sentence)
  expect(said.mostMb).toBeLessThan(128)
})

/** Reads a file where nothing else takes memory, and says what became of it. The system tells the most that it took, where it can. */
function inAProcessOfItsOwn(bytes: Uint8Array): { words: string; mostMb: number } {
  const script = `
    const { existsSync, readFileSync } = await import('node:fs')
    const status = '/proc/self/status'
    const most = () => existsSync(status) ? Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync(status, 'utf8'))[1]) : 0
    const { sheetsOf } = await import(${JSON.stringify(new URL('../../src/spreadsheet/read.ts', import.meta.url).href)})
    const chunks = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    let words = 'null'
    try { for await (const sheet of sheetsOf(Buffer.concat(chunks), 10_100)) words = 'nobody ' + sheet.rows.length } catch (error) { words = error.message }
    console.log(JSON.stringify({ words, mostMb: most() / 1024 }))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { input: bytes, maxBuffer: 1e9 }).toString())
}

test('a lying, cut or oddly packed archive is refused without a crash', async () => {
  const whole = book(`<row>${cell('姓名')}</row>`)
  for (let cut = 4; cut < whole.length; cut += 7) await expect(read(whole.slice(0, cut))).rejects.toThrow(Refusal)
  for (let at = 0; at < whole.length; at += 3) {
    const spoiled = whole.slice()
    spoiled[at] = 255 - (spoiled[at] ?? 0)
    await read(spoiled).catch((error) => expect(error).toBeInstanceOf(Refusal))
  }
})

import { refuse } from '../refusal.ts'
import { turn } from '../turn.ts'
import { type Cell, cellText, columnOf, filledByMerges, type Row, type Sheet, tooManyRows, widest } from './sheet.ts'
import { BrokenXml, xmlReader } from './xml.ts'
import { type Archive, openZip } from './zip.ts'

/** Yields the visible sheets in their order; the reader stops at the one it seeks. */
export async function* sheetsOfXlsx(bytes: Uint8Array, mostRows: number): AsyncGenerator<Sheet, void> {
  const archive = openZip(bytes)
  if (archive.names.some((name) => /vbaProject|macrosheets\//i.test(name)))
    refuse(
      '文件里带有宏，没有读取；请另存为 .xlsx（不含宏）再发。',
      'This file contains macros and was not read; please save it as .xlsx without macros.',
    )
  try {
    const { workbook, strings } = await partsOf(archive)
    const texts = await sharedTexts(archive, strings)
    const { paths, is1904 } = await sheetsIn(archive, workbook)
    for (const { path, name } of paths.slice(0, MOST_SHEETS)) yield { name, ...(await sheetAt(archive, path, texts, mostRows)), is1904 }
  } catch (error) {
    if (!(error instanceof BrokenXml)) throw error
    refuseNoWorkbook()
  }
}

const MOST_SHEETS = 10
const MOST_TEXTS = 200_000
const MOST_MERGES = 20_000

const refuseNoWorkbook = (): never =>
  refuse('这不是表格文件，请发 .xlsx 或 .csv。', 'This is not a spreadsheet; please send an .xlsx or .csv file.')

/** Some tools put the parts elsewhere than Excel does, so the relations tell which part is which. */
async function partsOf(archive: Archive) {
  const workbook = (await relationsOf(archive, '')).find(({ type }) => type.endsWith('/officeDocument'))?.path
  if (!workbook || !archive.has(workbook)) return refuseNoWorkbook()
  const strings = (await relationsOf(archive, workbook)).find(({ type }) => type.endsWith('/sharedStrings'))?.path
  return { workbook, strings }
}

async function relationsOf(archive: Archive, of: string) {
  const folder = of.includes('/') ? of.slice(0, of.lastIndexOf('/') + 1) : ''
  const relations: { id: string; type: string; path: string }[] = []
  const read = xmlReader({
    open(name, attribute) {
      if (name === 'Relationship')
        relations.push({ id: attribute('Id') ?? '', type: attribute('Type') ?? '', path: resolved(folder, attribute('Target') ?? '') })
    },
  })
  for await (const text of archive.text(`${folder}_rels/${of.slice(folder.length)}.rels`)) read(text)
  return relations
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const steps: string[] = []
  for (const step of `${folder}${target}`.split('/'))
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  return steps.join('/')
}

async function sheetsIn(archive: Archive, workbook: string) {
  const relations = new Map((await relationsOf(archive, workbook)).map(({ id, path }) => [id, path]))
  const paths: { path: string; name: string }[] = []
  let is1904 = false
  const read = xmlReader({
    open(name, attribute) {
      if (name === 'sheet' && (attribute('state') ?? 'visible') === 'visible')
        paths.push({ path: relations.get(attribute('id') ?? '') ?? '', name: attribute('name') ?? '' })
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attribute('date1904') ?? '')
    },
  })
  for await (const text of archive.text(workbook)) read(text)
  return { paths: paths.filter(({ path }) => archive.has(path)), is1904 }
}

/** The workbook’s shared texts, which stand in a part of their own. */
async function sharedTexts(archive: Archive, path: string | undefined): Promise<string[]> {
  const texts: string[] = []
  if (!path) return texts
  const words = wordsIn('si', (text) => {
    if (texts.length >= MOST_TEXTS) throw new BrokenXml()
    texts.push(text)
  })
  const read = xmlReader(words)
  for await (const text of archive.text(path)) read(text)
  return texts
}

/** Collects the `<t>` texts within one element. The pronunciation (`<rPh>`) stands there too and is left out. */
function wordsIn(element: string, told: (text: string) => void) {
  let words = ''
  let isText = false
  let isReading = false
  return {
    open(name: string) {
      if (name === element) words = ''
      if (name === 'rPh') isReading = true
      isText = name === 't' && !isReading
    },
    text(text: string) {
      if (isText) words = cellText(words + text)
    },
    close(name: string) {
      if (name === 't') isText = false
      if (name === 'rPh') isReading = false
      if (name === element) told(words)
    },
  }
}

async function sheetAt(archive: Archive, path: string, texts: readonly string[], mostRows: number): Promise<Sheet> {
  const { listener, sheet } = sheetReader(texts, mostRows)
  const read = xmlReader(listener)
  for await (const text of archive.text(path)) {
    read(text)
    // Unpacking alone does not always give way to others.
    await turn()
  }
  return filledByMerges(sheet)
}

function sheetReader(texts: readonly string[], mostRows: number) {
  const sheet: Sheet = { rows: [], merges: [] }
  let row: Row = { at: 0, cells: [] }
  let column = -1
  let type = ''
  let value = ''
  let isValue = false
  const inline = wordsIn('is', (text) => {
    value = text
  })

  const listener = {
    open(name: string, attribute: (name: string) => string | undefined) {
      inline.open(name)
      if (name === 'row') row = { at: Number(attribute('r') ?? row.at + 1), cells: [] }
      if (name === 'row') column = -1
      if (name === 'c') {
        column = columnOf(attribute('r') ?? '') ?? column + 1
        type = attribute('t') ?? 'n'
        value = ''
      }
      isValue = name === 'v'
      if (name === 'mergeCell' && sheet.merges.length < MOST_MERGES) sheet.merges.push(attribute('ref') ?? '')
    },
    text(text: string) {
      inline.text(text)
      if (isValue) value = cellText(value + text)
    },
    close(name: string) {
      inline.close(name)
      if (name === 'v') isValue = false
      if (name === 'c' && value !== '' && column < widest) row.cells[column] = cellOf(type, value, texts)
      if (name === 'row' && row.cells.length > 0 && sheet.rows.push(row) > mostRows) tooManyRows(row.at)
    },
  }
  return { listener, sheet }
}

function cellOf(type: string, value: string, texts: readonly string[]): Cell {
  if (type === 's') return texts[Number(value)] ?? ''
  const number = Number(value)
  return type === 'n' && Number.isFinite(number) ? number : value
}

import { deflateRawSync } from 'node:zlib'

/** A zip archive, as small as one can be made. Nothing that reads it looks at checksums. */
export function archive(entries: Record<string, string>): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const packed = deflateRawSync(text)
    const named = Buffer.from(name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(Buffer.byteLength(text), 18)
    facts.writeUInt16LE(named.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, named)
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), facts, named, packed)
    offset += 4 + facts.length + named.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(entries).length, 8)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

/** A workbook of one sheet. */
export const book = (sheet: string, more: Record<string, string> = {}) =>
  archive({
    '_rels/.rels': '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': '<workbook><sheets><sheet name="s" r:id="b"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="b" Type="x/worksheet" Target="sheet.xml"/><Relationship Id="c" Type="x/sharedStrings" Target="strings.xml"/></Relationships>',
    'xl/sheet.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  })
export const cell = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`

type Written = string | number | null
export interface WrittenSheet {
  name?: string
  /** A string of cells parted by blanks is a row, too; `_` is an empty cell. */
  rows: readonly (string | readonly Written[])[]
  merges?: readonly string[]
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const cellsOf = (row: string | readonly Written[]): readonly Written[] =>
  typeof row === 'string' ? (row === '' ? [] : row.split(/ +/).map((one) => (one === '_' ? null : one))) : row

/** A workbook of several sheets; numbers stay numbers. */
export function workbook(sheets: readonly WrittenSheet[], more: Record<string, string> = {}): Uint8Array {
  const letter = (column: number): string =>
    (column < 26 ? '' : letter(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))
  const written = (value: Written, at: string) =>
    value === null
      ? ''
      : typeof value === 'number'
        ? `<c r="${at}"><v>${value}</v></c>`
        : `<c r="${at}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`
  const sheetOf = ({ rows, merges = [] }: WrittenSheet) =>
    `<worksheet><sheetData>${rows
      .map(
        (row, i) =>
          `<row r="${i + 1}">${cellsOf(row)
            .map((value, column) => written(value, `${letter(column)}${i + 1}`))
            .join('')}</row>`,
      )
      .join('')}</sheetData><mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells></worksheet>`
  const relations = sheets.map((_, i) => `<Relationship Id="s${i}" Type="x/worksheet" Target="s${i}.xml"/>`)
  return archive({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': `<workbook><sheets>${sheets.map(({ name = `Sheet${1}` }, i) => `<sheet name="${escaped(name)}" r:id="s${i}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/s${i}.xml`, sheetOf(sheet)])),
    ...more,
  })
}

import { refuse } from '../refusal.ts'
import { sheetOfCsv } from './csv.ts'
import type { Sheet } from './sheet.ts'
import { sheetsOfXlsx } from './xlsx.ts'
import { isZip } from './zip.ts'

/** Reads in place, or elsewhere: a Node host has threads for it. */
export type SheetsOf = (bytes: Uint8Array, mostRows: number) => AsyncGenerator<Sheet, void>

/** The sheets of a file that a person sent. Its content decides the format, not its name. */
export async function* sheetsOf(bytes: Uint8Array, mostRows: number): AsyncGenerator<Sheet, void> {
  if (bytes.length === 0) refuse('这个文件是空的，没有读取。', 'This file is empty.')
  if (isZip(bytes)) yield* sheetsOfXlsx(bytes, mostRows)
  else if (isOldExcel(bytes))
    refuse(
      '旧版 .xls 或加密的文件读不了，请另存为 .xlsx（不加密）再发。',
      'Old .xls and protected files cannot be read; please save it as .xlsx without a password.',
    )
  else if (isText(bytes)) yield await sheetOfCsv(bytes, mostRows)
  else refuse('这不是表格文件，请发 .xlsx 或 .csv。', 'This is not a spreadsheet; please send an .xlsx or .csv file.')
}

const isOldExcel = (bytes: Uint8Array) => [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte)

/** Only UTF-16 has zeros in a text, and says so at its beginning. */
const isText = (bytes: Uint8Array) => (bytes[0] === 0xff && bytes[1] === 0xfe) || !bytes.subarray(0, 4_096).includes(0)

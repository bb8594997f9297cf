import { refuse } from '../refusal.ts'
import { sheetOfCsv, wideEncoding } from './csv.ts'
import { refuseKnownKinds } from './other-kinds.ts'
import type { Sheet } from './sheet.ts'
import { sheetsOfXlsx } from './xlsx.ts'
import { isZip } from './zip.ts'

/** Reads in place, or elsewhere: a Node host has threads for it. */
export type SheetsOf = (bytes: Uint8Array, mostRows: number) => AsyncGenerator<Sheet, void>

/** The sheets of a file that a person sent. Its content decides the format, not its name. */
export async function* sheetsOf(bytes: Uint8Array, mostRows: number): AsyncGenerator<Sheet, void> {
  if (bytes.length === 0) refuse('这个文件是空的，没有读取。', 'This file is empty.')
  refuseKnownKinds(bytes)
  if (isZip(bytes)) yield* sheetsOfXlsx(bytes, mostRows)
  else if (isText(bytes)) yield await sheetOfCsv(bytes, mostRows)
  else refuse('这不是表格文件，请发 .xlsx 或 .csv。', 'This is not a spreadsheet; please send an .xlsx or .csv file.')
}

/** Only UTF-16 has zeros in a text. */
const isText = (bytes: Uint8Array) => wideEncoding(bytes) !== null || !bytes.subarray(0, 4_096).includes(0)

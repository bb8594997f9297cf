import { refuse } from '../refusal.ts'
import { turn } from '../turn.ts'
import { cellText, ROWS, type Row, type Sheet, tooManyRows, widest } from './sheet.ts'

/** The number of rows after which others get a turn. */
const BATCH = 500

export async function sheetOfCsv(bytes: Uint8Array, mostRows: number): Promise<Sheet> {
  const text = decoded(bytes)
  const rows: Row[] = []
  for (const row of rowsOf(text, separatorOf(text))) {
    // Empty lines take time as well, and a sheet has no more rows than this.
    if (row.at > ROWS) tooManyRows(row.at)
    if (row.at % BATCH === 0) await turn()
    if (row.cells.every((cell) => String(cell ?? '').trim() === '')) continue
    if (rows.push(row) > mostRows) tooManyRows(row.at)
  }
  return { rows, merges: [] }
}

/** Decodes UTF-16 and UTF-8, marked or not. All else is GB 18030, which Excel and WPS write in China. */
function decoded(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    const text = new TextDecoder('gb18030').decode(bytes)
    if (text.includes('\ufffd'))
      refuse(
        '这个文件的文字编码认不出来，请另存为 UTF-8 的 .csv 或 .xlsx 再发。',
        'The encoding of this file is not known; please save it as .csv in UTF-8, or as .xlsx.',
      )
    return text
  }
}

/** Tells UTF-16 by its mark, or by the zeros that stand beside each comma and line break. No other text has zeros. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [i, byte] of bytes.subarray(0, 4_096).entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (bytes.length % 2 !== 0 || even + odd === 0) return null
  const wide = odd > 0 && even === 0 ? 'utf-16le' : even > 0 && odd === 0 ? 'utf-16be' : null
  return wide && !/[\0\ufffd]/.test(new TextDecoder(wide).decode(bytes.subarray(0, 4_096))) ? wide : null
}

/** The separator is the one most frequent at the beginning. */
function separatorOf(text: string): string {
  const beginning = text.slice(0, 4_000)
  const often = (separator: string) => beginning.split(separator).length
  return [',', '\t', ';', '，'].reduce((best, one) => (often(one) > often(best) ? one : best))
}

/** Reads rows as RFC 4180 has them, numbered as a spreadsheet shows them. */
function* rowsOf(text: string, separator: string): Generator<Row, void> {
  const special = new RegExp(`["\\r\\n${separator}]`, 'g')
  let at = 1
  let row: Row = { at, cells: [] }
  let cell = ''
  for (let from = 0; from <= text.length; ) {
    if (text[from] === '"' && cell === '') {
      const end = closingQuote(text, from)
      cell = cellText(text.slice(from + 1, end)).replaceAll('""', '"')
      from = end + 1
    }
    special.lastIndex = from
    const found = special.exec(text)
    const stop = found?.index ?? text.length
    cell = cellText(cell + text.slice(from, stop))
    from = stop + 1
    if (found?.[0] === '"') cell += '"'
    else {
      if (row.cells.length < widest) row.cells.push(cell === '' ? undefined : cell)
      cell = ''
    }
    if (found && found[0] !== '\n' && found[0] !== '\r') continue
    if (found?.[0] === '\r' && text[from] === '\n') from++
    yield row
    row = { at: ++at, cells: [] }
  }
}

function closingQuote(text: string, opening: number): number {
  let end = text.indexOf('"', opening + 1)
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  return end === -1 ? text.length : end
}

import { refuse } from '../refusal.ts'
import { isZip, openZip } from './zip.ts'

/** Refuses a file of another kind by its name. The refusal says how it becomes a list that can be read. */
export function refuseByName(name: string): void {
  const [, ending = ''] = /\.(\w+)$/.exec(name.trim().toLowerCase()) ?? []
  const kind = kinds.find(({ endings }) => endings.includes(ending))
  if (kind) refuse(kind.zh, kind.en)
}

interface Kind {
  endings: readonly string[]
  zh: string
  en: string
}

const saved = (what: string, program: string, en: string, enProgram: string) => ({
  zh: `这是 ${what}，读不了；请用${program}打开，另存为 .xlsx 再发。`,
  en: `This is ${en}, which cannot be read; please open it in ${enProgram}, save it as .xlsx and send that.`,
})

const ods = {
  endings: ['ods', 'fods', 'uos'],
  ...saved('.ods 表格（LibreOffice）', ' LibreOffice 或 WPS', 'an .ods spreadsheet (LibreOffice)', 'LibreOffice or WPS'),
}
const et = { endings: ['et', 'ett'], ...saved('.et 表格（WPS）', ' WPS ', 'an .et spreadsheet (WPS)', 'WPS') }
const numbers = { endings: ['numbers'], ...saved('.numbers 表格（苹果）', ' Numbers ', 'a .numbers spreadsheet (Apple)', 'Numbers') }
const old = {
  endings: ['xls', 'xlt'],
  zh: '这是旧版 .xls 或加密的文件，读不了；请另存为 .xlsx（不加密）再发。',
  en: 'This is an old .xls or a protected file, which cannot be read; please save it as .xlsx without a password.',
}
const binary = { endings: ['xlsb'], ...saved('.xlsb 表格', ' Excel ', 'an .xlsb spreadsheet', 'Excel') }
const macros = {
  endings: ['xlsm', 'xltm'],
  zh: '带宏的表格不读，请另存为 .xlsx 再发。',
  en: 'Workbooks with macros are not read; please save it as .xlsx.',
}
const picture = {
  endings: ['png', 'jpg', 'jpeg', 'gif', 'bmp', 'webp', 'heic', 'heif', 'tif', 'tiff', 'svg'],
  zh: '这是一张图片，不是表格；请把名单的表格另存为 .xlsx 再发。',
  en: 'This is a picture, not a spreadsheet; please save the list itself as .xlsx and send that.',
}
const pdf = {
  endings: ['pdf', 'ofd'],
  zh: '这是 PDF，不是表格；请把名单的表格另存为 .xlsx 再发。',
  en: 'This is a PDF, not a spreadsheet; please save the list itself as .xlsx and send that.',
}
const word = {
  endings: ['doc', 'docx', 'wps', 'rtf', 'odt', 'pages'],
  zh: '这是文字文档，不是表格；请把里面的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再发。',
  en: 'This is a text document; please copy its table into a spreadsheet, save it as .xlsx and send that.',
}
const slides = {
  endings: ['ppt', 'pptx', 'dps', 'key'],
  zh: '这是幻灯片，不是表格；请把名单另存为 .xlsx 再发。',
  en: 'These are slides, not a spreadsheet; please save the list as .xlsx and send that.',
}
const packed = {
  endings: ['zip', 'rar', '7z', 'tar', 'gz'],
  zh: '这是压缩包，请解压后把里面的 .xlsx 发来。',
  en: 'This is an archive; please unpack it and send the .xlsx inside.',
}
const page = {
  endings: ['html', 'htm', 'mht', 'mhtml', 'xml'],
  zh: '这是网页格式的表格，请用 Excel 或 WPS 打开，另存为 .xlsx 再发。',
  en: 'This is a web page; please open it in Excel or WPS, save it as .xlsx and send that.',
}
const kinds: readonly Kind[] = [ods, et, numbers, old, binary, macros, picture, pdf, word, slides, packed, page]

const starts: [readonly number[], Kind][] = [
  [[0x89, 0x50, 0x4e, 0x47], picture],
  [[0xff, 0xd8, 0xff], picture],
  [[0x47, 0x49, 0x46, 0x38], picture],
  [[0x42, 0x4d], picture],
  [[0x49, 0x49, 0x2a, 0x00], picture],
  [[0x25, 0x50, 0x44, 0x46], pdf],
  [[0x52, 0x61, 0x72, 0x21], packed],
  [[0x37, 0x7a, 0xbc, 0xaf], packed],
  [[0x1f, 0x8b], packed],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], word],
]

/** Refuses a file by its content, whatever its name says. */
export function refuseKnownKinds(bytes: Uint8Array): void {
  const kind = kindOf(bytes)
  if (kind) refuse(kind.zh, kind.en)
}

function kindOf(bytes: Uint8Array): Kind | undefined {
  const begins = (start: readonly number[], from = 0) => start.every((byte, i) => bytes[from + i] === byte)
  // WPS, old Excel and Excel with a password share this container; its directory names the streams in UTF-16.
  if (begins([0xd0, 0xcf, 0x11, 0xe0])) return holds(bytes, 'WordDocument') ? word : holds(bytes, 'ETExtData') ? et : old
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return picture
  if (/^ftyp(hei|mif|avif)/.test(ascii(bytes, 4, 11))) return picture
  if (isZip(bytes)) return zipped(bytes)
  const isBitmap = begins([0x42, 0x4d]) && bytes.subarray(0, 64).includes(0)
  const found = starts.find(([start]) => begins(start))?.[1]
  if (found && (!begins([0x42, 0x4d]) || isBitmap)) return found
  return /^\ufeff?\s*<(!doctype html|html|table|\?xml|\?mso)/i.test(new TextDecoder().decode(bytes.subarray(0, 200))) ? page : undefined
}

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

const holds = (bytes: Uint8Array, name: string) => new TextDecoder('utf-16le').decode(bytes.subarray(0, LOOKED_AT)).includes(name)
const LOOKED_AT = 2 ** 20

function zipped(bytes: Uint8Array): Kind | undefined {
  const { names } = openZip(bytes)
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
  if (has(/^xl\/workbook\.bin$/i)) return binary
  if (has(/(^|\/)\[Content_Types\]\.xml$|^_rels\//i)) return has(/^word\//i) ? word : has(/^ppt\//i) ? slides : undefined
  if (has(/\.iwa$|^Index\.zip$/i)) return numbers
  if (has(/^content\.xml$/)) return has(/^META-INF\//) || has(/^mimetype$/) ? ods : undefined
  return has(/\.(xlsx|xls|csv|et|docx?|png|jpe?g)$/i) ? packed : undefined
}

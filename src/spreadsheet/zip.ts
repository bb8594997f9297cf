import { refuse } from '../refusal.ts'

/** The most that is unpacked of one file; ten thousand people with a dozen columns take a third of it. */
const MOST_UNPACKED = 24 * 1024 * 1024
const MOST_ENTRIES = 2_000
const END_RECORD = 22
const LONGEST_COMMENT = 65_535
/** The unpacker gets little at once, so that its output stays small, too. */
const PIECE = 16 * 1024

interface Entry {
  isDeflated: boolean
  packed: number
  offset: number
}

export interface Archive {
  names: readonly string[]
  has(name: string): boolean
  /** Yields an entry’s text as it is unpacked; nothing for a missing entry. */
  text(name: string): AsyncGenerator<string, void>
}

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/** Opens an archive by its directory. The sizes given there are not believed: all that is unpacked is counted. */
export function openZip(bytes: Uint8Array): Archive {
  const entries = directoryOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  let unpacked = 0

  async function* text(name: string) {
    const entry = entries.get(name)
    if (!entry) return
    const decoder = new TextDecoder()
    for await (const piece of unpack(bytes.subarray(entry.offset, entry.offset + entry.packed), entry.isDeflated)) {
      unpacked += piece.byteLength
      if (unpacked > MOST_UNPACKED)
        refuse(
          '这个文件展开后太大，没有读取；请只保留名单那几列再发。',
          'Unpacked, this file is too large; please keep only the roster’s columns and send it again.',
        )
      yield decoder.decode(piece, { stream: true })
    }
    yield decoder.decode()
  }
  return { names: [...entries.keys()], has: (name) => entries.has(name), text }
}

async function* unpack(packed: Uint8Array, isDeflated: boolean): AsyncGenerator<Uint8Array, void> {
  if (!isDeflated) return yield* piecesOf(packed)
  const inflating = new DecompressionStream('deflate-raw')
  // A failure shows where the stream is read.
  feed(inflating.writable.getWriter(), packed).catch(() => {})
  const reader: ReadableStreamDefaultReader<Uint8Array> = inflating.readable.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(refuseBroken)
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

async function feed(writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>, packed: Uint8Array) {
  for (const piece of piecesOf(packed)) await writer.write(piece)
  await writer.close()
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.slice(from, from + PIECE)
}

function directoryOf(view: DataView): Map<string, Entry> {
  const end = endRecord(view)
  const count = view.getUint16(end + 10, true)
  if (count > MOST_ENTRIES) refuseBroken()
  const entries = new Map<string, Entry>()
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) refuseBroken()
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(
      new Uint8Array(view.buffer, view.byteOffset + at + 46, Math.min(nameLength, view.byteLength - at - 46)),
    )
    entries.set(name.replaceAll('\\', '/').replace(/^\//, ''), entryAt(view, at))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function endRecord(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - END_RECORD - LONGEST_COMMENT)
  for (let at = view.byteLength - END_RECORD; at >= earliest; at--) if (view.getUint32(at, true) === 0x06054b50) return at
  return refuseBroken()
}

function entryAt(view: DataView, at: number): Entry {
  const [flags, method, packed, header] = [
    view.getUint16(at + 8, true),
    view.getUint16(at + 10, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]
  if (header + 30 > view.byteLength || (method !== 0 && method !== 8)) refuseBroken()
  if (flags & 1)
    refuse('这个文件有密码，请去掉密码再发。', 'This file is protected by a password; please remove it and send the file again.')
  const offset = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
  return { isDeflated: method === 8, packed, offset }
}

const refuseBroken = (): never =>
  refuse(
    '这个文件打不开，可能已经损坏；请另存为 .xlsx 再发。',
    'This file cannot be opened and may be damaged; please save it as .xlsx again and resend it.',
  )

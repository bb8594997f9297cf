import { mostToRead, type Refused, refused } from './open-body.ts'

type Wait = (ms: number, then: () => void) => () => void

/** Presses and nearly all messages are smaller, and are read however many come. */
const SMALL = 32 * 1024
/** Larger bodies under way share this room: three hundred half-sent ones must not fill the memory. */
const ROOM = 16 * 1024 * 1024
const LIMIT_MS = 5_000

/**
 * Reads bodies as far as their headers allow. A length over the limit is refused unread, whether it is claimed or comes in chunks. A body
 * is refused too if it takes five seconds or finds no room.
 */
export function bodyReader(wait: Wait): (request: Request, now: Date) => Promise<Uint8Array | Refused> {
  let underWay = 0

  async function read(request: Request, most: number, claimed: number | null): Promise<Uint8Array | Refused> {
    let held = 0
    /** Whether there is room for a body of so many bytes. */
    const holds = (size: number) => {
      const more = size > SMALL ? size - held : 0
      if (more > 0 && underWay + more > ROOM) return false
      held += more
      underWay += more
      return true
    }
    try {
      if (claimed === null) return await chunksOf(request.body, most, holds)
      return holds(claimed) ? new Uint8Array(await request.arrayBuffer()) : crowded
    } catch {
      return refused(400, 'cut-off')
    } finally {
      underWay -= held
    }
  }

  return async (request, now) => {
    const most = mostToRead(request.headers, now)
    if (typeof most !== 'number') return most
    const length = request.headers.get('content-length')
    const claimed = length === null ? null : Number(length)
    if (claimed !== null && !(claimed <= most)) return tooLarge
    return new Promise((done) => {
      const callOff = wait(LIMIT_MS, () => done(refused(408, 'too-slow')))
      read(request, most, claimed).then((body) => {
        callOff()
        done(body)
      })
    })
  }
}

const tooLarge = refused(413, 'too-large')
const crowded = refused(503, 'crowded')

async function chunksOf(
  stream: ReadableStream<Uint8Array> | null,
  most: number,
  holds: (size: number) => boolean,
): Promise<Uint8Array | Refused> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength
    if (size > most) return tooLarge
    if (!holds(size)) return crowded
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

import { connect } from 'node:net'
import type { Wire } from '../harness/door.ts'

/** A request as bytes, made before the clock runs. */
export function bytesOf({ body, headers }: Wire): Buffer {
  const head = [
    'POST /lark/webhook HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${body.byteLength}`,
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

export type Line = Awaited<ReturnType<typeof openLine>>

/** One kept-alive connection with one request under way: far cheaper than an HTTP client, which would measure the load. */
export async function openLine(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let got = Buffer.alloc(0)
  let take: (answer: string) => void = () => {}
  let give: (error: Error) => void = () => {}
  socket.on('error', (error) => give(error))
  socket.on('close', () => give(new Error('closed')))
  socket.on('data', (bytes) => {
    got = got.length === 0 ? bytes : Buffer.concat([got, bytes])
    if (!isWhole(got)) return
    const answer = got.toString('utf8')
    got = Buffer.alloc(0)
    take(answer)
  })
  return {
    ask: (request: Buffer) =>
      new Promise<string>((resolve, reject) => {
        take = resolve
        give = reject
        socket.write(request)
      }),
    close: () => void socket.destroy(),
  }
}

function isWhole(got: Buffer): boolean {
  const head = got.indexOf('\r\n\r\n')
  if (head === -1) return false
  const [, length] = /content-length: (\d+)/i.exec(got.toString('latin1', 0, head)) ?? []
  if (length === undefined) throw new Error('an answer without content-length')
  return got.length >= head + 4 + Number(length)
}

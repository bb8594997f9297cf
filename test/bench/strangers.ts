import { connect, type Socket } from 'node:net'

/** Strangers at the door, in a process of their own. */
export interface Sent {
  sent: number
}

type Kind = 'unsigned' | 'forged' | 'half-sent'

let port = 0
const A_SECOND = 200
const HALF_SENT = 300
const KB = 1024

/** Many keys are what made parsing expensive. */
const body = Buffer.from(`{${Array.from({ length: 64 * KB }, (_, nth) => `"k${nth}":{}`).join(',')}`)
let sent = 0
let stop = () => {}

function headOf(kind: Kind, length: number) {
  const signed = `x-lark-request-timestamp: ${Math.floor(Date.now() / 1000)}\r\nx-lark-request-nonce: n\r\nx-lark-signature: ${'0'.repeat(64)}\r\n`
  return `POST /lark/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n${kind === 'unsigned' ? '' : signed}\r\n`
}

function send(kind: Kind, bytes: Buffer, length = bytes.byteLength): Socket {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  socket.once('data', () => socket.destroy())
  socket.write(headOf(kind, length))
  socket.write(bytes)
  sent++
  return socket
}

const begin = {
  unsigned: () => many(() => void send('unsigned', body.subarray(0, 64 * KB))),
  forged: () => many(() => void send('forged', body.subarray(0, 64 * KB))),
  /** Each stops a byte before its end, and comes again when it is cut off. */
  'half-sent': () => {
    const open = new Set<Socket>()
    let isOver = false
    const again = () => {
      const socket = send('half-sent', body.subarray(0, 480 * KB), 480 * KB + 1)
      open.add(socket)
      socket.once('close', () => {
        open.delete(socket)
        if (!isOver) setTimeout(again, 5_000)
      })
    }
    for (let nth = 0; nth < HALF_SENT; nth++) again()
    return () => {
      isOver = true
      for (const socket of open) socket.destroy()
    }
  },
} satisfies Record<Kind, () => () => void>

function many(one: () => void) {
  const timer = setInterval(one, 1_000 / A_SECOND)
  return () => clearInterval(timer)
}

process.on('message', (order: { begin?: Kind; at?: number; end?: true }) => {
  port = order.at ?? port
  stop()
  stop = () => {}
  if (order.begin) stop = begin[order.begin]()
  process.send?.({ sent } satisfies Sent)
  sent = order.end ? 0 : sent
})

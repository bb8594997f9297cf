import { type Pressed, wireOf } from '../crash/press.ts'
import { bytesOf, type Line, openLine } from './line.ts'

/** The load runs in a process of its own. Presses are signed and sealed first, then sent by so many lines at once. */
export interface Order {
  port: number
  parallel: number
  presses: Pressing[]
}

/** Each is made once, under a name of its own. */
export interface Pressing {
  name: string
  pressed: Pressed
}

export interface Measured {
  seconds: number
  /** The time of each press, in milliseconds, ascending. */
  latencies: number[]
  /** Answers that were no success toast. */
  failures: number
}

async function measure({ port, parallel, presses }: Order): Promise<Measured> {
  const requests = presses.map(({ name, pressed }) => bytesOf(wireOf(pressed, name, Date.now())))
  const lines = await Promise.all(Array.from({ length: parallel }, () => openLine(port)))
  const latencies: number[] = []
  let failures = 0
  let next = 0

  async function send(line: Line) {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const began = performance.now()
      const answer = await line.ask(request)
      latencies.push(performance.now() - began)
      if (!isSuccess(answer)) failures++
    }
  }

  const began = performance.now()
  await Promise.all(lines.map(send))
  const seconds = (performance.now() - began) / 1000
  for (const line of lines) line.close()
  return { seconds, latencies: latencies.sort((a, b) => a - b), failures }
}

const isSuccess = (answer: string) => answer.startsWith('HTTP/1.1 200') && answer.includes('{"toast":{"type":"success"')

process.on('message', (order: Order) => {
  measure(order).then(
    (measured) => process.send?.(measured),
    (error) => {
      console.error(error)
      process.exit(1)
    },
  )
})

import { randomBytes } from 'node:crypto'
import type { Db, Gate } from '../../db/client.ts'
import { openRemote } from '../../db/store/remote.ts'
import { takeTurn } from '../../src/clock/schedule.ts'
import { timer } from '../../src/node-host.ts'

/** A moment to turn at. With `stopsAt` the process stops at its write of that number, before it or behind it. It waits until it is told to go on. */
export interface Strike {
  at: number
  stopsAt?: { write: number; isBehind: boolean }
}

/** A process with a clock of the bot's, on the server whose address it is started with. It turns when it is told the moment. */
const [, , url = ''] = process.argv
const { db } = openRemote({ url, fetch, wait: timer, random: randomBytes })
let goOn = () => {}

function stopping(db: Db, { write: nth, isBehind }: NonNullable<Strike['stopsAt']>): Db {
  let writes = 0
  const write: Gate['write'] = async (statements) => {
    if (++writes !== nth) return db.gate.write(statements)
    const answer = isBehind ? await db.gate.write(statements) : null
    const told = new Promise<void>((done) => {
      goOn = done
    })
    process.send?.('stopped')
    await told
    return answer ?? db.gate.write(statements)
  }
  return Object.create(db, { gate: { value: { ...db.gate, write } } })
}

process.on('message', async (strike: Strike | 'go on') => {
  if (strike === 'go on') return goOn()
  const now = new Date(strike.at)
  const turn = { holder: randomBytes(8).toString('hex'), clock: () => now }
  const { runs } = await takeTurn(strike.stopsAt ? stopping(db, strike.stopsAt) : db, now, () => {}, turn)
  process.send?.(runs.map(({ name, slot }) => `${name} ${slot.toISOString()}`))
})

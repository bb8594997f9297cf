import { randomBytes } from 'node:crypto'
import { openRemote } from '../../db/store/remote.ts'
import { takeTurn } from '../../src/clock/schedule.ts'
import { timer } from '../../src/node-host.ts'

/** A process with a clock of the bot's, on the server whose address it is started with. It turns when it is told the moment. */
const [, , url = ''] = process.argv
const { db } = openRemote({ url, fetch, wait: timer, random: randomBytes })

process.on('message', async (at: number) => {
  const now = new Date(at)
  const turn = { holder: randomBytes(8).toString('hex'), clock: () => now }
  const { runs } = await takeTurn(db, now, () => {}, turn)
  process.send?.(runs.map(({ name, slot }) => `${name} ${slot.toISOString()}`))
})

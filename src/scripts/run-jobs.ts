import { parseArgs } from 'node:util'
import { waitingCount } from '../../db/ledgers/outbox.ts'
import { dueRuns, tick } from '../clock/schedule.ts'
import { storeConfig } from '../config.ts'
import { jsonLog, openStore, systemClock } from '../node-host.ts'

const usage = 'npm run jobs -- --at 2026-10-08T09:00:00+08:00 [--dry-run]'

/** Runs or lists the jobs due at a moment. Their messages wait in the outbox for the running bot. */
async function main() {
  const { values } = parseArgs({ options: { at: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } } })
  const now = values.at ? momentOf(values.at) : systemClock()
  const store = await openStore(storeConfig(process.env), now)
  try {
    const runs = values['dry-run'] ? await dueRuns(store.db, now) : await tick(store.db, now, () => {})
    for (const { name, slot, isLate } of runs)
      jsonLog({ level: 'info', at: 'job', job: name, slot: slot.toISOString(), late: isLate, ran: !values['dry-run'] })
    const [waiting] = await waitingCount(store.db)
    console.log(
      `${runs.length} ${values['dry-run'] ? 'due' : 'run'} at ${now.toISOString()}; ${waiting?.messages ?? 0} messages wait in the outbox.`,
    )
  } finally {
    store.close()
  }
}

/** A moment needs its offset, so that no laptop’s time zone decides which day it is. */
function momentOf(text: string): Date {
  const at = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(at.getTime()))
    throw new Error(`--at wants a moment with its offset: ${usage}`)
  return at
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

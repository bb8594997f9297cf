import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { keepFile } from '../../db/roster/received-files.ts'
import { openFile } from '../../db/store/file.ts'
import { readConfig } from '../../src/config.ts'
import { hostOf } from '../../src/host.ts'
import { readFiles } from '../../src/jobs/read-files.ts'
import { chance, timer } from '../../src/node-host.ts'
import { sheetsInThread } from '../../src/spreadsheet/in-thread.ts'

/** The product, which reads a file when it is told to, as if somebody had sent it. */
export interface HostileFile {
  messageId: string
  path: string
  /** On the event loop, as it was before. */
  isInPlace: boolean
}

const config = readConfig(process.env)
const store = await openFile(config.DATABASE_URL, new Date())
const { db, client } = store
const clock = () => new Date()
const after = (work: Promise<unknown>) => void work.catch((error) => console.error(error))
const log = (event: Record<string, unknown>) => void (event.level === 'error' && console.error(event))
const host = hostOf(config, { db, fetch, clock, random: chance, wait: timer, after, log, gatherMs: 20 })
serve({ fetch: host.app.fetch, port: config.PORT, hostname: '127.0.0.1' })

process.on('message', ({ messageId, path, isInPlace }: HostileFile) => after(read(messageId, path, isInPlace)))

async function read(messageId: string, path: string, isInPlace: boolean) {
  let made = 0
  await keepFile(db, { messageId, fileKey: 'f', name: '名单', branch: 'branch0', by: 'person0_0', chatId: 'oc_dm', at: clock() })
  await readFiles({
    db,
    clock,
    newId: () => `${messageId}${++made}`,
    download: async () => ({ what: 'got', bytes: new Uint8Array(readFileSync(path)) }),
    peopleIn: async () => null,
    sheetsOf: isInPlace ? undefined : sheetsInThread,
  })
  const { rows } = await client.execute({ sql: 'select view, args from outbox where occasion = ?', args: [`roster ${messageId}`] })
  process.send?.({ said: `${rows[0]?.view} ${rows[0]?.args}` })
}

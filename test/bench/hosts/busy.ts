import { serve } from '@hono/node-server'
import { sql } from 'drizzle-orm'
import { say } from '../../../cards/home/say.ts'
import { actorById } from '../../../db/branches/members.ts'
import { allCommittees } from '../../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../../db/client.ts'
import { enqueue } from '../../../db/ledgers/outbox.ts'
import { importRoster } from '../../../db/roster/import.ts'
import { keepFile } from '../../../db/roster/received-files.ts'
import { rosterDrafts } from '../../../db/roster/tables.ts'
import { orderWithin } from '../../../db/scoreboard/order-within.ts'
import { openFile } from '../../../db/store/file.ts'
import { quarter } from '../../../src/calendar.ts'
import { readConfig } from '../../../src/config.ts'
import { hostOf } from '../../../src/host.ts'
import { eachOf } from '../../../src/jobs/each.ts'
import { importRosters } from '../../../src/jobs/import-rosters.ts'
import { readFiles } from '../../../src/jobs/read-files.ts'
import { chance, timer } from '../../../src/node-host.ts'
import { writeTable } from '../../../src/spreadsheet/write.ts'
import { t } from '../../../src/text.ts'
import { openIdOf } from '../../crash/rosters.ts'

/** The product does everything at once behind its presses (T24). After a word to begin it reports the progress of each. */
export interface Done {
  recomputes: number
  imported: number
  sent: number
  /** Lists of ten thousand read to the end, one after the other. */
  read: number
}

const ROWS = 10_000
const MESSAGES = 10_000
const LOT = 500

const config = readConfig(process.env)
const store = await openFile(config.DATABASE_URL, new Date())
const { db } = store
const clock = () => new Date()
const after = (work: Promise<unknown>) => void work.catch((error) => console.error(error))
const log = (event: Record<string, unknown>) => void (event.level === 'error' && console.error(event))
const host = hostOf(config, { db, fetch, clock, random: chance, wait: timer, after, log, gatherMs: 20 })
serve({ fetch: host.app.fetch, port: config.PORT, hostname: '127.0.0.1' })

process.once('message', () => {
  for (const work of [recomputes(), imports(), reads(), fansOut(), tells()]) after(work)
})

let recomputed = 0
/** Every branch of every committee, its whole quarter from the facts. */
async function recomputes() {
  for (;;) {
    await eachOf(await allCommittees(db), ({ id }) => orderWithin(db, id, quarter(clock()), clock()))
    recomputed++
  }
}

/** A list as a secretary sends it: read, previewed, pressed, and written to the end. */
async function imports() {
  const [branch, by, messageId] = ['branch0', 'person0_0', 'om_list']
  const columns = ['姓名', '阶段', '党小组', '入党日期'].map((heading) => ({ heading, width: 10 }))
  const rows = Array.from({ length: ROWS }, (_, nth) => [nameOf(nth), '正式党员', `第${nth % 300}党小组`, '2001-07-01'])
  const bytes = await writeTable({ name: '名单', title: '名单', columns, rows })
  await together(db, [statementOf(keepFile(db, { messageId, fileKey: 'f', name: '全.xlsx', branch, by, chatId: 'oc_dm', at: clock() }))])
  let made = 0
  const newId = () => `bench${String(++made).padStart(20, '0')}`
  await readFiles({ db, clock, newId, download: async () => ({ what: 'got', bytes }), peopleIn: async () => null })
  const [[draft], [actor]] = await lookUp(db, [db.select().from(rosterDrafts).where(sql`branch = ${branch}`), actorById(db, by)])
  if (!draft || !actor) throw new Error('the list was not read')
  await importRoster(db, draft, actor, clock())
  await importRosters(db)
}

let read = 0
/** Lists that other secretaries send all the time: each is read and previewed, and replaces the one before. */
async function reads() {
  const [branch, by] = ['branch1', 'person1_0']
  const line = (nth: number) => `${nameOf(nth)},正式党员,第${nth % 300}党小组,2001-07-01`
  const bytes = new TextEncoder().encode(`姓名,阶段,党小组,入党日期\n${Array.from({ length: ROWS }, (_, nth) => line(nth)).join('\n')}`)
  let made = 0
  const newId = () => `read${String(++made).padStart(20, '0')}`
  for (;;) {
    const messageId = `om_read_${read}`
    await together(db, [statementOf(keepFile(db, { messageId, fileKey: 'f', name: '全.csv', branch, by, chatId: 'oc_dm1', at: clock() }))])
    await readFiles({ db, clock, newId, download: async () => ({ what: 'got', bytes }), peopleIn: async () => null })
    read++
  }
}

const nameOf = (n: number) => `人${[...String(n)].map((digit) => '甲乙丙丁戊己庚辛壬癸'[Number(digit)]).join('')}`

/** Sends that many messages from the outbox as fast as the platform lets them go. */
async function fansOut() {
  for (let first = 0; first < MESSAGES; first += LOT)
    await together(
      db,
      Array.from({ length: LOT }, (_, nth) => {
        const person = openIdOf(`somebody${first + nth}`)
        const said = say.args(t('一条消息', 'A message'))
        return statementOf(enqueue(db, { occasion: `bench ${person}`, to: { person }, ...said, dueAt: clock(), lane: 'bulk' }))
      }),
    )
  await host.runner.kick()
}

async function tells() {
  for (; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const [[people], [messages]] = await lookUp(db, [
      db.select({ n: sql<number>`count(*)` }).from(sql`members where branch = 'branch0' and open_id is null`),
      db.select({ n: sql<number>`count(*)` }).from(sql`outbox where occasion like 'bench %' and state = 'sent'`),
    ])
    process.send?.({ recomputes: recomputed, imported: people?.n ?? 0, sent: messages?.n ?? 0, read } satisfies Done)
  }
}

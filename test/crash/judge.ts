import type { Client } from '@libsql/client'
import type { Store } from '../../db/store/file.ts'
import { render } from '../../src/bot.ts'
import type { Feishu } from '../../src/playground/feishu/feishu.ts'
import type { Pressing } from './crowd.ts'
import type { Expected } from './rosters.ts'

/** Findings that must all be 0 or 'ok'. */
export interface Verdict {
  /** Acknowledged to somebody, and not in the database. */
  lost: number
  /** Answered as new twice, or more arrivals, claims or audit entries than people who pressed. */
  doubled: number
  integrity: string
}

export async function judgeFile({ client }: Store, pressings: readonly Pressing<Expected>[]): Promise<Verdict> {
  const arrived = new Set((await client.execute('select gathering, member from arrivals')).rows.map((row) => `${row[0]} ${row[1]}`))
  const acknowledged = pressings.filter((one) => one.acknowledged)
  return {
    lost: acknowledged.filter(({ gathering, member }) => !arrived.has(`${gathering} ${member}`)).length,
    doubled: pressings.filter(({ successes }) => successes > 1).length + (await surplus(client, arrived.size)),
    integrity: await integrityOf(client),
  }
}

/** Each arrival is one claim of one delivery and one audit entry. */
async function surplus(client: Client, arrivals: number) {
  const claims = await number(client, 'select count(*) from deliveries')
  const entries = await number(client, "select count(*) from audit where deed = 'attendance.checkIn'")
  const people = await number(client, "select count(distinct actor || ' ' || subject) from audit where deed = 'attendance.checkIn'")
  return Math.abs(claims - arrivals) + Math.abs(entries - arrivals) + Math.abs(people - arrivals)
}

export async function integrityOf(client: Client) {
  const broken = (await client.execute('PRAGMA foreign_key_check')).rows.length
  return broken > 0 ? `${broken} foreign keys` : String((await client.execute('PRAGMA integrity_check')).rows[0]?.[0])
}

export interface SpokenVerdict {
  /** Rows that still wait though they are due, or were given up. */
  stuck: number
  /** Cards that show something else than the database holds. */
  stale: number
  /** Cards that were posted not once. */
  repeated: number
}

export const isQuiet = async ({ client }: Store) => (await number(client, "select count(*) from outbox where state = 'waiting'")) === 0

export async function judgeChats({ db, client }: Store, feishu: Feishu, gatherings: readonly string[], now: Date): Promise<SpokenVerdict> {
  let stale = 0
  let repeated = 0
  for (const gathering of gatherings) {
    const { rows } = await client.execute({ sql: 'select message_id from posts where subject = ?', args: [gathering] })
    const shown = feishu.messages.filter(({ content }) => JSON.stringify(content).includes(`"gathering":"${gathering}"`))
    const card = JSON.stringify(await render(db, 'gathering', { subject: gathering }, now))
    if (shown.length !== 1 || rows.length !== 1) repeated++
    if (JSON.stringify(shown[0]?.content) !== card) stale++
  }
  return { stuck: await number(client, "select count(*) from outbox where state in ('waiting', 'dead')"), stale, repeated }
}

export const number = async (client: Client, sql: string) => Number((await client.execute(sql)).rows[0]?.[0])

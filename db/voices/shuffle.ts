import { sql } from 'drizzle-orm'
import { type Db, inList, lookUp, prepared, type Statement, together } from '../client.ts'
import { movingVoices, voices } from './tables.ts'

/** The unsigned voices that came since all were last moved. None where the store is not ours to wipe: it keeps earlier states in its own files. */
export const unshuffledVoices = (db: Db): Statement<{ id: string }[]> => unmoved(db, { isOurs: db.gate.wipe ? 1 : 0 })

const unmoved = prepared((db) =>
  db
    .select({ id: voices.id })
    .from(voices)
    .where(sql`${sql.placeholder('isOurs')} and not ${voices.isShuffled}`),
)

/** A press that comes in between waits for one lot. */
const LOT = 1_000

/** Small tables are one lot; large ones are cut by the first character of the ids. */
export async function lotsOfVoices(db: Db): Promise<string[]> {
  const [starts] = await lookUp(db, [
    db.select({ start: sql<string>`substr(id, 1, 1)`, rows: sql<number>`count(*)` }).from(voices).groupBy(sql`1`).orderBy(sql`1`),
  ])
  return starts.reduce((sum, { rows }) => sum + rows, 0) <= LOT ? [''] : starts.map(({ start }) => start)
}

/** Takes the voices of a lot out and puts them back in the order of their ids. A voice then lies anywhere, whenever it came. */
export const shuffleVoices = (db: Db, start: string) =>
  together(db, [
    db.insert(movingVoices).select(sql`select * from voices where substr(id, 1, ${start.length}) = ${start}`),
    db.delete(voices).where(sql`substr(${voices.id}, 1, ${start.length}) = ${start}`),
    db.insert(voices).select(sql`select * from moving_voices order by id`),
    db.delete(movingVoices),
  ])

/** Noted once the journal is emptied: after a crash in between, they are moved again. */
export const noteShuffledVoices = (db: Db, ids: readonly string[]) =>
  together(db, [
    db
      .update(voices)
      .set({ isShuffled: true })
      .where(sql`${voices.id} in ${inList(ids)}`),
  ])

import { sql } from 'drizzle-orm'
import { type Db, lookUp } from '../client.ts'
import type { Sealing } from './sealing.ts'
import { ballots } from './tables.ts'

/** The ballots that wait to be counted with another DATA_KEY than this one. A ballot is frozen, so its key is never wrapped anew. */
export async function ballotsOfEarlierKeys(db: Db, sealing: Sealing): Promise<string[]> {
  const [locked] = await lookUp(db, [
    db.select({ id: ballots.id, wrapped: ballots.wrappedKey }).from(ballots).where(sql`${ballots.wrappedKey} is not null`),
  ])
  return locked.flatMap(({ id, wrapped }) => (wrapped !== null && !sealing.unlocks(id, wrapped) ? [id] : []))
}

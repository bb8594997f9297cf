import { sql } from 'drizzle-orm'
import { members } from '../branches/tables.ts'
import { type Db, inList } from '../client.ts'

/** A card holds 30 KB, and some forms ask for two people. */
const MOST_PICKABLE = 80

/** The people of some branches who can be picked as owners: in Feishu, and not away. */
export const pickableIn = (db: Db, branches: readonly string[]) =>
  db
    .select({ id: members.id, name: members.name, openId: sql<string>`${members.openId}` })
    .from(members)
    .where(
      sql`${members.branch} in ${inList(branches)} and ${members.leftOn} is null and ${members.openId} is not null and ${members.awaySince} is null`,
    )
    .orderBy(members.addedAt, members.id)
    .limit(MOST_PICKABLE)

/** The person of the unit who was picked, by open_id. */
export const pickedPerson = (db: Db, unit: string, openId: string | null | undefined) =>
  db
    .select({ id: members.id, name: members.name })
    .from(members)
    .where(sql`${members.unit} = ${unit} and ${members.openId} = ${openId ?? ''} and ${members.leftOn} is null`)

export const namedPerson = (db: Db, member: string) =>
  db
    .select({ id: members.id, name: members.name, branch: members.branch, openId: members.openId })
    .from(members)
    .where(sql`${members.id} = ${member} and ${members.leftOn} is null`)

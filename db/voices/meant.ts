import { sql } from 'drizzle-orm'
import { members } from '../branches/tables.ts'
import type { Db } from '../client.ts'

/** The answerers of a branch, one of whom a voice may be about. */
export const meantOf = (db: Db, branch: string) =>
  db
    .selectDistinct({ id: members.id, name: members.name })
    .from(members)
    .innerJoin(
      sql`seats s`,
      sql`s.member = ${members.id} and s.branch = ${branch} and s.role in ('secretary', 'deputy', 'publicity') and s.until_at is null`,
    )
    .where(sql`${members.leftOn} is null`)
    .orderBy(members.name, members.id)

/** The names of everybody in the unit, none of which stands in what is published. */
export const namesOfUnit = (db: Db, unit: string) =>
  db.selectDistinct({ name: members.name }).from(members).where(sql`${members.unit} = ${unit} and ${members.leftOn} is null`)

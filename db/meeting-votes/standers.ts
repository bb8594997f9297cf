import { sql } from 'drizzle-orm'
import type { Stander } from '../../src/rules/meeting-votes/write-ins.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { expectedPeople } from '../gatherings/expected.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'

/** The people of a meeting's branch, in the order of the roster. The voters may stand; an exclusion takes nobody's right away. */
export const standersOf = (db: Db, { id, branch }: Pick<GatheringAsItStands, 'id' | 'branch'>): Statement<Stander[]> =>
  statementOf(
    db
      .select({
        id: sql<string>`m.id`,
        name: sql<string>`m.name`,
        mayStand: sql<boolean>`exists (select 1 from ${expectedPeople(sql`${id}`)} x where x.member = m.id and x.votes)`.mapWith(Boolean),
      })
      .from(sql`members m`)
      .where(sql`m.branch = ${branch} and m.left_on is null`)
      .orderBy(sql`m.added_at, m.id`),
  ) as Statement<Stander[]>

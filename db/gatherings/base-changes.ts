import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { ExclusionReason, ExclusionScope } from '../../src/rules/voters/exclusions.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onDuplicate, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { adoptions } from '../voters/tables.ts'
import { heldOn } from './expected.ts'
import type { GatheringAsItStands } from './state.ts'
import { failIfOver } from './under-way.ts'

/** A person who is out of a base: why, by whose word, and whether it counts in this meeting. */
export interface OutOfBase {
  id: string
  name: string
  /** Null for a suspended right, which leaves every base. */
  scope: ExclusionScope | null
  reason: ExclusionReason | null
  counts: boolean
  by: string
  at: Date
  confirmedBy: string | null
  confirmedAt: Date | null
  isAdopted: boolean
}

const date = (ms: number | null) => (ms === null ? null : new Date(ms))
const moment = (column: ReturnType<typeof sql>) => sql`${column}`.mapWith(date) as ReturnType<typeof sql<Date | null>>
const nameOf = (member: ReturnType<typeof sql>) => sql<string>`(select p.name from members p where p.id = ${member})`

const covers = sql`t.from_on <= ${heldOn} and (t.until_on is null or t.until_on >= ${heldOn})`

/** The exclusions of a meeting's day, those that came too late for it among them. */
const exclusionsOn = (db: Db, gathering: string) =>
  db
    .select({
      id: sql<string>`t.id`,
      name: nameOf(sql`t.member`),
      scope: sql<ExclusionScope | null>`t.scope`,
      reason: sql<ExclusionReason | null>`t.reason`,
      counts: sql<boolean>`coalesce(t.confirmed_at <= g.called_at, 0)`.mapWith(Boolean),
      by: nameOf(sql`t.requested_by`),
      at: sql<Date>`t.requested_at`.mapWith((ms: number) => new Date(ms)),
      confirmedBy: nameOf(sql`t.confirmed_by`) as ReturnType<typeof sql<string | null>>,
      confirmedAt: moment(sql`t.confirmed_at`),
      isAdopted: sql<boolean>`exists (select 1 from adoptions d where d.gathering = g.id and d.exclusion = t.id)`.mapWith(Boolean),
    })
    .from(sql`gatherings g join exclusions t on t.branch = g.branch`)
    .where(
      sql`g.id = ${gathering} and t.refused_at is null and (t.ended_at is null or t.confirmed_at is not null and t.ended_at > g.called_at) and ${covers}`,
    )
    .orderBy(sql`t.scope desc, t.requested_at, t.id`)

/** The suspended rights of a meeting's day. */
const suspensionsOn = (db: Db, gathering: string) =>
  db
    .select({
      id: sql<string>`t.id`,
      name: nameOf(sql`t.member`),
      scope: sql<ExclusionScope | null>`null`,
      reason: sql<ExclusionReason | null>`null`,
      counts: sql<boolean>`t.entered_at <= g.starts_at`.mapWith(Boolean),
      by: nameOf(sql`t.entered_by`),
      at: sql<Date>`t.entered_at`.mapWith((ms: number) => new Date(ms)),
      confirmedBy: sql<string | null>`null`,
      confirmedAt: moment(sql`null`),
      isAdopted: sql<boolean>`0`.mapWith(Boolean),
    })
    .from(sql`gatherings g join suspensions t on t.branch = g.branch`)
    .where(sql`g.id = ${gathering} and (t.ended_at is null or t.ended_at > g.starts_at) and ${covers}`)
    .orderBy(sql`t.entered_at, t.id`)

/** The changes that came after the call or after the start, and hence move nothing in this meeting. */
const lateChanges = (db: Db, gathering: string) =>
  db
    .select({
      name: nameOf(sql`c.member`),
      deed: sql<string>`c.deed`,
      by: nameOf(sql`c."by"`),
      at: sql<Date>`c.at`.mapWith((ms: number) => new Date(ms)),
    })
    .from(sql`gatherings g join person_changes c on c.branch = g.branch and c.undone_at is null`)
    .where(
      sql`g.id = ${gathering} and (c.deed in ('member.away', 'member.back') and c.at > g.called_at and c.at < g.ends_at
        or c.deed in ('member.stage', 'roster.remove') and c.at > g.starts_at and c.at < g.ends_at)`,
    )
    .orderBy(sql`c.at, c.rowid`)
    .limit(50)

export type Late = Awaited<ReturnType<typeof lateChanges>>[number]

/** Everything that the host is told about the bases of a meeting. */
export const baseChanges = (db: Db, gathering: string) =>
  [statementOf(exclusionsOn(db, gathering)), statementOf(suspensionsOn(db, gathering)), statementOf(lateChanges(db, gathering))] as const

/** The host notes that the meeting adopted its exclusions at the start. An exclusion is in force without it. */
export async function noteAdoption(db: Db, it: GatheringAsItStands, adopted: readonly OutOfBase[], host: Actor, now: Date) {
  await together(db, [
    failIfOver(db, it.id),
    db.insert(adoptions).values(adopted.map(({ id }) => ({ gathering: it.id, exclusion: id, by: host.id, at: now }))),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'gathering.adoptExclusions', subject: it.id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
  ]).catch(onDuplicate(adoptions, () => refuse('已经记下了，不用再按。', 'It is noted already; no need to press again.')))
}

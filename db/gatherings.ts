import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type GatheringKind, gatheringKindNames } from '../src/rules/gatherings.ts'
import type { Db } from './client.ts'
import { members } from './members.ts'
import { branches, groups } from './units.ts'

export const gatherings = sqliteTable(
  'gatherings',
  {
    id: text().primaryKey(),
    /** The branch that called it; `gatheringBranches` says who all meets. */
    branch: text()
      .notNull()
      .references(() => branches.id),
    group: text('group_id').references(() => groups.id),
    kind: text({ enum: gatheringKindNames }).$type<GatheringKind>().notNull(),
    place: text().notNull(),
    startsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    calledBy: text()
      .notNull()
      .references(() => members.id),
    calledAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Who must be in the room enters a code; it is derived from this secret and the hour. */
    roomSecret: text(),
  },
  (it) => [index('gatherings_by_branch').on(it.branch, it.startsAt), index('gatherings_by_end').on(it.endsAt)],
)

export const gatheringBranches = sqliteTable(
  'gathering_branches',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.branch] }), index('gathering_branches_by_branch').on(it.branch)],
)

/** What is on the agenda; the tags say which further standards it can credit. */
export const agendaItems = sqliteTable(
  'agenda_items',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    position: integer().notNull(),
    words: text().notNull(),
    tags: text({ mode: 'json' }).$type<string[]>().notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.position] })],
)

/** How it ended: by whom (`clock` for the clock), and the headcount that was judged. A row, not a flag; re-opening has its own. */
export const closures = sqliteTable('closures', {
  gathering: text()
    .primaryKey()
    .references(() => gatherings.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  by: text().notNull(),
  expected: integer().notNull(),
  present: integer().notNull(),
  expectedVoters: integer().notNull(),
  presentVoters: integer().notNull(),
  isQuorate: integer({ mode: 'boolean' }).notNull(),
})

export const cancellations = sqliteTable('cancellations', {
  gathering: text()
    .primaryKey()
    .references(() => gatherings.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  by: text().notNull(),
  reason: text().notNull(),
})

export const reopenings = sqliteTable(
  'reopenings',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text().notNull(),
    reason: text().notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.at] })],
)

/** A decision has an owner and a date, and becomes a task. */
export const decisions = sqliteTable(
  'decisions',
  {
    id: text().primaryKey(),
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    words: text().notNull(),
    owner: text().references(() => members.id),
    dueOn: text(),
    doneAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('decisions_by_gathering').on(it.gathering)],
)

export const minutes = sqliteTable('minutes', {
  gathering: text()
    .primaryKey()
    .references(() => gatherings.id),
  words: text().notNull(),
  confirmedBy: text().references(() => members.id),
  confirmedAt: integer({ mode: 'timestamp_ms' }),
})

/** Gatherings that begin soon and were called some while before. */
export const startingBetween = (db: Db, from: Date, to: Date, calledMsBefore: number) =>
  db
    .select({ id: gatherings.id, branch: gatherings.branch, group: gatherings.group })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${from.getTime()} and ${gatherings.startsAt} > ${from.getTime()} and ${gatherings.startsAt} <= ${to.getTime()}
        and ${gatherings.calledAt} < ${gatherings.startsAt} - ${calledMsBefore}
        and not exists (select 1 from closures c where c.gathering = ${gatherings.id}) and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(500)

/** Gatherings whose time is over and which nobody closed. */
export const unclosedBefore = (db: Db, now: Date) =>
  db
    .select({ id: gatherings.id })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} <= ${now.getTime()} and not exists (select 1 from closures c where c.gathering = ${gatherings.id})
        and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.endsAt, gatherings.id)
    .limit(200)

import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AgendaTag } from '../../src/rules/gatherings/agenda.ts'
import { type GatheringKind, gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { chats } from '../branches/chats.ts'
import { members } from '../branches/members.ts'
import { branches, groups } from '../branches/units.ts'
import { type Db, prepared } from '../client.ts'

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
    /** The branch's own headcount as it was judged at the close; empty before, and of what was closed before branches met jointly. */
    expected: integer(),
    present: integer(),
    expectedVoters: integer(),
    presentVoters: integer(),
    isQuorate: integer({ mode: 'boolean' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.branch] }), index('gathering_branches_by_branch').on(it.branch)],
)

/** What is on the agenda; the tags say which further standards it can credit. Neither held nor struck out: nobody has said yet. */
export const agendaItems = sqliteTable(
  'agenda_items',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    position: integer().notNull(),
    words: text().notNull(),
    tags: text({ mode: 'json' }).$type<AgendaTag[]>().notNull(),
    /** When a host said, by closing or afterwards, that it was held. */
    heldAt: integer({ mode: 'timestamp_ms' }),
    /** When a host said that it was not. */
    struckAt: integer({ mode: 'timestamp_ms' }),
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

/** Whether a closed gathering was quorate for one of its branches, beside a join of `gatheringBranches` and `closures`. */
export const isQuorateForBranch = sql<boolean>`coalesce(${gatheringBranches.isQuorate}, ${closures.isQuorate})`

/** The chats in which a gathering is told: of all its branches, or of its group. A group without a chat of its own is told in the branch's. */
export const chatsOfGathering = (db: Db, gathering: string) =>
  db
    .select({ chatId: chats.chatId, branch: chats.branch })
    .from(chats)
    .where(
      sql`${chats.group} = (select g.group_id from gatherings g where g.id = ${gathering})
        or (${chats.branch} in (select gb.branch from gathering_branches gb where gb.gathering = ${gathering})
          and not exists (select 1 from chats own join gatherings g on g.group_id = own.group_id where g.id = ${gathering}))`,
    )
    .orderBy(chats.boundAt, chats.chatId)

/** Gatherings that begin soon, and of whose time the chats heard some while before: when they were called, or moved. */
export const startingBetween = (db: Db, from: Date, to: Date, heardMsBefore: number) =>
  starting(db, { from: from.getTime(), to: to.getTime(), heardMsBefore })
const starting = prepared((db) =>
  db
    .select({ id: gatherings.id, startsAt: gatherings.startsAt })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${sql.placeholder('from')} and ${gatherings.startsAt} > ${sql.placeholder('from')} and ${gatherings.startsAt} <= ${sql.placeholder('to')}
        and ${gatherings.calledAt} < ${gatherings.startsAt} - ${sql.placeholder('heardMsBefore')}
        and not exists (select 1 from audit a where a.subject = ${gatherings.id} and a.deed = 'gathering.reschedule'
          and a.at >= ${gatherings.startsAt} - ${sql.placeholder('heardMsBefore')})
        and not exists (select 1 from closures c where c.gathering = ${gatherings.id}) and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(500),
)

/** What is called and neither closed nor cancelled, and goes on or begins between two moments. */
export const openBetween = (db: Db, from: Date, to: Date) => openIn(db, { from: from.getTime(), to: to.getTime() })
const openIn = prepared((db) =>
  db
    .select({ startsAt: gatherings.startsAt, endsAt: gatherings.endsAt })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${sql.placeholder('from')} and ${gatherings.startsAt} <= ${sql.placeholder('to')}
        and not exists (select 1 from closures c where c.gathering = ${gatherings.id}) and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    ),
)

/** Gatherings whose time is over and which nobody closed. */
export const unclosedBefore = (db: Db, now: Date) => overAndUnclosed(db, { now: now.getTime() })
const overAndUnclosed = prepared((db) =>
  db
    .select({ id: gatherings.id })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} <= ${sql.placeholder('now')} and not exists (select 1 from closures c where c.gathering = ${gatherings.id})
        and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.endsAt, gatherings.id)
    .limit(200),
)

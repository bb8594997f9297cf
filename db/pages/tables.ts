import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { members, units } from '../branches/tables.ts'

/** The kinds of pages on the web; src/web/index.ts has the page for each. */
export const linkKinds = [
  'roomCode',
  'scoreboard',
  'branchScore',
  'assessment',
  'ballot',
  'receipts',
  'ballotCodes',
  'publicBallot',
  'tallySheet',
  'minutes',
  'board',
] as const

/**
 * The holder of an address may look, until it expires or is revoked. The other half of the address is derived from a key that is not in
 * the database (src/web/address.ts).
 */
export const links = sqliteTable(
  'links',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    kind: text({ enum: linkKinds }).notNull(),
    /** The id of the thing that the page shows: a gathering, a branch, … */
    subject: text().notNull(),
    /** The person who acts through it, with their rights at that time. Null for a page that is only looked at. */
    person: text().references(() => members.id),
    madeBy: text().notNull(),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
    revokedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    uniqueIndex('links_one_for_all').on(it.kind, it.subject).where(sql`person is null and revoked_at is null`),
    uniqueIndex('links_one_a_person').on(it.kind, it.subject, it.person).where(sql`person is not null and revoked_at is null`),
    index('links_by_subject').on(it.subject),
  ],
)

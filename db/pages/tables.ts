import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { members, units } from '../branches/tables.ts'

/** What can be looked at on the web; each has its page in src/web/index.ts. */
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
] as const

/** Who holds an address may look, until it expires or is taken back. Its other half is derived from a key that is not in here (src/web/address.ts). */
export const links = sqliteTable(
  'links',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    kind: text({ enum: linkKinds }).notNull(),
    /** What the page is about: a gathering, a branch, … */
    subject: text().notNull(),
    /** Who acts through it, with the rights they have when they do; nobody for a page that is only looked at. */
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

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { purposes } from '../../src/rules/vault/purposes.ts'
import { branches, units } from '../branches/tables.ts'

/**
 * The keys that seal free words about people, one a branch and purpose. Each is wrapped with a key that comes of DATA_KEY, which no
 * database holds.
 */
export const vaultKeys = sqliteTable(
  'vault_keys',
  {
    kid: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    purpose: text({ enum: purposes }).notNull(),
    wrapped: text().notNull(),
    /** The fingerprint of the DATA_KEY that wraps it. */
    wrappedBy: text().notNull(),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** It seals nothing any more; it opens what it sealed. */
    retiredAt: integer({ mode: 'timestamp_ms' }),
    /** A key stops at 2^32 uses, so that its random nonces never meet. */
    uses: integer().notNull().default(0),
  },
  (it) => [index('vault_keys_by_branch').on(it.branch, it.purpose), index('vault_keys_by_wrapper').on(it.wrappedBy)],
)

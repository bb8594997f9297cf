import { type SQL, sql } from 'drizzle-orm'
import { type Db, type Statement, statementOf } from './client.ts'
import { guards } from './ledgers/tables.ts'

/**
 * For `together`: fails the whole batch where the condition is true at that moment, and `otherwise` says why.
 * Two presses at once both read the same facts; the guard is asked again inside the transaction.
 */
export const failIf = (db: Db, condition: SQL, otherwise: () => never): Statement => ({
  ...statementOf(db.insert(guards).select(sql`select ${0} where ${condition}`)),
  otherwise,
})

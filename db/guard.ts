import { type SQL, sql } from 'drizzle-orm'
import { type Db, prepared, type Statement, statementOf } from './client.ts'
import { guards } from './ledgers/tables.ts'

const guarding = (db: Db, condition: SQL) => db.insert(guards).select(sql`select ${0} where ${condition}`)

/**
 * For `together`: fails the whole batch where the condition is true at that moment, and `otherwise` says why. Two presses at once read the
 * same facts; the guard is asked again inside the transaction.
 */
export const failIf = (db: Db, condition: SQL, otherwise: () => never): Statement => ({
  ...statementOf(guarding(db, condition)),
  otherwise,
})

/** The same guard built once, for a batch that runs often; the condition holds placeholders. */
export function preparedFailIf<V extends Record<string, unknown>>(condition: SQL, otherwise: () => never) {
  const guard = prepared<unknown, V>((db) => guarding(db, condition))
  return (db: Db, values: V): Statement => ({ ...guard(db, values), otherwise })
}

import { sql } from 'drizzle-orm'
import { type Db, type Statement, statementOf } from '../client.ts'
import { guards, leases } from './tables.ts'

export interface Lease {
  name: string
  holder: string
}

/** Takes or renews a lease; no row comes back when somebody else holds it. */
export const takeLease = (db: Db, { name, holder }: Lease, now: Date, ms: number) =>
  db
    .insert(leases)
    .values({ name, holder, until: new Date(now.getTime() + ms) })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder: sql`excluded.holder`, until: sql`excluded.until` },
      setWhere: sql`${leases.holder} = excluded.holder or ${leases.until} <= ${now.getTime()}`,
    })
    .returning({ holder: leases.holder })

/** The end of a lease as it is held now; no row when nobody holds it. */
export const leaseUntil = (db: Db, name: string) => db.select({ until: leases.until }).from(leases).where(sql`${leases.name} = ${name}`)

/** For the `where` of a statement that only the holder may run, in a batch that renews the lease first. */
export const isHeld = ({ name, holder }: Lease) => sql`exists (select 1 from leases l where l.name = ${name} and l.holder = ${holder})`

/**
 * The claim of a holder’s work, for `boundTo`. Each batch behind it fails with `LeaseLost` once somebody else holds the lease. The holder’s
 * name is the fencing token: each request for the lease needs a new one.
 */
export const fence = (db: Db, lease: Lease): Statement => statementOf(db.insert(guards).select(sql`select null where not ${isHeld(lease)}`))

export const giveBack = (db: Db, { name, holder }: Lease) =>
  db.delete(leases).where(sql`${leases.name} = ${name} and ${leases.holder} = ${holder}`)

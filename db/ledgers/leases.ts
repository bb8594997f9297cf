import { type Placeholder, sql } from 'drizzle-orm'
import { type Db, prepared } from '../client.ts'
import { guards, leases } from './tables.ts'

export interface Lease {
  name: string
  holder: string
}

/** Takes or renews a lease; no row comes back when somebody else holds it. */
export const takeLease = (db: Db, { name, holder }: Lease, now: Date, ms: number) =>
  taking(db, { name, holder, now: now.getTime(), until: now.getTime() + ms })

const taking = prepared((db) =>
  db
    .insert(leases)
    .values({ name: sql.placeholder('name'), holder: sql.placeholder('holder'), until: sql`${sql.placeholder('until')}` })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder: sql`excluded.holder`, until: sql`excluded.until` },
      setWhere: sql`${leases.holder} = excluded.holder or ${leases.until} <= ${sql.placeholder('now')}`,
    })
    .returning({ holder: leases.holder }),
)

/** The end of a lease as it is held now; no row when nobody holds it. */
export const leaseUntil = (db: Db, name: string) => db.select({ until: leases.until }).from(leases).where(sql`${leases.name} = ${name}`)

/** For the `where` of a statement that only the holder may run, in a batch that renews the lease first. */
export const isHeld = ({ name, holder }: Record<keyof Lease, string | Placeholder>) =>
  sql`exists (select 1 from leases l where l.name = ${name} and l.holder = ${holder})`

/**
 * The claim of a holder’s work, for `boundTo`. Each batch behind it fails with `LeaseLost` once somebody else holds the lease. The holder’s
 * name is the fencing token: each request for the lease needs a new one.
 */
export const fence = (db: Db, { name, holder }: Lease) => fencing(db, { name, holder })

const fencing = prepared((db) =>
  db.insert(guards).select(sql`select null where not ${isHeld({ name: sql.placeholder('name'), holder: sql.placeholder('holder') })}`),
)

export const giveBack = (db: Db, { name, holder }: Lease) => givingBack(db, { name, holder })

const givingBack = prepared((db) =>
  db.delete(leases).where(sql`${leases.name} = ${sql.placeholder('name')} and ${leases.holder} = ${sql.placeholder('holder')}`),
)

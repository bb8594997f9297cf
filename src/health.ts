import { type Db, together } from '../db/client.ts'
import { takeLease } from '../db/ledgers/leases.ts'

/** The check writes, because a store that only reads is not healthy. It runs at most once a second, for anybody may ask. */
export function healthOf({ db, clock }: { db: Db; clock(): Date }): () => Promise<boolean> {
  let asked = { at: Number.NEGATIVE_INFINITY, isHealthy: Promise.resolve(false) }
  return () => {
    const now = clock()
    if (Math.abs(now.getTime() - asked.at) < 1_000) return asked.isHealthy
    const written = together(db, [takeLease(db, { name: 'health', holder: 'health' }, now, 0)])
    asked = {
      at: now.getTime(),
      isHealthy: written.then(
        ([row]) => row.length === 1,
        () => false,
      ),
    }
    return asked.isHealthy
  }
}

import { type Branch, type BranchPlace, branchesAfter } from '../../db/branches/units.ts'
import { CutOff, type Db, lookUp } from '../../db/client.ts'
import { LOT } from '../../db/duties/account.ts'
import { turn } from '../turn.ts'

/**
 * Goes through all one by one and gives way in between. A failure makes the job fail only after the others are done. A turn that is over
 * stops it at once.
 */
export async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const one of all) {
    await work(one).catch((error) => {
      if (error instanceof CutOff) throw error
      failures.push(error)
    })
    await turn()
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${all.length} failed`)
}

export const batchesOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size))

/** All branches, committee by committee, as many at once as one round trip reads the facts of. */
export async function* branchLots(db: Db, from: BranchPlace | null): AsyncGenerator<{ branches: Branch[]; upTo: BranchPlace }> {
  for (let place = from; ; ) {
    const [branches] = await lookUp(db, [branchesAfter(db, place, LOT)])
    const last = branches.at(-1)
    if (!last) return
    place = [last.committee, last.id]
    yield { branches, upTo: place }
    if (branches.length < LOT) return
  }
}

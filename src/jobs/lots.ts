import { type Branch, type BranchPlace, branchesAfter } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { LOT } from '../../db/duties/account.ts'

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

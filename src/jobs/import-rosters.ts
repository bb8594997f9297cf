import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { unfinishedDrafts } from '../../db/roster/drafts.ts'
import { importRest } from '../../db/roster/import.ts'

/** Long imports go on where they were cut off. */
export async function importRosters(db: Db): Promise<void> {
  for (const draft of await unfinishedDrafts(db)) {
    const [[branch]] = await lookUp(db, [branchById(db, draft.branch)])
    if (branch) await importRest(db, draft, branch.unit)
  }
}

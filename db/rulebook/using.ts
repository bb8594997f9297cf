import { sql } from 'drizzle-orm'
import { quarter } from '../../src/calendar.ts'
import { isUsed } from '../../src/rules/rulebook/modules.ts'
import type { Module } from '../../src/rules/standards/standard.ts'
import { branches } from '../branches/tables.ts'
import { type Db, inList, lookUp, statementOf } from '../client.ts'
import { rulebookFor, rulebooksAbove } from './versions.ts'

/** Leaves out what belongs to branches that do not use a module. Nothing is read where there is nothing to leave out. */
export async function ofUsing<T extends { branch: string }>(db: Db, module: Module, all: readonly T[], now: Date): Promise<T[]> {
  if (all.length === 0) return []
  const [places] = await lookUp(db, [
    db
      .select({ branch: branches.id, committee: branches.committee })
      .from(branches)
      .where(sql`${branches.id} in ${inList([...new Set(all.map(({ branch }) => branch))])}`),
  ])
  const among = [...new Set(places.map(({ committee }) => committee))]
  const above = await lookUp(
    db,
    among.map((committee) => statementOf(rulebooksAbove(db, committee))),
  )
  const using = new Set(among.filter((_, nth) => isUsed(module, rulebookFor(above[nth] ?? [], quarter(now)))))
  const usingBranches = new Set(places.filter(({ committee }) => using.has(committee)).map(({ branch }) => branch))
  return all.filter(({ branch }) => usingBranches.has(branch))
}

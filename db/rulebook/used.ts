import { quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { isUsed } from '../../src/rules/rulebook/modules.ts'
import { defaultRulebook, type Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import type { Module } from '../../src/rules/standards/standard.ts'
import { type Db, lookUp } from '../client.ts'
import { rulebookFor, rulebooksAbove, rulebooksAboveBranch } from './versions.ts'

function sayUnused(): never {
  return refuse('本单位没有启用。', 'This is not used in this unit.')
}

/**
 * Refuses where the committee of a branch has left a module out. Nobody without a branch is refused here.
 * @returns the rulebook that the branch goes by
 */
export async function refuseUnlessUsed(db: Db, module: Module, branch: string | null, now: Date): Promise<Rulebook> {
  if (branch === null) return defaultRulebook
  const [above] = await lookUp(db, [rulebooksAboveBranch(db, { branch })])
  const rulebook = rulebookFor(above, quarter(now))
  if (!isUsed(module, rulebook)) sayUnused()
  return rulebook
}

/** The same for a committee, whose branches all go by its rulebook. */
export async function refuseUnlessUsedBelow(db: Db, module: Module, committee: string, now: Date): Promise<void> {
  const [above] = await lookUp(db, [rulebooksAbove(db, committee)])
  if (!isUsed(module, rulebookFor(above, quarter(now)))) sayUnused()
}

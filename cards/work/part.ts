import type { Actor } from '../../db/branches/members.ts'
import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import type { Part } from '../../db/work/decisions.ts'
import { foundOrRefuse, placeOf, placeOfGathering } from '../../src/context.ts'
import type { Place } from '../../src/rules/branches/rights.ts'

/** The place of a branch's part in a meeting. A group's meeting is its leader's too; a branch that joined decides for itself. */
export function placeOfPart(it: GatheringAsItStands, branch: string): Place {
  if (branch === it.branch) return placeOfGathering(it)
  const own = it.branches.find(({ id }) => id === branch)
  return placeOf({ id: branch, unit: it.unit, lineage: own?.lineage ?? [] })
}

/** Refuses whoever may not decide there, and a branch that does not meet. */
export function partOrRefuse(actor: Actor, found: GatheringAsItStands | undefined, branch: string): Part {
  const meets = found?.branches.some(({ id }) => id === branch) ? found : undefined
  return { it: foundOrRefuse(actor, 'decide', meets, (it) => placeOfPart(it, branch)), branch }
}

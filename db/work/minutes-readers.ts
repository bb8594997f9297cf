import { may, type Place } from '../../src/rules/branches/rights.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import type { Actor } from '../branches/members.ts'
import type { MinutesAsTheyStand } from './minutes.ts'

/** The place of the minutes: the branch, and the group whose meeting it was. */
export const placeOfMinutes = ({ it, own }: Pick<MinutesAsTheyStand, 'it' | 'own'>): Place => ({
  unit: it.unit,
  branch: own.id,
  lineage: own.lineage,
  ...(it.group !== null && own.id === it.branch ? { group: it.group } : {}),
})

/** How a person reads minutes: all of them, those of the members, or not at all. */
export type Reading = 'all' | 'members' | null

/**
 * The committee reads minutes at any time, the recorder and those who may confirm while they stand for it. Members read them once they are locked; a
 * meeting of the committee stays the committee's.
 */
export function readingOf(actor: Actor, seen: MinutesAsTheyStand): Reading {
  const { it, row, state, confirmers, own } = seen
  const place = placeOfMinutes(seen)
  if (may(actor, 'recordMinutes', place)) return 'all'
  if (state === 'draft' || state === 'returned') return row?.recorder === actor.id ? 'all' : null
  if (state === 'submitted' || state === 'reopened')
    return mayConfirm(actor, seen) && (confirmers === null || actor.branch === own.id) ? 'all' : null
  const isForMembers = gatheringKinds[it.kind].roster !== 'committee'
  return state === 'locked' && isForMembers && actor.unit === it.unit && actor.branch === own.id ? 'members' : null
}

/** The people who may confirm, by the seats of this moment. The assessor does only where nobody who was there may. */
export function mayConfirm(actor: Actor, seen: MinutesAsTheyStand): boolean {
  const { confirmers, row } = seen
  if (row?.recorder === actor.id) return false
  if (confirmers === null) return may(actor, 'assess', placeOfMinutes(seen))
  return may(actor, 'confirmMinutes', placeOfMinutes(seen)) && confirmers.some(({ id }) => id === actor.id)
}

import type { Actor } from '../../db/branches/members.ts'
import { type Branch, groupsOf } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { type KnownContext, mayOrRefuse, placeOf, placeOfGathering } from '../context.ts'
import { may, type Right } from '../rules/branches/rights.ts'

/** The groups of a branch for which a person may do something. */
export interface Groups {
  groups: readonly { id: string; name: string }[]
  /** The ids of the groups that the person leads. */
  led: readonly string[]
  /** True for a person who only leads: they call the meetings of their own group, and nothing else. */
  isLeaderOnly: boolean
}

export async function groupsHere({ db, actor }: KnownContext, branch: Branch, right: Right): Promise<Groups> {
  const [groups] = await lookUp(db, [groupsOf(db, branch.id)])
  const led = groups.map(({ id }) => id).filter((id) => ledBy(actor).includes(id))
  const isLeaderOnly = !may(actor, right, placeOf(branch))
  if (isLeaderOnly && led.length === 0) mayOrRefuse(actor, right, placeOf(branch))
  return { groups: isLeaderOnly ? groups.filter(({ id }) => led.includes(id)) : groups, led, isLeaderOnly }
}

/** The chat's own group, the one that the person leads, or the only one. */
export function groupMeant({ groups, led }: Groups, { chat }: KnownContext): string | undefined {
  const [own, ...others] = led
  const [only, ...more] = groups
  return chat.bound?.group ?? (own && others.length === 0 ? own : undefined) ?? (more.length === 0 ? only?.id : undefined)
}

/** Keeps a form or a list to a leader’s own groups. A person who may do it for the branch has no limit. */
export function onlyLed(
  actor: Actor,
  right: Right,
  { branch, unit, lineage }: { branch: string; unit: string; lineage: string[] },
): { only?: string[] } {
  return may(actor, right, placeOfGathering({ branch, unit, lineage, group: null })) ? {} : { only: ledBy(actor) }
}

const ledBy = ({ seats }: Pick<Actor, 'seats'>) => seats.flatMap(({ role, group }) => (role === 'leader' && group !== null ? [group] : []))

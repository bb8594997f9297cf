import type { Actor } from '../../db/branches/members.ts'
import type { Db } from '../../db/client.ts'
import { type MinutesAsTheyStand, minutesAsTheyStand, refuseGone } from '../../db/work/minutes.ts'
import { placeOfMinutes } from '../../db/work/minutes-readers.ts'
import { mayOrRefuse } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
import type { Right } from '../../src/rules/branches/rights.ts'

/** Gives back the minutes for a deed. Those that are missing, another's, and of elsewhere are refused alike. */
export async function minutesOrRefuse(
  db: Db,
  sent: { gathering: string; branch: string },
  actor: Actor,
  right: Right,
): Promise<MinutesAsTheyStand> {
  const seen = await minutesAsTheyStand(db, sent.gathering, sent.branch)
  mayOrRefuse(actor, right, seen ? placeOfMinutes(seen) : { unit: '' })
  return seen ?? refuseGone()
}

export const refuseReading = (): never =>
  refuse('这份会议记录还没有确认，或只给支委看。', 'These minutes are not confirmed yet, or are for the committee alone.')

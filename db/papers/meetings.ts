import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../gatherings/state.ts'
import { gatherings } from '../gatherings/tables.ts'

/** The next meeting of these kinds that a branch has called and not closed. One that is under way can still take an item. */
export const nextMeeting = (db: Db, branch: string, kinds: readonly GatheringKind[]) =>
  db
    .select({ id: gatherings.id, kind: gatherings.kind, startsAt: gatherings.startsAt })
    .from(gatherings)
    .where(sql`${gatherings.branch} = ${branch} and ${gatherings.kind} in ${inList(kinds)} and ${gatherings.isSettled} = 0`)
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(1)

export type NextMeeting = Awaited<ReturnType<typeof nextMeeting>>[number]

/** The same as it stands, or a refusal that says what to call. */
export async function nextMeetingOrRefuse(db: Db, branch: string, kinds: readonly GatheringKind[]): Promise<GatheringAsItStands> {
  const [[next]] = await lookUp(db, [nextMeeting(db, branch, kinds)])
  const [it] = next ? await lookUp(db, [gatheringAsItStands(db, next.id)]) : [undefined]
  if (!it)
    refuse(
      kinds.includes('committee') ? '还没有召集下一次支委会或党员大会；召集后再列入议题。' : '还没有召集下一次党员大会；召集后再列入议题。',
      kinds.includes('committee')
        ? 'No committee or general meeting is called yet; call one, then put it on the agenda.'
        : 'No general meeting is called yet; call one, then put it on the agenda.',
    )
  return it
}

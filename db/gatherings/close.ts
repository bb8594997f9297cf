import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { type Headcount, quorumOf } from '../../src/rules/gatherings/quorum.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onConstraint, onDuplicate, together } from '../client.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { recredit } from '../ledgers/credits.ts'
import { refresh } from '../ledgers/refresh.ts'
import { agendaHeld } from './agenda.ts'
import { freezeRoster, type Missing, missingPeople } from './attendance.ts'
import { refuseCancelled } from './check-in.ts'
import { refreshScoresOfAll } from './joint.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'
import { closures, expectations, gatheringBranches } from './tables.ts'
import { failIfVoting } from './under-way.ts'
import { lookAtTasks } from './work/in-force.ts'

export class HeadcountMoved extends Error {
  override name = 'HeadcountMoved'
}

/**
 * Ends a gathering once, by press or clock, and freezes the roster. The trigger refuses a judgement on a headcount that has moved
 * meanwhile.
 */
export async function closeGathering(db: Db, gathering: GatheringAsItStands, by: Actor | typeof CLOCK, now: Date) {
  if (gathering.closedAt) refuseClosed()
  if (gathering.cancelledAt) refuseCancelled()
  if (by !== CLOCK && now < gathering.startsAt)
    refuse(
      '会议还没开始，不能结束；如果不开了，请取消会议。',
      'The meeting has not started, so it cannot be closed yet; if it is off, cancel it.',
    )
  const { expected, away, present, expectedVoters, presentVoters } = gathering
  const { isQuorate } = quorumOf(gathering.kind, gathering)
  const actor = by === CLOCK ? CLOCK : by.id

  const results = await together(db, [
    failIfVoting(db, gathering.id, now),
    freezeRoster(db, gathering.id),
    ...judgeBranches(db, gathering, gathering.branches),
    db.insert(closures).values({
      gathering: gathering.id,
      at: now,
      by: actor,
      expected,
      away,
      present,
      expectedVoters,
      presentVoters,
      isQuorate,
    }),
    ...(by === CLOCK ? [] : [agendaHeld(db, gathering.id, now)]),
    lookAtTasks(db, gathering.id, now),
    record(db, { at: now, unit: gathering.unit, actor, deed: 'gathering.close', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: by !== CLOCK }),
    ...refreshScoresOfAll(db, gathering, now),
    ...recredit(db, gathering.id),
    gatheringAsItStands(db, gathering.id),
  ])
    .catch(onDuplicate(closures, refuseClosed))
    .catch(onDuplicate(expectations, refuseClosed))
    .catch(onConstraint('headcount moved', () => new HeadcountMoved()))
  return results.at(-1) as GatheringAsItStands
}

/** Each branch is judged by its own people: a branch from which nobody came is credited nothing. Triggers count again. */
export const judgeBranches = (
  db: Db,
  { id, kind }: Pick<GatheringAsItStands, 'id' | 'kind'>,
  parts: readonly ({ id: string } & Headcount)[],
) => [
  ...parts.map(({ id: branch, expected, away, present, expectedVoters, presentVoters }) =>
    db
      .update(gatheringBranches)
      .set({
        expected,
        away,
        present,
        expectedVoters,
        presentVoters,
        isQuorate: quorumOf(kind, { expected, away, present }).isQuorate,
      })
      .where(sql`${gatheringBranches.gathering} = ${id} and ${gatheringBranches.branch} = ${branch}`),
  ),
  // For a branch that joined between the look and the batch.
  db
    .update(gatheringBranches)
    .set({ expected: 0, away: 0, present: 0, expectedVoters: 0, presentVoters: 0, isQuorate: false })
    .where(sql`${gatheringBranches.gathering} = ${id} and ${gatheringBranches.expected} is null`),
]

/** People keep arriving while the host closes: arrivals between the look and the close are counted in another go. */
const MOST_TRIES = 8

export async function closeWhileArriving(
  db: Db,
  gathering: GatheringAsItStands,
  missing: readonly Missing[],
  host: Actor,
  now: Date,
  tries = 1,
) {
  try {
    return { gathering: await closeGathering(db, gathering, host, now), missing }
  } catch (error) {
    if (!(error instanceof HeadcountMoved)) throw error
    if (tries === MOST_TRIES) refuse('大家还在签到，请过一会儿再结束。', 'People are still checking in; please close it in a moment.')
    const [fresh, stillMissing] = await lookUp(db, [gatheringAsItStands(db, gathering.id), missingPeople(db, gathering.id)])
    return closeWhileArriving(db, fresh ?? gathering, stillMissing, host, now, tries + 1)
  }
}

function refuseClosed(): never {
  return refuse(
    '这次会议已经结束了；24 小时内还可以在主持卡片上更正到会。',
    'This meeting is already closed; for 24 hours attendance can still be corrected on the host’s card.',
  )
}

import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { draftOf, type MinuteDraft } from '../../src/rules/work/minutes-draft.ts'
import { confirmers, type MinutesState, stateOfMinutes } from '../../src/rules/work/minutes-state.ts'
import { members } from '../branches/tables.ts'
import { type Db, lookUp, statementOf } from '../client.ts'
import type { BranchThere, GatheringAsItStands } from '../gatherings/state.ts'
import { gatheringAsItStands } from '../gatherings/state.ts'
import { hostOf, minuteFacts } from './minutes-facts.ts'
import { peopleThere, type ThereRow } from './minutes-there.ts'
import { minutes, minuteVersions } from './tables.ts'

type MinutesRow = typeof minutes.$inferSelect

/** The minutes of one branch with everything that their card shows. */
export interface MinutesAsTheyStand {
  it: GatheringAsItStands
  own: BranchThere
  row: MinutesRow | null
  state: MinutesState
  /** The locked words, or the draft of this moment. */
  draft: MinuteDraft
  /** The points of each item as they were typed, for the form. */
  points: ReadonlyMap<number, string>
  /** Locked minutes, with who confirmed them. */
  locked: { version: number; digest: string; at: Date; byName: string } | null
  there: readonly ThereRow[]
  host: ThereRow | undefined
  recorder: { id: string; name: string; openId: string | null } | null
  /** The people who may confirm; null where the assessor does. */
  confirmers: readonly ThereRow[] | null
  /** The facts at the look: the confirmation fails where any of them has moved. */
  stamp: string
}

/** The fingerprint of what was confirmed; it stands on the print. */
export const digestOf = (document: string): string => createHash('sha256').update(document).digest('hex')

const rowOf = (db: Db, gathering: string, branch: string) =>
  statementOf(
    db
      .select({
        row: minutes,
        name: members.name,
        openId: sql<string | null>`case when ${members.leftOn} is null then ${members.openId} end`,
      })
      .from(minutes)
      .leftJoin(members, sql`${members.id} = ${minutes.recorder}`)
      .where(sql`${minutes.gathering} = ${gathering} and ${minutes.branch} = ${branch}`),
  )

/** The newest of what was confirmed. */
const lastVersion = (db: Db, gathering: string, branch: string) =>
  statementOf(
    db
      .select({ version: minuteVersions, byName: members.name })
      .from(minuteVersions)
      .innerJoin(members, sql`${members.id} = ${minuteVersions.confirmedBy}`)
      .where(sql`${minuteVersions.gathering} = ${gathering} and ${minuteVersions.branch} = ${branch}`)
      .orderBy(sql`${minuteVersions.version} desc`)
      .limit(1),
  )

/** Locked minutes are read from what was confirmed: facts that changed afterwards change no byte of them. */
export async function minutesAsTheyStand(db: Db, gathering: string, branch: string): Promise<MinutesAsTheyStand | null> {
  const [[found], [last], it, there] = await lookUp(db, [
    rowOf(db, gathering, branch),
    lastVersion(db, gathering, branch),
    gatheringAsItStands(db, gathering),
    peopleThere(db, gathering),
  ])
  const own = it?.branches.find(({ id }) => id === branch)
  if (!it || !own || !it.closedAt) return null
  const row = found?.row ?? null
  const state = stateOfMinutes(row)
  const ours = there.filter((one) => one.branch === branch)
  const common = {
    it,
    own,
    row,
    state,
    there: ours,
    host: hostOf(it, there),
    recorder: row && { id: row.recorder, name: found?.name ?? '', openId: found?.openId ?? null },
    confirmers: row ? (confirmers(ours, row.recorder) as ThereRow[] | null) : [],
  }
  if (state === 'locked' && last) {
    const { version, digest, confirmedAt, document } = last.version
    return {
      ...common,
      draft: JSON.parse(document) as MinuteDraft,
      points: new Map(),
      locked: { version, digest, at: confirmedAt, byName: last.byName },
      stamp: '',
    }
  }
  const read = await minuteFacts(db, gathering, branch)
  if (!read) return null
  const points = new Map(read.it.agenda.map(({ position }, i) => [position, read.facts.agenda[i]?.points ?? '']))
  points.set(0, read.facts.points ?? '')
  return { ...common, draft: draftOf(read.facts), points, locked: null, stamp: read.stamp }
}

export interface MinutesListed {
  gathering: string
  kind: GatheringKind
  startsAt: Date
  state: MinutesState
  dueOn: Day | null
}

/** The latest closed meetings of a branch. */
export async function minutesOfBranch(db: Db, branch: string, most: number): Promise<MinutesListed[]> {
  const [rows] = await lookUp(db, [
    statementOf(
      db
        .select({
          gathering: sql<string>`g.id`,
          kind: sql<GatheringKind>`g.kind`,
          startsAt: sql<number>`g.starts_at`,
          submittedAt: sql<number | null>`i.submitted_at`,
          returnedBecause: sql<string | null>`i.returned_because`,
          reopenedAt: sql<number | null>`i.reopened_at`,
          confirmedAt: sql<number | null>`i.confirmed_at`,
          dueOn: sql<Day | null>`i.due_on`,
        })
        .from(
          sql`gathering_branches b join gatherings g on g.id = b.gathering join closures c on c.gathering = g.id
            left join minutes i on i.gathering = g.id and i.branch = b.branch`,
        )
        .where(sql`b.branch = ${branch}`)
        .orderBy(sql`g.starts_at desc, g.id`)
        .limit(most),
    ),
  ])
  const at = (ms: number | null) => (ms === null ? null : new Date(ms))
  return rows.map((one) => ({
    gathering: one.gathering,
    kind: one.kind,
    startsAt: new Date(one.startsAt),
    dueOn: one.dueOn,
    state:
      one.dueOn === null
        ? 'none'
        : stateOfMinutes({ ...one, submittedAt: at(one.submittedAt), reopenedAt: at(one.reopenedAt), confirmedAt: at(one.confirmedAt) }),
  }))
}

export const refuseGone = (): never => refuse('没有找到这次会的记录。', 'There are no minutes of such a meeting.')

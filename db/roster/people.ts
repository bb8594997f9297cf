import { sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import type { StageDates } from '../../src/rules/roster/stage-steps.ts'
import type { ExclusionReason, ExclusionScope } from '../../src/rules/voters/exclusions.ts'
import type { SuspensionKind } from '../../src/rules/voters/suspensions.ts'
import type { Stage } from '../branches/members.ts'
import { committeeSeats } from '../branches/seats.ts'
import { branches, members } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, inList, statementOf } from '../client.ts'
import { gatherings } from '../gatherings/tables.ts'
import { personChanges } from './tables.ts'
import { snapshotOf } from './undo.ts'

interface HeldSeat {
  id: string
  role: SeatRole
  /** The leader's group; null for other seats. */
  groupName: string | null
}

const heldSeats = sql<HeldSeat[]>`(select json_group_array(json_object('id', s.id, 'role', s.role, 'groupName', g.name))
  from seats s left join "groups" g on g.id = s.group_id
  where s.member = "members"."id" and s.until_at is null and s.role not in ('admin', 'assessor'))`.mapWith(
  (json: string) => JSON.parse(json) as HeldSeat[],
)

export const peopleOfBranch = (db: Db, branch: string) =>
  db
    .select({
      id: members.id,
      name: members.name,
      openId: members.openId,
      stage: members.stage,
      groupName: sql<string | null>`(select name from groups where id = ${members.group})`,
      isAway: sql<boolean>`${members.awaySince} is not null`.mapWith(Boolean),
      seats: heldSeats,
    })
    .from(members)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null`)
    .orderBy(members.addedAt, members.id)
export type PersonListed = Awaited<ReturnType<typeof peopleOfBranch>>[number]

interface LastChange {
  id: string
  deed: string
  at: number
  before: string
  undoneAt: number | null
  /** True while nothing else has changed the person since. */
  isLatest: number
}

/** A person at this moment: everything their card shows, and the facts by which a change is judged. */
export interface PersonAsItStands extends StageDates {
  id: string
  name: string
  openId: string | null
  unit: string
  /** The person's branch, or the one that they were last taken off. */
  branch: string
  branchName: string
  lineage: string[]
  isListed: boolean
  stage: Stage | null
  group: string | null
  groupName: string | null
  awaySince: string | null
  leftOn: string | null
  seats: HeldSeat[]
  /** The branch's groups. */
  groups: { id: string; name: string }[]
  /** The branch's other secretaries, and the number of people on its committee. */
  otherSecretaries: number
  committeeSize: number
  snapshot: string
  lastChange: LastChange | null
  /** The exclusions that wait or are in force, and the suspended rights, until they end. */
  exclusions: HeldExclusion[]
  suspensions: HeldSuspension[]
}

export interface HeldExclusion {
  id: string
  scope: ExclusionScope
  reason: ExclusionReason
  fromOn: Day
  untilOn: Day | null
  isConfirmed: number
}

export interface HeldSuspension {
  id: string
  kind: SuspensionKind
  fromOn: Day
  untilOn: Day | null
}

const parsed = <T>(json: string) => JSON.parse(json) as T
const sitting = (roles: ReturnType<typeof sql>) => sql`from seats s join members o on o.id = s.member and o.left_on is null
  where s.branch = "branches"."id" and s.until_at is null and s.role in ${roles}`
const latest = sql`from person_changes c where c.member = "members"."id" order by c.at desc, c.rowid desc limit 1`

export function personAsItStands(db: Db, person: string) {
  const statement = statementOf(
    db
      .select({
        id: members.id,
        name: members.name,
        openId: members.openId,
        unit: members.unit,
        branch: branches.id,
        branchName: branches.name,
        lineage,
        isListed: sql<boolean>`"members"."branch" is not null and "members"."left_on" is null`.mapWith(Boolean),
        stage: members.stage,
        appliedOn: members.appliedOn,
        activistOn: members.activistOn,
        prospectOn: members.prospectOn,
        probationerOn: members.probationerOn,
        fullOn: members.fullOn,
        group: members.group,
        groupName: sql<string | null>`(select name from "groups" where id = "members"."group_id")`,
        awaySince: members.awaySince,
        leftOn: members.leftOn,
        seats: heldSeats,
        groups: sql<PersonAsItStands['groups']>`(select json_group_array(json_object('id', g.id, 'name', g.name)) from (
          select id, name from "groups" where branch = "branches"."id" and ended_on is null order by name, id) g)`.mapWith(
          parsed<PersonAsItStands['groups']>,
        ),
        otherSecretaries: sql<number>`(select count(*) ${sitting(sql`('secretary')`)} and s.member <> "members"."id")`,
        committeeSize: sql<number>`(select count(distinct s.member) ${sitting(committeeSeats)})`,
        snapshot: snapshotOf(sql`"members"."id"`),
        exclusions: sql<
          HeldExclusion[]
        >`(select json_group_array(json_object('id', o.id, 'scope', o.scope, 'reason', o.reason, 'fromOn', o.from_on,
          'untilOn', o.until_on, 'isConfirmed', o.confirmed_at is not null)) from exclusions o where o.member = "members"."id"
          and o.branch = "branches"."id" and o.refused_at is null and o.ended_at is null)`.mapWith(parsed<HeldExclusion[]>),
        suspensions: sql<HeldSuspension[]>`(select json_group_array(json_object('id', u.id, 'kind', u.kind, 'fromOn', u.from_on,
          'untilOn', u.until_on)) from suspensions u where u.member = "members"."id" and u.ended_at is null)`.mapWith(
          parsed<HeldSuspension[]>,
        ),
        lastChange:
          sql<LastChange | null>`(select json_object('id', c.id, 'deed', c.deed, 'at', c.at, 'before', c.before, 'undoneAt', c.undone_at,
          'isLatest', c.after is ${snapshotOf(sql`c.member`)}) ${latest})`.mapWith(parsed<LastChange>),
      })
      .from(members)
      .innerJoin(branches, sql`"branches"."id" = coalesce("members"."branch", (select c.branch ${latest}))`)
      .where(sql`${members.id} = ${person}`),
  )
  return {
    ...statement,
    map: (result: Parameters<typeof statement.map>[0]): PersonAsItStands | undefined => statement.map(result)[0],
  }
}

/** The gatherings that a branch has called and not closed: their headcounts follow its roster. */
export const openGatheringIds = (db: Db, branch: string) => openOf(db, sql`${branch}`)

/** The same for a person's branch, a branch that they were taken off included. */
export const openGatheringsOf = (db: Db, person: string) =>
  openOf(db, sql`select branch from members where id = ${person} union select branch from person_changes where member = ${person}`)

const openOf = (db: Db, those: ReturnType<typeof sql>) =>
  db
    .select({ id: gatherings.id })
    .from(gatherings)
    .where(
      sql`${gatherings.id} in (select gathering from gathering_branches where branch in (${those}))
        and not exists (select 1 from closures c where c.gathering = ${gatherings.id})
        and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(50)

/** A seat, as the person who gained or lost it is told. */
export const seatsTold = (db: Db, ids: readonly string[]) =>
  db
    .select({
      id: sql<string>`s.id`,
      role: sql<SeatRole>`s.role`,
      isHeld: sql<boolean>`s.until_at is null`.mapWith(Boolean),
      place: sql<
        string | null
      >`coalesce((select name from branches where id = s.branch), (select name from committees where id = s.committee),
        (select name from "groups" where id = s.group_id), (select u.name from units u join members m on m.unit = u.id where m.id = s.member))`,
    })
    .from(sql`seats s`)
    .where(sql`s.id in ${inList(ids)}`)
    .orderBy(sql`s.from_at`, sql`s.id`)

export const namesOf = (db: Db, people: readonly string[]) =>
  db
    .select({ name: members.name })
    .from(members)
    .where(sql`${members.id} in ${inList(people)}`)
    .orderBy(members.addedAt, members.id)

const TAKEN_OFF_MS = 86_400_000

/** The people taken off a branch's roster within the last day, while it can be undone; the latest first. */
export const takenOff = (db: Db, branch: string, now: Date) =>
  db
    .select({ id: members.id, name: members.name, openId: members.openId, change: personChanges.id })
    .from(personChanges)
    .innerJoin(members, sql`${members.id} = ${personChanges.member}`)
    .where(
      sql`${personChanges.branch} = ${branch} and ${personChanges.deed} = 'roster.remove' and ${personChanges.at} > ${now.getTime() - TAKEN_OFF_MS}
        and ${personChanges.undoneAt} is null and ${personChanges.after} is ${snapshotOf(sql`"members"."id"`)}
        and not exists (select 1 from person_changes l where l.member = "members"."id" and l.rowid > person_changes.rowid)
        and not exists (select 1 from members o where o.unit = "members"."unit" and o.open_id = "members"."open_id" and o.left_on is null
          and o.id <> "members"."id")`,
    )
    .orderBy(sql`${personChanges.at} desc`, members.addedAt, members.id)
    .limit(20)
export type TakenOff = Awaited<ReturnType<typeof takenOff>>[number]

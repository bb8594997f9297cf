import { sql } from 'drizzle-orm'
import type { Talker } from '../../src/rules/talks/kind-of.ts'
import { committeeSeats } from '../branches/seats.ts'
import { members } from '../branches/tables.ts'
import { committeesAbove } from '../branches/units.ts'
import { type Db, inList } from '../client.ts'
import { attesting } from './papers.ts'

/** A person as their talks need them. */
export interface TalkPerson extends Talker {
  name: string
  unit: string
  openId: string | null
  group: string | null
  groupName: string | null
  branchName: string | null
  awaySince: string | null
  /** Messages arrive: the person is in Feishu, and the last one was not refused. */
  isReachable: boolean
}

const heldJson = sql<Talker['held']>`(select json_group_array(json_object('role', s.role, 'branch', s.branch, 'committee', s.committee,
  'from', s.from_at, 'until', s.until_at)) from seats s where s.member = "members"."id")`.mapWith(
  (json: string) => JSON.parse(json) as Talker['held'],
)

const columns = {
  id: members.id,
  unit: members.unit,
  name: members.name,
  openId: members.openId,
  branch: members.branch,
  above: sql<
    string[]
  >`(select json_group_array(id) from ${committeesAbove(sql`(select committee from branches where id = "members"."branch")`)})`.mapWith(
    (json: string) => JSON.parse(json) as string[],
  ),
  branchName: sql<string | null>`(select name from branches where id = "members"."branch")`,
  group: members.group,
  groupName: sql<string | null>`(select name from "groups" where id = "members"."group_id")`,
  stage: members.stage,
  appliedOn: members.appliedOn,
  activistOn: members.activistOn,
  prospectOn: members.prospectOn,
  probationerOn: members.probationerOn,
  fullOn: members.fullOn,
  awaySince: members.awaySince,
  isReachable: sql<boolean>`"members"."open_id" is not null and not exists (
    select 1 from unreachable u where u.recipient = 'person:' || "members"."open_id")`.mapWith(Boolean),
  held: heldJson,
}

/** The people of these ids who are still on a roster. */
export const talkPeople = (db: Db, ids: readonly string[]) =>
  db
    .select(columns)
    .from(members)
    .where(sql`${members.id} in ${inList(ids)} and ${members.leftOn} is null`)

/** The open_ids of a branch's other people, for a select. */
export const pickableOf = (db: Db, branch: string | null, besides: string) =>
  db
    .select({ openId: sql<string>`${members.openId}` })
    .from(members)
    .where(
      sql`${members.branch} = ${branch} and ${members.leftOn} is null and ${members.openId} is not null and ${members.id} <> ${besides}`,
    )
    .orderBy(members.addedAt, members.id)
    .limit(100)

/** Everybody on a branch's roster, in the order of the roster. */
export const talkPeopleOf = (db: Db, branch: string) =>
  db
    .select(columns)
    .from(members)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null`)
    .orderBy(members.addedAt, members.id)

/** People of the unit who are found by open_id or by the whole name, in whatever branch. */
export const talkPeopleNamed = (db: Db, unit: string, { name, openIds }: { name: string; openIds: readonly string[] }) =>
  db
    .select(columns)
    .from(members)
    .where(
      sql`${members.unit} = ${unit} and ${members.leftOn} is null and (${members.name} = ${name} or ${members.openId} in ${inList(openIds)})`,
    )
    .orderBy(members.addedAt, members.id)
    .limit(12)

/** One of a branch's committee who is in Feishu and not of the pair, the secretary first. */
export const attesterFor = (db: Db, branch: string, pair: readonly string[]) =>
  db
    .select({ id: members.id, name: members.name, openId: sql<string>`${members.openId}` })
    .from(members)
    .innerJoin(sql`seats s`, sql`s.member = ${members.id} and s.branch = ${branch} and s.until_at is null and s.role in ${committeeSeats}`)
    .where(sql`${members.leftOn} is null and ${members.openId} is not null and ${members.id} not in ${inList(pair)}`)
    .orderBy(attesting, members.id)
    .limit(1)

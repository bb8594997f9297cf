import { sql } from 'drizzle-orm'
import { branches, groups, members } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, statementOf } from '../client.ts'
import { rhythmDrafts, rhythms } from '../rhythms/tables.ts'

export interface InGroup {
  id: string
  name: string
  openId: string | null
  isFull: number
  /** Of those who are in another. */
  groupName: string | null
  /** The seat, of whoever leads it. */
  leads: string | null
  /** The seat of whoever leads another. */
  leadsElsewhere: string | null
}

/** A group as it stands at this moment: its people, and those of the branch who could join it. */
export interface GroupAsItStands {
  id: string
  name: string
  endedOn: string | null
  branch: string
  branchName: string
  unit: string
  lineage: string[]
  people: InGroup[]
  others: InGroup[]
  /** Gatherings of its own that are called and not yet closed. */
  open: number
  chats: string[]
  /** Cards that wait for a word on its next meeting. */
  drafts: string[]
}

const someone = (where: ReturnType<typeof sql>) =>
  sql<
    InGroup[]
  >`(select json_group_array(json_object('id', p.id, 'name', p.name, 'openId', p.open_id, 'isFull', p.stage is 'full', 'groupName', p.group_name, 'leads', p.leads, 'leadsElsewhere', p.elsewhere)) from (
    select m.id, m.name, m.open_id, m.stage, (select name from "groups" where id = m.group_id) as group_name,
      (select s.id from seats s where s.member = m.id and s.group_id = "groups"."id" and s.role = 'leader' and s.until_at is null) as leads,
      (select s.id from seats s where s.member = m.id and s.group_id is not "groups"."id" and s.role = 'leader' and s.until_at is null) as elsewhere
    from members m where m.branch = "groups"."branch" and m.left_on is null and ${where} order by m.group_id is not null, m.added_at, m.id) p)`.mapWith(
    (json: string) => JSON.parse(json) as InGroup[],
  )

const openOf = sql`from gatherings t where t.group_id = "groups"."id" and not exists (select 1 from closures c where c.gathering = t.id)
  and not exists (select 1 from cancellations c where c.gathering = t.id)`

export function groupAsItStands(db: Db, group: string) {
  const statement = statementOf(
    db
      .select({
        id: groups.id,
        name: groups.name,
        endedOn: groups.endedOn,
        branch: branches.id,
        branchName: branches.name,
        unit: branches.unit,
        lineage,
        people: someone(sql`m.group_id = "groups"."id"`),
        others: someone(sql`m.group_id is not "groups"."id"`),
        open: sql<number>`(select count(*) ${openOf})`,
        chats: sql<string[]>`(select json_group_array(chat_id) from chats where group_id = "groups"."id")`.mapWith(
          (json: string) => JSON.parse(json) as string[],
        ),
        drafts: sql<string[]>`(select json_group_array(distinct rd.card) from ${rhythmDrafts} rd join ${rhythms} r on r.id = rd.rhythm
          where r.group_id = "groups"."id" and r.ended_at is null and rd.card is not null)`.mapWith(
          (json: string) => JSON.parse(json) as string[],
        ),
      })
      .from(groups)
      .innerJoin(branches, sql`${branches.id} = ${groups.branch}`)
      .where(sql`${groups.id} = ${group}`),
  )
  return { ...statement, map: (result: Parameters<typeof statement.map>[0]): GroupAsItStands | undefined => statement.map(result)[0] }
}

/** A branch's groups, as their list says. */
export const groupsAsTheyStand = (db: Db, branch: string) =>
  db
    .select({
      id: groups.id,
      name: groups.name,
      people: sql<number>`(select count(*) from members m where m.group_id = "groups"."id" and m.left_on is null)`,
      leader: sql<string | null>`(select m.name from seats s join members m on m.id = s.member and m.left_on is null
        where s.group_id = "groups"."id" and s.role = 'leader' and s.until_at is null order by s.from_at desc limit 1)`,
    })
    .from(groups)
    .where(sql`${groups.branch} = ${branch} and ${groups.endedOn} is null`)
    .orderBy(groups.name, groups.id)

export type GroupListed = Awaited<ReturnType<typeof groupsAsTheyStand>>[number]

export const withoutGroup = (db: Db, branch: string) =>
  db
    .select({ people: sql<number>`count(*)` })
    .from(members)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null and ${members.group} is null`)

import { type SQL, sql } from 'drizzle-orm'
import { stageOn } from '../../src/rules/talks/kind-of.ts'
import { branches } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { talks } from './tables.ts'

/** One of the two as a talk's card names them. */
export interface Party {
  id: string
  name: string
  openId: string | null
  branch: string | null
  isReachable: number
  stage: 'applicant' | 'activist' | 'prospect' | 'probationer' | 'full' | null
  appliedOn: string | null
  activistOn: string | null
  prospectOn: string | null
  probationerOn: string | null
  fullOn: string | null
}

const party = (of: 'a' | 'b') =>
  sql<Party>`(select json_object('id', m.id, 'name', m.name, 'openId', m.open_id, 'branch', m.branch, 'isReachable',
    m.open_id is not null and m.left_on is null and not exists (select 1 from unreachable u where u.recipient = 'person:' || m.open_id),
    'stage', m.stage, 'appliedOn', m.applied_on, 'activistOn', m.activist_on, 'prospectOn', m.prospect_on,
    'probationerOn', m.probationer_on, 'fullOn', m.full_on) from members m where m.id = "talks".${sql.raw(`"${of}"`)})`.mapWith(
    (json: string) => JSON.parse(json) as Party,
  )

/** The contacts of the one under development; where there is none, the branch's secretary and organisation member. */
const filersJson = sql<
  string[]
>`(with named as (select c.contact as id from contacts c join members o on o.id = c.contact and o.left_on is null
    where c.member in ("talks"."a", "talks"."b") and c.ended_at is null)
  select json_group_array(id) from (select id from named union select s.member from seats s where s.branch = "talks"."branch"
    and s.role in ('secretary', 'organisation') and s.until_at is null and not exists (select 1 from named)))`.mapWith(
  (json: string) => JSON.parse(json) as string[],
)

const columns = {
  id: talks.id,
  unit: talks.unit,
  branch: talks.branch,
  branchName: branches.name,
  lineage,
  a: party('a'),
  b: party('b'),
  kind: talks.kind,
  onDay: talks.onDay,
  claimedBy: talks.claimedBy,
  claimedAt: talks.claimedAt,
  confirmedAt: talks.confirmedAt,
  deniedAt: talks.deniedAt,
  withdrawnAt: talks.withdrawnAt,
  undoAskedBy: talks.undoAskedBy,
  /** As it was promised when the talk was registered; null in other talks than an activist's. */
  opinionDueOn: talks.opinionDueOn,
  attestedBy: talks.attestedBy,
  attestedReference: talks.attestedReference,
  /** The one who saw the paper, while they are in Feishu. */
  attester: sql<{ id: string; openId: string } | null>`(select json_object('id', m.id, 'openId', m.open_id) from members m
    where m.id = "talks"."attested_by" and m.open_id is not null and m.left_on is null)`.mapWith({
    mapFromDriverValue: (json: string | null) => (json === null ? null : (JSON.parse(json) as { id: string; openId: string })),
  }),
  /** The people, by now, who file the opinion about the one under development. */
  filers: filersJson,
}

const selected = (db: Db) => db.select(columns).from(talks).innerJoin(branches, sql`${branches.id} = ${talks.branch}`)

/** A talk with everything that its card shows. */
export type TalkAsItStands = Awaited<ReturnType<typeof selected>>[number]

const first = (statement: Statement<TalkAsItStands[]>): Statement<TalkAsItStands | undefined> => ({
  ...statement,
  map: (result) => statement.map(result)[0],
})

export const talkAsItStands = (db: Db, talk: string) => first(statementOf(selected(db).where(sql`${talks.id} = ${talk}`)))

/** The talk of a pair and day that was neither taken back nor denied; there is one at most. */
export const liveTalk = (db: Db, { a, b }: { a: string; b: string }, on: string) =>
  first(
    statementOf(
      selected(db).where(
        sql`${talks.a} = ${a} and ${talks.b} = ${b} and ${talks.onDay} = ${on} and ${talks.withdrawnAt} is null and ${talks.deniedAt} is null`,
      ),
    ),
  )

/** The latest talks of a pair that count, to be read again. */
export const lastTalksOf = (db: Db, { a, b }: { a: string; b: string }) =>
  db
    .select({ id: talks.id, onDay: talks.onDay })
    .from(talks)
    .where(sql`${talks.a} = ${a} and ${talks.b} = ${b} and ${talks.confirmedAt} is not null and ${talks.withdrawnAt} is null`)
    .orderBy(sql`${talks.onDay} desc`)
    .limit(3)

export const otherOf = ({ a, b }: TalkAsItStands, member: string): Party => (a.id === member ? b : a)
export const ownOf = ({ a, b }: TalkAsItStands, member: string): Party => (a.id === member ? a : b)
export const isOfPair = ({ a, b }: TalkAsItStands, member: string): boolean => a.id === member || b.id === member

/** The one for whom an opinion is filed, by the stage on the day. Null in other talks. */
export function activistOf({ a, b, kind, onDay }: TalkAsItStands): Party | null {
  if (kind !== 'activist') return null
  return [a, b].find((one) => ['activist', 'prospect'].includes(stageOn(one, onDay) ?? '')) ?? null
}

/** A condition: a person's yes or no is awaited, on a claim or on a wish to take back. */
export const isAwaited = (member: string, since: Date): SQL =>
  sql`(${talks.a} = ${member} or ${talks.b} = ${member}) and ${talks.withdrawnAt} is null and ${talks.deniedAt} is null
    and (${talks.confirmedAt} is null and ${talks.claimedBy} <> ${member} and ${talks.claimedAt} > ${since.getTime()}
      or ${talks.undoAskedBy} <> ${member})`

export const requestsOf = (db: Db, member: string, since: Date) =>
  statementOf(selected(db).where(isAwaited(member, since)).orderBy(talks.claimedAt, talks.id).limit(20))

/** The claims of others that a person answered since then, for the card on which they answered. */
export const answeredLately = (db: Db, member: string, since: Date) =>
  statementOf(
    selected(db)
      .where(
        sql`(${talks.a} = ${member} or ${talks.b} = ${member}) and ${talks.claimedBy} <> ${member} and ${talks.undoAskedBy} is null
          and (${talks.confirmedAt} > ${since.getTime()} and ${talks.withdrawnAt} is null or ${talks.deniedAt} > ${since.getTime()})`,
      )
      .orderBy(talks.claimedAt, talks.id)
      .limit(20),
  )

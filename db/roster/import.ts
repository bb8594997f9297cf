import { sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { Facts, Office, OnRoster } from '../../src/rules/roster/roster-plan.ts'
import { turn } from '../../src/turn.ts'
import type { Actor } from '../branches/members.ts'
import { groups, members, seats } from '../branches/tables.ts'
import { type Db, inList, isConstraint, type Statement, statementOf, together } from '../client.ts'
import { type Deed, record } from '../ledgers/audit.ts'
import { claim } from '../ledgers/deliveries.ts'
import { refresh } from '../ledgers/refresh.ts'
import { audit } from '../ledgers/tables.ts'
import { advanced, begun, type Draft } from './drafts.ts'
import type { Draftee } from './tables.ts'
import { changeNoted, changeSettled } from './undo.ts'

/** This many people are written in one go, with a turn for others in between. */
const LOT = 60

const officesJson = sql<
  Office[]
>`(select json_group_array(json_object('role', s.role, 'group', g.name)) from seats s left join groups g on g.id = s.group_id
  where s.member = "members"."id" and s.until_at is null and (s.branch = "members"."branch" or g.branch = "members"."branch"))`.mapWith(
  (json: string) => JSON.parse(json) as Office[],
)

/** A branch's roster with everything that a list can say about it. */
export const rosterOf = (db: Db, branch: string) =>
  db
    .select({
      id: members.id,
      name: members.name,
      openId: members.openId,
      stage: members.stage,
      group: sql<string | null>`(select name from groups where id = ${members.group})`,
      isAway: sql<boolean>`${members.awaySince} is not null`.mapWith(Boolean),
      appliedOn: members.appliedOn,
      activistOn: members.activistOn,
      prospectOn: members.prospectOn,
      probationerOn: members.probationerOn,
      fullOn: members.fullOn,
      seats: officesJson,
    })
    .from(members)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null`)
    .orderBy(members.addedAt, members.id) satisfies PromiseLike<OnRoster[]>

/** The number of people in a draft who can still be changed. */
export const stillThere = (db: Db, { branch, rows }: Draft) =>
  db
    .select({ people: sql<number>`count(*)` })
    .from(members)
    .where(
      sql`${members.leftOn} is null and (${members.branch} is null or ${members.branch} = ${branch})
        and ${members.id} in ${inList(rows?.people.flatMap(({ member }) => member ?? []) ?? [])}`,
    )

/** The people of the unit among some Feishu users. */
export const knownAmong = (db: Db, branch: string, openIds: readonly string[]) =>
  db
    .select({ openId: sql<string>`${members.openId}`, id: members.id, branch: members.branch })
    .from(members)
    .where(
      sql`${members.unit} = (select unit from branches where id = ${branch}) and ${members.leftOn} is null
        and ${members.openId} in ${inList(openIds)}`,
    )

/** The press writes the first lot, which for most branches is all of it, in the delivery's own batch. */
export async function importRoster(db: Db, draft: Draft, by: Actor, now: Date, causes: readonly Statement[] = []): Promise<Draft> {
  const imported = { ...draft, importedAt: now, importedBy: by.id }
  const { statements, after } = lotOf(db, imported, by.unit)
  await together(db, [begun(db, imported, by.id, now), ...statements, ...causes]).catch((error) => {
    if (isConstraint(error))
      refuse('预览之后名单变了，请把文件再发一次。', 'The roster has changed since this preview; please send the file again.')
    throw error
  })
  return after
}

/** Writes the remaining lots. A lot that another runner has written fails by its claim and is passed over. */
export async function importRest(db: Db, draft: Draft, unit: string): Promise<void> {
  for (let left = draft; left.rows && left.done < left.rows.people.length; ) {
    const { statements, after } = lotOf(db, left, unit)
    left = await together(db, statements).then(
      () => after,
      async (error) => {
        if (!isConstraint(error)) throw error
        return error.message.includes('deliveries.') ? after : importOneByOne(db, left, after, unit)
      },
    )
    await turn()
  }
}

/** The roster has changed during a long import: everybody who can still be written is written. */
async function importOneByOne(db: Db, draft: Draft, after: Draft, unit: string): Promise<Draft> {
  const tally = { ...draft.tally }
  for (const person of peopleOf(draft)) {
    const once = claim(db, { eventId: `roster ${draft.id} ${person.id}`, messageId: null, at: atOf(draft).getTime() })
    await together(db, [once, ...written(db, person, unit, draft)]).catch((error) => {
      if (!isConstraint(error)) throw error
      if (!error.message.includes('deliveries.')) tally.failed++
    })
  }
  await together(db, [advanced(db, { ...draft, tally }, after.done)])
  return { ...after, tally }
}

const peopleOf = ({ rows, done }: Draft) => rows?.people.slice(done, done + LOT) ?? []
const atOf = ({ importedAt, madeAt }: Draft) => importedAt ?? madeAt

function lotOf(db: Db, draft: Draft, unit: string): { statements: Statement[]; after: Draft } {
  const done = draft.done + LOT
  const statements = [
    // The same lot twice, by two presses or two runners, is refused by the key.
    claim(db, { eventId: `roster ${draft.id} ${draft.done}`, messageId: null, at: atOf(draft).getTime() }),
    ...peopleOf(draft).flatMap((person) => written(db, person, unit, draft)),
    advanced(db, draft, done),
  ]
  const isOver = done >= (draft.rows?.people.length ?? 0)
  if (isOver) statements.push(refresh(db, { subject: draft.id, at: atOf(draft), afterPress: true }))
  return { statements, after: { ...draft, done, rows: isOver ? null : draft.rows } }
}

/** Everything about one person, each deed with its line in the audit. */
function written(db: Db, { id, row, member, isNew, facts, grant, vacate }: Draftee, unit: string, draft: Draft): Statement[] {
  const at = atOf(draft)
  const { branch } = draft
  const by = { at, unit, actor: draft.importedBy ?? draft.by }
  const note = (deed: string, subject: string) => record(db, { ...by, deed, subject })
  const groupsNamed = [...new Set([facts.group, ...grant.map(({ group }) => group)])].filter((name) => typeof name === 'string')
  // A roster lists people in the order of their coming; people who come together keep the order of the list.
  const inOrder = new Date(at.getTime() + row)
  const columns = columnsOf(facts, branch, day(at))
  // A meeting that is called, or under way, keeps the voters that it had: what they were before is noted.
  const [change, movesBases] = [`${draft.id} ${id}`, member && (facts.stage !== undefined || facts.isAway !== undefined)]
  const person = member
    ? db
        .update(members)
        .set({ ...columns, branch })
        .where(sql`${members.id} = ${id} and ${members.leftOn} is null and (${members.branch} is null or ${members.branch} = ${branch})`)
    : db.insert(members).values({ ...columns, id, unit, branch, name: facts.name ?? '', joinedOn: day(at), addedAt: inOrder })
  return [
    ...groupsNamed.flatMap((name) => groupMade(db, { id: `${draft.id} ${name}`, branch, name }, { ...by, deed: 'group.make' })),
    ...(movesBases ? [statementOf(changeNoted(db, { id: change, branch, member: id, deed: 'roster.change', at, by: by.actor }))] : []),
    statementOf(person),
    ...(movesBases ? [statementOf(changeSettled(db, change, id))] : []),
    note(isNew ? 'roster.add' : 'roster.change', id),
    ...grant.flatMap((office) => [granted(db, id, office, branch, at), note('seat.grant', id)]),
    ...vacate.flatMap((office) => [vacated(db, id, office, branch, at), note('seat.vacate', id)]),
  ]
}

const groupNamed = (branch: string, name: string) =>
  sql<string>`(select id from groups where branch = ${branch} and name = ${name} and ended_on is null order by id limit 1)`

function columnsOf({ openId, group, isAway, ...facts }: Facts, branch: string, today: Day) {
  return {
    ...facts,
    ...(openId ? { openId } : {}),
    ...(group ? { group: groupNamed(branch, group) } : {}),
    ...(isAway === undefined ? {} : { awaySince: isAway ? today : null }),
  }
}

/** A new group comes with its first member. It is asked for meetings from then on, like a group made by hand. */
const groupMade = (
  db: Db,
  { id, branch, name }: { id: string; branch: string; name: string },
  made: Omit<Deed, 'subject'>,
): Statement[] => [
  statementOf(
    db
      .insert(groups)
      .select(
        sql`select ${id}, ${branch}, ${name}, null where not exists (select 1 from groups where branch = ${branch} and name = ${name} and ended_on is null)`,
      ),
  ),
  // Several people may name the group: the first makes it.
  statementOf(
    db.insert(audit).select(
      sql`select null, ${made.at.getTime()}, ${made.unit}, ${made.actor}, ${made.deed}, ${id} from groups where id = ${id}
          and not exists (select 1 from audit where subject = ${id} and deed = ${made.deed})`,
    ),
  ),
]

const granted = (db: Db, member: string, { role, group }: Office, branch: string, from: Date) =>
  statementOf(
    db.insert(seats).values({
      id: `${member} ${role} ${group ?? ''} ${from.getTime()}`,
      member,
      role,
      from,
      ...(group ? { group: groupNamed(branch, group) } : { branch }),
    }),
  )

const vacated = (db: Db, member: string, { role, group }: Office, branch: string, until: Date) =>
  statementOf(
    db
      .update(seats)
      .set({ until })
      .where(
        group
          ? sql`${seats.member} = ${member} and ${seats.role} = ${role} and ${seats.group} = ${groupNamed(branch, group)} and ${seats.until} is null`
          : sql`${seats.member} = ${member} and ${seats.role} = ${role} and ${seats.branch} = ${branch} and ${seats.until} is null`,
      ),
  )

import { sql } from 'drizzle-orm'
import { day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { Actor, Stage } from '../branches/members.ts'
import { members } from '../branches/tables.ts'
import { type Db, inList, onDuplicate, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refuseUnlessUsed } from '../rulebook/used.ts'
import { creditTalks } from './credit.ts'
import { contacts } from './tables.ts'

export const MOST_CONTACTS = 2

/** One under development, with the contacts who still look after them. */
export interface Growing {
  id: string
  name: string
  openId: string | null
  stage: Stage
  group: string | null
  prospectOn: string | null
  contacts: { id: string; name: string; openId: string | null }[]
}

const contactsJson = sql<Growing['contacts']>`(select json_group_array(json_object('id', o.id, 'name', o.name, 'openId', o.open_id))
  from (select o.id, o.name, o.open_id from contacts c join members o on o.id = c.contact and o.left_on is null
    where c.member = "members"."id" and c.ended_at is null order by c.set_at, o.name) o)`.mapWith(
  (json: string) => JSON.parse(json) as Growing['contacts'],
)

const growing = (db: Db) =>
  db
    .select({
      id: members.id,
      name: members.name,
      openId: members.openId,
      stage: sql<Stage>`${members.stage}`,
      group: members.group,
      prospectOn: members.prospectOn,
      contacts: contactsJson,
    })
    .from(members)

/** The applicants, activists and development targets of a branch, with their contacts. */
export const growingOf = (db: Db, branch: string) =>
  growing(db)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null and ${members.stage} in ('applicant', 'activist', 'prospect')`)
    .orderBy(sql`case ${members.stage} when 'activist' then 0 when 'prospect' then 1 else 2 end`, members.addedAt, members.id)

/** The full members of a branch who can be contacts. */
export const possibleContacts = (db: Db, branch: string) =>
  db
    .select({ id: members.id, name: members.name, openId: members.openId })
    .from(members)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null and ${members.stage} = 'full'`)
    .orderBy(members.addedAt, members.id)

interface Chosen {
  branch: string
  member: Growing
  contacts: readonly string[]
  possible: readonly string[]
  newId(): string
}

/** Sets the contacts of one person, one or two full members. Those who are no longer named end today. */
export async function setContacts(db: Db, { branch, member, contacts: named, possible, newId }: Chosen, actor: Actor, now: Date) {
  await refuseUnlessUsed(db, 'talks', branch, now)
  const wanted = [...new Set(named)]
  if (wanted.length === 0) refuse('请选一名或两名联系人。', 'Please choose one or two contacts.')
  if (wanted.length > MOST_CONTACTS) refuse('联系人最多两名。', 'Two contacts at the most.')
  if (wanted.some((one) => !possible.includes(one) || one === member.id))
    refuse('联系人由本支部的正式党员担任。', 'Contacts are full members of this branch.')
  const kept = member.contacts.map(({ id }) => id).filter((id) => wanted.includes(id))
  const added = wanted.filter((id) => !kept.includes(id))
  const on = day(now)
  await together(db, [
    failIf(
      db,
      sql`not exists (select 1 from members m where m.id = ${member.id} and m.branch = ${branch} and m.left_on is null
        and m.stage in ('applicant', 'activist', 'prospect'))`,
      () => refuse('这个人已经不在培养名单上。', 'This person is no longer under development here.'),
    ),
    statementOf(
      db
        .update(contacts)
        .set({ untilOn: on, endedBy: actor.id, endedAt: now })
        .where(sql`${contacts.member} = ${member.id} and ${contacts.endedAt} is null and ${contacts.contact} not in ${inList(wanted)}`),
    ),
    ...added.map((contact) =>
      statementOf(db.insert(contacts).values({ id: newId(), branch, member: member.id, contact, fromOn: on, setBy: actor.id, setAt: now })),
    ),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'contact.set', subject: member.id }),
    ...creditTalks(db, [member.id]),
  ]).catch(
    onDuplicate(contacts, () => refuse('联系人刚刚已经改过，请再看一下。', 'The contacts were changed a moment ago; please look again.')),
  )
}

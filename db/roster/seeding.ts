import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { isDay } from '../../src/calendar.ts'
import { seatRoles } from '../../src/rules/branches/rights.ts'
import { withoutFormat } from '../../src/text.ts'
import { branches, branchKinds, chats, committees, groups, members, seats, stages, units } from '../branches/tables.ts'
import { type Db, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'keys are small letters, digits and dashes')
const name = z.string().transform(withoutFormat).pipe(z.string().trim().min(1).max(40))
const onDay = z.string().refine(isDay, 'days are written 2026-10-08')

const person = z.strictObject({
  key,
  name,
  openId: z
    .string()
    .regex(/^ou_\w+$/, 'open_ids begin with ou_')
    .optional(),
  stage: z.enum(stages).default('full'),
  group: key.optional(),
  seats: z.array(z.enum(seatRoles)).default([]),
})

/** A unit as a small JSON file describes it. Keys become ids, so a second seeding changes nothing. */
export const seedFile = z.strictObject({
  unit: z.strictObject({ key, name, tenantKey: z.string().min(1), language: z.enum(['zh', 'en']).default('zh') }),
  committees: z
    .array(
      z.strictObject({ key, name, parent: key.optional(), chats: z.array(z.string()).default([]), assessors: z.array(person).default([]) }),
    )
    .min(1),
  branches: z.array(
    z.strictObject({
      key,
      name,
      committee: key,
      kind: z.enum(branchKinds).default('staff'),
      since: onDay,
      termStartedOn: onDay.optional(),
      chats: z.array(z.string()).default([]),
      groups: z.array(z.strictObject({ key, name })).default([]),
      members: z.array(person).default([]),
    }),
  ),
})
export type Seed = z.infer<typeof seedFile>
type Person = z.infer<typeof person>

/** Writes the unit in one commit. Rows under the same keys are updated; people whom the file no longer names stay. */
export async function plant(db: Db, { unit, committees: tops, branches: below }: Seed, now: Date): Promise<void> {
  const [there] = await db.select({ id: units.id, name: units.name }).from(units).where(sql`${units.tenantKey} = ${unit.tenantKey}`)
  if (there && there.id !== unit.key)
    throw new Error(`This tenant is set up already as “${there.name}”. Write its key into the file: "key": "${there.id}".`)

  await together(db, [
    statementOf(
      db
        .insert(units)
        .values({ id: unit.key, name: unit.name, tenantKey: unit.tenantKey, language: unit.language })
        .onConflictDoUpdate({ target: units.id, set: { name: unit.name, language: unit.language } }),
    ),
    ...parentsFirst(tops).flatMap((committee) => committeeStatements(db, unit.key, committee, now)),
    ...below.flatMap((branch) => branchStatements(db, unit.key, branch, now)),
    record(db, { at: now, unit: unit.key, actor: 'seed', deed: 'unit.seed', subject: unit.key }),
  ]).catch(
    onDuplicate(members, () => {
      throw new Error('Somebody in the file is on a roster already under another key: leave out their openId, or use that key.')
    }),
  )
}

/** The file lists committees in any order; the database wants the parent first. */
function parentsFirst(all: Seed['committees']): Seed['committees'] {
  const sorted: Seed['committees'] = []
  const left = [...all]
  while (left.length > 0) {
    const next = left.findIndex(({ parent }) => !parent || sorted.some((one) => one.key === parent))
    if (next === -1) throw new Error(`committee ${left[0]?.key}: its parent is missing or below itself`)
    sorted.push(...left.splice(next, 1))
  }
  return sorted
}

function committeeStatements(
  db: Db,
  unit: string,
  { key, name, parent, chats, assessors }: Seed['committees'][number],
  now: Date,
): Statement[] {
  return [
    statementOf(
      db
        .insert(committees)
        .values({ id: key, unit, name, parent })
        .onConflictDoUpdate({ target: committees.id, set: { name, parent: parent ?? null } }),
    ),
    ...chats.map((chatId) => chatStatement(db, { chatId, unit, committee: key, branch: null }, now)),
    ...assessors.flatMap((person) =>
      personStatements(db, unit, null, key, { ...person, seats: person.seats.length > 0 ? person.seats : ['assessor'] }, now),
    ),
  ]
}

function branchStatements(
  db: Db,
  unit: string,
  { key, chats, groups: groupList, members: people, ...branch }: Seed['branches'][number],
  now: Date,
): Statement[] {
  return [
    statementOf(
      db
        .insert(branches)
        .values({ id: key, unit, ...branch })
        .onConflictDoUpdate({ target: branches.id, set: branch }),
    ),
    ...groupList.map((group) =>
      statementOf(
        db
          .insert(groups)
          .values({ id: group.key, branch: key, name: group.name })
          .onConflictDoUpdate({ target: groups.id, set: { name: group.name } }),
      ),
    ),
    ...chats.map((chatId) => chatStatement(db, { chatId, unit, committee: null, branch: key }, now)),
    ...people.flatMap((person) => personStatements(db, unit, key, null, person, now)),
  ]
}

const chatStatement = (db: Db, chat: { chatId: string; unit: string; committee: string | null; branch: string | null }, now: Date) =>
  statementOf(
    db
      .insert(chats)
      .values({ ...chat, boundBy: 'seed', boundAt: now })
      .onConflictDoUpdate({ target: chats.chatId, set: { branch: chat.branch, committee: chat.committee } }),
  )

function personStatements(
  db: Db,
  unit: string,
  branch: string | null,
  committee: string | null,
  { key, name, openId, stage, group, seats: held }: Person,
  now: Date,
): Statement[] {
  const onRoster = { unit, branch, group, openId, name, stage: branch ? stage : null }
  return [
    statementOf(
      db
        .insert(members)
        .values({ id: key, ...onRoster, joinedOn: '2000-01-01', addedAt: now })
        .onConflictDoUpdate({ target: members.id, set: onRoster }),
    ),
    ...held.map((role) => {
      const place = role === 'admin' ? {} : role === 'assessor' ? { committee } : role === 'leader' ? { group } : { branch }
      return statementOf(
        db
          .insert(seats)
          .values({ id: `${key}-${role}`, member: key, role, ...place, from: sql`0` })
          .onConflictDoNothing(),
      )
    }),
  ]
}

import { sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import type { LeavingReason } from '../../src/rules/roster/leaving.ts'
import { dateFieldOf, isStepBack } from '../../src/rules/roster/stage-steps.ts'
import type { Actor, Stage } from '../branches/members.ts'
import { members, seats } from '../branches/tables.ts'
import { type Db, isConstraint, onConstraint, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { GROUP_OVER, groupGoesOn, refuseDissolved } from './change-groups.ts'
import { type PersonAsItStands, personAsItStands } from './people.ts'
import { leaving } from './roster.ts'
import { tellOfSeats } from './seat-notices.ts'
import { asBefore, changeBegun, changeSettled, changeUndone, MOVED, type Snapshot } from './undo.ts'

/** Who decides, when, and the gatherings whose headcount it may move. */
export interface Decision {
  /** The change's own id. */
  id: string
  actor: Actor
  now: Date
  open: readonly { id: string }[]
}

/** The person after it, or null when somebody else has changed the person since they were looked at: nothing has happened then. */
type Outcome = Promise<PersonAsItStands | null>

async function change(
  db: Db,
  person: PersonAsItStands,
  deed: string,
  decision: Decision,
  statements: readonly Statement[],
  causes: readonly Statement[] = [],
): Outcome {
  const { id, actor, now, open } = decision
  const seen = { id, branch: person.branch, member: person.id, deed, at: now, by: actor.id, seen: person.snapshot }
  const after = await together(db, [
    statementOf(changeBegun(db, seen)),
    ...statements,
    statementOf(changeSettled(db, id, person.id)),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject: person.id }),
    ...causes,
    ...open.map((gathering) => refresh(db, { subject: gathering.id, at: now, afterPress: true })),
    personAsItStands(db, person.id),
  ]).catch((error) => {
    if (isConstraint(error) && error.message.includes(MOVED)) return null
    throw error
  })
  return (after?.at(-1) as PersonAsItStands | undefined) ?? null
}

const update = (db: Db, person: PersonAsItStands, set: Partial<typeof members.$inferInsert>) =>
  statementOf(db.update(members).set(set).where(sql`${members.id} = ${person.id}`))

/** A step on begins on a day; a step back takes the day of the later stage out with it. */
export function setStage(db: Db, person: PersonAsItStands, stage: Stage, on: Day, decision: Decision): Outcome {
  if (stage !== 'full' && person.seats.length > 0)
    refuse('担任职务的必须是正式党员，请先免去职务。', 'Only a full member holds a seat; please vacate the seats first.')
  const isBack = isStepBack(person.stage, stage)
  const dates: Partial<Record<ReturnType<typeof dateFieldOf>, Day | null>> =
    isBack && person.stage ? { [dateFieldOf(person.stage)]: null } : { [dateFieldOf(stage)]: on }
  return change(db, person, 'member.stage', decision, [update(db, person, { stage, ...dates })])
}

/** Whoever led the group that they leave leads it no longer. */
export function setGroup(db: Db, person: PersonAsItStands, group: string | null, decision: Decision): Outcome {
  const led = person.seats.filter(({ role }) => role === 'leader')
  return change(db, person, 'member.group', decision, [
    update(db, person, { group }),
    ...led.flatMap(({ id }) => [ended(db, id, decision.now), seatNote(db, 'seat.vacate', id, decision)]),
    ...ending(db, person, led, decision),
    ...(group ? [groupGoesOn(db, group)] : []),
  ]).catch(onConstraint(GROUP_OVER, refuseDissolved))
}

export const setAway = (db: Db, person: PersonAsItStands, since: Day | null, decision: Decision): Outcome =>
  change(db, person, since ? 'member.away' : 'member.back', decision, [update(db, person, { awaySince: since })])

export function grantSeat(db: Db, person: PersonAsItStands, role: SeatRole, seat: string, decision: Decision): Outcome {
  if (person.stage !== 'full') refuse('只有正式党员才能担任支部职务。', 'Only full members may hold a seat.')
  return change(db, person, 'seat.grant', decision, [
    statementOf(db.insert(seats).values({ id: seat, member: person.id, role, branch: person.branch, from: decision.now })),
    ...tellOfSeats(db, person.openId, [{ id: seat, wasHeld: false }], decision.actor.id, decision.now),
  ]).catch(
    onConstraint('seats_held_once', () =>
      refuse('这个人已经担任该职务，不用再按。', 'They hold that seat already; no need to press again.'),
    ),
  )
}

export function vacateSeat(db: Db, person: PersonAsItStands, seat: PersonAsItStands['seats'][number], decision: Decision): Outcome {
  return withSecretary(
    change(db, person, 'seat.vacate', decision, [
      ended(db, seat.id, decision.now),
      ...successor(db, person, [seat], decision.actor),
      ...ending(db, person, [seat], decision),
    ]),
  )
}

/** Off the roster: what they took part in stays, their seats in the branch end. */
export function removePerson(
  db: Db,
  person: PersonAsItStands,
  reason: LeavingReason | null,
  on: Day,
  decision: Decision,
  causes: readonly Statement[] = [],
): Outcome {
  if (person.id === decision.actor.id) refuse('不能移除自己，请让管理员来办。', 'You cannot remove yourself; please ask an administrator.')
  return withSecretary(
    change(
      db,
      person,
      'roster.remove',
      decision,
      [
        ...leaving(db, person.branch, person.id, decision.now, on, reason),
        ...successor(db, person, person.seats, decision.actor),
        ...ending(db, person, person.seats, decision),
      ],
      causes,
    ),
  )
}

/** Back to how the person stood before their last change. It stays on record, and is not itself undone. */
export function undoChange(db: Db, person: PersonAsItStands, decision: Decision, causes: readonly Statement[] = []): Outcome {
  const last = person.lastChange
  if (!last) return Promise.resolve(null)
  const was = JSON.parse(last.before) as Snapshot
  const given = person.seats.filter(({ id }) => !was.seats.includes(id))
  const taken = was.seats.filter((id) => !person.seats.some((seat) => seat.id === id))
  const moved = [...given.map(({ id }) => ({ id, wasHeld: true })), ...taken.map((id) => ({ id, wasHeld: false }))]
  return withSecretary(
    change(
      db,
      person,
      'member.undo',
      decision,
      [
        ...asBefore(db, person.id, was, decision.now).map(statementOf),
        statementOf(changeUndone(db, last.id, decision.now)),
        statementOf(changeUndone(db, decision.id, decision.now)),
        ...successor(db, person, given, decision.actor),
        ...tellOfSeats(db, person.openId, moved, decision.actor.id, decision.now),
      ],
      causes,
    ),
  ).catch(
    onConstraint('members.', () =>
      refuse('这个人已经重新加入名单，不用再撤销。', 'They are on a roster again already; there is nothing to undo.'),
    ),
  )
}

const ended = (db: Db, seat: string, now: Date) =>
  statementOf(db.update(seats).set({ until: now }).where(sql`${seats.id} = ${seat} and ${seats.until} is null`))

const seatNote = (db: Db, deed: string, seat: string, { actor, now }: Decision) =>
  record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject: seat })

const ending = (db: Db, { openId }: PersonAsItStands, held: readonly { id: string }[], { actor, now }: Decision): Statement[] =>
  tellOfSeats(
    db,
    openId,
    held.map(({ id }) => ({ id, wasHeld: true })),
    actor.id,
    now,
  )

/** A branch that has a secretary is not left without one, but by an administrator; asked in the batch itself, for two may press at once. */
export const secretaryStays = (db: Db, branch: string) =>
  statementOf(
    db.insert(seats).select(
      sql`select null, null, null, null, null, null, null, null where not exists (select 1 from seats s join members m on m.id = s.member and m.left_on is null
          where s.branch = ${branch} and s.role = 'secretary' and s.until_at is null)`,
    ),
  )

const successor = (db: Db, { branch }: PersonAsItStands, ending: readonly { role: SeatRole }[], actor: Actor): Statement[] =>
  ending.some(({ role }) => role === 'secretary') && !actor.seats.some(({ role }) => role === 'admin') ? [secretaryStays(db, branch)] : []

export const refuseWithoutSecretary = onConstraint('NOT NULL constraint failed: seats.', () =>
  refuse('支部不能没有书记：请先任命新书记，再来办这一步。', 'The branch would be without a secretary: please appoint the next one first.'),
)
const withSecretary = (outcome: Outcome) => outcome.catch(refuseWithoutSecretary)

import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { type Actor, actorById } from '../branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import type { MinutesAsTheyStand } from './minutes.ts'
import { minutesAsked, minutesFile } from './minutes-messages.ts'

/** The secretary may give minutes to the level above, or the deputy where there is none. */
const providers = (db: Db, branch: string) =>
  statementOf(
    db
      .select({ id: sql<string>`m.id`, openId: sql<string>`m.open_id`, role: sql<string>`s.role` })
      .from(sql`seats s join members m on m.id = s.member`)
      .where(
        sql`s.branch = ${branch} and s.role in ('secretary', 'deputy') and s.until_at is null and m.left_on is null and m.open_id is not null`,
      )
      .orderBy(sql`m.id`),
  )

/** The assessor asks for the minutes of one meeting. They see nothing before the branch has said yes. */
export async function askForMinutes(db: Db, { it, own }: MinutesAsTheyStand, actor: Actor, now: Date): Promise<void> {
  const [all] = await lookUp(db, [providers(db, own.id)])
  const secretaries = all.filter(({ role }) => role === 'secretary')
  const asked = secretaries.length > 0 ? secretaries : all
  if (asked.length === 0)
    refuse('这个支部没有书记能收到消息，请先联系支部。', 'The branch has no secretary who gets messages; please speak to the branch.')
  await together(db, [
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'minutes.ask', subject: it.id }),
    ...asked.map(({ id, openId }) =>
      enqueue(db, {
        occasion: `minutes asked ${it.id} ${own.id} ${actor.id} ${id}`,
        to: { person: openId },
        ...minutesAsked({ gathering: it.id, branch: own.id, by: actor.id, viewer: id }),
        dueAt: now,
      }),
    ),
  ])
}

/** The branch gives the confirmed minutes to the one who asked, as its members read them. */
export async function provideMinutes(db: Db, { it, own, locked }: MinutesAsTheyStand, by: Actor, actor: Actor, now: Date): Promise<void> {
  if (!locked) refuse('会议记录没有确认或重新打开了，确认后再提供。', 'The minutes are not confirmed; please provide them once they are.')
  await together(db, [
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'minutes.provide', subject: it.id }),
    enqueue(db, {
      occasion: `minutes provided ${it.id} ${own.id} ${locked.version} ${by.id}`,
      to: { person: by.openId },
      ...minutesFile({ gathering: it.id, branch: own.id, viewer: by.id, isProvided: true }),
      dueAt: now,
    }),
  ])
}

/** The one who asked, with the seats of this moment. */
export const asker = async (db: Db, member: string): Promise<Actor | undefined> => (await lookUp(db, [actorById(db, member)]))[0][0]

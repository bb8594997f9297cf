import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'

/** Nobody has taken it, or the one who did has left. */
const isFree = sql`(v.taken_by is null or exists (select 1 from members x where x.id = v.taken_by and x.left_on is not null))`

/**
 * Each open voice with each person who answers it, as a table expression of (voice, member). It is the question of `answers`, asked from the
 * database. The one who took it answers it, else the branch's answerers, the assessor, or the administrators.
 * @param ofVoice a condition on the voice `v`
 * @param ofSeat a condition on the seat `s`, by which few are looked at
 */
const answerers = (ofVoice: SQL, ofSeat: SQL, ofTaker: SQL) => sql`(
  select v.id as voice, v.taken_by as member from voices v where v.is_open and ${ofVoice} and v.taken_by is not null and ${ofTaker}
  union select v.id, s.member from voices v join seats s on s.branch = v.branch and s.role in ('secretary', 'deputy', 'publicity')
    where v.is_open and ${ofVoice} and ${ofSeat} and s.until_at is null and ${isFree} and v.kind <> 'tool' and not v.to_upper
  union select v.id, s.member from voices v join branches b on b.id = v.branch join seats s on s.committee = b.committee and s.role = 'assessor'
    where v.is_open and ${ofVoice} and ${ofSeat} and s.until_at is null and ${isFree} and v.kind <> 'tool' and v.to_upper
  union select v.id, s.member from voices v join members o on o.unit = v.unit join seats s on s.member = o.id and s.role = 'admin'
    where v.is_open and ${ofVoice} and ${ofSeat} and s.until_at is null and ${isFree} and v.kind = 'tool') w
  join voices v on v.id = w.voice join members m on m.id = w.member and m.left_on is null and m.open_id is not null and m.id is not v.meant`

/** The open voices of some branches, each with the people who are to answer it. */
export const waitingAmong = (db: Db, among: readonly string[]) =>
  db
    .select({
      voice: sql<string>`v.id`,
      branch: sql<string>`v.branch`,
      cameOn: sql<Day>`v.came_on`,
      promisedOn: sql<Day>`v.promised_on`,
      person: sql<string>`m.open_id`,
    })
    .from(answerers(sql`v.branch in ${inList(among)}`, sql`true`, sql`true`))
    .orderBy(sql`v.id, m.open_id`)

export interface WaitingVoices {
  voices: number
  /** The nearest promise. */
  first: Day
}

/** How many wait for a person, by open_id; no row where none do. */
export function waitingFor(db: Db, person: string): Statement<WaitingVoices[]> {
  const own = sql`(select p.id from members p where p.open_id = ${person} and p.left_on is null)`
  return statementOf(
    db
      .select({ voices: sql<number>`count(*)`, first: sql<Day>`min(v.promised_on)` })
      .from(answerers(sql`true`, sql`s.member in ${own}`, sql`v.taken_by in ${own}`))
      .where(sql`m.open_id = ${person}`)
      .groupBy(sql`m.id`),
  )
}

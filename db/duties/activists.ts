import { sql } from 'drizzle-orm'
import { moment, type Period, periodEnd, periodStart } from '../../src/calendar.ts'
import { LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import { type Db, inList, prepared } from '../client.ts'

/** A talk of an activist's quarter that both have confirmed, or that waits for one of them. */
interface TalkHeld {
  id: string
  on: string
  isConfirmed: boolean
  opinionDueOn: string | null
}

/** An activist for whom a duty is open, with the contacts, and how far the quarter's talk has come. */
export interface ActivistOwed {
  id: string
  name: string
  contacts: readonly string[]
  talk: TalkHeld | null
}

interface Row {
  id: string
  name: string
  contacts: string[]
  talks: [id: string, on: string, isConfirmed: number, opinionDueOn: string | null][]
}

const json = <T>() => ({ mapFromDriverValue: (text: string) => JSON.parse(text) as T })

const owed = prepared<Row[]>((db) =>
  db
    .select({
      id: sql<string>`m.id`,
      name: sql<string>`m.name`,
      contacts: sql<string[]>`(select json_group_array(o.name) from contacts c join members o on o.id = c.contact and o.left_on is null
        where c.member = m.id and c.ended_at is null)`.mapWith(json<Row['contacts']>()),
      talks: sql<Row['talks']>`(select json_group_array(json_array(t.id, t.on_day, t.confirmed_at is not null, t.opinion_due_on)) from (
        select * from talks t where (t.a = m.id or t.b = m.id) and t.kind = 'activist' and t.on_day >= ${sql.placeholder('from')}
          and t.withdrawn_at is null and t.denied_at is null and (t.activist = m.id or t.confirmed_at is null and t.claimed_at > ${sql.placeholder('alive')})
        order by t.confirmed_at is null, t.on_day desc, t.id) t)`.mapWith(json<Row['talks']>()),
    })
    .from(sql`members m`)
    .where(sql`m.id in ${inList(sql.placeholder('activists'))}`),
)

export const activistsOwed = (db: Db, activists: readonly string[], from: string, now: Date) =>
  owed(db, { activists: JSON.stringify(activists), from, alive: now.getTime() - LAPSES_AFTER_MS })

/** The activist of a duty, with the talk of its quarter. */
export function activistIn(rows: ReadonlyMap<string, Row>, subject: string, period: Period): ActivistOwed | null {
  const row = rows.get(subject)
  if (!row) return null
  const { id, name, contacts } = row
  const [first] = row.talks.filter(([, on]) => isIn(period, on))
  return { id, name, contacts, talk: first ? { id: first[0], on: first[1], isConfirmed: first[2] === 1, opinionDueOn: first[3] } : null }
}

const isIn = (period: Period, on: string) => moment(on) >= periodStart(period) && moment(on) < periodEnd(period)

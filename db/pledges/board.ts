import { sql } from 'drizzle-orm'
import { addMonths, day, firstDay, moment, month, yearOf } from '../../src/calendar.ts'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { type ShowingScope, shownOn } from '../../src/rules/pledges/showing.ts'
import { type Branch, branchById } from '../branches/units.ts'
import { type Db, inList, lookUp, statementOf } from '../client.ts'

interface BoardPoint {
  words: string
  isKept: boolean
}

export interface BoardPerson {
  id: string
  name: string
  seats: SeatRole[]
  areas: string[]
  points: BoardPoint[]
}

export interface BoardArea {
  name: string
  place: string
  people: string[]
}

export interface BoardGathering {
  kind: GatheringKind
  startsAt: Date
  place: string
}

export interface Board {
  branch: Branch
  people: BoardPerson[]
  areas: BoardArea[]
  lines: string[]
  gatherings: BoardGathering[]
}

const parsed = <T>(json: string): T => JSON.parse(json) as T

/** The kinds that concern the whole branch. A meeting of a committee or a group is nothing for a wall. */
const shownKinds: readonly GatheringKind[] = ['general', 'lecture', 'memberStudy', 'themeDay', 'activity']

/** A condition on `m`: the person is of the branch and lets this much be shown at this moment. Nothing of anybody else is read at all. */
const consents = (branch: string, scope: ShowingScope) => sql`m.branch = ${branch} and m.left_on is null
  and exists (select 1 from showings w where w.member = m.id and w.until is null and w.scope in ${inList(shownOn(scope))})`

/** The newest accepted version of the year, with what the member said of each point. */
const points = (year: string) =>
  sql<BoardPoint[]>`(select json_group_array(json_object('words', o.words, 'isKept', o.is_kept)) from (
  select pp.words, pp.is_kept from pledge_points pp where pp.pledge = (select p.id from pledges p where p.member = m.id and p.year = ${year}
    and p.reviewed_at is not null and p.returned_because is null order by p.version desc limit 1) order by pp.nth) o)`.mapWith(
    (json: string) =>
      parsed<{ words: string; isKept: number | null }[]>(json).map(({ words, isKept }) => ({ words, isKept: isKept === 1 })),
  )

/** Everybody stands as they came to the branch: no order says anything about a person. */
const peopleShown = (db: Db, branch: string, scope: ShowingScope, year: string) =>
  db
    .select({
      id: sql<string>`m.id`,
      name: sql<string>`m.name`,
      seats: sql<SeatRole[]>`(select json_group_array(s.role) from seats s where s.member = m.id and s.until_at is null
        and (s.branch = m.branch or s.role = 'leader') and s.role not in ('admin', 'assessor'))`.mapWith((json: string) =>
        parsed<SeatRole[]>(json),
      ),
      areas: sql<string[]>`(select json_group_array(a.name) from area_members am join areas a on a.id = am.area and a.ended_at is null
        where am.member = m.id and am.until_on is null and a.branch = m.branch)`.mapWith((json: string) => parsed<string[]>(json)),
      points: points(year),
    })
    .from(sql`members m`)
    .where(consents(branch, scope))
    .orderBy(sql`m.added_at`, sql`m.id`)

/** An area names those of its people who let themselves be shown. One of whom nobody does stands with its place alone. */
const areasShown = (db: Db, branch: string, scope: ShowingScope) =>
  db
    .select({
      name: sql<string>`a.name`,
      place: sql<string>`a.place`,
      people: sql<string[]>`(select json_group_array(m.name) from area_members am join members m on m.id = am.member
        where am.area = a.id and am.until_on is null and ${consents(branch, scope)})`.mapWith((json: string) => parsed<string[]>(json)),
    })
    .from(sql`areas a`)
    .where(sql`a.branch = ${branch} and a.ended_at is null`)
    .orderBy(sql`a.at`, sql`a.id`)

const linesShown = (db: Db, branch: string, today: string) =>
  db
    .select({ words: sql<string>`l.words` })
    .from(sql`screen_lines l`)
    .where(
      sql`l.branch = ${branch} and l.approved_at is not null and l.pulled_at is null and l.from_on <= ${today} and l.until_on >= ${today}`,
    )
    .orderBy(sql`l.from_on`, sql`l.id`)

const gatheringsShown = (db: Db, branch: string, from: Date, until: Date) =>
  db
    .select({
      kind: sql<GatheringKind>`g.kind`,
      startsAt: sql<Date>`g.starts_at`.mapWith((at: number) => new Date(at)),
      place: sql<string>`g.place`,
    })
    .from(sql`gatherings g`)
    .where(
      sql`g.starts_at >= ${from.getTime()} and g.starts_at < ${until.getTime()} and g.kind in ${inList(shownKinds)}
        and exists (select 1 from gathering_branches gb where gb.gathering = g.id and gb.branch = ${branch})
        and not exists (select 1 from cancellations c where c.gathering = g.id)`,
    )
    .orderBy(sql`g.starts_at`)
    .limit(12)

/** Everything on a board, from one moment. */
export async function boardOf(db: Db, id: string, scope: ShowingScope, now: Date): Promise<Board | null> {
  const [today, of] = [day(now), month(now)]
  const [[branch], people, areas, lines, gatherings] = await lookUp(db, [
    statementOf(branchById(db, id)),
    peopleShown(db, id, scope, yearOf(today)),
    areasShown(db, id, scope),
    linesShown(db, id, today),
    gatheringsShown(db, id, moment(firstDay(of)), moment(firstDay(addMonths(of, 1)))),
  ])
  return branch ? { branch, people, areas, lines: lines.map(({ words }) => words), gatherings } : null
}

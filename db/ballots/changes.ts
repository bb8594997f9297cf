import { sql } from 'drizzle-orm'

/** A deed of one person that everybody with the ballot may know. */
interface Change {
  at: Date
  by: string
  byName: string
}

/** Voters who were put on the list after the opening, by one press. */
export interface Addition extends Change {
  people: number
}

/** The close was put off. */
export interface Extension extends Change {
  from: Date
  to: Date
}

/** Codes for the public that one person made at once. */
export interface CodeSheet extends Change {
  codes: number
}

const moments = ['at', 'from', 'to']

const listOf = <T extends Change>(rows: ReturnType<typeof sql>) =>
  sql<T[]>`(select json_group_array(json(it)) from (${rows}))`.mapWith(
    (json: string) =>
      JSON.parse(json, (key, value) => (moments.includes(key) && typeof value === 'number' ? new Date(value) : value)) as T[],
  ) as ReturnType<typeof sql<T[]>>

/** The alias has one table in the whole statement, so that its plan can be read. */
const byWhom = (change: string) =>
  sql.raw(`'at', ${change}.at, 'by', ${change}.by, 'byName', (select m.name from members m where m.id = ${change}.by)`)

/** The changes in a ballot after its opening, the earliest first. */
export const changes = {
  additions: listOf<Addition>(
    sql`select json_object(${byWhom('addition')}, 'people', addition.people) it from (select e.added_at at, e.added_by "by", count(*) people from electorates e
      where e.ballot = "ballots"."id" and e.added_at is not null group by e.added_at, e.added_by order by e.added_at, e.added_by) addition`,
  ),
  extensions: listOf<Extension>(
    sql`select json_object(${byWhom('extension')}, 'from', extension.from_at, 'to', extension.to_at) it from ballot_extensions extension
      where extension.ballot = "ballots"."id" order by extension.from_at`,
  ),
  codeSheets: listOf<CodeSheet>(
    sql`select json_object(${byWhom('sheet')}, 'codes', sheet.codes) it from code_sheets sheet
      where sheet.ballot = "ballots"."id" order by sheet.before`,
  ),
}

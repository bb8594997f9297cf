import { sql } from 'drizzle-orm'
import { addDays, day, moment, type Quarter } from '../../src/calendar.ts'
import type { BoardScope } from '../../src/rules/pledges/showing.ts'
import { type Db, isConstraint, lookUp, together } from '../client.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { type linkKinds, links } from './tables.ts'

export type LinkKind = (typeof linkKinds)[number]

export type Link = typeof links.$inferSelect

/** A page that somebody is to be shown. */
export interface LinkTo {
  unit: string
  kind: LinkKind
  subject: string
  person?: string | null
  madeBy: string
  madeAt: Date
  expiresAt: Date
}

export const linkById = (db: Db, link: string) => db.select().from(links).where(sql`${links.id} = ${link}`)

const sameAs = ({ kind, subject, person }: LinkTo) =>
  sql`${links.kind} = ${kind} and ${links.subject} = ${subject} and ${links.person} is ${person ?? null} and ${links.revokedAt} is null`

export const validLink = (db: Db, to: LinkTo) =>
  db
    .select({ id: links.id })
    .from(links)
    .where(sql`${sameAs(to)} and ${links.expiresAt} > ${to.madeAt.getTime()}`)

/** Returns the valid link, or a new one in place of an expired one. Two may ask at once: the key lets one through, and both get that. */
export async function linkTo(db: Db, to: LinkTo, newId: () => string): Promise<string> {
  const [[known]] = await lookUp(db, [validLink(db, to)])
  if (known) return known.id
  const id = newId()
  try {
    await together(db, makeLink(db, { ...to, id }))
    return id
  } catch (error) {
    const [[other]] = isConstraint(error) ? await lookUp(db, [validLink(db, to)]) : [[]]
    if (!other) throw error
    return other.id
  }
}

/** For a deed's own batch; the key refuses it while a valid link exists. */
const makeLink = (db: Db, { id, ...to }: LinkTo & { id: string }) => [
  db
    .update(links)
    .set({ revokedAt: to.madeAt })
    .where(sql`${sameAs(to)} and ${links.expiresAt} <= ${to.madeAt.getTime()}`),
  db.insert(links).values({ id, ...to }),
  record(db, { at: to.madeAt, unit: to.unit, actor: to.madeBy, deed: 'link.make', subject: id }),
]

/** The address lives as long as the thing that its page shows. */
export const linkLasts = (db: Db, { kind, subject }: Pick<LinkTo, 'kind' | 'subject'>, until: Date) =>
  db
    .update(links)
    .set({ expiresAt: until })
    .where(sql`${links.kind} = ${kind} and ${links.subject} = ${subject} and ${links.revokedAt} is null`)

/** A revoked link stops working at the next request. */
export const revokeLink = (db: Db, { id, unit }: Pick<Link, 'id' | 'unit'>, by: string, at: Date) => [
  db.update(links).set({ revokedAt: at }).where(sql`${links.id} = ${id} and ${links.revokedAt} is null`),
  record(db, { at, unit, actor: by, deed: 'link.revoke', subject: id }),
]

/** The result of a ballot can be looked at for this many days. */
const BALLOT_DAYS = 90

/** The page of a result: for everybody, or for the one person who may see it. Voters find the receipts there. */
export const ballotLink = (
  kind: 'ballot' | 'receipts',
  { id, unit }: { id: string; unit: string },
  person: string | null,
  now: Date,
): LinkTo => ({
  unit,
  kind,
  subject: id,
  person,
  madeBy: CLOCK,
  madeAt: now,
  expiresAt: moment(addDays(day(now), BALLOT_DAYS + 1)),
})

/** A ballot is open for 60 days at most, and its result can be looked at for 90 more. */
const PUBLIC_DAYS = 60 + BALLOT_DAYS

/** The page where people without an account vote by a code, and find the receipts afterwards. The organiser makes the codes there. */
export const publicLink = (
  kind: 'publicBallot' | 'ballotCodes',
  { id, unit, openedAt }: { id: string; unit: string; openedAt: Date },
  person: string | null,
  now: Date,
): LinkTo => ({
  unit,
  kind,
  subject: id,
  person,
  madeBy: person ?? CLOCK,
  madeAt: now,
  expiresAt: moment(addDays(day(openedAt), PUBLIC_DAYS + 1)),
})

/** A page of a quarter can be opened for this many days. */
const ASSESSMENT_DAYS = 30

/** One quarter of a committee's order, or of a branch's score, and no other. */
export const assessmentLink = (
  kind: 'scoreboard' | 'branchScore',
  { id, unit }: { id: string; unit: string },
  quarter: Quarter,
  now: Date,
): LinkTo => ({
  unit,
  kind,
  subject: `${id} ${quarter}`,
  madeBy: CLOCK,
  madeAt: now,
  expiresAt: moment(addDays(day(now), ASSESSMENT_DAYS + 1)),
})

/** The branch or committee, and the quarter, that such a link shows. */
export function assessmentIn({ subject }: Pick<Link, 'subject'>): { id: string; quarter: Quarter } {
  const at = subject.lastIndexOf(' ')
  return { id: subject.slice(0, at), quarter: subject.slice(at + 1) }
}

/** The sheet of an election can be printed for this many days. */
const TALLY_SHEET_DAYS = 30

/** The sheet of one vote of an election, and no other. */
export const tallySheetLink = (election: string, { unit }: { unit: string }, now: Date): LinkTo => ({
  unit,
  kind: 'tallySheet',
  subject: election,
  madeBy: CLOCK,
  madeAt: now,
  expiresAt: moment(addDays(day(now), TALLY_SHEET_DAYS + 1)),
})

/** Minutes can be read, typed on and printed there for this many days. */
const MINUTES_DAYS = 30

/** One person's page of the minutes of a meeting. Their rights are asked again at every look. */
export const minutesLink = ({ id, unit }: { id: string; unit: string }, branch: string, person: string, now: Date): LinkTo => ({
  unit,
  kind: 'minutes',
  subject: `${id} ${branch}`,
  person,
  madeBy: person,
  madeAt: now,
  expiresAt: moment(addDays(day(now), MINUTES_DAYS + 1)),
})

/** A board hangs for a year and some weeks; then somebody has to look whether it still should. */
const BOARD_DAYS = 400

/** The board of a branch for one circle of readers. Nobody acts through it, so one address serves every screen. */
export const boardLink = (branch: string, unit: string, scope: BoardScope, madeBy: string, now: Date): LinkTo => ({
  unit,
  kind: 'board',
  subject: `${branch} ${scope}`,
  madeBy,
  madeAt: now,
  expiresAt: moment(addDays(day(now), BOARD_DAYS)),
})

/** The branch and the circle of readers of such a link. */
export function boardIn({ subject }: Pick<Link, 'subject'>): { branch: string; scope: BoardScope } {
  const at = subject.lastIndexOf(' ')
  return { branch: subject.slice(0, at), scope: subject.slice(at + 1) === 'public' ? 'public' : 'unit' }
}

/** The links to quarters of a committee or branch that can still be opened. */
export const assessmentLinks = (db: Db, kind: 'scoreboard' | 'branchScore', id: string, now: Date) =>
  db
    .select({ id: links.id, unit: links.unit })
    .from(links)
    .where(
      sql`${links.kind} = ${kind} and ${links.subject} >= ${`${id} `} and ${links.subject} < ${`${id}!`}
        and ${links.revokedAt} is null and ${links.expiresAt} > ${now.getTime()}`,
    )

import { sql } from 'drizzle-orm'
import { day, type Year, yearOf } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { LONGEST_INTEGRITY_TEXT, usualIntegrityText } from '../../src/rules/pledges/integrity.ts'
import { asWritten, clipped, type Text } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { committeeSeats } from '../branches/seats.ts'
import { type Branch, committeesAbove } from '../branches/units.ts'
import { type Db, onDuplicate, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { integritySubject, integrityTextSubject } from './messages.ts'
import { integrityPledges, integrityTexts } from './tables.ts'

/** The seats whose holders pledge integrity: those of a branch's committee, and those of the leaders of its groups. */
export const isOfficerSeat = (branch: string) => sql`s.until_at is null and (s.branch = ${branch} and s.role in ${committeeSeats}
  or s.role = 'leader' and s.group_id in (select g.id from groups g where g.branch = ${branch}))`

/** The officers of a branch, with the day of this year's pledge. They stand by seat and name, and nobody is ranked. */
export const officersOf = (db: Db, branch: string, year: Year) =>
  statementOf(
    db
      .select({
        id: sql<string>`m.id`,
        name: sql<string>`m.name`,
        openId: sql<string | null>`m.open_id`,
        isSecretary: sql<boolean>`max(s.role = 'secretary')`.mapWith(Boolean) as ReturnType<typeof sql<boolean>>,
        isDiscipline: sql<boolean>`max(s.role = 'discipline')`.mapWith(Boolean) as ReturnType<typeof sql<boolean>>,
        seatedAt: sql<Date>`min(s.from_at)`.mapWith((ms: number) => new Date(ms)) as ReturnType<typeof sql<Date>>,
        pledgedAt: sql<Date | null>`(select p.at from integrity_pledges p where p.member = m.id and p.year = ${year})`.mapWith({
          mapFromDriverValue: (ms: number | null) => (ms === null ? null : new Date(ms)),
        }) as ReturnType<typeof sql<Date | null>>,
      })
      .from(sql`members m join seats s on s.member = m.id`)
      .where(sql`m.left_on is null and ${isOfficerSeat(branch)}`)
      .groupBy(sql`m.id`)
      .orderBy(sql`max(s.role = 'secretary') desc, m.added_at, m.id`),
  )

export type Officer = Awaited<ReturnType<ReturnType<typeof officersOf>['map']>>[number]

/** The year's text of the nearest committee above that has set one. */
export const integrityTextOf = (db: Db, branch: string, year: Year) =>
  db
    .select({ words: integrityTexts.words })
    .from(integrityTexts)
    .innerJoin(
      sql`${committeesAbove(sql`(select b.committee from branches b where b.id = ${branch})`)} u`,
      sql`u.id = ${integrityTexts.committee}`,
    )
    .where(sql`${integrityTexts.year} = ${year}`)
    .orderBy(sql`u.depth`)
    .limit(1)

export const integrityTextOfCommittee = (db: Db, committee: string, year: Year) =>
  db
    .select({ words: integrityTexts.words })
    .from(integrityTexts)
    .where(sql`${integrityTexts.committee} = ${committee} and ${integrityTexts.year} = ${year}`)

export const ownIntegrityPledge = (db: Db, member: string, year: Year) =>
  db
    .select({ words: integrityPledges.words, at: integrityPledges.at })
    .from(integrityPledges)
    .where(sql`${integrityPledges.member} = ${member} and ${integrityPledges.year} = ${year}`)

export const wordsOf = (found: readonly { words: string }[]): Text => (found[0] ? asWritten(found[0].words) : usualIntegrityText)
const keptWords = (found: readonly { words: string }[]): string => found[0]?.words ?? usualIntegrityText.zh

/** An officer pledges, in one press. The words are kept as they were then. */
export async function pledgeIntegrity(
  db: Db,
  branch: Branch,
  { year, text }: { year: Year; text: readonly { words: string }[] },
  actor: Actor,
  now: Date,
): Promise<void> {
  if (year !== yearOf(day(now))) refuse('这一年已经过去，请看今年的承诺。', 'That year is over; please look at this year’s pledge.')
  await together(db, [
    failIf(db, sql`not exists (select 1 from seats s where s.member = ${actor.id} and ${isOfficerSeat(branch.id)})`, () =>
      refuse(
        '廉政承诺由支委和党小组长作，你不用承诺。',
        'Officers pledge integrity: the committee and the leaders of groups. You need not.',
      ),
    ),
    db.insert(integrityPledges).values({ member: actor.id, year, branch: branch.id, words: keptWords(text), at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'integrity.pledge', subject: branch.id }),
    refresh(db, { subject: integritySubject(branch.id), at: now, afterPress: true }),
    ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, now),
  ]).catch(onDuplicate(integrityPledges, () => refuse('今年已经承诺过了。', 'You have pledged for this year already.')))
}

/** The committee's own text of a year, in the place of its last one. Pledges made before keep their words. */
export async function setIntegrityText(
  db: Db,
  { committee, year, words: typed }: { committee: string; year: Year; words: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const words = clipped(typed, LONGEST_INTEGRITY_TEXT)
  if (words === '') refuse('请写承诺的内容。', 'Please write what is pledged.')
  const written = { words, by: actor.id, at: now }
  await together(db, [
    db
      .insert(integrityTexts)
      .values({ committee, year, ...written })
      .onConflictDoUpdate({ target: [integrityTexts.committee, integrityTexts.year], set: written }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'integrity.text', subject: committee }),
    refresh(db, { subject: integrityTextSubject(committee), at: now, afterPress: true }),
  ])
}

import { sql } from 'drizzle-orm'
import { day, type Quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { appealsUntil as windowUntil } from '../../src/rules/assessment/assessment.ts'
import { itemKey, type Publication, publicationOf } from '../../src/rules/assessment/publication.ts'
import { secretariesOfBranches } from '../branches/answering.ts'
import { type Branch, branchesOf } from '../branches/units.ts'
import { type Db, inList, lookUp, onConstraint, type Statement, together } from '../client.ts'
import { accountsIn } from '../duties/account.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refreshAmong } from '../ledgers/refresh.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { type Assessment, isAssessed, overviewSubject, resultSubject, reviewSubject, selfSubject } from './assessments.ts'
import * as messages from './messages.ts'
import { type Note, notesTo } from './open-and-close.ts'
import { remindedTwice } from './reminders.ts'
import { judgingMany } from './table.ts'
import { assessments, undecided } from './tables.ts'

/** The attestations and judgements of some branches, counted: a publication that was reckoned from fewer does not go through. */
const wordsOf = (branches: readonly string[]) =>
  sql`((select count(*) from judgements where branch in ${inList(branches)}) + (select count(*) from attestations where branch in ${inList(branches)}))`

const wordsCount = (db: Db, branches: readonly string[]) => db.select({ words: sql<number>`${wordsOf(branches)}` }).from(sql`(select 1)`)

/** The words are counted before they are read: one that comes between fails the publication, and is never passed over. */
async function reckoned(db: Db, branches: readonly Branch[], quarter: Quarter, now: Date) {
  const ids = branches.map(({ id }) => id)
  const [[counted], reminded] = await lookUp(db, [wordsCount(db, ids), remindedTwice(db, ids, quarter)])
  const twice = new Set(reminded.map(({ branch }) => branch))
  const accounts = await accountsIn(db, branches, [quarter], now)
  const publication = publicationOf(
    accounts.map(({ branch, duties }) => ({ branch: branch.id, duties, isReminded: twice.has(branch.id) })),
    quarter,
  )
  const unchanged = failIf(db, sql`${wordsOf(ids)} <> ${counted?.words ?? 0}`, () =>
    refuse(
      '刚刚又有登记或评定，没有公布，请再看一次。',
      'Something was entered or judged just now; nothing is published, please look again.',
    ),
  )
  return { publication, unchanged }
}

const UNANSWERED = '两次提醒后没有自评 (not answered after two reminders)'

const zeroing = ({ unanswered }: Pick<Publication, 'unanswered'>, by: string, at: Date): Statement[] =>
  unanswered.length === 0
    ? []
    : [
        judgingMany(
          unanswered.map(({ branch, part, period }) => ({
            id: `unanswered ${branch} ${part} ${period}`,
            branch,
            part,
            subject: '',
            period,
            verdict: 'points' as const,
            permille: 0,
            reason: UNANSWERED,
          })),
          by,
          at,
        ),
      ]

const telling = (db: Db, quarter: Quarter, notes: readonly Note[], occasion: 'result' | 'undecided'): Statement[] =>
  notes.map(({ branch, openId, dueAt }) =>
    enqueue(db, {
      occasion: `${occasion} ${branch} ${quarter} ${openId}`,
      to: { person: openId },
      ...messages.result({ subject: resultSubject(branch, quarter), branch, quarter }),
      dueAt,
      lane: 'bulk',
    }),
  )

const shownAgain = (db: Db, committees: readonly string[], branches: readonly string[], quarter: Quarter, at: Date) =>
  refreshAmong(db, {
    subjects: [
      ...committees.map((id) => overviewSubject(id, quarter)),
      ...branches.flatMap((id) => [selfSubject, reviewSubject, resultSubject].map((subject) => subject(id, quarter))),
    ],
    at,
  })

/**
 * A person publishes a quarter, never the clock. A branch with an undecided word is 待定 and holds up nobody. Each secretary is shown
 * the branch's own result, with the window for appeals.
 */
export async function publishAssessment(db: Db, { committee, quarter }: Pick<Assessment, 'committee' | 'quarter'>, by: string, now: Date) {
  const [own, above] = await lookUp(db, [branchesOf(db, committee), rulebooksAbove(db, committee)])
  const assessed = own.filter((branch) => isAssessed(branch, quarter))
  const ids = assessed.map(({ id }) => id)
  const [secretaries] = await lookUp(db, [secretariesOfBranches(db, ids)])
  const { publication, unchanged } = await reckoned(db, assessed, quarter, now)
  const waiting = new Set(publication.undecided)
  const notes = notesTo(secretaries, now)
  const appealsUntil = windowUntil(day(now), quarter, rulebookFor(above, quarter))
  await together(db, [
    unchanged,
    db
      .update(assessments)
      .set({ publishedAt: now, publishedBy: by, appealsUntil, leftOut: publication.leftOut.map(itemKey) })
      .where(sql`${assessments.committee} = ${committee} and ${assessments.quarter} = ${quarter}`),
    holdingBack(publication.undecided, committee, quarter, now),
    ...zeroing(publication, by, now),
    record(db, { at: now, unit: own[0]?.unit ?? '', actor: by, deed: 'assessment.publish', subject: `${committee} ${quarter}` }),
    shownAgain(db, [committee], ids, quarter, now),
    ...telling(
      db,
      quarter,
      notes.filter(({ branch }) => !waiting.has(branch)),
      'result',
    ),
    ...telling(
      db,
      quarter,
      notes.filter(({ branch }) => waiting.has(branch)),
      'undecided',
    ),
  ]).catch(onConstraint('assessment published', () => refuse('这个季度已经公布了。', 'This quarter is published already.')))
  return { appealsUntil, undecided: publication.undecided.length }
}

const holdingBack = (branches: readonly string[], committee: string, quarter: Quarter, at: Date): Statement => ({
  sql: 'insert into undecided (branch, quarter, committee, at) select value, ?, ?, ? from json_each(?)',
  args: [quarter, committee, at.getTime(), JSON.stringify(branches)],
  map: () => undefined,
})

/** The branches of one quarter that were published as undecided and about which somebody has said something since. */
export interface Touched {
  committee: string
  quarter: Quarter
  branches: readonly string[]
  /** The person who published the quarter; what follows belongs to the same deed. */
  by: string
  /** The latest word that was seen. */
  touchedAt: Date
}

/** A branch follows as soon as its last word is decided. It gets its place and a window of its own; nobody else's changes. */
export async function publishFollowers(db: Db, touched: Touched, now: Date) {
  const { committee, quarter, by } = touched
  const [own, above, secretaries] = await lookUp(db, [
    branchesOf(db, committee),
    rulebooksAbove(db, committee),
    secretariesOfBranches(db, touched.branches),
  ])
  const looked = own.filter(({ id }) => touched.branches.includes(id))
  const { publication, unchanged } = await reckoned(db, looked, quarter, now)
  const decided = looked.map(({ id }) => id).filter((id) => !publication.undecided.includes(id))
  const appealsUntil = windowUntil(day(now), quarter, rulebookFor(above, quarter))
  await together(db, [
    unchanged,
    db
      .update(undecided)
      .set({ touchedAt: null })
      .where(
        sql`${undecided.quarter} = ${quarter} and ${undecided.branch} in ${inList(touched.branches)} and ${undecided.touchedAt} <= ${touched.touchedAt.getTime()}`,
      ),
    db
      .update(undecided)
      .set({ publishedAt: now, appealsUntil })
      .where(sql`${undecided.quarter} = ${quarter} and ${undecided.branch} in ${inList(decided)} and ${undecided.publishedAt} is null`),
    ...zeroing(publication, by, now),
    ...decided.map((branch) =>
      record(db, { at: now, unit: own[0]?.unit ?? '', actor: by, deed: 'assessment.follow', subject: `${branch} ${quarter}` }),
    ),
    shownAgain(db, own[0]?.lineage ?? [], decided, quarter, now),
    ...telling(
      db,
      quarter,
      notesTo(secretaries, now).filter(({ branch }) => decided.includes(branch)),
      'result',
    ),
  ])
}

import { sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { appealsUntil as windowUntil } from '../../src/rules/assessment/assessment.ts'
import { courteousFrom, spread } from '../../src/rules/time/courtesy.ts'
import { secretariesOfBranches } from '../branches/answering.ts'
import { type Branch, branchesOf } from '../branches/units.ts'
import { type Db, lookUp, onConstraint, together } from '../client.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { type Assessment, isAssessed, overviewSubject, resultSubject, reviewSubject, selfSubject } from './assessments.ts'
import * as messages from './messages.ts'
import { assessments } from './tables.ts'

/** A message to one person about one branch's quarter. */
export interface Note {
  branch: string
  openId: string
  dueAt: Date
}

export type NewAssessment = Pick<Assessment, 'committee' | 'quarter' | 'selfUntil' | 'reviewUntil'> & { unit: string }

/** The key lets a quarter be opened once; whoever comes second changes nothing. */
export async function openAssessment(db: Db, { unit, ...assessment }: NewAssessment, toAsk: readonly Note[], now: Date) {
  const { quarter } = assessment
  await together(db, [
    db.insert(assessments).values({ ...assessment, openedAt: now }),
    record(db, { at: now, unit, actor: CLOCK, deed: 'assessment.open', subject: `${assessment.committee} ${quarter}` }),
    ...toAsk.map(({ branch, openId, dueAt }) =>
      enqueue(db, {
        occasion: `self ${branch} ${quarter} ${openId}`,
        to: { person: openId },
        ...messages.selfAssessment({ subject: selfSubject(branch, quarter), branch, quarter }),
        dueAt,
        lane: 'bulk',
      }),
    ),
  ])
}

type Published = Pick<Assessment, 'committee' | 'quarter'> & { appealsUntil: Day; unit: string; by: string }

/** What was not judged stays out of the base. Each secretary is shown the branch's result, with the window for appeals. */
async function publish(
  db: Db,
  { committee, quarter, appealsUntil, unit, by }: Published,
  branches: readonly Branch[],
  toTell: readonly Note[],
  now: Date,
) {
  await together(db, [
    db
      .update(assessments)
      .set({ publishedAt: now, publishedBy: by, appealsUntil })
      .where(sql`${assessments.committee} = ${committee} and ${assessments.quarter} = ${quarter}`),
    record(db, { at: now, unit, actor: by, deed: 'assessment.publish', subject: `${committee} ${quarter}` }),
    refresh(db, { subject: overviewSubject(committee, quarter), at: now, afterPress: true }),
    ...branches.flatMap(({ id }) =>
      [selfSubject, reviewSubject].map((subject) => refresh(db, { subject: subject(id, quarter), at: now, afterPress: false })),
    ),
    ...toTell.map(({ branch, openId, dueAt }) =>
      enqueue(db, {
        occasion: `result ${branch} ${quarter} ${openId}`,
        to: { person: openId },
        ...messages.result({ subject: resultSubject(branch, quarter), branch, quarter }),
        dueAt,
        lane: 'bulk',
      }),
    ),
  ]).catch(onConstraint('assessment published', () => refuse('这个季度已经公布了。', 'This quarter is published already.')))
}

/** By the assessor, or by the clock when nobody did for two weeks. */
export async function publishAssessment(db: Db, { committee, quarter }: Pick<Assessment, 'committee' | 'quarter'>, by: string, now: Date) {
  const [own, above] = await lookUp(db, [branchesOf(db, committee), rulebooksAbove(db, committee)])
  const assessed = own.filter((branch) => isAssessed(branch, quarter))
  const ids = assessed.map(({ id }) => id)
  const [secretaries] = await lookUp(db, [secretariesOfBranches(db, ids)])
  const appealsUntil = windowUntil(day(now), quarter, rulebookFor(above, quarter))
  const unit = own[0]?.unit ?? ''
  await publish(db, { committee, quarter, appealsUntil, unit, by }, assessed, notesTo(secretaries, now), now)
  return { appealsUntil }
}

/** At a courteous hour, and not all at once. */
export const notesTo = (people: readonly { branch: string; openId: string }[], now: Date): Note[] =>
  people.map(({ branch, openId }) => ({ branch, openId, dueAt: courteousFrom(spread(courteousFrom(now), openId)) }))

/** Nothing of it moves from now on; the results are written behind it. */
export async function beginClosing(db: Db, { committee, quarter, unit, by }: Omit<Published, 'appealsUntil'>, now: Date) {
  await together(db, [
    db
      .update(assessments)
      .set({ closingAt: now, closedBy: by })
      .where(sql`${assessments.committee} = ${committee} and ${assessments.quarter} = ${quarter}`),
    record(db, { at: now, unit, actor: by, deed: 'assessment.close', subject: `${committee} ${quarter}` }),
    refresh(db, { subject: overviewSubject(committee, quarter), at: now, afterPress: true }),
  ])
    .catch(onConstraint('assessment closing', () => refuse('这个季度的考核已经结束了。', 'This quarter’s assessment is closed already.')))
    .catch(onConstraint('assessment not published', () => refuse('还没有公布，请先公布。', 'It is not published yet; publish it first.')))
    .catch(
      onConstraint('appeals waiting', () =>
        refuse('还有申诉没有答复，请先答复。', 'An appeal is waiting for an answer; please answer it first.'),
      ),
    )
}

export const sayPublished = (): never =>
  refuse('考核已经公布，不能再上报；有异议请申诉。', 'The assessment is published and takes no more; if you object, please appeal.')

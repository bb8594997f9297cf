import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { afterTheDigests } from '../../src/rules/time/courtesy.ts'
import { type Db, onConstraint, together } from '../client.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { type Assessment, overviewSubject, selfSubject } from './assessments.ts'
import * as messages from './messages.ts'
import { assessments } from './tables.ts'

/** A message to one person about one branch's quarter. */
export interface Note {
  branch: string
  openId: string
  dueAt: Date
}

type NewAssessment = Pick<Assessment, 'committee' | 'quarter' | 'selfUntil' | 'reviewUntil'> & { unit: string }

/** The key lets a quarter be opened once; a second opening changes nothing. */
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

/** The notes go out at a courteous hour, spread over time. */
export const notesTo = (people: readonly { branch: string; openId: string }[], now: Date): Note[] =>
  people.map(({ branch, openId }) => ({ branch, openId, dueAt: afterTheDigests(now, openId) }))

/** Nothing of the assessment moves from now on; the results are written afterwards. */
export async function beginClosing(
  db: Db,
  { committee, quarter, unit, by }: Pick<Assessment, 'committee' | 'quarter'> & { unit: string; by: string },
  now: Date,
) {
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

import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { codeFrom, MOST_CODES } from '../../src/rules/ballots/codes.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { audit } from '../ledgers/tables.ts'
import { type BallotDeps, turnoutSubject } from './cast.ts'
import * as messages from './messages.ts'
import type { BallotAsItStands } from './state.ts'
import { ballotCodes } from './tables.ts'

/** All that is kept of a code. Sixty random bits are not found by trying, so one pass over them is enough. */
export const codeHash = (ballot: string, code: string): string => createHash('sha256').update(`${ballot} ${code}`).digest('base64url')

/** What the codes of a ballot are concealed by while they wait to be sent as a file. */
export const codesPlace = (ballot: string) => `ballot codes ${ballot}`

/**
 * One-time codes for those who have no account: shown now, sent as a file to whoever made them, and kept nowhere. More can be made while it is
 * open; none is ever taken back, so that the count of those given out stands. `given` is how many there were when they were asked for: of a
 * press that came twice the second makes none.
 */
export async function makeCodes(
  db: Db,
  it: BallotAsItStands,
  count: number,
  actor: Actor,
  now: Date,
  { sealing, random }: BallotDeps,
  given = it.codes,
): Promise<string[]> {
  if (it.cancelledAt || it.closedAt || now >= it.closesAt) refuseOver()
  if (it.codes + count > MOST_CODES)
    refuse(`一次投票最多发 ${MOST_CODES} 个码。`, `At most ${MOST_CODES} codes are given out for one ballot.`)
  const codes = Array.from({ length: count }, () => codeFrom(random(16)))
  const hashes = JSON.stringify(codes.map((code) => codeHash(it.id, code)))
  const ifOpen = sql`case when exists (select 1 from ballots b where b.id = ${it.id} and b.is_secret and b.closes_at > ${now.getTime()}
    and not exists (select 1 from ballot_closures c where c.ballot = b.id) and not exists (select 1 from ballot_cancellations c where c.ballot = b.id))
    then ${it.id} end`
  await together(db, [
    failIf(db, sql`(select count(*) from ballot_codes where ballot = ${it.id}) is not ${given}`, refuseAgain),
    db.insert(ballotCodes).select(sql`select ${ifOpen}, value, 0 from json_each(${hashes}) where true`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'ballot.makeCodes', subject: it.id }),
    enqueue(db, {
      occasion: `codes ${it.id} ${Buffer.from(random(9)).toString('base64url')}`,
      to: { person: actor.openId },
      ...messages.codeSheet({ ballot: it.id, codes: sealing.conceal(codesPlace(it.id), codes.join(' ')) }),
      dueAt: now,
      lane: 'answer',
    }),
    refresh(db, { subject: turnoutSubject(it.id), at: now, afterPress: true }),
  ]).catch(onConstraint('ballot over', refuseOver))
  return codes
}

function refuseAgain(): never {
  return refuse(
    '刚刚已经生成过一批，在私聊收到的表格里；还要的话，请刷新页面再生成。',
    'Some have just been made and are in the spreadsheet in your direct chat; for more, please reload the page first.',
  )
}

function refuseOver(): never {
  return refuse('投票已经结束，不能再发码。', 'The ballot is over; no more codes can be given out.')
}

export interface CodeTried {
  /** Null for one that nobody was given. */
  isUsed: boolean | null
  /** Wrong ones, entered on this opened page, and on all of them. */
  wrong: number
  wrongOfAll: number
}

export const codeTried = (db: Db, ballot: string, hash: string, visitor: string): Statement<CodeTried[]> =>
  statementOf(
    db
      .select({
        isUsed: sql<boolean | null>`(select is_used from ballot_codes where ballot = ${ballot} and hash = ${hash})`.mapWith(
          (is: number | null) => (is === null ? null : is === 1),
        ) as ReturnType<typeof sql<boolean | null>>,
        wrong: sql<number>`coalesce(sum(${audit.actor} = ${by(visitor)}), 0)`,
        wrongOfAll: sql<number>`count(*)`,
      })
      .from(audit)
      .where(sql`${audit.subject} = ${ballot} and ${audit.deed} = 'ballot.tryCode'`),
  )

const by = (visitor: string) => `visitor ${visitor}`

/** As many on one page; on another the next person begins anew, so that nobody is locked out by somebody else’s slips of the finger. */
export const MOST_WRONG = 5

/** Beyond this a flood of guesses is not written down any more; it finds nothing anyhow. */
const MOST_WRITTEN = 1_000

export async function recordWrong(db: Db, it: BallotAsItStands, visitor: string, { wrongOfAll }: CodeTried, now: Date): Promise<void> {
  if (wrongOfAll >= MOST_WRITTEN) return
  await together(db, [record(db, { at: now, unit: it.unit, actor: by(visitor), deed: 'ballot.tryCode', subject: it.id })])
}

import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { codeFrom, MOST_CODES } from '../../src/rules/ballots/codes.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, inList, onConstraint, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { audit } from '../ledgers/tables.ts'
import { type BallotDeps, turnoutSubject } from './cast.ts'
import { failIfRun, mayMakeCodesOrRefuse } from './code-makers.ts'
import * as messages from './messages.ts'
import type { BallotAsItStands } from './state.ts'
import { ballotCodes, codeSheets } from './tables.ts'

/** The hash is all that we keep of a code. Nobody finds sixty random bits by trying, so one pass is enough. */
export const codeHash = (ballot: string, code: string): string => createHash('sha256').update(`${ballot} ${code}`).digest('base64url')

/** The place by which the codes of a ballot are concealed while they wait to be sent as a file. */
export const codesPlace = (ballot: string) => `ballot codes ${ballot}`

/**
 * Makes one-time codes for people without an account. They are shown now, sent to the maker as a file, and kept nowhere. More codes can be
 * made while the ballot is open. None is taken back, so the count of codes given out stands. `given` is the count when they were asked for:
 * a press that comes twice makes none the second time.
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
  await mayMakeCodesOrRefuse(db, it.id, actor)
  const codes = Array.from({ length: count }, () => codeFrom(random(16)))
  const hashes = inList(codes.map((code) => codeHash(it.id, code)))
  await together(db, [
    failIf(db, sql`(select count(*) from ballot_codes where ballot = ${it.id}) is not ${given}`, refuseAgain),
    failIfRun(db, it.id, actor),
    db.insert(codeSheets).values({ ballot: it.id, before: given, codes: count, by: actor.id, at: now }),
    db.insert(ballotCodes).select(sql`select ${it.id}, value, 0 from ${hashes} where true`),
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

interface CodeTried {
  /** Null for a code that nobody was given. */
  isUsed: boolean | null
  /** Wrong codes entered on this opened page, and on all pages. */
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

/** The limit holds for one opened page: nobody is locked out by another person’s slips of the finger. */
export const MOST_WRONG = 5

/** A flood of guesses beyond this is not recorded any more; it finds nothing anyhow. */
const MOST_WRITTEN = 1_000

export async function recordWrong(db: Db, it: BallotAsItStands, visitor: string, { wrongOfAll }: CodeTried, now: Date): Promise<void> {
  if (wrongOfAll >= MOST_WRITTEN) return
  await together(db, [record(db, { at: now, unit: it.unit, actor: by(visitor), deed: 'ballot.tryCode', subject: it.id })])
}

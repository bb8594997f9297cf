import { sql } from 'drizzle-orm'
import { Refusal, refuse } from '../../src/refusal.ts'
import { castOf, type Filled } from '../../src/rules/ballots/marks.ts'
import { piecesOf, receiptFrom, shuffled, written } from '../../src/rules/ballots/pieces.ts'
import { t } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, onDuplicate, prepared, together } from '../client.ts'
import { failIf, preparedFailIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { postedAs } from '../ledgers/outbox.ts'
import { refreshGently, refreshOthers } from '../ledgers/refresh.ts'
import type { Sealing } from './sealing.ts'
import type { BallotAsItStands, OwnVote } from './state.ts'
import { stillVotes } from './state.ts'
import { ballotCodes, marks, namedVotes, turnout } from './tables.ts'

/** The means of a vote besides the database: the sealing, and chance for keys and receipts. */
export interface BallotDeps {
  sealing: Sealing
  random(bytes: number): Uint8Array
}

export const turnoutSubject = (ballot: string) => `turnout ${ballot}`
/** The subject of a voter's own cards about a ballot. */
export const voterSubject = (ballot: string, member: string) => `ballot ${ballot} ${member}`

interface Arriving extends Record<string, unknown> {
  ballot: string
  member: string
}

/** For a voter who leaves, or loses the vote, between the look and the batch. */
const failIfLost = preparedFailIf<Arriving>(
  sql`not exists (select 1 from ballots b join members m on m.id = ${sql.placeholder('member')}
    where b.id = ${sql.placeholder('ballot')} and ${stillVotes})`,
  refuseLost,
)

const arrival = (db: Db) => db.insert(turnout).values({ ballot: sql.placeholder('ballot'), member: sql.placeholder('member') })
const arriving = prepared<unknown, Arriving>((db) => arrival(db))
const arrivingAgain = prepared<unknown, Arriving>((db) => arrival(db).onConflictDoNothing())

/** Each piece goes into the box under a random key, and is kept in the order of the keys. */
const dropping = prepared<unknown, { ballot: string; pieces: string }>((db) =>
  db
    .insert(marks)
    .select(sql`select ${sql.placeholder('ballot')}, value ->> 0, value ->> 1 from json_each(${sql.placeholder('pieces')}) where true`),
)

/** The keys look like those of a shuffle, which are cut by their first digits. */
const KEY_BYTES = 11

const keyed = (sealed: readonly string[], { random }: BallotDeps) =>
  JSON.stringify(sealed.map((piece) => [Buffer.from(random(KEY_BYTES)).toString('hex'), piece]))

/** A vote is sealed on arrival: the choice goes no further than here in the clear. */
async function sealedCast(it: BallotAsItStands, filled: Filled, voter: { member: string | null; branch: string | null }, box: BallotDeps) {
  const cast = castOf(it.question, filled, voter)
  if ('wrong' in cast) throw new Refusal(cast.wrong)
  const receipt = receiptFrom(box.random(5))
  const pieces = shuffled(piecesOf(cast, voter.member === null ? 'public' : 'members', receipt), box.random)
  return { receipt, sealed: await box.sealing.seal(it.id, it.publicKey, pieces.map(written)) }
}

/**
 * Casts a vote by card. A secret vote is final: turnout and sealed pieces go into two stores in one batch. Only the voter sees the receipt.
 * `isOwnCard` is false where others may see the card that was pressed. A named vote may be cast again until the close.
 */
export async function castVote(
  db: Db,
  { it, own, messageId }: { it: BallotAsItStands; own: OwnVote; messageId?: string },
  filled: Filled,
  actor: Actor,
  now: Date,
  box: BallotDeps,
): Promise<{ receipt: string; isOwnCard: boolean }> {
  refuseUnlessOpen(it, now, own.hasVoted ? refuseChange : refuseLate)
  if (!own.isElector) refuseStranger()
  if (!own.mayVote) refuseLost()
  if (own.hasVoted && it.isSecret) refuseSecond()
  const subject = voterSubject(it.id, actor.id)
  const { receipt, sealed } = await sealedCast(it, filled, { member: actor.id, branch: own.branch }, box)
  const voter = { ballot: it.id, member: actor.id }
  const results = await together(db, [
    failIfLost(db, voter),
    ...(it.isSecret
      ? [arriving(db, voter), dropping(db, { ballot: it.id, pieces: keyed(sealed, box) })]
      : [arrivingAgain(db, voter), voting(db, { ...voter, sealed: JSON.stringify(sealed) })]),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'ballot.vote', subject: it.id }),
    refreshGently(db, { subject: turnoutSubject(it.id), at: now }),
    refreshOthers(db, { subject, but: messageId ?? '', at: now }),
    postedAs(db, { messageId: messageId ?? '', subject }),
  ])
    .catch(onDuplicate(turnout, refuseSecond))
    .catch(onConstraint('ballot over', refuseLate))
    .catch(onConstraint('no vote', refuseLost))
  return { receipt, isOwnCard: messageId === undefined || (results.at(-1) as unknown[]).length > 0 }
}

const voting = prepared<unknown, Arriving & { sealed: string }>((db) =>
  db
    .insert(namedVotes)
    .select(sql`select ${sql.placeholder('ballot')}, ${sql.placeholder('member')}, ${sql.placeholder('sealed')}, null where true`)
    .onConflictDoUpdate({ target: [namedVotes.ballot, namedVotes.member], set: { sealed: sql`excluded.sealed` } }),
)

/** Casts a vote by a code. The voter is unknown to us, and stays so. */
export async function castByCode(
  db: Db,
  it: BallotAsItStands,
  codeHash: string,
  filled: Filled,
  now: Date,
  box: BallotDeps,
): Promise<{ receipt: string }> {
  refuseUnlessOpen(it, now)
  const { receipt, sealed } = await sealedCast(it, filled, { member: null, branch: null }, box)
  await together(db, [
    db.update(ballotCodes).set({ isUsed: true }).where(sql`${ballotCodes.ballot} = ${it.id} and ${ballotCodes.hash} = ${codeHash}`),
    failIf(db, sql`not exists (select 1 from ballot_codes c where c.ballot = ${it.id} and c.hash = ${codeHash} and c.is_used)`, refuseCode),
    dropping(db, { ballot: it.id, pieces: keyed(sealed, box) }),
    record(db, { at: now, unit: it.unit, actor: 'code', deed: 'ballot.voteByCode', subject: it.id }),
    refreshGently(db, { subject: turnoutSubject(it.id), at: now }),
  ])
    .catch(onConstraint('code used', refuseUsed))
    .catch(onConstraint('ballot over', refuseLate))
  return { receipt }
}

function refuseUnlessOpen(it: BallotAsItStands, now: Date, late: () => never = refuseLate) {
  if (it.cancelledAt) refuse('这次投票已经取消了。', 'This ballot has been cancelled.')
  if (it.closedAt || now >= it.closesAt) late()
}

export function refuseLate(): never {
  return refuse('投票已经截止，这一票没有记录。', 'The ballot has closed; this vote was not recorded.')
}

/** For a named vote that was to be changed. */
function refuseChange(): never {
  return refuse(
    '投票已经截止，没有再改，以截止前的那一票为准。',
    'The ballot has closed; nothing was changed, and your vote from before stands.',
  )
}

export const alreadyCast = t(
  '已经记录：你已经投过票了，无记名投票投出后不能改。',
  'Already recorded: you have voted, and a secret vote is final.',
)

function refuseSecond(): never {
  throw new Refusal(alreadyCast)
}

export function refuseStranger(): never {
  return refuse(
    '你不在这次投票的名单上；如果应该在，请联系发起人。',
    'You are not on the list of this ballot; if you should be, please ask whoever opened it.',
  )
}

function refuseLost(): never {
  return refuse('你现在没有这次投票的表决权，请联系书记。', 'You no longer have a vote in this ballot; please ask the secretary.')
}

export function refuseCode(): never {
  return refuse('这个投票码不对，请照纸条上的再输一次。', 'That code is not right; please enter it as it stands on the slip.')
}

export function refuseUsed(): never {
  return refuse(
    '这个投票码已经用过了，那一票已经记录；一个码只能投一次。',
    'This code has been used already and its vote is recorded; each code is good for one.',
  )
}

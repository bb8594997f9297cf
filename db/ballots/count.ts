import { sql } from 'drizzle-orm'
import { isOwn } from '../../src/rules/ballots/marks.ts'
import type { BallotOutcome } from '../../src/rules/ballots/outcome.ts'
import { type Piece, read, shuffled } from '../../src/rules/ballots/pieces.ts'
import { faultsOf, isTold, type Turnout, tallyOf, toldOf, withHandedIn } from '../../src/rules/ballots/tally.ts'
import { uses } from '../../src/rules/ballots/uses.ts'
import { turn } from '../../src/turn.ts'
import { chatsOfBranch, chatsOfCommittee } from '../branches/chats.ts'
import { adminOpenIds } from '../branches/seats.ts'
import { type Db, inList, isConstraint, lookUp, type Statement, statementOf, together } from '../client.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import type { BallotDeps } from './cast.ts'
import { refreshed, votersRefreshed } from './close.ts'
import { inquirySubject } from './inquiry.ts'
import * as messages from './messages.ts'
import { type BallotAsItStands, ballotAsItStands } from './state.ts'
import { ballotResults, ballots, marks, namedVotes } from './tables.ts'

/**
 * Ballots that are closed and not counted yet, a count that was cut off among them. There is no limit: a box that cannot be opened stays.
 */
export const uncounted = (db: Db) =>
  db
    .select({ id: ballots.id })
    .from(ballots)
    .where(
      sql`${ballots.wrappedKey} is not null and exists (select 1 from ballot_closures c where c.ballot = ${ballots.id}) and not exists (select 1 from ballot_results r where r.ballot = ${ballots.id})`,
    )
    .orderBy(ballots.closesAt, ballots.id)

/** Results are published in this edition of the export. */
const EDITION = 3

/** Statements that join the batch of a count, because the use of the ballot asks for them. */
export type Consequences = (db: Db, it: BallotAsItStands, outcome: BallotOutcome, at: Date) => readonly Statement[]

/**
 * Opens the box, counts, and keeps the multiset alone: sealed pieces and key go in the same batch. Strange pieces are left out where the
 * figures agree without them. Otherwise the ballot is void: the pieces stay locked for an inquiry, and the administrators are told which
 * sum failed. Two may count at once: the key lets one through.
 * @throws WrongDataKey with another DATA_KEY than the ballot was opened with. Nothing is lost, and it is counted once the key is back.
 */
export async function countBallot(
  db: Db,
  ballot: string,
  { sealing, random }: BallotDeps,
  at: Date,
  breathe = turn,
  consequences?: Consequences,
) {
  const [it, [kept]] = await lookUp(db, [
    ballotAsItStands(db, ballot),
    db.select({ wrappedKey: ballots.wrappedKey }).from(ballots).where(sql`${ballots.id} = ${ballot}`),
  ])
  if (!it || !kept?.wrappedKey || it.result) return
  const opened = await openedOf(db, it, kept.wrappedKey, { sealing, random }, breathe)
  const tally = tallyOf(it.question, shuffled(opened.pieces, random))
  const turnout = await turnoutOf(db, it)
  const faults = faultsOf(it.question, tally, turnout)
  const outcome = faults.length === 0 ? (isTold(it, turnout) ? 'counted' : 'few') : 'unsound'
  const admins = outcome === 'unsound' ? await adminOpenIds(db) : []
  const [chats] = await lookUp(db, [it.branch ? chatsOfBranch(db, it.branch) : chatsOfCommittee(db, it.committee ?? '')])
  await together(db, [
    db.insert(ballotResults).values({
      ballot,
      outcome,
      countedAt: at,
      expected: it.electors,
      voted: turnout.members,
      codes: it.codes,
      codesUsed: turnout.public,
      tally: outcome === 'counted' ? withHandedIn(toldOf(it.question, it, tally, turnout), it.views) : {},
      receipts: outcome === 'unsound' || !it.isSecret ? [] : tally.receipts,
      faults,
      leftOut: outcome === 'unsound' ? 0 : tally.strange,
      edition: EDITION,
    }),
    ...(outcome === 'unsound' ? [] : emptied(db, ballot, opened.named)),
    ...(outcome !== 'unsound' && tally.strange > 0
      ? [record(db, { at, unit: it.unit, actor: CLOCK, deed: 'ballot.leaveOut', subject: ballot })]
      : []),
    record(db, { at, unit: it.unit, actor: CLOCK, deed: outcome === 'unsound' ? 'ballot.withhold' : 'ballot.count', subject: ballot }),
    ...refreshed(db, it, at),
    ...votersRefreshed(db, ballot, at),
    ...admins.map((openId) =>
      enqueue(db, {
        occasion: `unsound ${ballot} ${openId}`,
        to: { person: openId },
        ...messages.ballotUnsound({ subject: inquirySubject(ballot), ballot }),
        dueAt: at,
      }),
    ),
    ...told(db, it, outcome, chats, at),
    ...(consequences?.(db, it, outcome, at) ?? []),
  ]).catch((error) => {
    if (!isConstraint(error) || !error.message.includes('ballot_results')) throw error
  })
}

/** The pieces and the key go; the choices of a named ballot are kept in the clear. */
const emptied = (db: Db, ballot: string, named: readonly { member: string; said: Said }[]): Statement[] => [
  ...named.map(({ member, said }) =>
    statementOf(
      db.update(namedVotes).set({ sealed: [], said }).where(sql`${namedVotes.ballot} = ${ballot} and ${namedVotes.member} = ${member}`),
    ),
  ),
  statementOf(db.delete(marks).where(sql`${marks.ballot} = ${ballot}`)),
  statementOf(db.update(ballots).set({ wrappedKey: null }).where(sql`${ballots.id} = ${ballot}`)),
]

/** The opener is told, and the chats where the result is for everybody. A result that is withheld is said to be withheld. */
function told(db: Db, it: BallotAsItStands, outcome: BallotOutcome, chats: readonly { chatId: string }[], dueAt: Date): Statement[] {
  const opener = enqueue(db, {
    occasion: `result ${it.id} ${it.openedBy}`,
    to: { person: it.openerOpenId ?? '' },
    ...messages.ballotResult({ ballot: it.id, viewer: it.openedBy }),
    dueAt,
  })
  const open = chats.map(({ chatId }) =>
    enqueue(db, { occasion: `result ${it.id} ${chatId}`, to: { chat: chatId }, ...messages.ballotResult({ ballot: it.id }), dueAt }),
  )
  return [...(it.openerOpenId ? [opener] : []), ...(uses[it.use].toldTo === 'everyone' && outcome !== 'unsound' ? open : [])]
}

/** The number of pieces opened before others get their turn. */
const LOT = 50

type Said = { marks: [string, string][]; writeIns: string[] }

async function openedOf(db: Db, it: BallotAsItStands, wrappedKey: string, { sealing }: BallotDeps, breathe: () => Promise<void>) {
  const pieces: (Piece | null)[] = []
  const named: { member: string; said: Said }[] = []
  const open = async (sealed: readonly string[]) =>
    (await sealing.open(it.id, wrappedKey, sealed)).map((bytes) => (bytes === null ? null : read(bytes)))
  if (!it.isSecret) {
    const [votes] = await lookUp(db, [db.select().from(namedVotes).where(sql`${namedVotes.ballot} = ${it.id}`)])
    for (const { member, sealed } of votes) {
      const opened = await open(sealed)
      pieces.push(...opened)
      named.push({ member, said: saidIn(opened) })
      await breathe()
    }
    return { pieces, named }
  }
  for (let after = ''; ; ) {
    const [lot] = await lookUp(db, [
      db
        .select({ key: marks.key, sealed: marks.sealed })
        .from(marks)
        .where(sql`${marks.ballot} = ${it.id} and ${marks.key} > ${after}`)
        .orderBy(marks.key)
        .limit(LOT),
    ])
    if (lot.length === 0) return { pieces, named }
    pieces.push(...(await open(lot.map(({ sealed }) => sealed))))
    after = lot.at(-1)?.key ?? after
    await breathe()
  }
}

const saidIn = (pieces: readonly (Piece | null)[]): Said => ({
  marks: pieces.flatMap((piece) => (piece?.is === 'mark' ? [[piece.subject, piece.value] as [string, string]] : [])),
  writeIns: pieces.flatMap((piece) => (piece?.is === 'writeIn' && piece.name !== '' ? [piece.name] : [])),
})

/** The turnout, counted from the other store: the figures must agree with it. */
async function turnoutOf(db: Db, { id, question, codesUsed }: BallotAsItStands): Promise<Turnout> {
  const [people] = await lookUp(db, [
    db
      .select({ member: sql<string>`t.member`, branch: sql<string | null>`e.branch` })
      .from(sql`turnout t join electorates e on e.ballot = t.ballot and e.member = t.member`)
      .where(sql`t.ballot = ${id}`),
  ])
  const own = Object.fromEntries(question.subjects.map((subject) => [subject.key, people.filter((voter) => isOwn(subject, voter)).length]))
  return { members: people.length, public: codesUsed, own }
}

/** Ballots that are emptied and not wiped from the store yet. */
export const unwiped = (db: Db) =>
  db.select({ id: ballots.id }).from(ballots).where(sql`${ballots.wrappedKey} is null and ${ballots.wipedAt} is null`)

export const wiped = (db: Db, ids: readonly string[], at: Date) =>
  db
    .update(ballots)
    .set({ wipedAt: at })
    .where(sql`${ballots.id} in ${inList(ids)}`)

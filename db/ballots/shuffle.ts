import { sql } from 'drizzle-orm'
import { type Db, prepared, type Statement, together } from '../client.ts'
import { ballots, marks, movingMarks, shuffledBoxes } from './tables.ts'

const votesIn = sql<number>`(select count(*) from turnout t where t.ballot = "ballots"."id")
  + (select count(*) from ballot_codes c where c.ballot = "ballots"."id" and c.is_used)`

export interface Unshuffled {
  id: string
  votes: number
  pieces: number
}

/**
 * The boxes into which votes came since they were last shuffled. It is empty where the store is not ours to wipe. Such a server keeps
 * earlier states in files of its own.
 */
export const unshuffled = (db: Db): Statement<Unshuffled[]> => inOrderOfArrival(db, { isOurs: db.gate.wipe ? 1 : 0 })

const inOrderOfArrival = prepared((db) =>
  db
    .select({ id: ballots.id, votes: votesIn, pieces: sql<number>`(select count(*) from marks m where m.ballot = "ballots"."id")` })
    .from(ballots)
    .leftJoin(shuffledBoxes, sql`${shuffledBoxes.ballot} = ${ballots.id}`)
    .where(
      sql`${sql.placeholder('isOurs')} and ${ballots.wrappedKey} is not null and ${ballots.isSecret}
        and ${votesIn} is not coalesce(${shuffledBoxes.votes}, 0)`,
    )
    .orderBy(ballots.closesAt, ballots.id),
)

/** A press that comes in between waits for one lot: some hundredths of a second. */
const LOT = 2_000
const DIGITS = [...'0123456789abcdef']

/** A small box is one lot. A large one is cut by the first digit of its keys, or by the first two. */
export function lotsOf(pieces: number): { keep: string; from: string; until: string }[] {
  const starts = pieces <= LOT ? [''] : pieces <= 16 * LOT ? DIGITS : DIGITS.flatMap((first) => DIGITS.map((next) => first + next))
  return starts.map((keep, nth) => ({ keep, from: nth === 0 ? '' : keep, until: starts[nth + 1] ?? '~' }))
}

/**
 * Takes the pieces of a lot out and puts them back under new keys, in the order of these keys. A piece then lies anywhere, whenever it
 * came. Deleted rows are overwritten (secure_delete). The engine draws the keys, because nobody has to say them again.
 * Triggers see to it that no piece is lost.
 */
export const shuffleLot = (db: Db, ballot: string, { keep, from, until }: ReturnType<typeof lotsOf>[number]) =>
  together(db, [
    db.insert(movingMarks).select(
      sql`select ballot, key, ${keep} || substr(lower(hex(randomblob(11))), ${keep.length + 1}), sealed from marks
          where ballot = ${ballot} and key >= ${from} and key < ${until}`,
    ),
    db.delete(marks).where(sql`${marks.ballot} = ${ballot} and ${marks.key} >= ${from} and ${marks.key} < ${until}`),
    db.insert(marks).select(sql`select ballot, key, sealed from moving_marks where ballot = ${ballot} order by key`),
    db.delete(movingMarks).where(sql`${movingMarks.ballot} = ${ballot}`),
  ])

/** Noted once the journal is emptied: after a crash in between, the box is shuffled again. */
export const noteShuffled = (db: Db, boxes: readonly { ballot: string; votes: number }[]) =>
  together(
    db,
    boxes.map((box) =>
      db
        .insert(shuffledBoxes)
        .values(box)
        .onConflictDoUpdate({ target: shuffledBoxes.ballot, set: { votes: sql`excluded.votes` } }),
    ),
  )

import { sql } from 'drizzle-orm'
import { type Db, type Statement, statementOf, together } from '../client.ts'
import { ballots, marks, movingMarks, shuffledBoxes } from './tables.ts'

const votesIn = sql<number>`(select count(*) from turnout t where t.ballot = "ballots"."id")
  + (select count(*) from ballot_codes c where c.ballot = "ballots"."id" and c.is_used)`

/**
 * The boxes into which votes came since they were last shuffled. It is empty where the store is not ours to wipe: such a server keeps
 * earlier states in files of its own.
 */
export const unshuffled = (db: Db): Statement<{ id: string }[]> =>
  statementOf(
    db
      .select({ id: ballots.id })
      .from(ballots)
      .leftJoin(shuffledBoxes, sql`${shuffledBoxes.ballot} = ${ballots.id}`)
      .where(
        sql`${db.gate.wipe ? 1 : 0} and ${ballots.wrappedKey} is not null and ${ballots.isSecret}
          and ${votesIn} is not coalesce(${shuffledBoxes.votes}, 0)`,
      )
      .orderBy(ballots.id),
  )

/**
 * Takes all pieces out of a box and puts them back under new keys, in the order of these keys. A piece then lies anywhere, whenever it came.
 * Deleted rows are overwritten (secure_delete). The engine draws the keys: nobody has to say them again, and no piece passes through here.
 * Triggers see to it that no piece is lost. Returns the number of votes in the box.
 */
export async function shuffleBox(db: Db, ballot: string): Promise<number> {
  const results = await together(db, [
    db.insert(movingMarks).select(sql`select ballot, key, lower(hex(randomblob(11))), sealed from marks where ballot = ${ballot}`),
    db.delete(marks).where(sql`${marks.ballot} = ${ballot}`),
    db.insert(marks).select(sql`select ballot, key, sealed from moving_marks where ballot = ${ballot} order by key`),
    db.delete(movingMarks).where(sql`${movingMarks.ballot} = ${ballot}`),
    db.select({ votes: votesIn }).from(ballots).where(sql`${ballots.id} = ${ballot}`),
  ])
  return results[4][0]?.votes ?? 0
}

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

import { lotsOf, noteShuffled, shuffleLot, unshuffled } from '../../db/ballots/shuffle.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { lotsOfVoices, noteShuffledVoices, shuffleVoices, unshuffledVoices } from '../../db/voices/shuffle.ts'
import { turn } from '../turn.ts'

/**
 * Shuffles the boxes into which votes came, and the unsigned voices, and empties the journal. Somebody with DATA_KEY and a copy of the files then learns the order of
 * the last minute at most. Presses that wait get their turn between two lots.
 */
export async function shuffleBoxes(db: Db, breathe = turn): Promise<void> {
  const [boxes, voices] = await lookUp(db, [unshuffled(db), unshuffledVoices(db)])
  if (boxes.length + voices.length === 0) return
  for (const { id, pieces } of boxes)
    for (const lot of lotsOf(pieces)) {
      await shuffleLot(db, id, lot)
      await breathe()
    }
  const moved = voices.map(({ id }) => id)
  if (moved.length > 0) await moveVoices(db, breathe)
  await db.gate.wipe?.('journal')
  // A vote that came meanwhile is not among these, and is shuffled a minute later.
  if (boxes.length > 0)
    await noteShuffled(
      db,
      boxes.map(({ id, votes }) => ({ ballot: id, votes })),
    )
  if (moved.length > 0) await noteShuffledVoices(db, moved)
}

async function moveVoices(db: Db, breathe: () => Promise<unknown>): Promise<void> {
  for (const start of await lotsOfVoices(db)) {
    await shuffleVoices(db, start)
    await breathe()
  }
}

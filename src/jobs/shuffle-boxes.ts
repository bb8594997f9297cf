import { noteShuffled, shuffleBox, unshuffled } from '../../db/ballots/shuffle.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { turn } from '../turn.ts'

/**
 * Shuffles the boxes into which votes came, and empties the journal. Somebody with DATA_KEY and a copy of the files then learns the order of
 * the last minute at most. The presses that wait get their turn between two boxes.
 */
export async function shuffleBoxes(db: Db, breathe = turn): Promise<void> {
  const [boxes] = await lookUp(db, [unshuffled(db)])
  if (boxes.length === 0) return
  const shuffled: { ballot: string; votes: number }[] = []
  for (const { id } of boxes) {
    shuffled.push({ ballot: id, votes: await shuffleBox(db, id) })
    await breathe()
  }
  await db.gate.wipe?.('journal')
  await noteShuffled(db, shuffled)
}

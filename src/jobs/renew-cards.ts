import { ballotCardsBefore } from '../../db/ballots/lasting-cards.ts'
import { lookUp } from '../../db/client.ts'
import { evaluationCardsBefore } from '../../db/evaluation/lasting-cards.ts'
import { chatsStill, gatheringCardsBefore } from '../../db/gatherings/lasting-cards.ts'
import { renewing } from '../../db/ledgers/renew.ts'
import { talkCardsBefore } from '../../db/talks/lasting-cards.ts'
import { renewedBefore } from '../rules/gatherings/renewals.ts'
import { spread } from '../rules/time/courtesy.ts'
import { batchesOf } from './each.ts'
import type { Job, Lot } from './job.ts'

/** The number of cards renewed in one round trip. */
const LOT = 100

/**
 * A card can be brought up to date for fourteen days. Cards that are needed longer are sent again before that, on a working day. A card that
 * was renewed is not found again, so the job needs no cursor.
 */
export const renewCards: Job = async function* ({ db, now }): AsyncGenerator<Lot> {
  const before = renewedBefore(now)
  const [ofGatherings, ofBallots, ofEvaluations, ofTalks] = await lookUp(db, [
    gatheringCardsBefore(db, before, now),
    ballotCardsBefore(db, before, now),
    evaluationCardsBefore(db, before, now),
    talkCardsBefore(db, before, now),
  ])
  for (const lot of batchesOf([...ofBallots, ...ofEvaluations, ...ofTalks], LOT))
    yield { statements: lot.flatMap((card) => renewing(db, card, spread(now, card.recipient))), cursor: '' }
  for (const lot of batchesOf(ofGatherings, LOT)) {
    const chats = await lookUp(
      db,
      lot.map((card) => chatsStill(db, card)),
    )
    const inPlace = lot.filter(
      ({ recipient }, nth) => recipient.startsWith('person:') || chats[nth]?.some(({ chatId }) => recipient === `chat:${chatId}`),
    )
    yield { statements: inPlace.flatMap((card) => renewing(db, card, spread(now, card.recipient))), cursor: '' }
  }
}

import { ballotCardsBefore } from '../../db/ballots/lasting-cards.ts'
import { lookUp } from '../../db/client.ts'
import { evaluationCardsBefore } from '../../db/evaluation/lasting-cards.ts'
import { chatsStill, gatheringCardsBefore } from '../../db/gatherings/lasting-cards.ts'
import { renew } from '../../db/ledgers/renew.ts'
import { renewedBefore } from '../rules/gatherings/renewals.ts'
import { spread } from '../rules/time/courtesy.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** A card can be brought up to date for fourteen days. Cards that are needed longer are sent again before that, on a working day. */
export const renewCards: Job = async ({ db, now }) => {
  const before = renewedBefore(now)
  const [ofGatherings, ofBallots, ofEvaluations] = await lookUp(db, [
    gatheringCardsBefore(db, before, now),
    ballotCardsBefore(db, before, now),
    evaluationCardsBefore(db, before, now),
  ])
  await eachOf([...ofBallots, ...ofEvaluations], (card) => renew(db, card, spread(now, card.recipient)))
  await eachOf(ofGatherings, async (card) => {
    const [chats] = await lookUp(db, [chatsStill(db, card)])
    const isItsPlace = card.recipient.startsWith('person:') || chats.some(({ chatId }) => card.recipient === `chat:${chatId}`)
    if (isItsPlace) await renew(db, card, spread(now, card.recipient))
  })
}

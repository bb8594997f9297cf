import { lookUp } from '../../db/client.ts'
import { chatsStill, openBallotCardsBefore, openCardsBefore, openEvaluationCardsBefore, renew } from '../../db/ledgers/renew.ts'
import { renewedBefore } from '../rules/gatherings/renewals.ts'
import { spread } from '../rules/time/courtesy.ts'
import type { Job } from '../schedule.ts'
import { eachOf } from './each.ts'

/** A card answers for fourteen days: what is still to be pressed after that is sent again before, on a working day. */
export const renewCards: Job = async ({ db, now }) => {
  const before = renewedBefore(now)
  const [old, ofBallots, ofEvaluations] = await lookUp(db, [
    openCardsBefore(db, before, now),
    openBallotCardsBefore(db, before, now),
    openEvaluationCardsBefore(db, before, now),
  ])
  await eachOf([...ofBallots, ...ofEvaluations], (card) => renew(db, card, spread(now, card.recipient)))
  await eachOf(old, async (card) => {
    const [chats] = await lookUp(db, [chatsStill(db, card)])
    const isItsPlace = card.recipient.startsWith('person:') || chats.some(({ chatId }) => card.recipient === `chat:${chatId}`)
    if (isItsPlace) await renew(db, card, spread(now, card.recipient))
  })
}

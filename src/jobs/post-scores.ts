import { order } from '../../cards/order.ts'
import { score } from '../../cards/score.ts'
import { chatsOfBranch, chatsOfCommittee } from '../../db/chats.ts'
import { lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/outbox.ts'
import { orderOfCommittee, orderSubject, scoreOfBranch, scoreSubject } from '../../db/scores.ts'
import { allBranches, allCommittees } from '../../db/units.ts'
import { addQuarters, quarter } from '../calendar.ts'
import { courteousFrom, spread } from '../rules/courtesy.ts'
import type { Job } from '../schedule.ts'
import { eachOf } from './each.ts'

/** On the first working day of a quarter: each branch's chat gets the last one's score, each committee's chat the order. */
export const postScores: Job = async ({ db, slot, now }) => {
  const last = addQuarters(quarter(slot), -1)
  const from = courteousFrom(now)
  const dueFor = (chatId: string) => courteousFrom(spread(from, chatId))
  await eachOf(await allBranches(db), async (branch) => {
    const [chats] = await lookUp(db, [chatsOfBranch(db, branch.id)])
    const { tenths } = await scoreOfBranch(db, branch, last, now)
    if (tenths === null) return
    const posts = chats.map(({ chatId }) => ({
      chatId,
      ...score.args({ branch: branch.id, quarter: last, subject: scoreSubject(branch.id) }),
    }))
    for (const { chatId, ...card } of posts)
      await together(db, [
        enqueue(db, { occasion: `score ${last} ${chatId}`, to: { chat: chatId }, ...card, dueAt: dueFor(chatId), lane: 'bulk' }),
      ])
  })
  await eachOf(await allCommittees(db), async ({ id }) => {
    const [chats] = await lookUp(db, [chatsOfCommittee(db, id)])
    if (chats.length === 0 || (await orderOfCommittee(db, id, last, now)).every(({ tenths }) => tenths === null)) return
    for (const { chatId } of chats)
      await together(db, [
        enqueue(db, {
          occasion: `order ${last} ${chatId}`,
          to: { chat: chatId },
          ...order.args({ committee: id, quarter: last, subject: orderSubject(id) }),
          dueAt: dueFor(chatId),
          lane: 'bulk',
        }),
      ])
  })
}

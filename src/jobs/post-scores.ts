import { order } from '../../cards/scoreboard/order.ts'
import { score } from '../../cards/scoreboard/score.ts'
import { chatsOfBranch, chatsOfCommittee } from '../../db/branches/chats.ts'
import { allBranches, allCommittees, type Branch, branchesOf } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { scoreOfBranch } from '../../db/duties/score.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { orderSubject, scoreSubject } from '../../db/ledgers/refresh-scores.ts'
import { closedBetween, committeeInQuarter, orderOfCommittee } from '../../db/scoreboard/order.ts'
import { addQuarters, day, moment, type Quarter, quarter, time } from '../calendar.ts'
import { courteousFrom, spread } from '../rules/time/courtesy.ts'
import { addWorkdays } from '../rules/time/workdays.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** On a quarter’s first working day each branch’s chat gets the last quarter’s score, and each committee’s chat the order. */
export const postScores: Job = async ({ db, slot, now }) => {
  const last = addQuarters(quarter(slot), -1)
  await eachOf(await allBranches(db), (branch) => postScore(db, branch, last, '', now))
  await eachOf(await allCommittees(db), ({ id }) => postOrder(db, id, last, '', now))
}

/** On each working day the scores that were closed since the working day before are posted once more, as final. */
export const postFinalScores: Job = async ({ db, slot, now }) => {
  const before = moment(addWorkdays(day(slot), -1), time(slot))
  const [closed] = await lookUp(db, [closedBetween(db, before, slot)])
  await eachOf(closed, async ({ committee, quarter: of }) => {
    const [branches] = await lookUp(db, [branchesOf(db, committee)])
    await eachOf(branches, (branch) => postScore(db, branch, of, 'final ', now))
    await postOrder(db, committee, of, 'final ', now)
  })
}

type Posted = '' | 'final '
const dueFor = (chatId: string, now: Date) => courteousFrom(spread(courteousFrom(now), chatId))

async function postScore(db: Db, branch: Branch, of: Quarter, posted: Posted, now: Date) {
  const [chats] = await lookUp(db, [chatsOfBranch(db, branch.id)])
  if (chats.length === 0 || (await scoreOfBranch(db, branch, of, now)).tenths === null) return
  const card = score.args({ branch: branch.id, quarter: of, subject: scoreSubject(branch.id) })
  await post(db, chats, `score ${posted}${of}`, card, now)
}

async function postOrder(db: Db, committee: string, of: Quarter, posted: Posted, now: Date) {
  const [chats, branches] = await lookUp(db, [chatsOfCommittee(db, committee), branchesOf(db, committee)])
  const isOpenToAll = (await committeeInQuarter(db, committee, of)).rulebook.ranking === 'everyone'
  if (chats.length === 0 && !isOpenToAll) return
  if ((await orderOfCommittee(db, committee, of, now)).every(({ tenths }) => tenths === null)) return
  const card = { committee, quarter: of, subject: orderSubject(committee) }
  await post(db, chats, `order ${posted}${of}`, order.args(card), now)
  if (isOpenToAll)
    await eachOf(branches, async ({ id }) => {
      const [theirs] = await lookUp(db, [chatsOfBranch(db, id)])
      await post(db, theirs, `order ${posted}${of}`, order.args({ ...card, toAll: true }), now)
    })
}

async function post(db: Db, chats: readonly { chatId: string }[], occasion: string, card: Message, now: Date) {
  for (const { chatId } of chats)
    await together(db, [
      statementOf(
        enqueue(db, { occasion: `${occasion} ${chatId}`, to: { chat: chatId }, ...card, dueAt: dueFor(chatId, now), lane: 'bulk' }),
      ),
    ])
}

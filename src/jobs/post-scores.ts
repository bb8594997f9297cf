import { order } from '../../cards/scoreboard/order.ts'
import { score } from '../../cards/scoreboard/score.ts'
import { chatsOfBranches, chatsOfCommittees, chatsUnder } from '../../db/branches/chats.ts'
import type { BranchPlace } from '../../db/branches/units.ts'
import { type Db, lookUp, type Statement, statementOf } from '../../db/client.ts'
import { accountsIn } from '../../db/duties/account.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { orderSubject, scoreSubject } from '../../db/ledgers/refresh-scores.ts'
import { rulebookFor, rulebooksAbove } from '../../db/rulebook/versions.ts'
import { closedBetween, finalScores, followersClosedBetween } from '../../db/scoreboard/order.ts'
import { addQuarters, day, moment, type Quarter, quarter, time } from '../calendar.ts'
import { courteousFrom, spread } from '../rules/time/courtesy.ts'
import { addWorkdays } from '../rules/time/workdays.ts'
import { branchLots } from './each.ts'
import type { Job, Lot } from './job.ts'

/** How far the posting has come. The committees with a scored branch are carried along, so that no score is reckoned twice. */
interface Cursor {
  branch: BranchPlace
  scored: string[]
  /** The committees whose order is posted; null while branches are under way. */
  orders: number | null
}

/** The number of committees whose orders are posted in one lot. */
const ORDERS = 20

/** On a quarter’s first working day each branch’s chat gets the last quarter’s score, and each committee’s chat the order. */
export const postScores: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  const last = addQuarters(quarter(slot), -1)
  const begun = from ? (JSON.parse(from) as Cursor) : null
  const scored = new Set(begun?.scored)
  let branch = begun?.branch ?? null
  const cursor = (orders: number | null) => JSON.stringify({ branch: branch ?? ['', ''], scored: [...scored], orders } satisfies Cursor)

  if ((begun?.orders ?? null) === null)
    for await (const { branches, upTo } of branchLots(db, branch)) {
      const accounts = await accountsIn(db, branches, [last], now)
      const withScore = accounts.filter((account) => scoreOfAccount(account).tenths !== null).map((one) => one.branch)
      for (const { lineage } of withScore) for (const committee of lineage) scored.add(committee)
      branch = upTo
      yield { statements: await scoresTo(db, withScore, last, '', now), cursor: cursor(null) }
    }

  const committees = [...scored].sort()
  for (let done = begun?.orders ?? 0; done < committees.length; done += ORDERS)
    yield { statements: await ordersTo(db, committees.slice(done, done + ORDERS), last, '', now), cursor: cursor(done + ORDERS) }
}

/** On each working day the scores that were closed since the working day before are posted once more, as final. */
export const postFinalScores: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  const before = moment(addWorkdays(day(slot), -1), time(slot))
  const [closed, followed] = await lookUp(db, [closedBetween(db, before, slot), followersClosedBetween(db, before, slot)])
  for (const [nth, { committee, quarter: of }] of closed.entries()) {
    if (nth < Number(from ?? 0)) continue
    const [kept] = await lookUp(db, [finalScores(db, committee, of)])
    const withScore = kept.filter(({ tenths }) => tenths !== null)
    const orders = withScore.length > 0 ? await ordersTo(db, [committee], of, 'final ', now) : []
    yield { statements: [...(await scoresTo(db, withScore, of, 'final ', now)), ...orders], cursor: String(nth + 1) }
  }
  // The others heard of theirs with the committee's close.
  for (const [of, branches] of Map.groupBy(followed, (one) => one.quarter))
    yield { statements: await scoresTo(db, branches, of, 'final ', now), cursor: String(closed.length) }
}

type Posted = '' | 'final '

async function scoresTo(db: Db, branches: readonly { id: string }[], of: Quarter, posted: Posted, now: Date): Promise<Statement[]> {
  if (branches.length === 0) return []
  const [chats] = await lookUp(db, [
    chatsOfBranches(
      db,
      branches.map(({ id }) => id),
    ),
  ])
  return chats.map(({ chatId, branch }) =>
    post(db, chatId, `score ${posted}${of}`, score.args({ branch, quarter: of, subject: scoreSubject(branch), isShort: true }), now),
  )
}

/** Each committee's chats get its order; its branches' chats too, where its rules show the order to everyone. */
async function ordersTo(db: Db, committees: readonly string[], of: Quarter, posted: Posted, now: Date): Promise<Statement[]> {
  const [chats, ...above] = await lookUp(db, [
    chatsOfCommittees(db, committees),
    ...committees.map((committee) => statementOf(rulebooksAbove(db, committee))),
  ])
  const open = committees.filter((_, nth) => rulebookFor(above[nth] ?? [], of).ranking === 'everyone')
  const theirs = open.length === 0 ? [] : (await lookUp(db, [chatsUnder(db, open)]))[0]
  const card = (committee: string) => ({ committee, quarter: of, subject: orderSubject(committee) })
  return [
    ...chats.map(({ chatId, committee }) => post(db, chatId, `order ${posted}${of}`, order.args(card(committee)), now)),
    ...theirs.map(({ chatId, committee }) =>
      post(db, chatId, `order ${posted}${of}`, order.args({ ...card(committee), toAll: true }), now),
    ),
  ]
}

const dueFor = (chatId: string, now: Date) => courteousFrom(spread(courteousFrom(now), chatId))

const post = (db: Db, chatId: string, occasion: string, card: Message, now: Date): Statement =>
  statementOf(enqueue(db, { occasion: `${occasion} ${chatId}`, to: { chat: chatId }, ...card, dueAt: dueFor(chatId, now), lane: 'bulk' }))

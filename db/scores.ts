import type { Quarter } from '../src/calendar.ts'
import type { Duty } from '../src/rules/duties.ts'
import { rulebookOf } from '../src/rules/rulebook.ts'
import { rankOf, type Score, scoreOf } from '../src/rules/scoring.ts'
import { standards } from '../src/rules/standards.ts'
import { type Db, lookUp } from './client.ts'
import { dutiesOfBranch, rulebooksAbove } from './duties.ts'
import { refresh } from './outbox.ts'
import { type Branch, branchesOf, committeesUnder } from './units.ts'

/** What a posted score and a posted order are refreshed by, when a gathering of the branch is closed or corrected. */
export const scoreSubject = (branch: string) => `score ${branch}`
export const orderSubject = (committee: string) => `order ${committee}`

/** A gathering that counts, or counts otherwise, shows in the scores that stand in chats. */
export const refreshScores = (db: Db, { branch, lineage }: { branch: string; lineage: readonly string[] }, at: Date) =>
  [scoreSubject(branch), ...lineage.map(orderSubject)].map((subject) => refresh(db, { subject, at, afterPress: false }))

/** A branch's score for a quarter with the duties behind every point, from the facts as they are now. */
export async function scoreOfBranch(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<Score<Duty>> {
  const { duties, rulebook } = await dutiesOfBranch(db, branch, quarter, now)
  return scoreOf(duties, standards, rulebook)
}

/**
 * The order of a committee's branches, and after it the order of each committee below: branches are ranked within their own committee,
 * and a parent sees its children's results. Ties share the better place.
 */
export async function orderOfCommittee(db: Db, committee: string, quarter: Quarter, now: Date) {
  const [below] = await lookUp(db, [committeesUnder(db, committee)])
  const orders = []
  for (const { id, name } of below) {
    const order = await orderWithin(db, id, quarter, now)
    orders.push(...order.map((one) => ({ ...one, committee: name })))
  }
  return orders
}

async function orderWithin(db: Db, committee: string, quarter: Quarter, now: Date) {
  const [own, above] = await lookUp(db, [branchesOf(db, committee), rulebooksAbove(db, committee)])
  const scored: { branch: Branch; tenths: number | null; stillOpen: number }[] = []
  for (const branch of own) {
    const { tenths, stillOpen } = await scoreOfBranch(db, branch, quarter, now)
    scored.push({ branch, tenths, stillOpen })
    await new Promise((turn) => setImmediate(turn))
  }
  return rankOf(scored, rulebookOf(above.map(({ rulebook }) => rulebook)))
}

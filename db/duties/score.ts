import type { Quarter } from '../../src/calendar.ts'
import type { Duty } from '../../src/rules/duties/duties.ts'
import { type Score, scoreOf } from '../../src/rules/duties/scoring.ts'
import { standards } from '../../src/rules/standards/standards.ts'
import type { Branch } from '../branches/units.ts'
import type { Db } from '../client.ts'
import { refresh } from '../ledgers/outbox.ts'
import { type Account, accountOf } from './account.ts'

/** What a posted score and a posted order are refreshed by, when a gathering of the branch is closed or corrected. */
export const scoreSubject = (branch: string) => `score ${branch}`
export const orderSubject = (committee: string) => `order ${committee}`

/** A gathering that counts, or counts otherwise, shows in the scores that stand in chats. */
export const refreshScores = (db: Db, { branch, lineage }: { branch: string; lineage: readonly string[] }, at: Date) =>
  [scoreSubject(branch), ...lineage.map(orderSubject)].map((subject) => refresh(db, { subject, at, afterPress: false }))

/** A branch's score for a quarter with the duties behind every point, from the facts as they are now. */
export async function scoreOfBranch(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<Score<Duty>> {
  return scoreOfAccount(await accountOf(db, branch, quarter, now))
}

export const scoreOfAccount = ({ duties, rulebook, findings }: Omit<Account, 'branch'>): Score<Duty> =>
  scoreOf(duties, standards, rulebook, findings)

import type { Quarter } from '../../src/calendar.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { type Score, scoreOf } from '../../src/rules/duties/scoring.ts'
import { standards } from '../../src/rules/standards/standards.ts'
import type { Branch } from '../branches/units.ts'
import type { Db } from '../client.ts'
import { type Account, accountOf } from './account.ts'

/** A branch's score for a quarter with the duties behind every point, from the facts as they are now. */
export async function scoreOfBranch(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<Score<Duty>> {
  return scoreOfAccount(await accountOf(db, branch, quarter, now))
}

export const scoreOfAccount = ({ duties, rulebook, findings }: Omit<Account, 'branch'>): Score<Duty> =>
  scoreOf(duties, standards, rulebook, findings)

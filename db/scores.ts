import type { Quarter } from '../src/calendar.ts'
import type { Duty } from '../src/rules/duties.ts'
import { defaultRulebook } from '../src/rules/rulebook.ts'
import { rankOf, type Score, scoreOf } from '../src/rules/scoring.ts'
import { standards } from '../src/rules/standards.ts'
import { type Db, lookUp } from './client.ts'
import { dutiesOfBranch } from './duties.ts'
import { type Branch, branchesUnder } from './units.ts'

/** A branch's score for a quarter with the duties behind every point, from the facts as they are now. */
export async function scoreOfBranch(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<Score<Duty>> {
  const { duties, rulebook } = await dutiesOfBranch(db, branch, quarter, now)
  return scoreOf(duties, standards, rulebook)
}

/** The order of a committee's own branches. Ties share the better place. */
export async function orderOfCommittee(db: Db, committee: string, quarter: Quarter, now: Date) {
  const [under] = await lookUp(db, [branchesUnder(db, committee)])
  const scored: { branch: Branch; tenths: number | null; stillOpen: number }[] = []
  for (const branch of under) {
    const { tenths, stillOpen } = await scoreOfBranch(db, branch, quarter, now)
    scored.push({ branch, tenths, stillOpen })
    await new Promise((turn) => setImmediate(turn))
  }
  return rankOf(scored, defaultRulebook)
}

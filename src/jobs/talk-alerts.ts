import { secretariesOfBranches } from '../../db/branches/answering.ts'
import type { Branch } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import type { Alert } from '../../db/duties/alerts.ts'
import { ofUsing } from '../../db/rulebook/using.ts'
import { uncoveredNow } from '../../db/talks/coverage.ts'
import { papersAmong } from '../../db/talks/papers.ts'
import { unansweredAmong } from '../../db/talks/waiting.ts'
import { day, month } from '../calendar.ts'
import { isCoverageDay, repeatedUpTo } from '../rules/talks/reminders.ts'

/** The lines about talks in today's digest: requests that wait long, papers to look at, twice a year the coverage. */
export async function talkAlerts(db: Db, branches: readonly Branch[], now: Date): Promise<Alert[]> {
  const ids = branches.map(({ id }) => id)
  const [waiting, papers] = await lookUp(db, [unansweredAmong(db, ids, repeatedUpTo(now), now), papersAmong(db, ids, now)])
  const all = [...waiting.map((one) => ({ ...one, what: 'talkRequest' })), ...papers.map((one) => ({ ...one, what: 'talkPaper' }))]
  const using = await ofUsing(db, 'talks', all, now)
  const requests = using.map(({ what, talk, branch, claimedAt, person }) => ({
    branch,
    part: `${what} ${talk}`,
    period: day(claimedAt),
    step: 0,
    person,
    toldOn: day(now),
  }))
  return [...requests, ...(isCoverageDay(day(now)) ? await coverageAlerts(db, ids, now) : [])]
}

async function coverageAlerts(db: Db, ids: readonly string[], now: Date): Promise<Alert[]> {
  const short = new Set((await uncoveredNow(db, ids, now)).map(({ branch }) => branch))
  const [leading] = await lookUp(db, [secretariesOfBranches(db, ids)])
  return leading
    .filter(({ branch }) => short.has(branch))
    .map(({ branch, openId }) => ({ branch, part: 'talkCoverage', period: month(now), step: 0, person: openId, toldOn: day(now) }))
}

import { lookUp } from '../../../db/client.ts'
import type { Job } from '../job.ts'

/** A meeting that is closed delivers the report that it heard, and adopts the papers whose item it held. Such meetings are few. */
export const hearPapers: Job = async ({ db, now }) => {
  const [{ deliverReport, heardReports }, { adoptHeard, heardPapers }] = await Promise.all([
    import('../../../db/papers/reports.ts'),
    import('../../../db/papers/papers.ts'),
  ])
  const [reports, papers] = await lookUp(db, [heardReports(db), heardPapers(db)])
  for (const one of reports) await deliverReport(db, one, now)
  for (const one of papers) await adoptHeard(db, one, now)
}

import { sql } from 'drizzle-orm'
import type { Day, Quarter } from '../../src/calendar.ts'
import { type Db, inList } from '../client.ts'
import { alerts } from '../duties/tables.ts'

/** The name under which a reminder of the self-assessment stands among the alerts; its period is the quarter. */
export const SELF = 'self'

/** A condition: the branch `b` may still send up its quarter of the assessment `a`. */
export const maySendUp = sql`(a.published_at is null or exists (
  select 1 from undecided u where u.branch = b.id and u.quarter = a.quarter and u.published_at is null))`

/** A condition: it has not done so. */
export const hasNotSentUp = sql`not exists (select 1 from self_assessments h where h.branch = b.id and h.quarter = a.quarter)`

/** The branches whose self-assessment is still to come, committee by committee. */
export const selfOwing = (db: Db) =>
  db
    .select({
      branch: sql<string>`b.id`,
      since: sql<Day>`b.since`,
      quarter: sql<Quarter>`a.quarter`,
      selfUntil: sql<Day>`a.self_until`,
    })
    .from(sql`assessments a join branches b on b.committee = a.committee`)
    .where(sql`a.closed_at is null and ${maySendUp} and ${hasNotSentUp}`)
    .orderBy(sql`a.committee, b.id`)

/** The reminders of a quarter that some branches were told. */
export const remindersTold = (db: Db, branches: readonly string[]) =>
  db
    .selectDistinct({
      branch: alerts.branch,
      quarter: sql<Quarter>`${alerts.period}`,
      step: alerts.step,
      toldOn: sql<Day>`${alerts.toldOn}`,
    })
    .from(alerts)
    .where(sql`${alerts.branch} in ${inList(branches)} and ${alerts.part} = ${SELF} and ${reachedSomebody}`)

/** A digest that never went out reminded nobody. */
const reachedSomebody = sql`not exists (
  select 1 from outbox o where o.occasion = 'digest ' || ${alerts.toldOn} || ' ' || ${alerts.person} and o.state in ('moot', 'dead'))`

/** The branches that were reminded twice. */
export const remindedTwice = (db: Db, branches: readonly string[], quarter: Quarter) =>
  db
    .select({ branch: alerts.branch })
    .from(alerts)
    .where(
      sql`${alerts.branch} in ${inList(branches)} and ${alerts.part} = ${SELF} and ${alerts.period} = ${quarter} and ${reachedSomebody}`,
    )
    .groupBy(alerts.branch)
    .having(sql`count(distinct ${alerts.step}) >= 2`)

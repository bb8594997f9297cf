import { sql } from 'drizzle-orm'
import { type Db, inList, prepared } from '../client.ts'
import { evaluations } from './tables.ts'

/** The evaluations that some branches have begun and not ended. A person who has left the branch need not be told. */
export const evaluationsUnderWay = (db: Db, ids: readonly string[]) => underWay(db, { branches: JSON.stringify(ids) })
const underWay = prepared((db) =>
  db
    .select({
      branch: evaluations.branch,
      period: evaluations.period,
      isTold: sql<boolean>`exists (select 1 from member_grades g where g.evaluation = "evaluations"."id" and g.told_at is not null)
        and not exists (select 1 from evaluated x join members m on m.id = x.member and m.left_on is null and m.branch = "evaluations"."branch"
          where x.evaluation = "evaluations"."id" and not exists (
            select 1 from member_grades g where g.evaluation = x.evaluation and g.member = x.member and g.told_at is not null))`.mapWith(
        Boolean,
      ),
    })
    .from(evaluations)
    .where(sql`${evaluations.closedAt} is null and ${evaluations.branch} in ${inList(sql.placeholder('branches'))}`)
    .orderBy(evaluations.openedAt, evaluations.id),
)

import { sql } from 'drizzle-orm'
import type { Quarter } from '../../src/calendar.ts'
import type { Db } from '../client.ts'
import { quarterOfDay } from '../ledgers/credits.ts'
import { voiceAnswers, type voices } from './tables.ts'

const MOST_PUBLISHED = 60

/** The lines for everybody, the latest first. */
export const publishedOf = (db: Db, branch: string) =>
  db
    .select({ published: sql<string>`${voiceAnswers.published}`, at: voiceAnswers.at })
    .from(voiceAnswers)
    .where(sql`${voiceAnswers.branch} = ${branch} and ${voiceAnswers.published} is not null`)
    .orderBy(sql`${voiceAnswers.at} desc`)
    .limit(MOST_PUBLISHED)

const dueIn = (quarter: Quarter) => sql`${quarterOfDay(sql`v.due_on`)} = ${quarter}`

/** How the promises of a quarter were kept, by kind: numbers alone. */
export const keptIn = (db: Db, branch: string, quarter: Quarter) =>
  db
    .select({
      kind: sql<(typeof voices.$inferSelect)['kind']>`v.kind`,
      came: sql<number>`count(*)`,
      answered: sql<number>`count(a.at)`,
      inTime: sql<number>`coalesce(sum(a.at < (unixepoch(v.due_on) - 28800) * 1000 + 86400000), 0)`,
      adopted: sql<number>`coalesce(sum(a.outcome in ('adopted', 'partly')), 0)`,
      solved: sql<number>`(select count(*) from voice_feelings f join voices o on o.id = f.voice where o.branch = ${branch} and o.kind = v.kind
        and f.solved and ${quarterOfDay(sql`o.due_on`)} = ${quarter})`,
    })
    .from(sql`voices v left join voice_answers a on a.voice = v.id and a.nth = 1`)
    .where(sql`v.branch = ${branch} and ${dueIn(quarter)}`)
    .groupBy(sql`v.kind`)
    .orderBy(sql`v.kind`)

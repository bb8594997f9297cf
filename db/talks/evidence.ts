import { sql } from 'drizzle-orm'
import type { Quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import type { Actor } from '../branches/members.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp, statementOf } from '../client.ts'
import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './messages.ts'
import { talks } from './tables.ts'

const nameOf = (one: 'a' | 'b') => sql<string>`(select m.name from members m where m.id = "talks".${sql.raw(`"${one}"`)})`

/** The talks that prove a branch's quarter, one for each activist. Kinds and words are not among it, and no care talk is. */
const creditedTalks = (db: Db, branch: string, quarter: Quarter) =>
  statementOf(
    db
      .select({
        id: talks.id,
        a: talks.a,
        b: talks.b,
        aName: nameOf('a'),
        bName: nameOf('b'),
        onDay: talks.onDay,
        opinionAt: talks.opinionAt,
        isAttested: sql<boolean>`${talks.attestedBy} is not null`.mapWith(Boolean),
      })
      .from(talks)
      .innerJoin(
        sql`credits c`,
        sql`c.gathering = ${talks.id} and c.source_kind = 'talk' and c.branch = ${branch} and c.period = ${quarter} and c.part = '24.talk'`,
      )
      .orderBy(talks.onDay, talks.id),
  )

/** The facts that a reader may see. The two see their own; the secretary, the deputy and the organisation member see all. */
export async function talkFactsFor(db: Db, branch: Branch, quarter: Quarter, reader: Actor) {
  const [all] = await lookUp(db, [creditedTalks(db, branch.id, quarter)])
  if (may(reader, 'readOpinions', { unit: branch.unit, branch: branch.id, lineage: branch.lineage })) return all
  return all.filter(({ a, b }) => a === reader.id || b === reader.id)
}

export type TalkFact = Awaited<ReturnType<typeof talkFactsFor>>[number]

export const openTalks: OpenEvidence = async (db, { branch, quarter, reader }) => {
  if ((await talkFactsFor(db, branch, quarter, reader)).length === 0)
    refuse(
      '和谁谈的，只有谈的两人和书记、副书记、组织委员看得到；别人只看数。',
      'Who talked is seen by the two, the secretary, the deputy and the organisation member; others see the numbers.',
    )
  return messages.talkFacts({ branch: branch.id, quarter, viewer: reader.id })
}

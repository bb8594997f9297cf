import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { ShowingScope } from '../../src/rules/pledges/showing.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onDuplicate, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { boardSubject } from './board-messages.ts'
import { showings } from './tables.ts'

/** The consent that a person gives at this moment. */
export const showingOf = (db: Db, member: string) =>
  db
    .select({ id: showings.id, scope: showings.scope, since: showings.since })
    .from(showings)
    .where(sql`${showings.member} = ${member} and ${showings.until} is null`)

export type Showing = Awaited<ReturnType<typeof showingOf>>[number]

/** One tap gives, changes or withdraws the consent. A change ends one row and begins another: the rows are its proof. */
export async function showSelf(db: Db, { id, scope }: { id: string; scope: ShowingScope | null }, actor: Actor, branch: string, now: Date) {
  await together(db, [
    // A small picture goes with the consent that it was given under.
    db.update(showings).set({ until: now }).where(sql`${showings.member} = ${actor.id} and ${showings.until} is null`),
    ...(scope ? [statementOf(db.insert(showings).values({ id, member: actor.id, scope, since: now }))] : []),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: scope ? `showing.${scope}` : 'showing.end', subject: actor.id }),
    refresh(db, { subject: boardSubject(branch), at: now, afterPress: true }),
  ]).catch(
    onDuplicate(showings, () => refuse('刚刚已经改过，请再看一下卡片。', 'It has just been changed; please look at the card again.')),
  )
}

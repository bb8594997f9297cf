import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { Matter } from '../../src/rules/meeting-votes/resolutions.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import * as messages from './messages.ts'
import { writtenViews } from './tables.ts'
import { ownViewSubject, refuseOpened, viewsSubject } from './written-views.ts'

/** An absent voter's own view, as their card shows it: that it was handed in, never which one it is. */
export interface OwnView {
  resolution: string
  gathering: string
  branchName: string
  words: string
  matter: Matter
  isOpen: boolean
  isObjected: boolean
  isStruck: boolean
  /** The person who handed the views in. */
  host: string
  hostOpenId: string | null
}

export const ownViewOf = (db: Db, resolution: string, member: string): Statement<OwnView[]> =>
  statementOf(
    db
      .select({
        resolution: sql<string>`r.id`,
        gathering: sql<string>`r.gathering`,
        branchName: sql<string>`b.name`,
        words: sql<string>`r.words`,
        matter: sql<Matter>`r.matter`,
        isOpen: sql<boolean>`r.manner is not null`.mapWith(Boolean),
        isObjected: sql<boolean>`w.objected_at is not null`.mapWith(Boolean),
        isStruck: sql<boolean>`w.struck_at is not null`.mapWith(Boolean),
        host: sql<string>`r."by"`,
        hostOpenId: sql<string | null>`(select h.open_id from members h where h.id = r."by" and h.left_on is null)`,
      })
      .from(sql`written_views w join resolutions r on r.id = w.resolution join branches b on b.id = r.branch`)
      .where(sql`w.resolution = ${resolution} and w.member = ${member}`),
  ) as Statement<OwnView[]>

/** The person says that the view is not theirs, or takes the objection back. The host enters the sums anew. */
export async function objectToView(db: Db, it: OwnView, objects: boolean, actor: Actor, now: Date) {
  if (it.isOpen) refuseOpened()
  if (it.isObjected === objects) refuse('已经记下了，不用再按。', 'That is noted already; no need to press again.')
  await together(db, [
    db
      .update(writtenViews)
      .set({ objectedAt: objects ? now : null })
      .where(sql`resolution = ${it.resolution} and member = ${actor.id}`),
    record(db, {
      at: now,
      unit: actor.unit,
      actor: actor.id,
      deed: objects ? 'writtenView.object' : 'writtenView.agree',
      subject: it.resolution,
    }),
    refresh(db, { subject: viewsSubject(it.resolution), at: now, afterPress: true }),
    refresh(db, { subject: ownViewSubject(it.resolution, actor.id), at: now, afterPress: true }),
    ...(it.hostOpenId === null
      ? []
      : [
          enqueue(db, {
            occasion: `writtenViews ${it.resolution} ${actor.id} ${now.getTime()}`,
            to: { person: it.hostOpenId },
            ...messages.writtenViews({
              subject: viewsSubject(it.resolution),
              gathering: it.gathering,
              resolution: it.resolution,
              viewer: it.host,
            }),
            dueAt: now,
          }),
        ]),
  ]).catch(onConstraint('vote open', refuseOpened))
}

import { sql } from 'drizzle-orm'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import type { Db } from '../client.ts'
import { calledByHand, draftKey } from './drafts.ts'
import type { Rhythm } from './rhythms.ts'
import { rhythmDrafts } from './tables.ts'

/** The drafts of meetings still ahead, and whether each is answered. */
export const preparedAhead = (db: Db, now: Date) =>
  db
    .select({
      rhythm: rhythmDrafts.rhythm,
      on: rhythmDrafts.on,
      isAnswered: sql<boolean>`exists (select 1 from rhythm_answers a where a.rhythm = "rhythm_drafts"."rhythm" and a."on" = "rhythm_drafts"."on")`,
    })
    .from(rhythmDrafts)
    .where(sql`${rhythmDrafts.startsAt} > ${now.getTime()}`)

/** A time at which a rhythm comes round, and the period for which it stands. */
export interface Due {
  rhythm: Rhythm
  on: string
  startsAt: Date
  from: Date
  until: Date
}

const asRow = ({ rhythm: { id, branch, kind, group, setBy }, on, from, until }: Due) => ({
  key: draftKey(id, on),
  rhythm: id,
  branch,
  kind,
  group,
  setBy,
  from: from.getTime(),
  until: until.getTime(),
})

const cell = (name: keyof ReturnType<typeof asRow>) => sql.raw(`(j.value ->> '${name}')`)

const rowsOf = (lot: readonly Due[]) => sql`json_each(${JSON.stringify(lot.map(asRow))}) j`

/** The times of a lot that need no question. Their meeting was called by hand, or skipped under the former rhythm. */
export const settledAlready = (db: Db, lot: readonly Due[]) =>
  db
    .select({ key: sql<string>`${cell('key')}` })
    .from(rowsOf(lot))
    .where(
      sql`exists (select 1 from ${calledByHand({
        rhythm: cell('rhythm'),
        branch: cell('branch'),
        kind: cell('kind'),
        group: cell('group'),
        from: cell('from'),
        until: cell('until'),
      })})
      or exists (select 1 from rhythms before cross join rhythm_drafts d on d.rhythm = before.id cross join rhythm_answers a on a.rhythm = d.rhythm and a."on" = d."on"
        where before.branch = ${cell('branch')} and before.kind = ${cell('kind')} and before.group_id is ${cell('group')} and before.id <> ${cell('rhythm')}
          and a.answer = 'skipped' and d.from_at = ${cell('from')} and d.until_at = ${cell('until')})`,
    )

/** The people who are asked: a rhythm's setter by the seats they still hold, the branch's secretaries, its deputies last. */
export const hostsOf = (db: Db, lot: readonly Due[]) =>
  db
    .select({
      key: sql<string>`${cell('key')}`,
      openId: sql<string>`m.open_id`,
      isSetter: sql<boolean>`m.id = ${cell('setBy')}`.mapWith(Boolean),
      unit: sql<string>`m.unit`,
      role: sql<SeatRole>`s.role`,
      branch: sql<string | null>`s.branch`,
      group: sql<string | null>`s.group_id`,
    })
    .from(rowsOf(lot))
    .crossJoin(
      sql`seats s on s.id in (select own.id from seats own where own.member = ${cell('setBy')} and (own.branch = ${cell('branch')} or own.group_id = ${cell('group')})
        union select of.id from seats of where of.branch = ${cell('branch')} and of.role in ('secretary', 'deputy'))`,
    )
    .innerJoin(sql`members m`, sql`m.id = s.member and m.left_on is null and m.open_id is not null`)
    .where(sql`s.until_at is null`)
    .orderBy(sql`s.role = 'deputy'`, sql`m.id`)

import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { confirmerFor, MOST_POINTS, minutesDueOn, recorderFor, recorders } from '../../src/rules/work/minutes-state.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onConstraint, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import type { MinutesAsTheyStand } from './minutes.ts'
import { minutesOf, minutesSubject } from './minutes-messages.ts'
import { minutePoints, minutes } from './tables.ts'

type Kept = Pick<MinutesAsTheyStand, 'it' | 'own' | 'row' | 'state' | 'there'>

export const thisOne = ({ it, own }: Pick<Kept, 'it' | 'own'>) => sql`${minutes.gathering} = ${it.id} and ${minutes.branch} = ${own.id}`

/** A condition for guards: the minutes of this meeting and branch in a state. */
export const isIn = ({ it, own }: Pick<Kept, 'it' | 'own'>, state: ReturnType<typeof sql>) =>
  sql`exists (select 1 from minutes i where i.gathering = ${it.id} and i.branch = ${own.id} and ${state})`

/** The audit entry, and the cards that show the minutes. */
export const noted = (db: Db, { it, own }: Pick<Kept, 'it' | 'own'>, deed: string, actor: Actor, at: Date) => [
  record(db, { at, unit: it.unit, actor: actor.id, deed, subject: it.id }),
  refresh(db, { subject: minutesSubject(it.id, own.id), at, afterPress: true }),
]

/** The card in somebody's direct chat; nobody without Feishu can be sent one. */
export const cardTo = (
  db: Db,
  { it, own }: Pick<Kept, 'it' | 'own'>,
  to: { id: string; openId: string | null },
  why: string,
  at: Date,
): Statement[] =>
  to.openId === null
    ? []
    : [
        statementOf(
          enqueue(db, {
            occasion: `minutes ${why} ${it.id} ${own.id} ${to.id}`,
            to: { person: to.openId },
            ...minutesOf(it.id, own.id, to.id),
            dueAt: at,
          }),
        ),
      ]

/** Begins the minutes with the recorder whom the seats suggest; the host may choose another. The recorder gets the draft, and `causes` the host's. */
export async function beginMinutes(db: Db, seen: Kept, actor: Actor, now: Date, causes: readonly Statement[]): Promise<void> {
  const { it, own, there, state } = seen
  if (state !== 'none') {
    await together(db, causes)
    return
  }
  const recorder = there.find(({ id }) => id === recorderFor(there, actor.id)) ?? { id: actor.id, openId: actor.openId }
  await together(db, [
    db.insert(minutes).values({
      gathering: it.id,
      branch: own.id,
      recorder: recorder.id,
      recorderSetBy: actor.id,
      dueOn: minutesDueOn(it.closedAt as Date),
    }),
    ...noted(db, seen, 'minutes.begin', actor, now),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
    ...(recorder.id === actor.id ? [] : cardTo(db, seen, recorder, 'record', now)),
    ...causes,
  ]).catch(onDuplicate(minutes, refuseBegun))
}

function refuseBegun(): never {
  return refuse('会议记录已经有人在记了，请再按一次查看。', 'The minutes have just been begun; please press again to see them.')
}

/** The committee gives the record to another of its people who was there, until it is sent for confirmation. */
export async function assignRecorder(db: Db, seen: Kept, chosen: string, actor: Actor, now: Date): Promise<void> {
  const { there, row } = seen
  const to =
    recorders(there).find(({ id }) => id === chosen) ??
    refuse('请选择到会的支委作记录人。', 'Please choose one of the committee who was there.')
  const recorder = there.find(({ id }) => id === to.id) as (typeof there)[number]
  if (row?.recorder === chosen) refuse('记录人已经是这位同志了，不用再改。', 'They are the recorder already; nothing to change.')
  await together(db, [
    failIf(db, isIn(seen, sql`i.submitted_at is not null`), refuseSent),
    db.update(minutes).set({ recorder: chosen, recorderSetBy: actor.id }).where(thisOne(seen)),
    ...noted(db, seen, 'minutes.assign', actor, now),
    ...cardTo(db, seen, recorder, 'record', now),
  ])
}

function refuseSent(): never {
  return refuse(
    '会议记录已送确认，不能再改；要改请确认人先退回。',
    'The minutes wait for confirmation and cannot be changed; whoever confirms can send them back first.',
  )
}

const refuseOthers = (): never =>
  refuse('会议记录由记录人写，请先换记录人。', 'The recorder writes the minutes; please change the recorder first.')

/** Only the recorder writes, and only until the minutes are sent. */
export function refuseUnlessWriting({ row }: Pick<Kept, 'row'>, actor: Actor) {
  if (row?.recorder !== actor.id) refuseOthers()
  if (row?.submittedAt) refuseSent()
}

/** The points of one item, as the recorder typed them; too many characters are refused and never cut. */
export async function writePoints(
  db: Db,
  seen: Kept,
  points: readonly { position: number; words: string }[],
  actor: Actor,
  now: Date,
): Promise<void> {
  const { it, own } = seen
  refuseUnlessWriting(seen, actor)
  const said = points.map(({ position, words }) => ({ position, words: typed(words) }))
  for (const { position, words } of said) {
    if ([...words].length > MOST_POINTS)
      refuse(
        `要点最多 ${MOST_POINTS} 字，没有保存；请删短一些。`,
        `The points hold ${MOST_POINTS} characters at most; nothing was saved. Please shorten them.`,
      )
    if (position !== 0 && !it.agenda.some((item) => item.position === position)) refuse('没有找到这项议题。', 'There is no such item.')
  }
  const [full, empty] = [said.filter(({ words }) => words !== ''), said.filter(({ words }) => words === '')]
  await together(db, [
    failIf(db, isIn(seen, sql`i.recorder is not ${actor.id}`), refuseOthers),
    ...full.map(({ position, words }) =>
      db
        .insert(minutePoints)
        .values({ gathering: it.id, branch: own.id, position, words, by: actor.id, at: now })
        .onConflictDoUpdate({
          target: [minutePoints.gathering, minutePoints.branch, minutePoints.position],
          set: { words, by: actor.id, at: now },
        }),
    ),
    ...(empty.length > 0
      ? [
          db
            .delete(minutePoints)
            .where(
              sql`${minutePoints.gathering} = ${it.id} and ${minutePoints.branch} = ${own.id} and ${minutePoints.position} in (select value from json_each(${JSON.stringify(empty.map(({ position }) => position))}))`,
            ),
        ]
      : []),
    ...noted(db, seen, 'minutes.write', actor, now),
  ]).catch(onConstraint('minutes submitted', refuseSent))
}

const typed = (words: string) =>
  words
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/(?!\n)\p{Cc}|\p{Cf}/gu, '')
    .trim()

/** Sends the minutes to the one who is to confirm them. */
export async function submitMinutes(db: Db, seen: MinutesAsTheyStand, actor: Actor, now: Date): Promise<void> {
  const { it, own, host, confirmers } = seen
  refuseUnlessWriting(seen, actor)
  const to =
    confirmers === null
      ? null
      : confirmerFor(
          confirmers.filter(({ openId }) => openId !== null),
          host?.id ?? null,
        )
  const asked = confirmers?.find(({ id }) => id === to?.id)
  const assessors = asked ? [] : await assessorsOf(db, own.lineage)
  await together(db, [
    failIf(db, isIn(seen, sql`i.submitted_at is not null`), refuseSent),
    failIf(db, isIn(seen, sql`i.recorder is not ${actor.id}`), refuseOthers),
    db
      .update(minutes)
      .set({ submittedAt: now, submittedBy: actor.id, returnedAt: null, returnedBy: null, returnedBecause: null })
      .where(thisOne(seen)),
    ...noted(db, seen, 'minutes.submit', actor, now),
    ...(asked ? [asked] : assessors).flatMap((one) => cardTo(db, seen, one, `confirm ${now.getTime()}`, now)),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
  ])
}

/** The assessors of the nearest committee above that has one. */
async function assessorsOf(db: Db, lineage: readonly string[]): Promise<{ id: string; openId: string | null }[]> {
  const [rows] = await lookUp(db, [
    statementOf(
      db
        .select({ id: sql<string>`m.id`, openId: sql<string | null>`m.open_id`, committee: sql<string>`s.committee` })
        .from(sql`seats s join members m on m.id = s.member`)
        .where(
          sql`s.role = 'assessor' and s.until_at is null and m.left_on is null and m.open_id is not null
            and s.committee in (select value from json_each(${JSON.stringify(lineage)}))`,
        )
        .orderBy(sql`m.id`),
    ),
  ])
  const nearest = lineage.find((committee) => rows.some((row) => row.committee === committee))
  return rows.filter(({ committee }) => committee === nearest)
}

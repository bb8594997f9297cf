import { draftArgs } from '../../cards/rhythms/draft.ts'
import { type Db, lookUp, type Statement, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { refresh } from '../../db/ledgers/refresh.ts'
import { draftKey, draftSubject, keepDraft, overtakenCards } from '../../db/rhythms/drafts.ts'
import { type Due, hostsOf, preparedAhead, settledAlready } from '../../db/rhythms/due.ts'
import { openRhythms, startOf } from '../../db/rhythms/rhythms.ts'
import { addDays, day, moment } from '../calendar.ts'
import { placeOfGathering } from '../context.ts'
import { may } from '../rules/branches/rights.ts'
import { occurrences } from '../rules/rhythms/rhythms.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import { addWorkdays } from '../rules/time/workdays.ts'
import { batchesOf, eachOf } from './each.ts'
import type { Job, JobContext, Lot } from './job.ts'

const AHEAD_WORKDAYS = 5

/** The number of rhythms asked about in one round trip. */
const BATCH = 50

/** The number of meetings that one card bears. */
const MOST_ON_CARD = 5

/**
 * A regular meeting due within five working days is put before its host, once. A draft overtaken by hand says so. A meeting that was
 * prepared is not found again, so the job needs no cursor.
 */
export const prepareDrafts: Job = async function* (context): AsyncGenerator<Lot> {
  const { db, now } = context
  const [ahead] = await lookUp(db, [preparedAhead(db, now)])
  const open = ahead.filter(({ isAnswered }) => !isAnswered)
  await eachOf(batchesOf(open, BATCH), async (batch) => {
    const [overtaken] = await lookUp(db, [overtakenCards(db, batch)])
    if (overtaken.length > 0)
      await together(
        db,
        overtaken.map(({ card }) => refresh(db, { subject: draftSubject(card), at: now, afterPress: false })),
      )
  })
  if (!isCourteous(now)) return
  const isPrepared = new Set(ahead.map(({ rhythm, on }) => draftKey(rhythm, on)))
  const due = (await dueWithin(db, now)).filter(({ rhythm, on }) => !isPrepared.has(draftKey(rhythm.id, on)))
  const byHost = new Map<string, Due[]>()
  await eachOf(batchesOf(due, BATCH), async (batch) => {
    for (const [host, one] of await withHosts(db, batch)) byHost.set(host, [...(byHost.get(host) ?? []), one])
  })
  const cards = [...byHost].flatMap(([host, all]) => batchesOf(all, MOST_ON_CARD).map((several) => ({ host, several })))
  for (const lot of batchesOf(cards, BATCH))
    yield { statements: lot.flatMap(({ host, several }) => prepared(context, host, several)), cursor: '' }
}

const dueWithin = async (db: Db, now: Date): Promise<Due[]> =>
  (await openRhythms(db)).flatMap((rhythm) =>
    occurrences(rhythm.rule, day(now), addWorkdays(day(now), AHEAD_WORKDAYS))
      .map((one) => ({
        rhythm,
        on: one.named,
        startsAt: startOf(rhythm, one),
        from: moment(one.from),
        until: moment(addDays(one.to, 1)),
      }))
      .filter(({ startsAt }) => startsAt > now),
  )

/**
 * The host is the member who set the rhythm, while a seat there lets them call it. Otherwise it is the secretary, or the deputy where there
 * is none.
 */
async function withHosts(db: Db, batch: readonly Due[]): Promise<[host: string, Due][]> {
  const [settled, seats] = await lookUp(db, [settledAlready(db, batch), hostsOf(db, batch)])
  const isSettled = new Set(settled.map(({ key }) => key))
  return batch.flatMap((one) => {
    const key = draftKey(one.rhythm.id, one.on)
    if (isSettled.has(key)) return []
    const mine = seats.filter((seat) => seat.key === key)
    const setter = mine.find(
      ({ isSetter, unit, role, branch, group }) =>
        isSetter &&
        may({ unit, branch: null, seats: [{ role, branch, group, committee: null }] }, 'callGathering', placeOfGathering(one.rhythm)),
    )
    const host = setter ?? mine.find(({ role }) => role === 'secretary' || role === 'deputy')
    return host ? [[host.openId, one] satisfies [string, Due]] : []
  })
}

/** Meetings that one person is asked about at the same time stand on one card. */
function prepared({ db, slot, now }: JobContext, to: string, several: readonly Due[]): Statement[] {
  const dueAt = spread(slot < now ? now : slot, to)
  const [first] = several
  if (!first || !isCourteous(dueAt)) return []
  const card = draftKey(first.rhythm.id, first.on)
  return [
    ...several.map(({ rhythm, on, startsAt, from, until }) =>
      keepDraft(db, { rhythm: rhythm.id, on, startsAt, from, until, preparedAt: now, to, card }),
    ),
    enqueue(db, { occasion: draftSubject(card), to: { person: to }, ...draftArgs(first.rhythm.id, first.on), dueAt }),
  ].map((one) => statementOf(one))
}

import { alightFromLost, boardSnoozed, digestsTo } from '../../db/assessment/digests.ts'
import type { Branch, BranchPlace } from '../../db/branches/units.ts'
import { type Db, lookUp, type Statement, statementOf } from '../../db/client.ts'
import { type Alarm, type Alert, alarmsAmong, saidBefore, tell, toldTo, wanted } from '../../db/duties/alerts.ts'
import { mutedBy, snoozedOn } from '../../db/duties/quiet.ts'
import { makeUpDaysUnder, missedAmong } from '../../db/gatherings/make-ups.ts'
import { day } from '../calendar.ts'
import { makeUpDueOn } from '../rules/gatherings/make-ups.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import { workdayOnOrBefore } from '../rules/time/workdays.ts'
import { branchLots } from './each.ts'
import type { Job, Lot } from './job.ts'

/**
 * A person with a hand in a duty gets at most one message a working day. It comes when the duty reaches a step of their ladder that they
 * were not told of. A day that is over gets none: its open duties come with today’s. A person who asked to hear later is told then.
 *
 * On the day on which a snoozed digest comes, its steps are told by it. A person who hears of branches in two lots is enqueued once, by the
 * occasion, and the message shows everything.
 */
export const sendDigests: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  let first = from ? [] : [statementOf(alightFromLost(db, now)), statementOf(boardSnoozed(db, now))]
  for await (const { branches, upTo } of branchLots(db, from ? (JSON.parse(from) as BranchPlace) : null)) {
    yield { statements: [...first, ...(await digestsAmong(db, branches, slot, now))], cursor: JSON.stringify(upTo) }
    first = []
  }
}

async function digestsAmong(db: Db, branches: readonly Branch[], slot: Date, now: Date): Promise<Statement[]> {
  const alarmsOf = await alarmsAmong(db, branches, now)
  const [{ talkAlerts }, { taskAlerts }, { voiceAlerts }, { recordAlerts }, { pledgeAlerts }] = await Promise.all([
    import('./talk-alerts.ts'),
    import('./work/task-alerts.ts'),
    import('./voices/alerts.ts'),
    import('./papers/record-alerts.ts'),
    import('./pledges/alerts.ts'),
  ])
  const missed = [
    ...(await missedMeetings(db, branches, now)),
    ...(await talkAlerts(db, branches, now)),
    ...(await taskAlerts(db, branches, now)),
    ...(await voiceAlerts(db, branches, now)),
    ...(await recordAlerts(db, branches, now)),
    ...(await pledgeAlerts(db, branches, now)),
  ]
  const missedOf = Map.groupBy(missed, ({ person }) => person)
  const people = [...new Set([...alarmsOf.keys(), ...missedOf.keys()])].sort()
  if (people.length === 0) return []
  const [told, muted, snoozed] = await lookUp(db, [toldTo(db, people), mutedBy(db, people), snoozedOn(db, day(now))])
  const [toldOf, mutedOf] = [Map.groupBy(told, ({ person }) => person), Map.groupBy(muted, ({ person }) => person)]
  const snoozedUntil = new Map(snoozed.map(({ person, until }) => [person, until]))
  const telling = people
    .filter((person) => day(snoozedUntil.get(person) ?? now) === day(now))
    .map((person) => {
      const alarms = wanted(alarmsOf.get(person) ?? [], mutedOf.get(person) ?? [])
      const told = new Set((toldOf.get(person) ?? []).map(keyOf))
      const isNews = (alert: Alert) => !told.has(keyOf(alert))
      const all = [...alarms.map((alarm) => alertOf(alarm, person, now)), ...(missedOf.get(person) ?? [])]
      const saysNew = alarms.some((alarm) => !saidBefore(alarm, toldOf.get(person) ?? [])) || all.slice(alarms.length).some(isNews)
      return { person, dueAt: spread(slot < now ? now : slot, person), news: all.filter(isNews), saysNew }
    })
    .filter(({ saysNew, dueAt }) => saysNew && isCourteous(dueAt))
  const digests = telling.filter(({ person }) => !snoozedUntil.has(person))
  const alerts = telling.flatMap(({ news }) => news)
  return [statementOf(tell(db, alerts)), ...digestsTo(db, digests, now)]
}

const alertOf = ({ branch, duty, step }: Alarm, person: string, now: Date): Alert => ({
  branch: branch.id,
  part: whose(duty),
  period: duty.period,
  step,
  person,
  toldOn: day(now),
})

/** A member who missed a meeting is told when attendance is locked. The last working day to make it up brings a reminder. */
async function missedMeetings(db: Db, branches: readonly Branch[], now: Date): Promise<Alert[]> {
  const [missed] = await lookUp(db, [
    missedAmong(
      db,
      branches.map(({ id }) => id),
      now,
    ),
  ])
  const committeeOf = new Map(branches.map(({ id, committee }) => [id, committee]))
  const days = missed.length === 0 ? new Map<string, number>() : await makeUpDaysUnder(db, [...new Set(committeeOf.values())], now)
  return missed.flatMap(({ person, branch, gathering, closedAt }) => {
    const given = days.get(committeeOf.get(branch) ?? '') ?? 0
    const dueOn = makeUpDueOn(closedAt, given)
    if (given === 0 || dueOn < day(now)) return []
    const step = workdayOnOrBefore(dueOn) <= day(now) ? -1 : -given
    return { branch, part: `makeUp ${gathering}`, period: day(closedAt), step, person, toldOn: day(now) }
  })
}

const whose = ({ part, subject }: Alarm['duty']) => (subject === '' ? part : `${part} ${subject}`)
const keyOf = ({ branch, part, period, step }: { branch: string; part: string; period: string; step: number }) =>
  `${branch} ${part} ${period} ${step}`

import { digest } from '../../cards/duties/digest.ts'
import { allCommittees } from '../../db/branches/units.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import { type Alarm, type Alert, alarmsOfCommittee, tell, toldTo, wanted } from '../../db/duties/alerts.ts'
import { mutedBy, snoozedOn } from '../../db/duties/quiet.ts'
import { makeUpDaysUnder, missedByAll } from '../../db/gatherings/make-ups.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { day } from '../calendar.ts'
import { makeUpDueOn } from '../rules/gatherings/make-ups.ts'
import { isCourteous, spread } from '../rules/time/courtesy.ts'
import { workdayOnOrBefore } from '../rules/time/workdays.ts'
import { batchesOf, eachOf } from './each.ts'
import type { Job } from './job.ts'

/**
 * A person with a hand in a duty gets at most one message a working day. It comes when the duty reaches a step of their ladder that they
 * were not told of. A day that is over gets none: its open duties come with today’s. A person who asked to hear later is told then.
 */
export const sendDigests: Job = async ({ db, slot, now }) => {
  if (day(slot) !== day(now) || !isCourteous(now)) return
  const alarmsOf = new Map<string, Alarm[]>()
  await eachOf(await allCommittees(db), async ({ id }) => {
    for (const [person, alarms] of await alarmsOfCommittee(db, id, now)) alarmsOf.set(person, [...(alarmsOf.get(person) ?? []), ...alarms])
  })
  const missedOf = Map.groupBy(await missedMeetings(db, now), ({ person }) => person)
  const people = [...new Set([...alarmsOf.keys(), ...missedOf.keys()])].sort()
  for (const batch of batchesOf(people, BATCH)) {
    const [told, muted, snoozed] = await lookUp(db, [toldTo(db, batch), mutedBy(db, batch), snoozedOn(db, day(now))])
    const [toldOf, mutedOf] = [Map.groupBy(told, ({ person }) => person), Map.groupBy(muted, ({ person }) => person)]
    await eachOf(
      batch.filter((person) => !snoozed.some((one) => one.person === person)),
      (person) => {
        const alarms = wanted(alarmsOf.get(person) ?? [], mutedOf.get(person) ?? [])
        const news = [...alarms.map((alarm) => alertOf(alarm, person, now)), ...(missedOf.get(person) ?? [])]
        return digestFor(db, person, news, new Set((toldOf.get(person) ?? []).map(keyOf)), slot, now)
      },
    )
  }
}

const BATCH = 200

const alertOf = ({ branch, duty, step }: Alarm, person: string, now: Date): Alert => ({
  branch: branch.id,
  part: whose(duty),
  period: duty.period,
  step,
  person,
  toldOn: day(now),
})

/** A member who missed a meeting is told when attendance is locked, and again on the last working day to make it up. */
async function missedMeetings(db: Db, now: Date): Promise<Alert[]> {
  const [all] = await lookUp(db, [missedByAll(db, now)])
  const days = new Map<string, number>()
  const alerts: Alert[] = []
  for (const { person, branch, committee, gathering, closedAt } of all) {
    const given = days.get(committee) ?? (await makeUpDaysUnder(db, committee, now))
    days.set(committee, given)
    const dueOn = makeUpDueOn(closedAt, given)
    if (given === 0 || dueOn < day(now)) continue
    const step = workdayOnOrBefore(dueOn) <= day(now) ? -1 : -given
    alerts.push({ branch, part: `makeUp ${gathering}`, period: day(closedAt), step, person, toldOn: day(now) })
  }
  return alerts
}

async function digestFor(db: Db, person: string, alerts: readonly Alert[], told: ReadonlySet<string>, slot: Date, now: Date) {
  const news = alerts.filter((alert) => !told.has(keyOf(alert)))
  const dueAt = spread(slot < now ? now : slot, person)
  if (news.length === 0 || !isCourteous(dueAt)) return

  await together(db, [
    tell(db, news),
    enqueue(db, {
      occasion: `digest ${day(now)} ${person}`,
      to: { person },
      ...digest.args({ person }),
      dueAt,
      lane: 'bulk',
      unasked: true,
    }),
  ])
}

const whose = ({ part, subject }: Alarm['duty']) => (subject === '' ? part : `${part} ${subject}`)
const keyOf = ({ branch, part, period, step }: { branch: string; part: string; period: string; step: number }) =>
  `${branch} ${part} ${period} ${step}`

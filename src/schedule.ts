import { type Db, lookUp, together } from '../db/client.ts'
import { openBetween } from '../db/gatherings/gatherings.ts'
import { lastSlots, recordRun } from '../db/ledgers/job-runs.ts'
import { learnHolidays } from '../db/rulebook/holidays.ts'
import { addDays, addMinutes, addQuarters, type Day, day, daysBetween, moment, quarter } from './calendar.ts'
import { askAssessors } from './jobs/ask-assessors.ts'
import { closeAssessments } from './jobs/close-assessments.ts'
import { closeBallots } from './jobs/close-ballots.ts'
import { closeEvaluations } from './jobs/close-evaluations.ts'
import { closeGatherings } from './jobs/close-gatherings.ts'
import { forget } from './jobs/forget.ts'
import type { Job } from './jobs/job.ts'
import { openAssessments } from './jobs/open-assessments.ts'
import { postFinalScores, postScores } from './jobs/post-scores.ts'
import { prepareDrafts } from './jobs/prepare-drafts.ts'
import { remindEvaluated } from './jobs/remind-evaluated.ts'
import { remindGatherings } from './jobs/remind-gatherings.ts'
import { remindVoters } from './jobs/remind-voters.ts'
import { renewCards } from './jobs/renew-cards.ts'
import { sendDigests } from './jobs/send-digests.ts'
import { REMINDED_BEFORE_MINUTES, remindedAt } from './rules/gatherings/attendance.ts'
import { firstWorkdayOf, isWorkday } from './rules/time/workdays.ts'

/** The days from `from` to `to`, both included, on which a job has a slot. */
type Days = (from: Day, to: Day) => Day[]

const eachDay: Days = (from, to) => Array.from({ length: daysBetween(from, to) + 1 }, (_, nth) => addDays(from, nth))
const workdays: Days = (from, to) => eachDay(from, to).filter((on) => isWorkday(on))
function firstWorkdaysOfQuarters(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let of = quarter(moment(from)); of <= quarter(moment(to)); of = addQuarters(of, 1)) days.push(firstWorkdayOf(of))
  return days.filter((on) => from <= on && on <= to)
}

/** Jobs that run each minute find their own work. */
const minutely: readonly { name: string; job: Job }[] = [
  { name: 'close-gatherings', job: closeGatherings },
  { name: 'remind-gatherings', job: remindGatherings },
  { name: 'close-assessments', job: closeAssessments },
  { name: 'close-ballots', job: closeBallots },
]

/** The next moment at which a gathering is reminded of or closed; null when there is none until `until`. */
export async function nextOfGatherings(db: Db, now: Date, until: Date): Promise<Date | null> {
  const [open] = await lookUp(db, [openBetween(db, now, addMinutes(until, REMINDED_BEFORE_MINUTES))])
  const moments = open.flatMap((it) => [remindedAt(it), it.endsAt]).filter((at) => at > now && at <= until)
  return moments.length > 0 ? new Date(Math.min(...moments.map((at) => at.getTime()))) : null
}

/** The other jobs, with Beijing time on the left. Each has slots, and each slot is run once. */
const daily: readonly { at: string; on: Days; name: string; job: Job }[] = [
  { at: '00:10', on: eachDay, name: 'close-evaluations', job: closeEvaluations },
  { at: '03:17', on: eachDay, name: 'forget', job: forget },
  { at: '09:00', on: workdays, name: 'send-digests', job: sendDigests },
  { at: '09:10', on: firstWorkdaysOfQuarters, name: 'open-assessments', job: openAssessments },
  { at: '09:10', on: workdays, name: 'prepare-drafts', job: prepareDrafts },
  { at: '09:15', on: workdays, name: 'ask-assessors', job: askAssessors },
  { at: '09:20', on: workdays, name: 'remind-voters', job: remindVoters },
  { at: '09:20', on: workdays, name: 'renew-cards', job: renewCards },
  { at: '09:25', on: workdays, name: 'remind-evaluated', job: remindEvaluated },
  { at: '09:30', on: firstWorkdaysOfQuarters, name: 'post-scores', job: postScores },
  { at: '09:40', on: workdays, name: 'post-final-scores', job: postFinalScores },
]

export interface Run {
  name: string
  slot: Date
  isLate: boolean
}

/** A job that starts within ten minutes of its time is on time. */
const LATE_AFTER_MS = 10 * 60_000
const LONGEST_DOWN_DAYS = 100

/** The runs that are due at a moment and not yet done, in order. A job new to the clock begins today. */
export async function dueRuns(db: Db, now: Date): Promise<Run[]> {
  const [run] = await lookUp(db, [lastSlots(db)])
  const last = new Map(run.map(({ job, slot }) => [job, slot]))
  const runs = daily.flatMap(({ name, at, on }) => {
    const since = last.get(name) ?? beginning(now).getTime()
    return slotsBetween(at, on, since, now).map((slot) => ({ name, slot, isLate: now.getTime() - slot.getTime() > LATE_AFTER_MS }))
  })
  return runs.sort((a, b) => a.slot.getTime() - b.slot.getTime())
}

const beginning = (now: Date) => new Date(moment(day(now)).getTime() - 1)

/** Records every job at the clock’s first turn. A job that fails at first, or whose day falls into a downtime, is then still owed. */
async function meetJobs(db: Db, now: Date) {
  const [run] = await lookUp(db, [lastSlots(db)])
  const known = new Set(run.map(({ job }) => job))
  const unknown = daily.filter(({ name }) => !known.has(name))
  if (unknown.length > 0)
    await together(
      db,
      unknown.map(({ name }) => recordRun(db, { job: name, slot: beginning(now), ranAt: now, isLate: false })),
    )
}

function slotsBetween(at: string, on: Days, since: number, now: Date): Date[] {
  const [last, earliest] = [day(now), addDays(day(now), -LONGEST_DOWN_DAYS)]
  const first = day(new Date(since))
  return on(first < earliest ? earliest : first, last)
    .map((date) => moment(date, at))
    .filter((slot) => slot.getTime() > since && slot <= now)
}

/**
 * Runs one turn of the clock. Jobs that were missed are caught up, each once and in order. A run is recorded after its job, and a job’s
 * messages carry unique occasions. A turn that is cut off, or two at once, come to the same.
 */
export async function tick(db: Db, now: Date, log: (event: Record<string, unknown>) => void): Promise<Run[]> {
  const failed = new Set<string>()
  /** A job that fails is tried again in a minute. Its later slots wait for it; the other jobs do not. */
  async function attempt(name: string, slot: Date, work: () => Promise<unknown>) {
    await work().catch((error) => {
      failed.add(name)
      log({ level: 'error', at: 'job', job: name, slot: slot.toISOString(), error: error instanceof Error ? error.name : 'unknown' })
    })
  }

  await learnHolidays(db)
  await meetJobs(db, now)
  for (const { name, job } of minutely) await attempt(name, now, () => job({ db, slot: now, now, isLate: false }))
  const runs = await dueRuns(db, now)
  for (const { name, slot, isLate } of runs) {
    const job = daily.find((one) => one.name === name)?.job
    if (!job || failed.has(name)) continue
    await attempt(name, slot, async () => {
      await job({ db, slot, now, isLate })
      await together(db, [recordRun(db, { job: name, slot, ranAt: now, isLate })])
      log({ level: 'info', at: 'job', job: name, slot: slot.toISOString(), late: isLate })
    })
  }
  return runs.filter(({ name }) => !failed.has(name))
}

import { unclosed } from '../../db/assessment/assessments.ts'
import { following, followingStep } from '../../db/assessment/followers.ts'
import { uncounted, unwiped } from '../../db/ballots/count.ts'
import { unshuffled } from '../../db/ballots/shuffle.ts'
import { type Db, lookUp, type Statement, statementOf, together } from '../../db/client.ts'
import { openBetween, unclosedBefore } from '../../db/gatherings/gatherings.ts'
import { lastSlots, recordRun } from '../../db/ledgers/job-runs.ts'
import { heardAnything } from '../../db/papers/heard.ts'
import { unfinishedDrafts } from '../../db/roster/drafts.ts'
import { fileWaiting } from '../../db/roster/received-files.ts'
import { holidaysImported } from '../../db/rulebook/holidays.ts'
import { unshuffledVoices } from '../../db/voices/shuffle.ts'
import { addDays, addMinutes, addQuarters, type Day, day, daysBetween, moment, quarter } from '../calendar.ts'
import { askAssessors } from '../jobs/ask-assessors.ts'
import { failureSaid, payingFrom, type Turn } from '../jobs/budget.ts'
import { clockStep, closeAssessments } from '../jobs/close-assessments.ts'
import { ballotsOver, closeBallots } from '../jobs/close-ballots.ts'
import { closeEvaluations } from '../jobs/close-evaluations.ts'
import { closeGatherings } from '../jobs/close-gatherings.ts'
import { followUndecided } from '../jobs/follow-undecided.ts'
import { forget } from '../jobs/forget.ts'
import type { Job } from '../jobs/job.ts'
import { openAssessments } from '../jobs/open-assessments.ts'
import { hearPapers } from '../jobs/papers/hear-papers.ts'
import { callPledges } from '../jobs/pledges/call-pledges.ts'
import { postFinalScores, postScores } from '../jobs/post-scores.ts'
import { prepareDrafts } from '../jobs/prepare-drafts.ts'
import { remindAssessed } from '../jobs/remind-assessed.ts'
import { remindEvaluated } from '../jobs/remind-evaluated.ts'
import { remindGatherings, toRemind } from '../jobs/remind-gatherings.ts'
import { remindVoters } from '../jobs/remind-voters.ts'
import { renewCards } from '../jobs/renew-cards.ts'
import { runJob } from '../jobs/run.ts'
import { sendDigests } from '../jobs/send-digests.ts'
import { REMINDED_BEFORE_MINUTES, remindedAt } from '../rules/gatherings/attendance.ts'
import { learn } from '../rules/time/holidays.ts'
import { firstWorkdayOf, isWorkday } from '../rules/time/workdays.ts'

/** The days from `from` to `to`, both included, on which a job has a slot. */
type Days = (from: Day, to: Day) => Day[]

const eachDay: Days = (from, to) => Array.from({ length: daysBetween(from, to) + 1 }, (_, nth) => addDays(from, nth))
const workdays: Days = (from, to) => eachDay(from, to).filter((on) => isWorkday(on))
function firstWorkdaysOfQuarters(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let of = quarter(moment(from)); of <= quarter(moment(to)); of = addQuarters(of, 1)) days.push(firstWorkdayOf(of))
  return days.filter((on) => from <= on && on <= to)
}

const firstWorkdaysOfYears: Days = (from, to) => firstWorkdaysOfQuarters(from, to).filter((on) => on.slice(5, 7) === '01')

interface Minutely {
  name: string
  job: Job
  /** The rows that tell whether there is work; all of them are read in the clock's one look. */
  asks(db: Db, now: Date): Statement<readonly unknown[]>
}

const minutely: readonly Minutely[] = [
  { name: 'close-gatherings', job: closeGatherings, asks: (db, now) => unclosedBefore(db, now) },
  { name: 'remind-gatherings', job: remindGatherings, asks: (db, now) => toRemind(db, now) },
  { name: 'close-assessments', job: closeAssessments, asks: (db, now) => having(unclosed(db), (one) => clockStep(one, now) !== null) },
  {
    name: 'follow-undecided',
    job: followUndecided,
    asks: (db, now) => having(following(db), (one) => followingStep(one, day(now)) !== null),
  },
  { name: 'hear-papers', job: hearPapers, asks: (db) => heardAnything(db) },
  { name: 'close-ballots', job: closeBallots, asks: (db, now) => ballotsOver(db, now) },
]

const having = <T>(statement: Statement<T[]>, isWork: (row: T) => boolean): Statement<T[]> => ({
  ...statement,
  map: (result) => statement.map(result).filter(isWork),
})

/** Work that waits behind an answer; `Host.catchUp` does it. */
const behind = (db: Db, now: Date): Statement<readonly unknown[]>[] =>
  [fileWaiting(db, now), unfinishedDrafts(db), unshuffled(db), unshuffledVoices(db), uncounted(db), unwiped(db)].map((one) =>
    statementOf(one),
  )

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
  // Their cards ride in the digests that are made up after them.
  { at: '08:50', on: firstWorkdaysOfQuarters, name: 'open-assessments', job: openAssessments },
  { at: '08:55', on: workdays, name: 'ask-assessors', job: askAssessors },
  { at: '09:00', on: workdays, name: 'send-digests', job: sendDigests },
  { at: '09:05', on: workdays, name: 'remind-assessed', job: remindAssessed },
  { at: '09:10', on: workdays, name: 'prepare-drafts', job: prepareDrafts },
  { at: '09:20', on: workdays, name: 'remind-voters', job: remindVoters },
  { at: '09:20', on: workdays, name: 'renew-cards', job: renewCards },
  { at: '09:25', on: workdays, name: 'remind-evaluated', job: remindEvaluated },
  { at: '09:30', on: firstWorkdaysOfQuarters, name: 'post-scores', job: postScores },
  { at: '09:40', on: workdays, name: 'post-final-scores', job: postFinalScores },
  { at: '09:45', on: firstWorkdaysOfYears, name: 'call-pledges', job: callPledges },
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
  const [last] = await lookUp(db, [lastSlots(db)])
  return runsDue(last, now)
}

function runsDue(last: readonly { job: string; slot: number }[], now: Date): Run[] {
  const slotOf = new Map(last.map(({ job, slot }) => [job, slot]))
  const runs = daily.flatMap(({ name, at, on }) => {
    const since = slotOf.get(name) ?? beginning(now).getTime()
    return slotsBetween(at, on, since, now).map((slot) => ({ name, slot, isLate: now.getTime() - slot.getTime() > LATE_AFTER_MS }))
  })
  return runs.sort((a, b) => a.slot.getTime() - b.slot.getTime())
}

const beginning = (now: Date) => new Date(moment(day(now)).getTime() - 1)

/** Records every job at the clock’s first turn. A job that fails at first, or whose day falls into a downtime, is then still owed. */
async function meetJobs(db: Db, last: readonly { job: string }[], now: Date) {
  const known = new Set(last.map(({ job }) => job))
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

export interface Turned {
  /** The runs that were finished. */
  runs: Run[]
  /** Something was done, or is left to do behind the answers. */
  isBusy: boolean
}

const alone: Turn = { holder: 'alone' }

type Log = (event: Record<string, unknown>) => void

/** Runs one turn of the clock to its end; see `takeTurn`. */
export const tick = async (db: Db, now: Date, log: Log): Promise<Run[]> => (await takeTurn(db, now, log)).runs

/**
 * Runs one turn of the clock. One look tells what there is to do. Jobs that were missed are caught up, each once and in order. Each job is
 * held by a lease while it runs, so that another process leaves it alone. A turn that is cut off goes on with the next one, at the lot that
 * was not done.
 */
export async function takeTurn(unpaid: Db, now: Date, log: Log, turn: Turn = alone): Promise<Turned> {
  const db = turn.purse ? payingFrom(unpaid, turn.purse, true) : unpaid
  const work = [...minutely.map(({ asks }) => asks(db, now)), ...behind(db, now)]
  const [years, last, ...rows] = await lookUp(db, [holidaysImported(db, {}), lastSlots(db), ...work])
  learn(years)
  await meetJobs(db, last, now)
  const due = runsDue(last, now)
  const stopped = new Set<string>()
  const finished: Run[] = []

  /** A job that fails or is cut off goes on in a minute. Its later slots wait for it; the other jobs do not. */
  async function attempt(name: string, slot: Date, work: () => Promise<boolean>): Promise<boolean> {
    if (stopped.has(name) || turn.purse?.left() === 0) return false
    try {
      if (await work()) return true
    } catch (error) {
      log({ ...failureSaid(error), at: 'job', job: name, slot: slot.toISOString() })
    }
    stopped.add(name)
    return false
  }

  for (const [nth, { name, job }] of minutely.entries())
    if ((rows[nth] ?? []).length > 0) await attempt(name, now, () => runJob({ db, unpaid, job, name, slot: now, now, isLate: false, turn }))
  for (const run of due) {
    const { name, slot, isLate } = run
    const job = daily.find((one) => one.name === name)?.job
    if (!job) continue
    const figures: Record<string, number> = {}
    const telling: Job = (context) => job({ ...context, tells: (some) => void Object.assign(figures, some) })
    if (!(await attempt(name, slot, () => runJob({ db, unpaid, job: telling, name, slot, now, isLate, turn, isKept: true })))) continue
    finished.push(run)
    log({ level: 'info', at: 'job', job: name, slot: slot.toISOString(), late: isLate, ...figures })
  }
  return { runs: finished, isBusy: due.length > 0 || rows.some((found) => found.length > 0) }
}

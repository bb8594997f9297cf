import { firstWaiting } from '../../../db/ledgers/outbox.ts'
import { addMinutes } from '../../calendar.ts'
import { dueRuns, nextOfGatherings, tick } from '../../clock/schedule.ts'
import type { Host } from '../../host.ts'

/** Messages of one occasion are spread over some minutes; all are sent at the end of these. */
const SPREAD_MINUTES = 25

/** The search for the next job looks this far ahead: at least one job runs each day. */
const LONGEST_LEG_MINUTES = 2 * 1440

/** Jobs this close together run at one stop, in order, and none of them is late. */
const TOGETHER_MINUTES = 10

interface TravelDeps {
  host: Host
  clock(): Date
  setClock(to: Date): void
  log(event: Record<string, unknown>): unknown
}

/** Moves the clock to a later moment and stops at every job, meeting and sending on the way. Nothing is skipped. */
export async function travel(deps: TravelDeps, to: Date): Promise<void> {
  const { host, clock, setClock, log } = deps
  await sendDue(deps)
  while (clock() < to) {
    const stop = await nextStop(deps, to)
    setClock(stop)
    await tick(host.deps.db, clock(), log)
    await host.catchUp()
    await sendDue(deps)
  }
}

async function sendDue({ host, clock }: TravelDeps): Promise<void> {
  const waiting = await firstWaiting(host.deps.db)
  if (waiting && waiting <= clock()) await sendNow(host)
}

async function nextStop({ host, clock }: TravelDeps, to: Date): Promise<Date> {
  const now = clock()
  const horizon = earliest(to, addMinutes(now, LONGEST_LEG_MINUTES))
  const ahead = (await dueRuns(host.deps.db, horizon)).filter(({ slot }) => slot > now)
  const run = ahead.findLast(({ slot }) => ahead[0] && slot <= addMinutes(ahead[0].slot, TOGETHER_MINUTES))
  const waiting = await firstWaiting(host.deps.db)
  const sending = waiting && waiting > now ? addMinutes(waiting, SPREAD_MINUTES) : horizon
  const meeting = await nextOfGatherings(host.deps.db, now, horizon)
  return [run?.slot, sending, meeting ?? undefined].reduce<Date>((first, at) => (at && at < first ? at : first), horizon)
}

/** The second kick ends the first one's wait for more messages at once. */
function sendNow({ runner }: Host): Promise<void> {
  const done = runner.kick()
  void runner.kick()
  return done
}

const earliest = (a: Date, b: Date): Date => (a < b ? a : b)

import { day } from '../../calendar.ts'
import { type GatheringKind, kindOf } from './gatherings.ts'

/** Tells the meetings that a line means by kind, day or both: `支委会 明天`. An empty line means every one. */
export async function meetingSaid(line: string, now: Date): Promise<(it: { kind: GatheringKind; startsAt: Date }) => boolean> {
  if (line.trim() === '') return () => true
  const { readWhen } = await import('../time/when.ts')
  const spoken = kindOf(line)
  const when = readWhen(spoken?.rest ?? line, now)
  const on = when.found === 'moment' ? day(when.at) : 'day' in when ? when.day : undefined
  return ({ kind, startsAt }) => (!spoken || spoken.kind === kind) && (!on || day(startsAt) === on)
}

import type { Rulebook } from '../rulebook/rulebook.ts'
import { standards } from '../standards/standards.ts'
import { type Duty, type DutyState, dutyKey } from './duty.ts'
import { type Finding, scoreOf } from './scoring.ts'

interface Scoring {
  rulebook: Pick<Rulebook, 'latePercent' | 'weights'>
  findings: readonly Finding[]
}

/** One step, with the quarter's score if it is done and if it is left undone for good. */
export interface Gain<S> {
  step: S
  /** In tenths of a point, out of 100 points. */
  done: number
  left: number
}

const tenthsOf = (duties: readonly Duty[], { rulebook, findings }: Scoring) => scoreOf(duties, standards, rulebook, findings).tenths ?? 0

/**
 * Orders steps by the difference they make. A step that is done is met, or met late where it is overdue; one left undone is missed. All
 * other duties keep their state.
 */
export function gainsOf<S extends { closes: readonly Duty[] }>(duties: readonly Duty[], steps: readonly S[], scoring: Scoring): Gain<S>[] {
  return steps
    .map((step) => {
      const closes = new Set(step.closes)
      const with_ = (state: (duty: Duty) => DutyState) => duties.map((duty) => (closes.has(duty) ? { ...duty, state: state(duty) } : duty))
      return {
        step,
        done: tenthsOf(
          with_(({ state }) => (state === 'overdue' ? 'met late' : 'met')),
          scoring,
        ),
        left: tenthsOf(
          with_(() => 'missed'),
          scoring,
        ),
      }
    })
    .filter(({ done, left }) => done > left)
    .sort((a, b) => b.done - b.left - (a.done - a.left))
}

/**
 * Returns today's duties, changed only by what one more fact would settle on its day. `without` and `withIt` are the duties of that day
 * without the fact and with it. No other duty is taken for undone by then.
 */
export function supposed(
  asTheyStand: readonly Duty[],
  without: readonly Duty[],
  withIt: readonly Duty[],
): { duties: Duty[]; settles: Duty[] } {
  const before = new Map(without.map((duty) => [dutyKey(duty), duty]))
  const settles = withIt.filter((duty) => before.get(dutyKey(duty))?.state !== duty.state)
  const settled = new Map(settles.map((duty) => [dutyKey(duty), duty]))
  return {
    settles,
    duties: asTheyStand.map((duty) => settled.get(dutyKey(duty)) ?? duty),
  }
}

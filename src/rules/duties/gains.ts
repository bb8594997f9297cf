import type { Rulebook } from '../rulebook/rulebook.ts'
import { standards } from '../standards/standards.ts'
import type { Duty, DutyState } from './duty.ts'
import { dutyKey } from './duty.ts'
import { type Finding, scoreOf } from './scoring.ts'

interface Scoring {
  rulebook: Pick<Rulebook, 'latePercent' | 'weights'>
  findings: readonly Finding[]
}

/** One step, and where the quarter stands with it done, and with it left undone for good. */
export interface Gain<S> {
  step: S
  /** Of 100, times ten. */
  done: number
  left: number
}

const tenthsOf = (duties: readonly Duty[], { rulebook, findings }: Scoring) => scoreOf(duties, standards, rulebook, findings).tenths ?? 0

/** The steps that make most difference first: what is done is met, or met late where it is overdue; what is left is missed. All else stays as it stands. */
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

const partKey = ({ part, subject }: Duty) => `${part} ${subject}`

/**
 * The duties as they stand, but for what one more fact would settle on its day: `without` and `withIt` are what the engine says of that day
 * without the fact and with it. So nothing else is taken for undone by then.
 */
export function supposed(
  asTheyStand: readonly Duty[],
  without: readonly Duty[],
  withIt: readonly Duty[],
): { duties: Duty[]; settles: Duty[] } {
  const before = new Map(without.map((duty) => [dutyKey(duty), duty]))
  const settles = withIt.filter((duty) => before.get(dutyKey(duty))?.state !== duty.state)
  const settled = new Map(settles.map((duty) => [dutyKey(duty), duty]))
  const theirParts = new Set(settles.map(partKey))
  const asNow = new Set(asTheyStand.map(dutyKey))
  // What was kept from an earlier period gives way to what is met before its time.
  const replaced = new Set([...theirParts].filter((part) => settles.some((duty) => partKey(duty) === part && !asNow.has(dutyKey(duty)))))
  return {
    settles,
    duties: [
      ...asTheyStand.filter((duty) => !replaced.has(partKey(duty))).map((duty) => settled.get(dutyKey(duty)) ?? duty),
      ...withIt.filter((duty) => replaced.has(partKey(duty))),
    ],
  }
}

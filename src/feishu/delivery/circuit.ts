import type { Mouth } from '../api/client.ts'
import { rowKey } from './pick-rows.ts'
import { backOff, type Pace } from './rate-limits.ts'
import type { Attempted } from './record-outcome.ts'

const MOST_IN_FLIGHT = 8
/** So many calls of unknown outcome in a row are no accident. */
const MANY = 3

export type Doubt = ReturnType<typeof createDoubt>

/**
 * Whether the platform can be spoken to. Each message sent into the silence of an outage is one of which nobody knows whether it
 * arrived. So every run begins with one message, and after a silence a harmless question goes before that.
 */
export function createDoubt(pace: Pace, wasSilent: boolean) {
  let doubt: 'none' | 'ask' | 'try' = wasSilent ? 'ask' : 'try'
  let unknown = 0

  return {
    most: () => (doubt === 'none' ? MOST_IN_FLIGHT : 1),

    async isDispelled(mouth: Mouth, clock: () => Date): Promise<boolean> {
      if (doubt !== 'ask') return true
      const answered = await mouth.bot().then(
        () => true,
        () => false,
      )
      if (answered) doubt = 'try'
      else pace.hold('app', 0, clock().getTime())
      return answered
    },

    /** What the answers to one lot say about how to go on. */
    learn(told: readonly Attempted[], now: number) {
      for (const one of told) heed(pace, one, now)
      const waits = told.flatMap(({ outcome }) => (outcome.what === 'wait' && outcome.whose === 'app' ? outcome.ms : []))
      const silences = told.filter(({ outcome }) => outcome.what === 'unsure').length
      if (waits.length > 0) return pace.hold('app', Math.max(...waits), now)
      if (told.length > silences) {
        unknown = 0
        doubt = 'none'
        return pace.relax('app')
      }
      unknown += silences
      if (doubt === 'none' && unknown < MANY) return
      doubt = 'ask'
      pace.hold('app', 0, now)
    },
  }
}

function heed(pace: Pace, { row, outcome }: Attempted, now: number) {
  pace.went(row.recipient, now)
  if (outcome.what === 'sent') pace.relax(row.recipient)
  if (outcome.what === 'unsure') pace.hold(rowKey(row.id), backOff(row.attempts + 1), now)
  if (outcome.what !== 'wait') return
  if (outcome.whose === 'recipient') pace.hold(row.recipient, outcome.ms, now)
  if (outcome.whose === 'row') pace.hold(rowKey(row.id), Math.max(outcome.ms, backOff(row.attempts + 1)), now)
}

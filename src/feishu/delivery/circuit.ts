import type { FeishuClient } from '../api/client.ts'
import { rowKey } from './pick-rows.ts'
import { backOff, type RateLimits } from './rate-limits.ts'
import type { Attempted } from './record-outcome.ts'

/** This many calls of unknown outcome in a row are no accident. */
const MANY = 3

export type Circuit = ReturnType<typeof createCircuit>

/**
 * A circuit breaker before the platform. Nobody knows whether a message sent during an outage arrived. Every run therefore begins with one
 * message, and after a silence with a harmless question before it. `most` is the size of a batch when all goes well.
 */
export function createCircuit(limits: RateLimits, wasSilent: boolean, most: number) {
  let state: 'closed' | 'open' | 'half-open' = wasSilent ? 'open' : 'half-open'
  let unknownInARow = 0

  return {
    most: () => (state === 'closed' ? most : 1),

    async mayCall(feishuClient: FeishuClient, clock: () => Date): Promise<boolean> {
      if (state !== 'open') return true
      const answered = await feishuClient.bot().then(
        () => true,
        () => false,
      )
      if (answered) state = 'half-open'
      else limits.hold('app', 0, clock().getTime())
      return answered
    },

    /** Takes from the answers to one batch how to go on. */
    learnFrom(attempts: readonly Attempted[], now: number) {
      for (const one of attempts) limitBy(limits, one, now)
      const waits = attempts.flatMap(({ outcome }) => (outcome.what === 'wait' && outcome.whose === 'app' ? outcome.ms : []))
      const silences = attempts.filter(({ outcome }) => outcome.what === 'unsure').length
      if (waits.length > 0) return limits.hold('app', Math.max(...waits), now)
      if (attempts.length > silences) {
        unknownInARow = 0
        state = 'closed'
        return limits.forgetFailures('app')
      }
      unknownInARow += silences
      if (state === 'closed' && unknownInARow < MANY) return
      state = 'open'
      limits.hold('app', 0, now)
    },
  }
}

function limitBy(limits: RateLimits, { row, outcome }: Attempted, now: number) {
  if (outcome.what === 'sent') limits.forgetFailures(row.recipient)
  if (outcome.what === 'unsure') limits.hold(rowKey(row.id), backOff(row.attempts + 1), now)
  if (outcome.what !== 'wait') return
  if (outcome.whose === 'recipient') limits.hold(row.recipient, outcome.ms, now)
  if (outcome.whose === 'row') limits.hold(rowKey(row.id), Math.max(outcome.ms, backOff(row.attempts + 1)), now)
}

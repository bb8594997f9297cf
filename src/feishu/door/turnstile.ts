import { turn } from '../../turn.ts'

/** The reading and judging of these holds the loop for about ten milliseconds. */
const MOST_IN_A_TURN = 16

/**
 * Lets sixteen deliveries in during one turn of the event loop. The others follow in later turns, in the order in which they came. Five
 * hundred presses at once would else hold the loop for a third of a second. Timers, sockets and the health check would wait.
 */
export function turnstile(): () => Promise<void> {
  const waiting: (() => void)[] = []
  let entered = 0

  function letIn(enter: () => void) {
    if (entered === 0) void turn().then(nextTurn)
    entered++
    enter()
  }

  function nextTurn() {
    entered = 0
    for (const enter of waiting.splice(0, MOST_IN_A_TURN)) letIn(enter)
  }

  return () => new Promise((enter) => (entered < MOST_IN_A_TURN ? letIn(enter) : void waiting.push(enter)))
}

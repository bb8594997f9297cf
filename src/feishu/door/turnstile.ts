import { turn } from '../../turn.ts'

/** Timers, sockets and the health check wait for the end of a turn. */
const GOAL_MS = 8
const [FIRST_IN_A_TURN, MOST_IN_A_TURN] = [2, 16]

/**
 * Lets a few deliveries in during one turn of the event loop. The others follow in later turns, in the order in which they came. Five
 * hundred presses at once would else hold the loop for a second. Deliveries of one turn share their commit, hence more come in while
 * turns are short. After a turn over its goal half as many do. `elapsed` gives milliseconds from any start.
 */
export function turnstile(elapsed: () => number = () => performance.now()): () => Promise<void> {
  const waiting: (() => void)[] = []
  let [entered, most, began] = [0, FIRST_IN_A_TURN, 0]

  function letIn(enter: () => void) {
    if (entered === 0) {
      began = elapsed()
      void turn().then(nextTurn)
    }
    entered++
    enter()
  }

  function nextTurn() {
    if (elapsed() - began > GOAL_MS) most = Math.max(1, Math.floor(most / 2))
    else if (entered === most) most = Math.min(MOST_IN_A_TURN, most + 1)
    entered = 0
    for (const enter of waiting.splice(0, most)) letIn(enter)
  }

  return () => new Promise((enter) => (entered < most ? letIn(enter) : void waiting.push(enter)))
}

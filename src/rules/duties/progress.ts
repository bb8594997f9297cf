import type { Duty } from './duty.ts'

/** The duties of a quarter by whose turn it is; this much may be said before its score is published. */
export interface Progress {
  done: number
  /** Somebody above has to decide. */
  waiting: number
  /** The branch can still act. */
  owed: number
  missed: number
}

/** Duties that keep an earlier state are not of the quarter. A duty that is not due yet is nobody's turn. */
export function progressOf(duties: readonly Pick<Duty, 'state' | 'basis' | 'kept'>[]): Progress {
  const progress: Progress = { done: 0, waiting: 0, owed: 0, missed: 0 }
  for (const { state, basis, kept } of duties) {
    if (kept) continue
    if (state === 'met' || state === 'met late') progress.done++
    else if (state === 'waiting' || (state === 'due soon' && basis === 'upper')) progress.waiting++
    else if (state === 'overdue' || state === 'due soon') progress.owed++
    else if (state === 'missed') progress.missed++
  }
  return progress
}

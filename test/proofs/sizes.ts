import type { RunnerTask } from 'vitest'

/** `npm run proofs -- --full` tries the promised figure; every other run a smaller one. */
const isFull = process.env.PROOFS === 'full'

export const sized = (everyRun: number, full: number) => (isFull ? full : everyRun)

declare module 'vitest' {
  interface TaskMeta {
    proved?: string[]
  }
}

/** A line of the table of figures at the end of a run, such as `T26  200 voters × 50 presses: 200 votes`. */
export function proved(task: Pick<RunnerTask, 'meta'>, id: string, figure: string): void {
  task.meta.proved = [...(task.meta.proved ?? []), `${id}  ${figure}`]
}

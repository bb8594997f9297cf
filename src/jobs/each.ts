import { CutOff } from '../../db/client.ts'
import { turn } from '../turn.ts'

/**
 * Goes through all one by one and gives way in between. A failure makes the job fail only after the others are done; a turn that is over
 * stops it at once.
 */
export async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const one of all) {
    await work(one).catch((error) => {
      if (error instanceof CutOff) throw error
      failures.push(error)
    })
    await turn()
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${all.length} failed`)
}

export const batchesOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size))

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The first measures its turns, and a process that ran a hundred files has much to sweep meanwhile. Then the longest come. */
const first = [
  'proofs/stall',
  'year/year',
  'ballots/crawl',
  'scenario/worker',
  'cards',
  'branches/event-order',
  'journey/evaluation',
  'playground/cards',
  'roster/roster',
  'playground/start',
  'generate/golden',
  'crash/crash',
  'journey/roster-to-score',
  'ballots/remote',
  'playground/access',
  'ballots/public',
  'proofs/two-clocks',
  'door/stop',
  'ballots/oracle',
  'web/assessment',
  'feishu/fan-out',
  'web/room-code',
  'ballots/races',
  'jobs/hostile-files',
  'vault/rotation',
  'generate/generate',
  'rights/rights',
].map((name) => join(import.meta.dirname, '../..', `${name}.test.ts`))

const gone = first.filter((path) => !existsSync(path))
if (gone.length > 0) throw new Error(`no such tests any more: ${gone.join()}`)

/**
 * On a clean clone nothing is known of the times, and the size of a file says little of them. A long one at the end would run on alone, while
 * the other core has nothing left to do.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const placeOf = ({ moduleId }: TestSpecification) => (first.includes(moduleId) ? first.indexOf(moduleId) : first.length)
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

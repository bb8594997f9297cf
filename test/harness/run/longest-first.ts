import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** From the longest on. One of them at the end would run on alone, while the other core has nothing left to do. */
const longest = [
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

const gone = longest.filter((path) => !existsSync(path))
if (gone.length > 0) throw new Error(`no such tests any more: ${gone.join()}`)

/** On a clean clone nothing is known of the times, and the size of a file says little of them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const placeOf = ({ moduleId }: TestSpecification) => (longest.includes(moduleId) ? longest.indexOf(moduleId) : longest.length)
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

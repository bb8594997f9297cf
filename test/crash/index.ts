import { parseArgs } from 'node:util'
import { build } from './bot.ts'
import { checkIns, crash } from './harness.ts'
import { votes } from './votes.ts'

/** `npm run crash -- --kills 200 --copies 200 --seed 7`; with `--votes` it is secret votes that people press, and their counts that are cut off. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    copies: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    votes: { type: 'boolean', default: false },
  },
})
const plan = { kills: Number(values.kills), copies: Number(values.copies), seed: Number(values.seed) }

const began = performance.now()
const built = build()
const report = await (values.votes ? crash(plan, votes()) : crash(plan, checkIns())).finally(built.takeAway)
console.log({ seed: plan.seed, ...report, seconds: Math.round((performance.now() - began) / 1000) })

const { lost, doubled, stuck, stale, repeated, badCopies, odd, integrity } = report
if (lost + doubled + stuck + stale + repeated + badCopies + odd.length > 0 || integrity !== 'ok') process.exitCode = 1

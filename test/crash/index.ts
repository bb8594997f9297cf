import { parseArgs } from 'node:util'
import { crash } from './harness.ts'

/** `npm run crash -- --kills 200 --copies 200 --seed 7` */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, copies: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
})
const plan = { kills: Number(values.kills), copies: Number(values.copies), seed: Number(values.seed) }

const began = performance.now()
const report = await crash(plan)
console.log({ seed: plan.seed, ...report, seconds: Math.round((performance.now() - began) / 1000) })

const { lost, doubled, stuck, stale, repeated, badCopies, odd, integrity } = report
if (lost + doubled + stuck + stale + repeated + badCopies + odd.length > 0 || integrity !== 'ok') process.exitCode = 1

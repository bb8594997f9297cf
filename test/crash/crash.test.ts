import { afterAll, beforeAll, expect, test } from 'vitest'
import { proved, sized } from '../proofs/sizes.ts'
import { build } from './bot.ts'
import { checkIns, crash, type Report } from './harness.ts'
import { votes } from './votes.ts'

let built: ReturnType<typeof build>
beforeAll(() => {
  built = build()
})
afterAll(() => built.takeAway())

// T08: 10 (200) kills, 250 (5,000) presses
// T09: 20 (200) copies while people press
test('killed again and again, the bot loses and doubles no press', async ({ task }) => {
  const report = await crash({ kills: sized(10, 200), copies: sized(20, 200), seed: 20 }, checkIns())
  expect(report).toMatchObject({
    lost: 0,
    doubled: 0,
    odd: [],
    integrity: 'ok',
    badCopies: 0,
    stuck: 0,
    stale: 0,
    repeated: 0,
    ended: 0,
  })
  expect(report.resent).toBeGreaterThan(20)
  tell(task, report, 'presses')
})

// T08: 10 (200) kills, 250 (5,000) votes
// T09: 20 (200) copies while people vote
test('killed again and again, ballots lose and double no vote', async ({ task }) => {
  const report = await crash({ kills: sized(10, 200), copies: sized(20, 200), seed: 21 }, votes())
  expect(report).toMatchObject({ lost: 0, doubled: 0, odd: [], integrity: 'ok', badCopies: 0, stuck: 0, stale: 0, repeated: 0, ended: 0 })
  expect(report.resent).toBeGreaterThan(20)
  tell(task, report, 'votes')
})

function tell(task: Parameters<typeof proved>[0], { kills, copies, presses, resent }: Report, what: string) {
  proved(task, 'T08', `${kills} kills, ${presses.toLocaleString('en')} ${what}, ${resent} sent again: 0 lost, 0 doubled, integrity ok`)
  proved(task, 'T09', `${copies} copies while ${what} were under way: each opened, whole, with all that was acknowledged`)
}

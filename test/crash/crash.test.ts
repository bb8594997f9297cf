import { expect, test } from 'vitest'
import { checkIns, crash } from './harness.ts'
import { votes } from './votes.ts'

// T08: 20 kills and 500 presses
// T09: 20 copies while people press
test('killed twenty times, the bot loses and doubles no press', async () => {
  const report = await crash({ kills: 20, copies: 20, seed: 20 }, checkIns())
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
})

// T08: 20 kills and 500 votes
// T09: 20 copies while people vote
test('killed twenty times, ballots lose and double no acknowledged vote', async () => {
  const report = await crash({ kills: 20, copies: 20, seed: 21 }, votes())
  expect(report).toMatchObject({ lost: 0, doubled: 0, odd: [], integrity: 'ok', badCopies: 0, stuck: 0, stale: 0, repeated: 0, ended: 0 })
  expect(report.resent).toBeGreaterThan(20)
})

import { expect, test } from 'vitest'
import { checkIns, crash } from './harness.ts'
import { votes } from './votes.ts'

test('killed twenty times with presses under way, the bot loses none that it acknowledged, doubles none, and finishes what it had to say', async () => {
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
}, 180_000)

test('killed twenty times while people vote and ballots are counted: no vote that was acknowledged is lost, none is doubled, and each result is the one that was cast', async () => {
  const report = await crash({ kills: 20, copies: 20, seed: 21 }, votes())
  expect(report).toMatchObject({ lost: 0, doubled: 0, odd: [], integrity: 'ok', badCopies: 0, stuck: 0, stale: 0, repeated: 0, ended: 0 })
  expect(report.resent).toBeGreaterThan(20)
}, 180_000)

import { expect, test } from 'vitest'
import { crash } from './crash/harness.ts'

test('killed twenty times with presses under way, the bot loses none that it acknowledged, doubles none, and finishes what it had to say', async () => {
  const report = await crash({ kills: 20, copies: 20, seed: 20 })
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

import { expect, test } from 'vitest'
import { findings } from '../harness/browser/judged.ts'
import { nodeHost } from '../harness/host.ts'
import { playBallots } from './ballot.ts'
import { playLoop } from './loop.ts'

test('the loop on Node, from binding to the quarter’s score', async () => {
  const host = await nodeHost()
  try {
    const { cards } = await playLoop(host)
    expect(cards.length).toBeGreaterThan(15)
    expect(findings(cards, 'scenario')).toEqual([])
  } finally {
    await host.stop()
  }
})

test('three ballots on Node, from the form to the result', async () => {
  const host = await nodeHost()
  try {
    expect(findings((await playBallots(host)).cards, 'ballots')).toEqual([])
  } finally {
    await host.stop()
  }
})

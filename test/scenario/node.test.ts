import { expect, test } from 'vitest'
import { findings } from '../harness/browser/judged.ts'
import { nodeHost } from '../harness/host.ts'
import { playBallots } from './ballot.ts'
import { playLoop } from './loop.ts'

test('the loop on Node with an embedded file: bind, meet, five check-ins, close, duty met, no alert, score', async () => {
  const host = await nodeHost()
  try {
    const { cards } = await playLoop(host)
    expect(cards.length).toBeGreaterThan(15)
    expect(findings(cards, 'scenario')).toEqual([])
  } finally {
    await host.stop()
  }
})

test('three ballots on Node: secret, a pulse and by name, from the form to the result, with every receipt on its list', async () => {
  const host = await nodeHost()
  try {
    expect(findings((await playBallots(host)).cards, 'ballots')).toEqual([])
  } finally {
    await host.stop()
  }
})

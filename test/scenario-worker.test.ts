import { expect, test } from 'vitest'
import { workerHost } from './harness/worker.ts'
import { playLoop } from './scenario/loop.ts'

test('the loop in workerd with a libSQL server over HTTP, unchanged', async () => {
  const host = await workerHost()
  try {
    const { cards } = await playLoop(host)
    expect(cards.length).toBeGreaterThan(15)
  } finally {
    await host.stop()
  }
})

import { expect, test } from 'vitest'
import { together } from '../db/client.ts'
import { outbox, posts, reachable, refresh } from '../db/outbox.ts'
import type { Mouth } from '../src/feishu/client.ts'
import type { Fault } from '../src/playground/feishu.ts'
import { anOutbox, card, wordsOf } from './harness/outbox.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const isMessage = (path: string) => path.includes('/im/v1/messages')
type Outbox = Awaited<ReturnType<typeof anOutbox>>

const calls = ({ feishu }: Outbox) => feishu.log.filter(({ path }) => isMessage(path))
const notices = async (it: Outbox) => (await it.rows()).filter(({ view }) => view === 'undelivered').map(({ occasion }) => occasion)

test('two thousand messages keep within the limits, and hardly slower than these allow', async () => {
  const it = await anOutbox({ people: 5000 })
  const from = it.clock().getTime()
  for (let k = 0; k < 10; k++) await together(
    it.db,
    Array.from({ length: 1_000 }, (_, n) => n + k * 1000).map((i) =>
      it.db.insert(outbox).values({
        occasion: `${i}`,
        lane: 2,
        dueAt: it.clock(),
        toKind: 'person',
        toId: `ou_${i % 5000}`,
        recipient: `person:ou_${i % 5000}`,
        view: 'say',
        args: {},
      }),
    ),
  )
  await it.drain(30)
  expect(it.feishu.messages).toHaveLength(10_000)
  expect(calls(it).filter(({ status }) => status !== 200)).toEqual([])
  console.error('TOOK', it.clock().getTime()-from)
  expect(it.clock().getTime() - from).toBeLessThan(620 * SECOND)
})


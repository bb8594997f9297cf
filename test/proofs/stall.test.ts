import { fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { fillFile } from '../crash/rosters.ts'
import { anApp } from '../harness/app.ts'
import { aStore } from '../harness/database.ts'
import { envelope, sealed } from '../harness/door.ts'
import { freePort } from '../harness/host.ts'
import { proved } from './sizes.ts'

const LIMIT_MS = 50

// T10: 500 presses at once: no lock; the longest stall is measured, and above 50 ms is said to be so
test('five hundred who write at once meet no lock', async ({ task }) => {
  const start = moment('2026-10-08', '14:50')
  const path = join(tmpdir(), `zhibu-stall-${process.pid}.db`)
  const { expected } = await fillFile(path, { branches: 26, people: 20, gatheringsEach: 1, cards: 'posted' }, start)
  const store = await aStore(path)
  const { app, send, counts } = anApp(store, { clock: () => start })
  const wires = expected.map(({ openId, gathering, chatId }, nth) =>
    sealed(
      JSON.stringify(
        envelope(
          'card.action.trigger',
          {
            operator: { open_id: openId },
            action: { value: { press: 'gathering.checkIn', gathering }, tag: 'button' },
            context: { open_message_id: `om_${gathering}`, open_chat_id: chatId },
          },
          { event_id: `stall ${nth}`, tenant_key: 'tenant_test' },
        ),
      ),
      { timestamp: String(start.getTime() / 1_000) },
    ),
  )
  // The first twenty warm up what a running bot has long loaded.
  for (const wire of wires.slice(0, 20)) await send(wire)
  const port = await freePort()
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  const others = fork(new URL('pressers.ts', import.meta.url))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  others.send({
    url: `http://127.0.0.1:${port}/lark/webhook`,
    wires: wires.slice(20).map(({ body, headers }) => ({ body: new TextDecoder().decode(body), headers: [...headers] })),
  })
  const [toasts] = (await once(others, 'message')) as [string[]]
  delay.disable()
  expect(new Set(toasts)).toEqual(new Set(['success']))
  expect((await counts()).arrivals).toBe(expected.length)
  const longest = delay.max / 1e6
  const judged = longest < LIMIT_MS ? `under ${LIMIT_MS} ms` : `NOT under ${LIMIT_MS} ms`
  proved(
    task,
    'T10',
    `500 presses at once: 0 locked, the longest stall ${longest.toFixed(0)} ms, ${judged}; p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms`,
  )
})

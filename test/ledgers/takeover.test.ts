import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../db/client.ts'
import { openRemote } from '../../db/store/remote.ts'
import type { FeishuClient } from '../../src/feishu/api/client.ts'
import { leaseOver } from '../../src/feishu/delivery/deliver.ts'
import { timer } from '../../src/node-host.ts'
import { aStore, emptyFile } from '../harness/database.ts'
import { anOutbox, card, wordsOf } from '../harness/outbox.ts'
import { type Sqld, startSqld } from '../harness/sqld.ts'
import { proved, sized } from '../proofs/sizes.ts'

const TAKEOVERS = sized(40, 200)

const SECOND = 1_000
const MINUTE = 60 * SECOND
type Outbox = Awaited<ReturnType<typeof anOutbox>>

/** A process that stops without a word in the middle of a call; `over` is called there, and its later answer is worth nothing. */
function killedInItsCall(it: Outbox, { goesOut, db }: { goesOut: boolean; db: Db }): Promise<unknown> {
  return new Promise((over) => {
    const send: FeishuClient['send'] = async (...message) => {
      if (goesOut) await it.feishuClient.send(...message)
      over('killed')
      return new Promise<never>(() => {})
    }
    void it.run({ db, feishuClient: { ...it.feishuClient, send } }).then(over)
  })
}

/** The other process: its clock turns once a minute, as `Host.turn` does. */
async function turn(it: Outbox, db: Db) {
  await leaseOver({ ...it, db })
  await it.run({ db })
}

describe.each(['file', 'server'] as const)('on a %s', (kind) => {
  let sqld: Sqld | undefined
  beforeAll(async () => {
    if (kind === 'server') sqld = await startSqld({ holds: await emptyFile() })
  })
  afterAll(() => sqld?.stop())

  /** Two processes’ ways to one database. On a server each has a client of its own. */
  async function twoDbs(): Promise<{ store: Pick<Outbox, 'db' | 'client'>; other: Db }> {
    if (!sqld) {
      const store = await aStore()
      return { store, other: store.db }
    }
    const open = () => openRemote({ url: sqld?.url ?? '', fetch, wait: timer, random: randomBytes })
    const store = open()
    await store.client.batch(['delete from outbox', 'delete from leases'], 'write')
    return { store, other: open().db }
  }

  // T14: 40 (200) runners killed in a call, on file and server: each message taken over within 60 s
  test('a killed runner’s message is taken over within a minute, once', async ({ task }) => {
    const { store, other } = await twoDbs()
    const it = await anOutbox({ store })
    let latest = 0
    for (let nth = 0; nth < TAKEOVERS; nth++) {
      const occasion = `message ${nth}`
      await it.say({ occasion })
      await killedInItsCall(it, { goesOut: nth % 2 === 0, db: store.db })
      const killedAt = it.clock().getTime()
      it.advance(Math.floor((nth * MINUTE) / TAKEOVERS))
      for (let turns = 0; turns < 2 && (await it.row(occasion)).state !== 'sent'; turns++) {
        if (turns > 0) it.advance(MINUTE)
        await turn(it, other)
      }
      const { state, sentAt } = await it.row(occasion)
      expect(state).toBe('sent')
      const after = (sentAt?.getTime() ?? Number.POSITIVE_INFINITY) - killedAt
      expect(after).toBeLessThanOrEqual(MINUTE)
      latest = Math.max(latest, after)
      it.advance(MINUTE)
    }
    expect(it.feishu.messages.map(({ content }) => wordsOf(content))).toHaveLength(TAKEOVERS)
    proved(
      task,
      'T14',
      `${TAKEOVERS} runners killed in a call, on a ${kind}: each message seen once, the latest after ${latest / SECOND} s`,
    )
  })

  test('a runner whose lease is gone neither marks nor sends', async () => {
    const { store, other } = await twoDbs()
    const it = await anOutbox({ store })
    await it.say({ occasion: 'a' })
    const [slow, replaced] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const rendering = Promise.withResolvers<void>()
    let renders = 0
    it.views.set('say', async () => {
      const nth = ++renders
      rendering.resolve()
      if (nth === 1) await slow.promise
      if (nth === 2) {
        // The second runner has the lease and the row. The first goes on now, before the row is marked.
        slow.resolve()
        await replaced.promise
      }
      return card('a')
    })
    const first = it.run({ db: store.db })
    await rendering.promise
    it.advance(16 * SECOND)
    const second = it.run({ db: other })
    try {
      expect(await first).toMatchObject({ sent: 0 })
      expect(await it.row('a')).toMatchObject({ state: 'waiting', attempts: 0, unsureSince: null })
    } finally {
      replaced.resolve()
    }
    expect(await second).toMatchObject({ sent: 1 })
    expect(await it.row('a')).toMatchObject({ state: 'sent', attempts: 1 })
    expect(it.feishu.log.filter(({ path }) => path.includes('/im/v1/messages'))).toHaveLength(1)
  })
})

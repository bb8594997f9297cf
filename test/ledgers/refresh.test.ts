import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { refresh } from '../../db/ledgers/refresh.ts'
import { posts } from '../../db/ledgers/tables.ts'
import type { FeishuClient } from '../../src/feishu/api/client.ts'
import { anOutbox, card, wordsOf } from '../harness/outbox.ts'

const SECOND = 1_000
const isMessage = (path: string) => path.includes('/im/v1/messages')

/** A card about one count in the database. */
async function aPostedCount() {
  const it = await anOutbox()
  await it.client.execute('create table counted (n integer)')
  const count = async () => Number((await it.client.execute('select count(*) from counted')).rows[0]?.[0])
  it.views.set('count', async () => card(`${await count()}`))
  const press = (afterPress = true) =>
    together(it.db, [
      { sql: 'insert into counted values (1)', args: [], map: () => null },
      refresh(it.db, { subject: 'meeting', at: it.clock(), afterPress }),
    ])
  await it.say({ occasion: 'meeting', view: 'count', args: { subject: 'meeting' } })
  return {
    ...it,
    count,
    press,
    last: () => wordsOf(it.feishu.messages[0]?.content),
    versions: () => it.feishu.messages[0]?.versions.length,
  }
}

test('a posted card is known by its subject and not sent again while nothing has changed', async () => {
  const it = await aPostedCount()
  await it.run({ lingerMs: 10 * SECOND })
  expect(await it.db.select().from(posts)).toMatchObject([{ view: 'count', subject: 'meeting', recipient: 'chat:oc_branch' }])
  expect(it.versions()).toBe(1)
  expect((await it.rows()).map(({ state }) => state)).toEqual(['sent', 'moot'])
})

test('presses in a row are one refresh, when they have settled', async () => {
  const it = await aPostedCount()
  await it.run()
  for (let i = 0; i < 20; i++) {
    await it.press()
    await it.run()
    it.advance(100)
  }
  expect(it.versions()).toBe(1)
  await it.run({ lingerMs: 5 * SECOND })
  expect(it.last()).toBe('20')
  expect(it.versions()).toBe(2)
})

test('what changes between a first sending whose reply was lost and its repetition shows afterwards', async () => {
  const it = await aPostedCount()
  const feishuClient: FeishuClient = {
    ...it.feishuClient,
    async send(...message) {
      await it.feishuClient.send(...message)
      return { what: 'unsure', code: 'timeout' }
    },
  }
  await it.run({ feishuClient, budgetMs: 100 })
  await it.press()
  await it.drain(3)
  expect(it.feishu.messages).toHaveLength(1)
  expect(it.last()).toBe('1')
})

test('what changes while the card is first on its way shows afterwards', async () => {
  const it = await aPostedCount()
  const feishuClient: FeishuClient = {
    ...it.feishuClient,
    async send(...message) {
      if (message[0].kind === 'chat') await it.press()
      return it.feishuClient.send(...message)
    },
  }
  await it.run({ feishuClient, lingerMs: 5 * SECOND })
  expect(it.last()).toBe('1')
})

test('after parallel changes while a patch is under way the card equals the database, and no two patches overlap', async () => {
  const it = await aPostedCount()
  await it.run()
  let under = 0
  const feishuClient: FeishuClient = {
    ...it.feishuClient,
    async send(...message) {
      expect(++under).toBe(1)
      if ((await it.count()) < 30) await Promise.all(Array.from({ length: 10 }, (_, i) => it.press(i % 2 === 0)))
      const outcome = await it.feishuClient.send(...message)
      under--
      return outcome
    },
  }
  await it.press()
  await it.run({ feishuClient, lingerMs: 5 * SECOND })
  expect(it.last()).toBe(String(await it.count()))
  expect(await it.count()).toBe(31)
  expect((await it.rows()).every(({ state }) => state === 'sent')).toBe(true)
})

test('a patch whose reply was lost is made once more later, lest the older one arrives last', async () => {
  const it = await aPostedCount()
  await it.run()
  await it.press()
  it.feishu.faults.push({ kind: 'lostReply', match: isMessage })
  await it.run({ lingerMs: 15 * SECOND })
  expect(it.last()).toBe('1')
  expect(it.versions()).toBe(4)
  expect((await it.rows()).map(({ state }) => state)).toEqual(['sent', 'sent'])
})

test('a card that was recalled is forgotten', async () => {
  const it = await aPostedCount()
  await it.run()
  const [message] = it.feishu.messages
  if (message) message.deleted = true
  await it.press()
  await it.run({ lingerMs: 5 * SECOND })
  expect((await it.rows()).map(({ state }) => state)).toEqual(['sent', 'moot'])
  expect(await it.db.select().from(posts)).toEqual([])
})

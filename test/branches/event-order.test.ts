import fc from 'fast-check'
import { expect, test } from 'vitest'
import { branches, chats, members } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import { openProposals } from '../../db/roster/proposals.ts'
import { anApp } from '../harness/app.ts'
import { aBranch } from '../harness/branch.ts'
import { proved, sized } from '../proofs/sizes.ts'

const ORDERS = sized(400, 10_000)

const types = {
  added: 'im.chat.member.bot.added_v1',
  removed: 'im.chat.member.bot.deleted_v1',
  gone: 'im.chat.disbanded_v1',
  joined: 'im.chat.member.user.added_v1',
  left: 'im.chat.member.user.deleted_v1',
  withdrawn: 'im.chat.member.user.withdrawn_v1',
}

interface Told {
  what: keyof typeof types
  /** Who come or go: `known` is on the roster. */
  who: readonly ('known' | 'stranger' | 'other')[]
  /** Seconds after the chat was bound. */
  at: number
}

const BOUND_BEFORE_MS = 3_600_000

/** Each order of events gets a chat of one unit. Its own branch was bound an hour ago, with one person on its roster. */
async function aUnit() {
  const { store, db } = await aBranch([{ name: '李华', role: 'secretary' }])
  // Thousands of small commits: what a power cut would do to them is proved elsewhere.
  await store.client.executeMultiple('pragma synchronous = off')
  const app = anApp(store)
  const boundAt = new Date(app.now().getTime() - BOUND_BEFORE_MS)
  let chatsSoFar = 0

  return async function after(order: readonly Told[]) {
    const id = `${++chatsSoFar}`
    const [branch, chat] = [`branch ${id}`, `oc_${id}`]
    const open = (who: string) => `ou_${who}_${id}`
    await together(db, [
      db.insert(branches).values({ id: branch, unit: 'unit', committee: 'committee', name: `支部${id}`, since: '2026-10-01' }),
      db.insert(chats).values({ chatId: chat, unit: 'unit', branch, boundBy: 'test', boundAt }),
      db
        .insert(members)
        .values({ id: `m ${id}`, unit: 'unit', branch, openId: open('known'), name: 'known', joinedOn: '2026-01-01', addedAt: boundAt }),
    ])
    for (const { what, who, at } of order) {
      const users = who.map((one) => ({ name: one, user_id: { open_id: open(one) } }))
      const create_time = String(boundAt.getTime() + at * 1_000)
      expect((await app.deliver(types[what], { chat_id: chat, users }, { create_time })).status).toBe(200)
    }
    const rows = async (sql: string) =>
      (await store.client.execute({ sql, args: [chat] })).rows.map((row) => JSON.stringify(row).replaceAll(`_${id}`, ''))
    return {
      bound: (await rows('select branch is not null as bound from chats where chat_id = ?')).length,
      presence: await rows('select is_in, at from chat_presence where chat_id = ?'),
      moves: await rows('select open_id, name, what, at from roster_proposals where chat = ? order by open_id'),
      proposals: (await openProposals(db, branch)).map(({ name, what }) => `${name} ${what}`).sort(),
    }
  }
}

const inTime = (events: readonly Told[]) => [...events].sort((a, b) => a.at - b.at)

function* permutations<T>(of: readonly T[]): Generator<T[]> {
  if (of.length === 0) yield []
  for (const [nth, first] of of.entries()) for (const rest of permutations(of.toSpliced(nth, 1))) yield [first, ...rest]
}

const stories: Record<string, { events: Told[]; proposals: string[]; bound: number }> = {
  'people come and go': {
    bound: 1,
    proposals: ['known left', 'other joined'],
    events: [
      { what: 'joined', who: ['stranger'], at: 1 },
      { what: 'left', who: ['known'], at: 2 },
      { what: 'left', who: ['stranger'], at: 3 },
      { what: 'joined', who: ['known', 'other'], at: 4 },
      { what: 'left', who: ['known'], at: 5 },
      { what: 'added', who: [], at: -60 },
    ],
  },
  'the bot is put out and taken in again': {
    bound: 0,
    proposals: [],
    events: [
      { what: 'added', who: [], at: -5 },
      { what: 'joined', who: ['stranger'], at: 1 },
      { what: 'removed', who: [], at: 2 },
      { what: 'added', who: [], at: 3 },
      { what: 'left', who: ['known'], at: 4 },
      { what: 'gone', who: [], at: 5 },
    ],
  },
}

test.each(Object.keys(stories))('every order of six events ends alike: %s', async (name) => {
  const { events, ...end } = stories[name] as (typeof stories)[string]
  const after = await aUnit()
  const inOrder = await after(inTime(events))
  expect(inOrder).toMatchObject(end)
  for (const order of permutations(events)) expect(await after(order), JSON.stringify(order)).toEqual(inOrder)
})

const event: fc.Arbitrary<Omit<Told, 'at'>> = fc.record({
  what: fc.constantFrom(...(Object.keys(types) as Told['what'][])),
  who: fc.uniqueArray(fc.constantFrom('known', 'stranger', 'other'), { maxLength: 3 }),
})
const events = fc
  .array(
    fc.tuple(
      event,
      fc.integer({ min: -1_000, max: 1_000 }).filter((at) => at !== 0),
    ),
    { minLength: 2, maxLength: 14 },
  )
  .map((all) => all.map(([one, at]): Told => ({ ...one, at })))
  .filter((all) => new Set(all.map(({ at }) => at)).size === all.length)
const shuffled = events.chain((all) => fc.tuple(fc.constant(inTime(all)), fc.shuffledSubarray(all, { minLength: all.length })))

// T16: 400 (10,000) random rows of up to 14 events
test('random events in any order end alike', async ({ task }) => {
  const after = await aUnit()
  await fc.assert(
    fc.asyncProperty(shuffled, async ([inOrder, anyOrder]) => {
      expect(await after(anyOrder)).toEqual(await after(inOrder))
    }),
    { numRuns: ORDERS },
  )
  proved(task, 'T16', `${ORDERS} random rows of events, each in two orders: 0 ended differently`)
})

test('an hour-old removal leaves a chat bound in which the bot stands', async () => {
  const after = await aUnit()
  expect(await after([{ what: 'removed', who: [], at: -3_600 }])).toMatchObject({ bound: 1 })
  expect(await after([{ what: 'removed', who: [], at: 60 }])).toMatchObject({ bound: 0 })
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AlreadyDelivered, boundTo, lookUp, onConstraint, onDuplicate, together } from '../../db/client.ts'
import { arrivals } from '../../db/gatherings/tables.ts'
import { record } from '../../db/ledgers/audit.ts'
import { claim } from '../../db/ledgers/deliveries.ts'
import { deliveries } from '../../db/ledgers/tables.ts'
import { migrate } from '../../db/store/migrate.ts'
import { migrations } from '../../db/store/migrations.gen.ts'
import { openRemote } from '../../db/store/remote.ts'
import { type Sqld, startSqld } from '../harness/sqld.ts'

const at = new Date('2026-07-06T09:00:00+08:00')
const tags = migrations.map(({ tag }) => tag)

let sqld: Sqld
beforeAll(async () => {
  sqld = await startSqld()
  await migrate(remote().client, at)
})
afterAll(() => sqld.stop())

/** A connection of its own, as every request at the edge has; `line` is what lies between it and the server, and a broken one is not waited for. */
const remote = (line: typeof fetch = fetch, url = sqld.url) =>
  openRemote({ url, fetch: line, wait: (ms, then) => setTimeout(then, line === fetch ? ms : 0), random: randomBytes })

let ids = 0
const newEvent = () => `event ${++ids}`
const claimed = (eventId: string, { db } = remote()) => boundTo(db, claim(db, { eventId, messageId: null, at: at.getTime() }))
const deed = (subject: string, db = remote().db) => record(db, { at, unit: 'u', actor: 'm', deed: 'test', subject })
const timesDone = async (subject: string) =>
  Number((await remote().client.execute({ sql: 'select count(*) from audit where subject = ?', args: [subject] })).rows[0]?.[0])

describe('migrations over HTTP', () => {
  let empty: Sqld
  beforeAll(async () => {
    empty = await startSqld()
  })
  afterAll(() => empty.stop())
  const client = () => remote(fetch, empty.url).client

  test('one that fails at its end leaves nothing behind', async () => {
    const broken = [{ tag: 'broken', statements: ['create table half (a)', "insert into half values ('x')", 'create table half (a)'] }]
    await expect(migrate(client(), at, broken)).rejects.toThrow(/already exists/)
    const left = await client().execute("select name from sqlite_master where name = 'half' union all select tag from migrations")
    expect(left.rows).toHaveLength(0)
  })

  test('six at once apply each exactly once', async () => {
    const done = await Promise.all(Array.from({ length: 6 }, () => migrate(client(), at)))
    expect(done.flat().sort()).toEqual(tags)
    expect(await migrate(client(), at)).toEqual([])
    expect((await client().execute('select tag from migrations order by tag')).rows.map(({ tag }) => tag)).toEqual(tags)
  })
})

test('a repeated delivery is known by its claim, without effect', async () => {
  const event = newEvent()
  await together(claimed(event), [deed(event)])
  await expect(together(claimed(event), [deed(event)])).rejects.toThrow(AlreadyDelivered)
  expect(await timesDone(event)).toBe(1)
})

test('a broken key is known by table, and takes its batch along', async () => {
  const event = newEvent()
  const { db } = remote()
  const twice = [db.insert(deliveries).values({ eventId: event, at }), db.insert(deliveries).values({ eventId: event, at })]
  await expect(
    together(db, [deed(event), ...twice]).catch(
      onDuplicate(deliveries, () => {
        throw new Error('twice')
      }),
    ),
  ).rejects.toThrow('twice')
  expect(await timesDone(event)).toBe(0)
})

test("a trigger's refusal is known by words, and foreign keys hold", async () => {
  const { db, client } = remote()
  await together(db, [deed('kept')])
  await expect(client.execute('delete from audit').catch(onConstraint('append-only', () => new Error('kept')))).rejects.toThrow('kept')
  const nowhere = { gathering: 'none', member: 'nobody', punctuality: 'on time', at, way: 'press', by: 'nobody' } as const
  await expect(together(db, [db.insert(arrivals).values(nowhere)])).rejects.toThrow(/FOREIGN KEY constraint/)
})

test.each([8, 32])('%i deeds at once are all done, each once', async (many) => {
  const events = Array.from({ length: many }, newEvent)
  await Promise.all(events.map((event) => together(claimed(event), [deed(event)])))
  const [rows] = await lookUp(remote().db, [remote().db.select().from(deliveries)])
  expect(rows.filter(({ eventId }) => events.includes(eventId))).toHaveLength(many)
})

/** A line that fails so often in its own way, and then is whole. */
function failing(times: number, fail: (send: () => Promise<Response>) => Promise<Response>) {
  let asked = 0
  const line: typeof fetch = (input, init) => {
    const send = () => fetch(input, init)
    return asked++ < times ? fail(send) : send()
  }
  return { line, asked: () => asked }
}

const turnedAway = async () => new Response('busy', { status: 429 })
const broken = async () => new Response('upstream', { status: 502 })
const replyLost = async (send: () => Promise<Response>) => {
  await (await send()).arrayBuffer()
  throw new TypeError('fetch failed')
}

test.each([1, 4])('a deed turned away %i times comes again, claimed or not', async (times) => {
  const event = newEvent()
  await together(remote(failing(times, turnedAway).line).db, [deed(event)])
  expect(await timesDone(event)).toBe(1)
})

test('a server that stays busy is given up', async () => {
  const { line, asked } = failing(100, turnedAway)
  await expect(together(remote(line).db, [deed('never')])).rejects.toThrow(/429/)
  expect(asked()).toBe(7)
  expect(await timesDone('never')).toBe(0)
})

test('a claimed deed with a lost reply is found done', async () => {
  const event = newEvent()
  const db = claimed(event, remote(failing(1, replyLost).line))
  await expect(together(db, [deed(event)])).rejects.toThrow(AlreadyDelivered)
  expect(await timesDone(event)).toBe(1)
})

test('a claimed deed that never arrived is done at the second try', async () => {
  const event = newEvent()
  await together(claimed(event, remote(failing(1, broken).line)), [deed(event)])
  expect(await timesDone(event)).toBe(1)
})

test('an unclaimed deed with a lost reply stands once', async () => {
  const event = newEvent()
  await expect(together(remote(failing(1, replyLost).line).db, [deed(event)])).rejects.toThrow('fetch failed')
  expect(await timesDone(event)).toBe(1)
})

test('a read is asked again when the line breaks, once', async () => {
  const read = (line: typeof fetch) => remote(line).client.execute('select 1')
  expect((await read(failing(1, broken).line)).rows).toHaveLength(1)
  await expect(read(failing(2, broken).line)).rejects.toThrow(/502/)
})

test('a migration whose reply was lost is not applied again', async () => {
  const more = [{ tag: 'more', statements: ['create table more (a)'] }]
  let answers = 0
  const line: typeof fetch = async (input, init) => {
    const reply = await fetch(input, init)
    if (++answers === 3) throw new TypeError('fetch failed')
    return reply
  }
  expect(await migrate(remote(line).client, at, more)).toEqual([])
  expect((await remote().client.execute("select name from sqlite_master where name = 'more'")).rows).toHaveLength(1)
})

import { describe, expect, test } from 'vitest'
import type { Gate } from '../../db/client.ts'
import { moment } from '../../src/calendar.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, openId } from '../harness/branch.ts'
import { sealed, unsigned, unsignedSealed } from '../harness/door.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
]

/** A committee meeting open for check-in, spoken to through the whole door. `gate` stands between the app and its database. */
async function aMeeting({ gate, ...world }: { gate?: (gate: Gate) => Gate } & NonNullable<Parameters<typeof anApp>[1]> = {}) {
  const { store } = await aBranch(people)
  const calm = anApp(store)
  await calm.says(openId('李华'), '/会议 支委会 今天 15:00')
  const gathering = String((await store.client.execute('select id from gatherings')).rows[0]?.[0])
  const db = gate ? Object.assign(Object.create(store.db), { gate: gate(store.db.gate) }) : store.db
  const app = anApp({ db, client: store.client }, world)
  app.at('2026-10-08', '14:50')
  calm.at('2026-10-08', '14:50')
  return { ...app, calm, checkIn: { press: 'gathering.checkIn', gathering }, arrivals: async () => (await calm.counts()).arrivals }
}

// T04: 1,000 copies at once, one arrival
test('a press delivered a thousand times at once is one arrival', async () => {
  const { presses, checkIn, counts } = await aMeeting()
  const before = await counts()
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => presses(openId('王芳'), checkIn, { eventId: 'same' })))
  const after = await counts()
  expect({ arrivals: after.arrivals, claims: after.deliveries, audit: after.audit }).toEqual({
    arrivals: 1,
    claims: Number(before.deliveries) + 1,
    audit: Number(before.audit) + 1,
  })
  expect([...new Set(answers.map(({ status, toast }) => `${status} ${toast?.content}`))].sort()).toEqual([
    '200 你已签到（准时），不用再签。',
    '200 签到成功，准时。',
  ])
})

test('a message is obeyed once, under one event id or another', async () => {
  const { says, counts } = await aMeeting()
  const line = '/会议 党员大会 明天 10:00'
  await Promise.all(Array.from({ length: 50 }, (_, i) => says(openId('李华'), line, { eventId: `copy${i % 5}`, messageId: 'om_one' })))
  await says(openId('李华'), line, { eventId: 'late copy', messageId: 'om_one' })
  expect((await counts()).gatherings).toBe(2)
})

// T15: the second press says that it is recorded
test('a press after a lost answer hears that it is recorded', async () => {
  const { presses, checkIn, arrivals } = await aMeeting()
  await presses(openId('王芳'), checkIn)
  expect((await presses(openId('王芳'), checkIn)).toast).toMatchObject({
    content: '你已签到（准时），不用再签。',
    i18n: { en_us: 'You are already checked in (on time).' },
  })
  expect(await arrivals()).toBe(1)
})

test('after a lost answer a form or near miss runs once', async () => {
  const { says, presses, counts } = await aMeeting()
  const form = { kind: 'general', starts: '2026-10-20 15:00 +0800' }
  const submit = () => presses(openId('李华'), { press: 'call.submit', branch: 'branch', gathering: 'fresh' }, { form })
  expect((await submit()).toast?.type).toBe('success')
  expect((await submit()).toast?.content).toContain('已经召集过了')

  const near = await (await says(openId('李华'), '/会仪 支委会 周五 15:00')).answer()
  const offer = /"value":(\{"press":"command.run".*?\})/.exec(JSON.stringify(near?.card))?.[1] ?? '{}'
  expect((await presses(openId('李华'), JSON.parse(offer))).toast?.type).toBe('success')
  expect((await presses(openId('李华'), JSON.parse(offer))).toast?.content).toContain('已经记录')
  expect((await counts()).gatherings).toBe(3)
})

test('the URL check is answered, in plain text and sealed', async () => {
  const { send } = await aMeeting()
  const check = JSON.stringify({ type: 'url_verification', token: 'verification-token', challenge: 'ajls384kdjx98XX' })
  for (const wire of [
    unsigned(check),
    unsignedSealed(check),
    sealed(check, { timestamp: String(moment('2026-10-08', '14:50').getTime() / 1000) }),
  ]) {
    const response = await send(wire)
    expect([response.status, await response.json()]).toEqual([200, { challenge: 'ajls384kdjx98XX' }])
  }
  expect((await send(unsigned(check.replace('verification-token', 'another')))).status).toBe(401)
})

/** A gate that holds everything back until it is opened, and a watchdog that barks when it is told to. */
function heldBack() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const barks: (() => void)[] = []
  return {
    open,
    bark: () => barks.splice(0).forEach((bark) => void bark()),
    gate: (gate: Gate): Gate => ({
      read: (statements) => opened.then(() => gate.read(statements)),
      write: (statements) => opened.then(() => gate.write(statements)),
    }),
    wait: (_ms: number, then: () => void) => {
      barks.push(then)
      return () => {}
    },
  }
}

// T06: the work goes on behind the neutral answer
test('a slow press is answered neutrally, and is done all the same', async () => {
  const held = heldBack()
  const { presses, checkIn, behind, arrivals } = await aMeeting(held)
  const answer = presses(openId('王芳'), checkIn)
  while (behind.length === 0) await new Promise((turn) => setImmediate(turn)).then(held.bark)
  expect(await answer).toMatchObject({ status: 200, toast: { type: 'info', content: expect.stringContaining('正在处理') } })
  expect(await arrivals()).toBe(0)
  held.open()
  await Promise.all(behind)
  expect(await arrivals()).toBe(1)
})

test('slow words are asked for again, and the copy is harmless', async () => {
  const held = heldBack()
  const { says, behind, calm } = await aMeeting(held)
  const copy = { eventId: 'again', messageId: 'om_again' }
  const answer = says(openId('王芳'), '签到', copy)
  while (behind.length === 0) await new Promise((turn) => setImmediate(turn)).then(held.bark)
  expect((await answer).status).toBe(503)
  held.open()
  await Promise.all(behind)
  expect((await says(openId('王芳'), '签到', copy)).status).toBe(200)
  const { arrivals, outbox } = await calm.counts()
  expect(arrivals).toBe(1)
  await says(openId('王芳'), '签到', copy)
  expect((await calm.counts()).outbox).toBe(outbox)
})

const CANARIES = ['王芳', openId('王芳'), 'canary-secret', 'encrypt-key', 'verification-token', '三楼会议室']

/** Says what a careless driver would: the statement with its values, and the keys to the store. */
const broken = (): Gate => {
  const fail = async (): Promise<never> => {
    throw Object.assign(new Error(`SQLITE_FULL: insert into arrivals values ('王芳', '${openId('王芳')}') canary-secret`), {
      code: 'SQLITE_FULL',
    })
  }
  return { read: fail, write: fail }
}

// T40: a fault names nobody
test('a failing database leaks nothing: presses apologise, events come again', async () => {
  const { presses, says, checkIn, logs } = await aMeeting({ gate: broken })
  const pressed = await presses(openId('王芳'), checkIn)
  expect(pressed).toMatchObject({ status: 200, toast: { type: 'error', content: expect.stringContaining('没有记录下来') } })
  const said = await says(openId('王芳'), '/会议 支委会 周五 15:00 三楼会议室')
  expect(said.status).toBe(500)
  expect(logs.map(({ level, at }) => `${level} ${at}`)).toEqual(['error delivery', 'error delivery'])
  const told = JSON.stringify([pressed, said, logs])
  expect(CANARIES.filter((canary) => told.includes(canary))).toEqual([])
})

// T12: a store that fails to write changes nothing
test('a database that fails only to write changes nothing at all', async () => {
  const { presses, checkIn, calm } = await aMeeting({ gate: (gate) => ({ ...gate, read: gate.read, write: broken().write }) })
  const before = await calm.counts()
  expect((await presses(openId('王芳'), checkIn)).toast?.type).toBe('error')
  expect(await calm.counts()).toEqual(before)
  expect((await calm.presses(openId('王芳'), checkIn)).toast?.type).toBe('success')
})

test('what is not for us is taken with 200, without a row', async () => {
  const { says, presses, deliver, counts, checkIn, client } = await aMeeting()
  await client.execute(
    "insert into members (id, unit, open_id, name, joined_on, added_at) values ('a', 'unit', 'ou_a', '管', '2026-01-01', 0)",
  )
  await client.execute("insert into seats (id, member, role, from_at) values ('sa', 'a', 'admin', 0)")
  const before = await counts()
  const far = { tenantKey: 'tenant_foreign' }
  const statuses = [
    await says('ou_far', '帮助', { dm: true, ...far }),
    await says('ou_far', '/认领 ABCD-EFGH', far),
    await says(openId('王芳'), '签到', { toBot: false }),
    await says(openId('王芳'), '签到', { toBot: false, mentions: [{ openId: openId('李华'), name: '李华' }] }),
    await says('', '签到', { senderType: 'app' }),
    await deliver(
      'im.chat.member.bot.added_v1',
      { chat_id: 'oc_far', operator_id: { open_id: 'ou_far' } },
      { tenant_key: 'tenant_foreign' },
    ),
    await deliver('im.message.reaction.created_v1', { message_id: 'om_1' }),
    await deliver('some.event.of.tomorrow_v9', { anything: [1, 2, 3] }),
    await presses('ou_far', checkIn, far),
    await presses('ou_far', { press: 'command.run', command: 'help', rest: '', isGroup: true, offer: 'o' }, far),
    await presses(openId('王芳'), { press: 'nobody.such' }),
    await presses(openId('王芳'), 'a string'),
    await presses(openId('王芳'), { press: 'gathering.checkIn', gathering: 7 }),
  ]
  expect(statuses.map(({ status }) => status)).toEqual(statuses.map(() => 200))
  expect(await counts()).toEqual(before)
})

test('five hundred people writing at once meet no lock', async () => {
  const crowd = Array.from({ length: 500 }, (_, i) => ({ name: `党员${i}` }))
  const { store } = await aBranch([...people, ...crowd])
  const app = anApp(store)
  await app.says(openId('李华'), '/会议 党员大会 今天 15:00')
  const gathering = String((await store.client.execute('select id from gatherings')).rows[0]?.[0])
  app.at('2026-10-08', '14:50')
  const answers = await Promise.all(crowd.map(({ name }) => app.presses(openId(name), { press: 'gathering.checkIn', gathering })))
  expect(new Set(answers.map(({ toast }) => toast?.content))).toEqual(new Set(['签到成功，准时。']))
  const { arrivals, audit } = await app.counts()
  expect([arrivals, audit]).toEqual([500, 501])
  expect(app.logs).toEqual([])
})

describe('the health check', () => {
  async function asked(gate: (gate: Gate) => Gate = (gate) => gate) {
    const { store } = await aBranch(people)
    let now = moment('2026-10-08', '09:00').getTime()
    const db = Object.assign(Object.create(store.db), { gate: gate(store.db.gate) })
    const { app } = anApp({ db, client: store.client }, { clock: () => new Date(now) })
    const until = async () => (await store.client.execute("select until from leases where name = 'health'")).rows.map(({ until }) => until)
    return {
      trips: store.trips,
      until,
      now: () => now,
      ask: async (afterMs = 0) => {
        now += afterMs
        return (await app.fetch(new Request('http://bot/healthz'))).status
      },
    }
  }

  test('writes at most once a second, however often it is asked', async () => {
    const { ask, until, now, trips } = await asked()
    const before = trips.writes
    expect(await Promise.all(Array.from({ length: 50 }, () => ask()))).toEqual(Array.from({ length: 50 }, () => 200))
    const first = now()
    expect([await ask(999), await until(), trips.writes - before]).toEqual([200, [first], 1])
    expect([await ask(1), await until(), trips.writes - before]).toEqual([200, [first + 1_000], 2])
  })

  test('is 503 while writes fail, and 200 when they work again', async () => {
    let isFull = true
    const { ask } = await asked((gate) => ({
      read: (statements) => gate.read(statements),
      write: (statements) => (isFull ? broken() : gate).write(statements),
    }))
    expect(await ask()).toBe(503)
    isFull = false
    expect([await ask(500), await ask(500)]).toEqual([503, 200])
  })
})

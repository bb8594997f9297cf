import { describe, expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { recredit } from '../../db/ledgers/credits.ts'
import { addDays, day, moment } from '../../src/calendar.ts'
import { dueRuns, tick } from '../../src/clock/schedule.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import { aBranch, openId } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
]
const SECRETARY = openId('李华')

async function aClock(since = '2026-11-01') {
  const branch = await aBranch(committee, { since })
  const { client } = branch.store
  await askOnly(client, '12.committee', '12.general')
  await client.execute(
    "insert into chats (chat_id, unit, committee, bound_by, bound_at) values ('oc_committee', 'unit', 'committee', 'test', 0)",
  )
  const said = async (view: string) =>
    (await client.execute({ sql: 'select occasion, to_kind, to_id, due_at, unasked from outbox where view = ? order by id', args: [view] }))
      .rows
  return {
    ...branch,
    client,
    said,
    turn: (on: string, time: string) => tick(branch.db, moment(on, time), () => {}),
    digests: async () => (await said('digest')).map(({ occasion }) => String(occasion).replace(/^digest (\S+) .*/, '$1')),
    runs: async () =>
      (await client.execute('select job, slot, is_late from job_runs order by rowid')).rows.map(
        ({ job, slot, is_late }) => `${job} ${day(new Date(Number(slot)))}${is_late ? ' late' : ''}`,
      ),
    meets: async (on: string) => {
      await client.executeMultiple(`
        insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at)
          values ('g${on}', 'branch', 'committee', '', ${moment(on, '10:00').getTime()}, ${moment(on, '11:00').getTime()}, 'm_李华', 0);
        insert into gathering_branches (gathering, branch) values ('g${on}', 'branch');
        insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate)
          values ('g${on}', ${moment(on, '11:00').getTime()}, 'test', 0, 0, 0, 0, 1);`)
      await together(branch.db, recredit(branch.db, `g${on}`))
    },
  }
}

type Clock = Awaited<ReturnType<typeof aClock>>

async function everyMorning(clock: Clock, from: string, to: string) {
  for (let on = from; on <= to; on = addDays(on, 1)) for (const time of ['03:20', '09:05', '12:00', '21:30']) await clock.turn(on, time)
}

test('an alert comes when it says something new, each once', async () => {
  const clock = await aClock()
  await everyMorning(clock, '2026-11-09', '2026-12-18')
  expect(await clock.digests()).toEqual(['2026-11-19', '2026-11-27', '2026-12-01', '2026-12-09'])
  const rows = await clock.said('digest')
  expect(rows.every(({ to_kind, to_id, unasked }) => to_kind === 'person' && to_id === SECRETARY && unasked === 1)).toBe(true)
})

// T25: a working day, in waking hours
test('one message a working day, in waking hours', async () => {
  const clock = await aClock('2026-07-01')
  await everyMorning(clock, '2026-09-14', '2026-10-16')
  const digests = (await clock.said('digest')).map(({ to_id, due_at }) => ({ person: to_id, at: new Date(Number(due_at)) }))
  expect(new Set(digests.map(({ person, at }) => `${day(at)} ${person}`)).size).toBe(digests.length)
  const [days, due] = [digests.map(({ at }) => day(at)), digests.map(({ at }) => at)]
  expect(new Set(days).size).toBeGreaterThan(5)
  expect(due.every((at) => isWorkday(day(at)) && at >= moment(day(at), '09:00') && at < moment(day(at), '09:25'))).toBe(true)
  expect(days.filter((on) => on >= '2026-10-01' && on <= '2026-10-07')).toEqual([])
})

test('it stops the moment the duty is met', async () => {
  const clock = await aClock()
  await everyMorning(clock, '2026-11-09', '2026-11-19')
  expect(await clock.digests()).toEqual(['2026-11-19'])
  clock.at('2026-11-19', '09:05')
  expect((await clock.shown('digest', { person: SECRETARY })).card).not.toBeNull()
  await clock.meets('2026-11-18')
  expect((await clock.shown('digest', { person: SECRETARY })).card).toBeNull()
  await everyMorning(clock, '2026-11-20', '2026-11-30')
  expect(await clock.digests()).toEqual(['2026-11-19'])
})

test.each([
  ['2026-11-19', '11:40', ['2026-11-19']],
  ['2026-11-19', '21:00', []],
  ['2026-11-19', '20:59', []],
])('a bot down on %s and back at %s alerts on %o', async (on, time, expected) => {
  const clock = await aClock()
  await everyMorning(clock, '2026-11-09', '2026-11-18')
  await clock.turn(on, time)
  expect(await clock.digests()).toEqual(expected)
  await clock.turn('2026-11-20', '09:00')
  expect(await clock.digests()).toEqual(expected.length > 0 ? expected : ['2026-11-20'])
})

// T18: three days off
test('after three days off each due job runs once, in order', async () => {
  const clock = await aClock('2026-07-01')
  await clock.turn('2026-10-06', '09:00')
  const before = (await clock.runs()).length
  const ran = await clock.turn('2026-10-09', '09:05')
  const expected = [
    'close-evaluations 2026-10-07 late',
    'forget 2026-10-07 late',
    'close-evaluations 2026-10-08 late',
    'forget 2026-10-08 late',
    'open-assessments 2026-10-08 late',
    'ask-assessors 2026-10-08 late',
    'send-digests 2026-10-08 late',
    'remind-assessed 2026-10-08 late',
    'prepare-drafts 2026-10-08 late',
    'remind-voters 2026-10-08 late',
    'renew-cards 2026-10-08 late',
    'remind-evaluated 2026-10-08 late',
    'post-scores 2026-10-08 late',
    'post-final-scores 2026-10-08 late',
    'close-evaluations 2026-10-09 late',
    'forget 2026-10-09 late',
    'ask-assessors 2026-10-09',
    'send-digests 2026-10-09',
    'remind-assessed 2026-10-09',
  ]
  expect(ran.map(({ name, slot, isLate }) => `${name} ${day(slot)}${isLate ? ' late' : ''}`)).toEqual(expected)
  expect((await clock.runs()).slice(before)).toEqual(expected)
  expect(await clock.turn('2026-10-09', '09:06')).toEqual([])
  expect(await clock.digests()).toEqual(['2026-10-09'])
  expect((await clock.said('score')).map(({ occasion, to_id }) => `${occasion} ${to_id}`)).toEqual(['score 2026Q3 oc_branch oc_branch'])
})

test('a turn cut off between two jobs goes on there', async () => {
  const clock = await aClock('2026-07-01')
  await clock.turn('2026-10-06', '09:00')
  await clock.client.execute(
    `insert into job_runs (job, slot, ran_at, is_late) values ('forget', ${moment('2026-10-07', '03:17').getTime()}, 0, 1)`,
  )
  const due = await dueRuns(clock.db, moment('2026-10-08', '10:00'))
  expect(due.map(({ name, slot }) => `${name} ${day(slot)}`)).toEqual([
    'close-evaluations 2026-10-07',
    'close-evaluations 2026-10-08',
    'forget 2026-10-08',
    'open-assessments 2026-10-08',
    'ask-assessors 2026-10-08',
    'send-digests 2026-10-08',
    'remind-assessed 2026-10-08',
    'prepare-drafts 2026-10-08',
    'remind-voters 2026-10-08',
    'renew-cards 2026-10-08',
    'remind-evaluated 2026-10-08',
    'post-scores 2026-10-08',
    'post-final-scores 2026-10-08',
  ])
})

// T19: 25 clocks at once
test('twenty-five clocks that strike at once come to the same as one', async () => {
  const facts = async (clocks: number) => {
    const clock = await aClock('2026-07-01')
    await clock.say('李华', '/会议 支委会 今天 15:00')
    for (const [on, time] of [
      ['2026-10-08', '09:00'],
      ['2026-10-08', '09:30'],
      ['2026-10-08', '16:30'],
    ] as const)
      await Promise.all(Array.from({ length: clocks }, () => clock.turn(on, time)))
    const tables = ['outbox', 'alerts', 'closures', 'job_runs', 'audit', 'expectations']
    return Promise.all(tables.map(async (table) => `${table} ${await clock.count(table)}`))
  }
  expect(await facts(25)).toEqual(await facts(1))
})

test('a score goes to each branch chat once, the order to committees', async () => {
  const clock = await aClock('2026-07-01')
  await clock.client.execute(
    "insert into chats (chat_id, unit, branch, bound_by, bound_at) values ('oc_second', 'unit', 'branch', 'test', 1)",
  )
  await everyMorning(clock, '2026-10-06', '2026-10-12')
  const sent = [...(await clock.said('score')), ...(await clock.said('order'))]
  expect(sent.map(({ occasion, to_id }) => `${occasion} > ${to_id}`).sort()).toEqual([
    'order 2026Q3 oc_committee > oc_committee',
    'score 2026Q3 oc_branch > oc_branch',
    'score 2026Q3 oc_second > oc_second',
  ])
  const { text } = await clock.shown('score', { branch: 'branch', quarter: '2026Q3' })
  expect(text).not.toContain('名次')
})

test('a quarter in which nothing was asked is not posted', async () => {
  const clock = await aClock('2026-10-01')
  await everyMorning(clock, '2026-10-08', '2026-10-08')
  expect([...(await clock.said('score')), ...(await clock.said('order'))]).toEqual([])
})

test('after a long outage scores wait for the morning', async () => {
  const clock = await aClock('2026-07-01')
  await clock.turn('2026-10-06', '09:00')
  await clock.turn('2026-10-08', '20:59')
  const [row] = await clock.said('score')
  const due = new Date(Number(row?.due_at))
  expect(due < moment('2026-10-08', '21:00') || due.getTime() === moment('2026-10-09', '08:00').getTime()).toBe(true)
})

test('repeat protection is forgotten after a week, facts are not', async () => {
  const clock = await aClock()
  await clock.say('李华', '/会议 支委会 今天 15:00')
  await clock.turn('2026-10-14', '09:00')
  expect(await clock.count('deliveries')).toBe(1)
  await clock.turn('2026-10-16', '09:00')
  expect([await clock.count('deliveries'), await clock.count('gatherings'), await clock.count('audit')]).toEqual([0, 1, 2])
})

describe('a job that fails', () => {
  const broken = (table: string, what: string) =>
    `create trigger broken_${table} before insert on ${table} when ${what} begin select raise(abort, 'broken'); end`

  test('a first slot stays owed until done, and holds up no other', async () => {
    const clock = await aClock('2026-07-01')
    await clock.client.execute(broken('outbox', "new.view = 'score'"))
    const ran = (await clock.turn('2026-10-08', '09:30')).map(({ name }) => name)
    expect(ran).toEqual([
      'close-evaluations',
      'forget',
      'open-assessments',
      'ask-assessors',
      'send-digests',
      'remind-assessed',
      'prepare-drafts',
      'remind-voters',
      'renew-cards',
      'remind-evaluated',
    ])
    expect(await clock.digests()).toEqual(['2026-10-08'])
    for (const [on, time] of [
      ['2026-10-08', '09:31'],
      ['2026-10-09', '09:31'],
    ] as const) {
      const due = await dueRuns(clock.db, moment(on, time))
      expect(due.filter(({ name }) => name === 'post-scores').map(({ slot }) => slot)).toEqual([moment('2026-10-08', '09:30')])
    }
    expect((await clock.turn('2026-10-09', '09:31')).map(({ name }) => name)).toEqual([
      'post-final-scores',
      'close-evaluations',
      'forget',
      'ask-assessors',
      'send-digests',
      'remind-assessed',
      'prepare-drafts',
      'remind-voters',
      'renew-cards',
      'remind-evaluated',
    ])

    await clock.client.execute('drop trigger broken_outbox')
    expect(await clock.turn('2026-10-09', '09:32')).toEqual([{ name: 'post-scores', slot: moment('2026-10-08', '09:30'), isLate: true }])
    expect(await clock.said('score')).toHaveLength(1)
    expect(await clock.turn('2026-10-09', '09:33')).toEqual([])
  })

  test('each minute does not stop the daily ones', async () => {
    const clock = await aClock('2026-07-01')
    clock.at('2026-09-30', '09:00')
    await clock.say('李华', '/会议 支委会 今天 15:00')
    await clock.say('李华', '/会议 党员大会 10月8日 10:00')
    await clock.client.execute(broken('closures', 'true'))
    await clock.client.execute(broken('outbox', "new.view = 'reminder'"))
    const logs: Record<string, unknown>[] = []
    const ran = await tick(clock.db, moment('2026-10-08', '09:30'), (event) => void logs.push(event))
    expect(ran.map(({ name }) => name)).toEqual([
      'close-evaluations',
      'forget',
      'open-assessments',
      'ask-assessors',
      'send-digests',
      'remind-assessed',
      'prepare-drafts',
      'remind-voters',
      'renew-cards',
      'remind-evaluated',
      'post-scores',
    ])
    expect(logs.filter(({ level }) => level === 'error').map(({ job }) => job)).toEqual(['close-gatherings', 'remind-gatherings'])
  })
})

test.each([
  ['moot', ['2026-11-19', '2026-11-20']],
  ['dead', ['2026-11-19', '2026-11-20']],
  ['sent', ['2026-11-19']],
])('a step whose digest ended %s is told on %o alone', async (state, expected) => {
  const clock = await aClock()
  await everyMorning(clock, '2026-11-09', '2026-11-19')
  await clock.client.execute({ sql: "update outbox set state = ? where view = 'digest'", args: [state] })
  await everyMorning(clock, '2026-11-20', '2026-11-24')
  expect(await clock.digests()).toEqual(expected)
})

import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addDays, day, moment, time } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { generate } from '../../src/generate/unit.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import { seeded } from '../harness/branch.ts'
import { aStore } from '../harness/database.ts'
import { proved } from './sizes.ts'

// T25: 10,000 person-days of a generated unit, with outages and several clocks
test('over many person-days nobody is told twice, or at night', async ({ task }) => {
  const wanted = 10_000
  const [from, branches] = ['2026-09-14', 6]
  const path = join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `zhibu-nagging-${process.pid}.db`)
  const { db, client } = await aStore(path)
  await generate(db, { seed: 25, branches, until: moment(from), isWhole: false })
  await client.execute(
    "insert into chats (chat_id, unit, branch, bound_by, bound_at) select 'oc_' || id, unit, id, 'test', 0 from branches",
  )
  const people = Number((await client.execute('select count(*) from members where left_on is null and open_id is not null')).rows[0]?.[0])
  const random = seeded(11)
  const below = (most: number) => (((random(1)[0] ?? 0) << 8) | (random(1)[0] ?? 0)) % most
  const clockOf = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

  const errors: Record<string, unknown>[] = []
  let [days, clocks] = [0, 0]
  for (; days * people < wanted; days++) {
    const on = addDays(from, days)
    // The bot is off one day in eight. The clock strikes on the others at random moments, sometimes two of them at once.
    if (below(8) === 0) continue
    const moments = ['09:00', ...Array.from({ length: 1 + below(3) }, () => clockOf(below(1_440)))].sort()
    for (const at of moments) {
      const turn = (_: unknown, nth: number) =>
        tick(db, new Date(moment(on, at).getTime() + 7 * nth), (event) => void (event.level === 'error' && errors.push(event)))
      await Promise.all(Array.from({ length: 1 + (below(4) === 0 ? 1 : 0) }, turn))
      clocks++
    }
  }
  expect(errors).toEqual([])

  const { rows } = await client.execute("select view, to_id, due_at, occasion from outbox where unasked = 1 and to_kind <> 'card'")
  const sent = rows.map((row) => ({
    view: String(row.view),
    to: String(row.to_id),
    at: new Date(Number(row.due_at)),
    occasion: row.occasion,
  }))
  // The hours are stated here once more by hand.
  const unwelcome = sent.filter(({ at }) => !isWorkday(day(at)) || time(at) < '08:00' || time(at) >= '21:00')
  expect(unwelcome).toEqual([])
  const digests = Map.groupBy(
    sent.filter(({ view }) => view === 'digest'),
    ({ to, at }) => `${to} ${day(at)}`,
  )
  expect([...digests].filter(([, all]) => all.length > 1).map(([key]) => key)).toEqual([])
  expect(digests.size).toBeGreaterThan(20)

  const { rows: told } = await client.execute(
    'select person, branch, part, period, told_on, count(*) as times from alerts group by person, branch, part, period, told_on having count(*) > 1',
  )
  expect(told).toEqual([])
  proved(
    task,
    'T25',
    `${(days * people).toLocaleString('en')} person-days (${people} people, ${days} days, ${clocks} turns): ${digests.size} digests, 0 doubled, 0 at night or on days off`,
  )
})

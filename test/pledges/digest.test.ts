import { expect, test } from 'vitest'
import { tick } from '../../src/clock/schedule.ts'
import { pledgeDueOn, stepOn } from '../../src/rules/pledges/due.ts'
import { openId } from '../harness/branch.ts'
import { aPledgingBranch } from './company.ts'

const log = () => undefined

test.each([
  ['2026-01-01', '2027-01-29'],
  ['2027-01-11', '2027-02-14'],
])('who joined on %s pledges by %s or near', (joined, due) => {
  const on = pledgeDueOn(joined, '2027')
  expect(Math.abs(Date.parse(on) - Date.parse(due))).toBeLessThan(8 * 86_400_000)
})

test('a line comes three days and one before, and three after', () => {
  const days = Array.from({ length: 28 }, (_, nth) => `2027-01-${String(nth + 4).padStart(2, '0')}`).filter((on) => on <= '2027-01-31')
  const told = days.map((on) => stepOn('2027-01-29', on)).filter((step) => step !== null)
  expect([...new Set(told)]).toEqual([-3, -1])
  expect(stepOn('2027-01-29', '2027-02-03')).toBe(3)
  expect(stepOn('2027-01-29', '2027-02-20')).toBeNull()
})

async function lived(it: Awaited<ReturnType<typeof aPledgingBranch>>, from: string, until: string) {
  for (let at = Date.parse(`${from}T12:00:00+08:00`); at <= Date.parse(`${until}T12:00:00+08:00`); at += 86_400_000) {
    const on = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
    it.at(on, '10:00')
    await tick(it.db, it.now(), log)
  }
}

test('one post in January, and a digest at each step', async () => {
  const it = await aPledgingBranch()
  await it.store.client.execute("update members set away_since = '2026-12-01' where id = 'm_孙强'")
  it.at('2027-01-03', '10:00')
  await tick(it.db, it.now(), log)
  await lived(it, '2027-01-04', '2027-01-06')
  const called = (await it.outboxRows()).filter(({ view }) => view === 'pledgesCalled')
  expect(called).toHaveLength(1)
  expect((await it.shown('pledgesCalled', JSON.parse(String(called[0]?.args)))).text).toContain('已承诺 0 / 4 人')
  await lived(it, '2027-01-25', '2027-02-05')
  const told = (await it.rows("select person, step from alerts where part = 'pledge' order by told_on, person")).map(
    ({ person, step }) => `${person} ${step}`,
  )
  const of = (name: string) => told.filter((one) => one.startsWith(openId(name))).map((one) => one.split(' ')[1])
  expect(of('赵敏')).toEqual(['-3', '-1', '3'])
  expect(of('孙强')).toEqual([])
})

test('the digest shows the line, and the committee’s the day after', async () => {
  const it = await aPledgingBranch()
  it.at('2027-01-26', '09:00')
  const shown = async (name: string) => (await it.shown('digest', { person: openId(name) })).text
  expect(await shown('赵敏')).toContain('今年的承诺**：请在')
  await it.pledges('赵敏', '9 月底前建好 3 号泵的台账')
  expect((await it.shown('digest', { person: openId('赵敏') })).card).toBeNull()
  expect(await shown('李华')).not.toContain('等支委会审')
  it.at('2027-01-27', '09:00')
  expect(await shown('李华')).toContain('承诺等支委会审** 1 份')
  expect(await shown('赵敏').catch(() => '')).not.toContain('等支委会审')
})

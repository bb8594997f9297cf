import { beforeEach, expect, test } from 'vitest'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { accountOf } from '../../db/duties/account.ts'
import { type Day, moment } from '../../src/calendar.ts'
import { aBranch, type Person, type TestBranch } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

const people: Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
]

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch(people, { since: '2026-01-01' })
  await askOnly(branch.store.client, '30.records')
})

/** A meeting that is closed at 15:40 on a day. */
async function held(on: Day, kind = 'committee', came = people.map(({ name }) => name)) {
  const gathering = `g${on}${kind}`
  branch.at(on, '08:00')
  await branch.press('李华', { press: 'call.submit', branch: 'branch', gathering }, { form: { kind, starts: `${on} 15:00 +0800` } })
  branch.at(on, '14:50')
  for (const name of came) await branch.press(name, { press: 'gathering.checkIn', gathering })
  await branch.at(on, '15:40').press('李华', { press: 'host.close', gathering })
  return gathering
}

async function confirmed(gathering: string, on: Day) {
  branch.at(on, '09:00')
  for (const [name, what] of [
    ['李华', 'open'],
    ['王芳', 'submit'],
    ['李华', 'confirm'],
  ] as const)
    expect((await branch.press(name, { press: `minutes.${what}`, gathering, branch: 'branch' })).mood).toBe('success')
}

async function duty(on: Day) {
  const [found] = await branchById(branch.db, 'branch')
  const { duties } = await accountOf(branch.db, found as Branch, '2026Q4', moment(on, '12:00'))
  return duties.find(({ part }) => part === '30.records')
}

test('a branch that confirmed no minutes yet attests the records', async () => {
  await held('2026-10-09')
  expect(await duty('2026-12-30')).toMatchObject({ basis: 'attested' })
})

test('from the first confirmed minutes on, each meeting’s are due', async () => {
  await confirmed(await held('2026-10-09'), '2026-10-12')
  expect(await duty('2026-10-12')).toMatchObject({ basis: 'roster' })
  expect(await duty('2026-10-12')).not.toHaveProperty('breaches')
  const second = await held('2026-11-06')
  expect(await duty('2026-11-13')).not.toHaveProperty('breaches')
  expect(await duty('2026-11-14')).toMatchObject({ breaches: [{ what: 'minutesLate', from: moment('2026-11-14').getTime() }] })
  await confirmed(second, '2026-11-20')
  expect(await duty('2026-11-20')).not.toHaveProperty('breaches')
  expect(await duty('2027-01-02')).toMatchObject({ basis: 'roster', state: 'met' })
})

test('begun and never confirmed they are missed, and the card says why', async () => {
  await confirmed(await held('2026-10-09'), '2026-10-12')
  const second = await held('2026-11-06')
  branch.at('2026-11-09', '09:00')
  await branch.press('李华', { press: 'minutes.open', gathering: second, branch: 'branch' })
  expect(await duty('2027-01-31')).toMatchObject({ state: 'missed', breaches: [{ what: 'minutesLate' }] })
  branch.at('2026-12-30', '09:00')
  const { text } = await branch.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 30 })
  expect(text).toContain('会议记录过期没有确认，从2026年11月14日起')
})

test('a re-opening is a breach until the minutes are confirmed again', async () => {
  const gathering = await held('2026-10-09')
  await confirmed(gathering, '2026-10-12')
  branch.at('2026-10-20', '09:00')
  await branch.press('李华', { press: 'corrections.reopen', form: 'reopen' }, { form: { gathering, reason: '漏记一人' } })
  expect(await duty('2026-10-21')).toMatchObject({ breaches: [{ what: 'minutesReopened', from: moment('2026-10-20', '09:00').getTime() }] })
  branch.at('2026-10-22', '09:00')
  await branch.press('李华', { press: 'minutes.confirm', gathering, branch: 'branch' })
  expect(await duty('2026-10-22')).not.toHaveProperty('breaches')
})

test.each([
  ['of study', 'memberStudy', people.map(({ name }) => name)],
  ['without a quorum', 'committee', ['李华']],
])('minutes of a meeting %s are not asked for', async (_which, kind, came) => {
  await confirmed(await held('2026-10-09'), '2026-10-12')
  await held('2026-11-06', kind, came)
  expect(await duty('2026-12-30')).not.toHaveProperty('breaches')
})

test('meetings from before the first confirmed minutes are not asked for', async () => {
  await held('2026-10-08')
  await confirmed(await held('2026-10-20'), '2026-10-21')
  expect(await duty('2026-12-30')).not.toHaveProperty('breaches')
})

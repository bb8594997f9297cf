import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { sendDigests } from '../../src/jobs/send-digests.ts'
import { isCoverageDay, repeatedUpTo } from '../../src/rules/talks/reminders.ts'
import { openId } from '../harness/branch.ts'
import { ranOnce } from '../harness/jobs.ts'
import { aTalkingBranch } from './company.ts'

async function digested(it: Awaited<ReturnType<typeof aTalkingBranch>>, on: string, name: string) {
  it.at(on, '09:00')
  await ranOnce(sendDigests, { db: it.db, now: it.now(), slot: it.now(), isLate: false })
  const sent = (await it.outboxRows()).filter(({ occasion }) => occasion === `digest ${on} ${openId(name)}`)
  return sent.length === 0 ? null : it.shown('digest', { person: openId(name) })
}

test('a request without an answer is said once more, in the digest', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 赵敏')
  expect(await digested(it, '2026-10-13', '赵敏')).toBeNull()
  // Thursday the 8th, and five working days later: the Saturday between is made up.
  const digest = await digested(it, '2026-10-14', '赵敏')
  expect(digest?.text).toContain('谈心等你确认')
  expect(digest?.text).toContain('李华 10月8日')
  expect(await digested(it, '2026-10-15', '赵敏')).toBeNull()
})

test('an answer in time leaves the digest silent', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 赵敏')
  await it.answers('赵敏')
  expect(await digested(it, '2026-10-15', '赵敏')).toBeNull()
})

test('the secretary hears of the year’s talks on two days', async () => {
  const it = await aTalkingBranch()
  expect((await digested(it, '2026-11-02', '李华'))?.text).toContain('今年谈心，党员 0/5，支委之间 0/3 对')
  expect((await digested(it, '2026-11-03', '李华'))?.text ?? '').not.toContain('今年谈心，')
  expect((await digested(it, '2026-12-01', '李华'))?.text).toContain('今年谈心，党员 0/5')
  expect((await digested(it, '2026-12-01', '王芳'))?.text ?? '').not.toContain('今年谈心，')
})

test.each([
  ['2026-11-01', false],
  ['2026-11-02', true],
  ['2026-12-01', true],
  ['2026-10-08', false],
])('%s is a day of coverage: %s', (on, is) => {
  expect(isCoverageDay(on)).toBe(is)
})

test('a Saturday that is made up is a working day', () => {
  expect(repeatedUpTo(moment('2026-10-15', '09:00'))).toEqual(moment('2026-10-10'))
})

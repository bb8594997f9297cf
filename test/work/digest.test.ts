import { beforeEach, describe, expect, test } from 'vitest'
import { sendDigests } from '../../src/jobs/send-digests.ts'
import { stepReached } from '../../src/rules/work/tasks.ts'
import { aBranch, openId } from '../harness/branch.ts'
import { ranOnce } from '../harness/jobs.ts'
import { aWorkingBranch, type WorkingBranch } from './company.ts'

let it: WorkingBranch
beforeEach(async () => {
  it = await aWorkingBranch()
})

async function digested(on: string, name: string) {
  it.at(on, '09:00')
  await ranOnce(sendDigests, { db: it.db, now: it.now(), slot: it.now(), isLate: false })
  const sent = (await it.outboxRows()).filter(({ occasion }) => occasion === `digest ${on} ${openId(name)}`)
  return sent.length === 0 ? null : it.shown('digest', { person: openId(name) })
}

// Tuesday the twentieth of October.
test.each([
  ['2026-10-14', null],
  ['2026-10-15', -3],
  ['2026-10-18', -3],
  ['2026-10-19', -1],
  ['2026-10-20', -1],
  ['2026-10-21', 1],
  ['2026-10-22', 1],
  ['2026-10-23', 3],
  ['2026-12-01', 3],
])('on %s the step of a Tuesday’s task is %s', (today, step) => {
  expect(stepReached('2026-10-20', today)).toBe(step)
})

test('a day off is reminded of on the working day before', () => {
  // Sunday the twenty-fifth: Friday is the working day before it.
  expect([stepReached('2026-10-25', '2026-10-22'), stepReached('2026-10-25', '2026-10-23')]).toEqual([-3, -1])
})

describe('a task of a meeting', () => {
  let task: string
  beforeEach(async () => {
    ;({ task } = await it.decided('整理活动室', '赵敏', '2026-10-20', '党员大会'))
  })

  test('is a line on four days, and on no other', async () => {
    const days = [
      '2026-10-09',
      '2026-10-14',
      '2026-10-15',
      '2026-10-16',
      '2026-10-19',
      '2026-10-20',
      '2026-10-21',
      '2026-10-22',
      '2026-10-23',
      '2026-10-26',
    ]
    const told: string[] = []
    for (const on of days) if ((await digested(on, '赵敏'))?.text.includes('整理活动室')) told.push(on)
    expect(told).toEqual(['2026-10-15', '2026-10-19', '2026-10-21', '2026-10-23'])
  })

  test('stops the moment it is done, and begins anew with another day', async () => {
    expect((await digested('2026-10-15', '赵敏'))?.text).toContain('有 1 项任务到期')
    await it.press('赵敏', { press: 'task.move', task }, { form: { on: '2026-10-22 +0800' } })
    expect(await digested('2026-10-16', '赵敏')).toBeNull()
    expect((await digested('2026-10-19', '赵敏'))?.text).toContain('整理活动室 — 10月22日（周四）前')
    await it.press('赵敏', { press: 'task.done', task })
    expect(await digested('2026-10-21', '赵敏')).toBeNull()
  })

  test('that cannot be done is the secretary’s line, once', async () => {
    await it.press('赵敏', { press: 'task.cannot', task }, { form: { why: '出差' } })
    expect((await digested('2026-10-09', '李华'))?.text).toContain('任务办不了、负责人不在岗** 1 项')
    expect((await digested('2026-10-12', '李华'))?.text ?? '').not.toContain('任务办不了')
    expect(await digested('2026-10-15', '赵敏')).toBeNull()
  })
})

test('a task by word is told with the next digest, once', async () => {
  const read = await it.say('李华', '/任务 整理活动室 赵敏 11月20日', { dm: true })
  await it.press('李华', it.buttonsNamed(read?.card, 'taskLine.give')[0] ?? {})
  expect((await digested('2026-10-09', '赵敏'))?.text).toContain('整理活动室 — 11月20日（周五）前')
  expect(await digested('2026-10-12', '赵敏')).toBeNull()
})

test('with twenty tasks for everybody each digest is one card', async () => {
  const many = await aBranch(
    Array.from({ length: 30 }, (_, nth) => ({ name: `党员${nth}`, ...(nth === 0 ? { role: 'secretary' as const } : {}) })),
  )
  await many.store.client.batch(
    Array.from({ length: 600 }, (_, nth) => ({
      sql: `insert into tasks (id, unit, branch, origin, origin_id, words, owner, due_on, by, at) values (?, 'unit', 'branch', 'plain', ?, ?, ?, '2026-10-09', 'm_党员0', 0)`,
      args: [`t${nth}`, `t${nth}`, `${'要办的事'.repeat(28)}${nth}`, `m_党员${nth % 30}`],
    })),
  )
  many.at('2026-10-08', '09:00')
  await ranOnce(sendDigests, { db: many.db, now: many.now(), slot: many.now(), isLate: false })
  const digests = (await many.outboxRows()).filter(({ view }) => view === 'digest')
  expect(digests).toHaveLength(30)
  for (const name of ['党员0', '党员29']) {
    const cards = [
      await many.shown('digest', { person: openId(name) }),
      await many.shown('ownTasks', { subject: 's', member: `m_${name}` }),
      await many.shown('mine', { unit: 'unit', member: `m_${name}` }),
    ]
    for (const { card, text } of cards) {
      expect(text).toContain('要办的事')
      expect(Buffer.byteLength(JSON.stringify(JSON.stringify(card)))).toBeLessThan(30_000)
    }
  }
  const whole = await many.shown('branchTasks', { subject: 's', branch: 'branch', viewer: 'm_党员0' })
  expect(Buffer.byteLength(JSON.stringify(JSON.stringify(whole.card)))).toBeLessThan(30_000)
})

import { beforeEach, expect, test } from 'vitest'
import { closeGatherings } from '../../src/jobs/close-gatherings.ts'
import { aWorkingBranch, type WorkingBranch } from './company.ts'

let it: WorkingBranch
beforeEach(async () => {
  it = await aWorkingBranch()
})

const checkedIn = async (task: string) => (await it.rows(`select checked_in from tasks where id = '${task}'`))[0]?.checked_in

test('a close looks at exactly what was done before the start', async () => {
  const { task: before } = await it.decided('办在会前', '王芳', '2026-10-20')
  const { task: during } = await it.decided('办在会上', '王芳', '2026-10-20', '支委会', '2026-10-09')
  const { task: open } = await it.decided('还没办', '王芳', '2026-10-20', '支委会', '2026-10-10')
  const { task: general } = await it.decided('大会派的', '赵敏', '2026-10-20', '党员大会', '2026-10-12')
  await it.press('王芳', { press: 'task.done', task: before })
  await it.press('赵敏', { press: 'task.done', task: general })
  const gathering = await it.meets('支委会', { on: '2026-10-15' })
  expect((await it.host(gathering)).text).toContain('上次的任务 3 项**：1 项办完、2 项未完')
  expect((await it.host(gathering)).text).not.toContain('大会派的')
  it.at('2026-10-15', '10:05')
  await it.press('王芳', { press: 'task.done', task: during })
  await it.comes(gathering, '李华', '王芳')
  await it.closes(gathering)
  expect(await Promise.all([before, during, open, general].map(checkedIn))).toEqual([gathering, null, null, null])
  // The card still says what the meeting looked at.
  expect((await it.host(gathering)).text).toContain('上次的任务 3 项**：2 项办完、1 项未完')
  // The clock's close looks at what is left, and a general meeting at its own.
  const next = await it.meets('支委会', { on: '2026-10-16' })
  await it.comes(next, '李华', '王芳')
  it.at('2026-10-16', '11:30')
  await closeGatherings({ db: it.db, slot: it.now(), now: it.now(), isLate: false })
  const assembly = await it.meets('党员大会', { on: '2026-10-19' })
  await it.comes(assembly, '李华', '王芳', '张伟', '赵敏')
  await it.closes(assembly)
  expect(await Promise.all([before, during, open, general].map(checkedIn))).toEqual([gathering, next, null, assembly])
})

test('tasks that no meeting gave are the committee’s to look at', async () => {
  const read = await it.say('李华', '/任务 整理活动室 赵敏 10月20日', { dm: true })
  await it.press('李华', it.buttonsNamed(read?.card, 'taskLine.give')[0] ?? {})
  const [row] = await it.rows('select id from tasks')
  await it.press('赵敏', { press: 'task.done', task: row?.id })
  const assembly = await it.meets('党员大会', { on: '2026-10-09' })
  await it.closes(assembly)
  expect(await checkedIn(String(row?.id))).toBeNull()
  const committee = await it.meets('支委会', { on: '2026-10-12' })
  expect((await it.host(committee)).text).toContain('上次的任务 1 项**：1 项办完')
  await it.closes(committee)
  expect(await checkedIn(String(row?.id))).toBe(committee)
})

test('what a meeting has looked at is not taken back or moved', async () => {
  const { task } = await it.decided('整理活动室', '王芳', '2026-10-20')
  it.at('2026-10-08', '23:00')
  await it.press('王芳', { press: 'task.done', task })
  const next = await it.meets('支委会', { on: '2026-10-09' })
  await it.closes(next)
  expect((await it.press('王芳', { press: 'task.undo', task })).mood).toBe('info')
  expect((await it.press('王芳', { press: 'task.move', task }, { form: { on: '2026-10-21 +0800' } })).mood).toBe('info')
  expect((await it.press('李华', { press: 'task.settle', task }, { form: { on: '2026-10-21 +0800' } })).mood).toBe('info')
  expect(await it.rows('select 1 from task_moves')).toEqual([])
})

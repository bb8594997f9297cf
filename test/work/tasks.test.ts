import { beforeEach, describe, expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { tellOwners } from '../../db/work/tell-owners.ts'
import { openId } from '../harness/branch.ts'
import { aWorkingBranch, type WorkingBranch } from './company.ts'

let it: WorkingBranch
beforeEach(async () => {
  it = await aWorkingBranch()
})

const rowOf = async (task: string) => (await it.rows(`select * from tasks where id = '${task}'`))[0]
const moves = () => it.rows('select from_day, to_day, from_owner, to_owner, reason, by from task_moves order by task, nth')

describe('the owner', () => {
  let task: string
  beforeEach(async () => {
    ;({ task } = await it.decided('整理活动室', '赵敏', '2026-10-20', '党员大会'))
  })

  test('finds it under 任务, and finishes it in one press', async () => {
    const list = await it.say('赵敏', '任务', { dm: true })
    expect(list?.text).toContain('整理活动室 — 10月20日（周二）前')
    const [done] = it.buttonsNamed(list?.card, 'ownTasks.done')
    expect((await it.press('赵敏', done ?? {})).toast.zh).toBe('已记为办完。')
    expect((await it.own('赵敏')).text).toContain('已办完 1 项')
    expect(await it.rows("select actor from audit where deed = 'task.done'")).toEqual([expect.objectContaining({ actor: 'm_赵敏' })])
  })

  test('takes it back within a day, and no later', async () => {
    await it.press('赵敏', { press: 'task.done', task }, { form: { why: '都收拾好了' } })
    expect((await rowOf(task))?.done_note).toBe('都收拾好了')
    it.at('2026-10-09', '10:29')
    const shown = await it.shownTo('赵敏', 'task', { task })
    expect(it.buttonsNamed(shown.card, 'task.undo')).toHaveLength(1)
    expect((await it.press('赵敏', { press: 'task.undo', task })).mood).toBe('success')
    await it.press('赵敏', { press: 'task.done', task })
    it.at('2026-10-10', '10:29')
    expect((await it.press('赵敏', { press: 'task.undo', task })).mood).toBe('info')
    expect((await rowOf(task))?.done_at).not.toBeNull()
  })

  test('moves the day once, by ten working days at most', async () => {
    const move = (on: string) => it.press('赵敏', { press: 'task.move', task }, { form: { on: `${on} +0800` } })
    // Ten working days behind Tuesday the twentieth.
    expect((await move('2026-11-04')).toast.zh).toContain('最多往后 10 个工作日')
    expect((await move('2026-10-07')).toast.zh).toContain('已经过去')
    expect((await move('2026-11-03')).mood).toBe('success')
    expect((await move('2026-11-05')).toast.zh).toContain('已经自己改过一次')
    expect(await moves()).toEqual([expect.objectContaining({ from_day: '2026-10-20', to_day: '2026-11-03', by: 'm_赵敏' })])
  })

  test('hands it to the secretary, who gives it to another', async () => {
    await it.press('赵敏', { press: 'task.cannot', task }, { form: { why: '出差两周' } })
    expect((await it.say('李华', '我的', { dm: true }))?.text).toContain('任务办不了、负责人不在岗')
    const list = await it.shownTo('李华', 'branchTasks', { branch: 'branch' })
    expect(list.text).toContain('办不了：出差两周')
    expect(it.buttonsNamed(list.card, 'task.send')).toEqual([expect.objectContaining({ task })])
    await it.press('李华', { press: 'task.settle', task }, { form: { owner: openId('钱进'), on: '2026-10-22 +0800', why: '出差' } })
    expect(await it.inForce('赵敏')).toEqual([])
    expect((await it.inForce('钱进')).join()).toContain('整理活动室 — 10月22日（周四）前')
    expect(await moves()).toEqual([expect.objectContaining({ from_owner: 'm_赵敏', to_owner: 'm_钱进', by: 'm_李华', reason: '出差' })])
    // The new owner may move the day once as well.
    expect((await it.press('钱进', { press: 'task.move', task }, { form: { on: '2026-10-23 +0800' } })).mood).toBe('success')
  })

  test('stands on the committee’s list, from which it is opened', async () => {
    const list = await it.shownTo('张伟', 'branchTasks', { branch: 'branch' })
    expect(list.text).toContain('整理活动室 — 赵敏，10月20日（周二）前')
    const [pick] = it.buttonsNamed(list.card, 'branchTasks.pick')
    expect((await it.press('张伟', pick ?? {})).toast.zh).toContain('请先选')
    await it.press('张伟', pick ?? {}, { form: { task } })
    expect(await it.sent('task')).toEqual([expect.objectContaining({ task, viewer: 'm_张伟' })])
  })

  test('sees it dropped with its reason', async () => {
    await it.press('赵敏', { press: 'task.cannot', task }, { form: { why: '房间收走了' } })
    expect((await it.press('李华', { press: 'task.drop', task }, { form: { why: '' } })).toast.zh).toContain('写一句')
    await it.press('李华', { press: 'task.drop', task }, { form: { why: '房间已移交' } })
    expect(await it.inForce('赵敏')).toEqual([])
    expect((await it.shownTo('赵敏', 'task', { task })).text).toContain('不办了**：房间已移交')
    expect((await it.press('赵敏', { press: 'task.done', task })).mood).toBe('info')
  })

  test('who leaves or goes away leaves it to the secretary at once', async () => {
    await it.store.client.execute("update members set away_since = '2026-10-09' where id = 'm_赵敏'")
    expect((await it.shownTo('李华', 'branchTasks', { branch: 'branch' })).text).toContain('负责人不在岗')
    await it.store.client.execute("update members set away_since = null, left_on = '2026-10-09' where id = 'm_赵敏'")
    expect((await it.shownTo('李华', 'branchTasks', { branch: 'branch' })).text).toContain('负责人不在岗')
    expect((await it.say('李华', '我的', { dm: true }))?.text).toContain('任务办不了、负责人不在岗')
  })

  test('alone may do it; for one without Feishu the committee says so', async () => {
    for (const name of ['李华', '钱进']) expect((await it.press(name, { press: 'task.done', task })).toast.zh).toContain('你不能替他办')
    await it.store.client.execute("update members set open_id = null where id = 'm_赵敏'")
    expect((await it.press('钱进', { press: 'task.done', task })).toast.zh).toContain('你不能替他办')
    expect((await it.press('李华', { press: 'task.done', task })).mood).toBe('success')
  })

  test('of two presses at once one counts, and the other sees it', async () => {
    const [first, second] = await Promise.all([
      it.press('赵敏', { press: 'task.done', task }),
      it.press('赵敏', { press: 'task.cannot', task }, { form: { why: '办不了' } }),
    ])
    expect([first.mood, second.mood].sort()).toEqual(['info', 'success'])
    const row = await rowOf(task)
    expect(row?.done_at === null).toBe(row?.cannot_at !== null)
  })
})

describe('said', () => {
  test('a line is read back, and one press gives the task', async () => {
    const read = await it.say('李华', '/任务 整理活动室 赵敏 10月20日', { dm: true })
    expect(read?.view).toBe('taskLine')
    expect(read?.text).toContain('整理活动室')
    expect(read?.text).toContain('赵敏')
    expect(await it.rows('select 1 from tasks')).toEqual([])
    const [give] = it.buttonsNamed(read?.card, 'taskLine.give')
    expect((await it.press('李华', give ?? {})).mood).toBe('success')
    expect((await it.press('李华', give ?? {})).toast.zh).toContain('已经有同样的任务')
    expect((await it.inForce('赵敏')).join()).toContain('整理活动室 — 10月20日（周二）前')
  })

  test.each(['/task tidy the room Zhao Min 20 Oct', '/任务 整理活动室', '/任务 整理活动室 赵敏 昨天'])(
    '“%s” opens what is missing',
    async (line) => {
      const read = await it.say('李华', line, { dm: true })
      expect(read?.view).toBe('taskLine')
      expect(read?.card?.body.elements.some(({ tag }) => tag === 'form')).toBe(!line.includes('Zhao'))
    },
  )

  test('in the group the answer goes to the person alone', async () => {
    const said = await it.say('李华', '/任务 整理活动室 赵敏 10月20日')
    expect(said?.text).not.toContain('整理活动室')
    expect(await it.sent('taskLine')).toHaveLength(1)
  })

  test('only the committee gives tasks and sees the branch’s', async () => {
    expect((await it.say('赵敏', '/任务 整理活动室 钱进 10月20日', { dm: true }))?.text).toContain('不归你办')
    expect((await it.say('赵敏', '/任务 支部', { dm: true }))?.text).toContain('不归你办')
    expect((await it.say('张伟', '/任务 支部', { dm: true }))?.view).toBe('branchTasks')
  })
})

test('one message a meeting, with all of an owner’s tasks', async () => {
  const gathering = await it.meets('党员大会')
  await it.comes(gathering, '李华', '王芳', '张伟', '赵敏')
  for (const [words, owner] of [
    ['整理活动室', '赵敏'],
    ['更新展板', '赵敏'],
    ['报名册', '钱进'],
    ['没有日期的', '孙丽'],
  ] as const)
    await it.decides(gathering, words, { owner, ...(owner === '孙丽' ? {} : { on: '2026-10-20' }) })
  await it.closes(gathering)
  for (let again = 0; again < 3; again++) await together(it.db, tellOwners(it.db, gathering, 'branch', it.now()))
  // Minutes that are opened again may bring one task more.
  await it.decides(gathering, '补记的', { owner: '赵敏', on: '2026-10-21' })
  await together(it.db, tellOwners(it.db, gathering, 'branch', it.now()))
  const told = (await it.outboxRows()).filter(({ view }) => view === 'tasksGiven')
  expect(told.map(({ to_id }) => String(to_id)).sort()).toEqual([openId('赵敏'), openId('钱进')].sort())
  const shown = await it.shown('tasksGiven', JSON.parse(String(told.find(({ to_id }) => to_id === openId('赵敏'))?.args)))
  for (const words of ['整理活动室', '更新展板', '补记的']) expect(shown.text).toContain(words)
  expect(await it.rows('select count(*) as n from tasks where told_at is null')).toEqual([expect.objectContaining({ n: 0 })])
})

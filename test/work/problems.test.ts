import { beforeEach, expect, test } from 'vitest'
import { openId } from '../harness/branch.ts'
import { aWorkingBranch, type WorkingBranch } from './company.ts'

let it: WorkingBranch
beforeEach(async () => {
  it = await aWorkingBranch()
})

const note = (gathering: string, words: string, more: { member?: string; owner?: string; on?: string } = {}) =>
  it.press(
    '李华',
    { press: 'problems.add', gathering, branch: 'branch' },
    {
      form: {
        words,
        on: `${more.on ?? '2026-12-20'} +0800`,
        ...(more.member ? { member: openId(more.member) } : {}),
        ...(more.owner ? { owner: openId(more.owner) } : {}),
      },
    },
  )

async function lifeMeeting(on = '2026-10-08') {
  const gathering = await it.meets('组织生活会', { on })
  await it.comes(gathering, '李华', '王芳', '张伟', '赵敏')
  return gathering
}

test('problems of the committee and of members are tasks after the close', async () => {
  const gathering = await lifeMeeting()
  expect(it.buttonsNamed((await it.host(gathering)).card, 'problems.open')).toHaveLength(1)
  expect((await note(gathering, '谈心谈话不够', { owner: '王芳' })).mood).toBe('success')
  const { card } = await note(gathering, '学习不够', { member: '赵敏' })
  expect(JSON.stringify(card)).toContain('2．赵敏：学习不够 — 赵敏，12月20日（周日）前')
  expect(await it.inForce('赵敏')).toEqual([])
  await it.closes(gathering)
  expect((await it.inForce('赵敏')).join()).toContain('学习不够')
  expect((await it.inForce('王芳')).join()).toContain('谈心谈话不够')
})

test('open problems head the next life meeting, which closes the others', async () => {
  const first = await lifeMeeting()
  await note(first, '谈心谈话不够', { owner: '王芳' })
  await note(first, '学习不够', { member: '赵敏' })
  await it.closes(first)
  const [done] = await it.rows("select id from tasks where words = '学习不够'")
  await it.press('赵敏', { press: 'task.done', task: done?.id })
  const next = await lifeMeeting('2026-12-01')
  const { text } = await it.host(next)
  expect(text).toContain('上次查摆的问题 2 个**：1 个已整改、1 个未改好')
  expect(text).toContain('谈心谈话不够 — 王芳')
  expect(text.indexOf('上次查摆的问题')).toBeLessThan(text.indexOf('应到'))
  await it.closes(next)
  expect(await it.rows('select checked_in from tasks where checked_at is not null')).toEqual([
    expect.objectContaining({ checked_in: next }),
  ])
})

test('a problem takes words, somebody and a day, at a life meeting', async () => {
  const gathering = await lifeMeeting()
  expect((await note(gathering, '')).toast.zh).toContain('请写明')
  expect((await note(gathering, '班子的问题')).toast.zh).toContain('由谁整改')
  expect((await note(gathering, '学习不够', { member: '赵敏', on: '2026-10-01' })).toast.zh).toContain('已经过去')
  await note(gathering, '学习不够', { member: '赵敏' })
  expect((await note(gathering, '学习不够', { member: '赵敏' })).toast.zh).toContain('已经记下了')
  expect((await note(gathering, '学习不够', { member: '钱进' })).mood).toBe('success')
  await it.closes(gathering)
  const assembly = await it.meets('党员大会', { on: '2026-10-09' })
  expect((await note(assembly, '学习不够', { member: '赵敏' })).toast.zh).toContain('组织生活会')
})

test('a problem that is taken off takes its task along', async () => {
  const gathering = await lifeMeeting()
  await note(gathering, '学习不够', { member: '赵敏' })
  const [row] = await it.rows('select id from life_problems')
  await it.press('李华', { press: 'problems.strike', gathering, branch: 'branch', problem: row?.id })
  await it.closes(gathering)
  expect(await it.inForce('赵敏')).toEqual([])
})

test('the evidence of the life meeting says how many were put right', async () => {
  it = await aWorkingBranch({ since: '2026-01-01' })
  const gathering = await lifeMeeting()
  await note(gathering, '谈心谈话不够', { owner: '王芳' })
  await note(gathering, '学习不够', { member: '赵敏' })
  await it.closes(gathering)
  const [row] = await it.rows("select id from tasks where words = '学习不够'")
  await it.press('赵敏', { press: 'task.done', task: row?.id })
  const { text } = await it.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 7 })
  expect(text).toContain('查摆问题 2 个，已整改 1 个')
})

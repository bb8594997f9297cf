import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { tellOwners } from '../../db/work/tell-owners.ts'
import { addDays } from '../../src/calendar.ts'
import { openId, seeded } from '../harness/branch.ts'
import { aWorkingBranch } from './company.ts'

const names = ['李华', '王芳', '张伟', '赵敏', '钱进', '孙丽']

const chance = (seed: number) => {
  const bytes = seeded(seed)
  return <T>(all: readonly T[]): T => all[(bytes(1)[0] ?? 0) % all.length] as T
}

test.each([1, 2, 3])('a decision is a task exactly with owner and day (%i)', async (seed) => {
  const it = await aWorkingBranch()
  const one = chance(seed)
  const gathering = await it.meets('党员大会')
  await it.comes(gathering, '李华', '王芳', '张伟', '赵敏')
  const wanted: string[] = []
  for (let nth = 1; nth <= 12; nth++) {
    const [owner, on, about] = [one(['', ...names]), one(['', '2026-10-20', '2026-11-02']), one(['', '', 'paper'])]
    const words = `第${nth}项`
    const { mood } = await it.decides(gathering, words, { ...(owner ? { owner } : {}), ...(on ? { on } : {}), ...(about ? { about } : {}) })
    const isRefused = about === 'paper' && (owner !== '' || on !== '')
    expect(mood).toBe(isRefused ? 'warning' : 'success')
    if (!isRefused && owner && on && one([true, true, false])) wanted.push(`${words} m_${owner} ${on}`)
    else if (!isRefused) {
      const [row] = await it.rows('select id from decisions where struck_at is null order by nth desc limit 1')
      if (owner && on) await it.press('李华', { press: 'decisions.strike', gathering, branch: 'branch', decision: row?.id })
    }
  }
  await it.closes(gathering)
  const inForce: string[] = []
  for (const name of names) for (const line of await it.inForce(name)) inForce.push(`${line.slice(2).split(' — ')[0]} m_${name}`)
  expect([...new Set(inForce)].sort()).toEqual(wanted.map((said) => said.split(' ').slice(0, 2).join(' ')).sort())
})

test.each([1, 2, 3])('nobody is told twice, and nothing moves after a check (%i)', async (seed) => {
  const it = await aWorkingBranch()
  const one = chance(seed)
  let on = '2026-10-12'
  const gatherings: string[] = []
  for (let week = 0; week < 4; week++) {
    const gathering = await it.meets('支委会', { on })
    gatherings.push(gathering)
    await it.comes(gathering, '李华', '王芳')
    for (const owner of ['王芳', '张伟']) await it.decides(gathering, `第${week}周${owner}`, { owner, on: addDays(on, 9) })
    await it.closes(gathering)
    for (let day = 1; day < 7; day++) {
      it.at(addDays(on, day), '11:00')
      const ids = (await it.rows('select id, owner from tasks order by id')).map(({ id, owner }) => ({
        id: String(id),
        owner: String(owner).slice(2),
      }))
      const { id, owner } = one(ids)
      const move = { form: { on: `${addDays(on, day + 5)} +0800`, why: '说明' } }
      await one([
        () => it.press(owner, { press: 'task.done', task: id }),
        () => it.press(owner, { press: 'task.undo', task: id }),
        () => it.press(owner, { press: 'task.move', task: id }, move),
        () => it.press(owner, { press: 'task.cannot', task: id }, move),
        () =>
          it.press('李华', { press: 'task.settle', task: id }, { form: { ...move.form, owner: openId(one(['王芳', '张伟', '赵敏'])) } }),
        () => together(it.db, tellOwners(it.db, one(gatherings), 'branch', it.now())),
      ])()
    }
    on = addDays(on, 7)
  }
  const broken =
    await it.rows(`select t.id from tasks t join task_moves v on v.task = t.id where t.checked_at is not null and v.at > t.checked_at
    union all select t.id from tasks t where t.checked_at is not null and (t.done_at is null or t.dropped_at is not null)
    union all select t.id from tasks t join gatherings g on g.id = t.checked_in where t.done_at >= g.starts_at`)
  expect(broken).toEqual([])
  const told = (await it.outboxRows())
    .filter(({ view }) => view === 'tasksGiven')
    .map(({ to_id, args }) => `${to_id} ${JSON.parse(String(args)).gathering}`)
  expect(told.length).toBe(new Set(told).size)
})

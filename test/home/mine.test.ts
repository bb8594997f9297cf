import { beforeEach, expect, test } from 'vitest'
import { aBranch, buttonsOf, type TestBranch } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '上级', role: 'assessor' as const, branch: null },
]

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch(people, { since: '2026-11-01' })
  await askOnly(branch.store.client, '10.study', '15.dues', '24.talk')
  branch.at('2026-12-03', '09:30')
})

const run = (sql: string) => branch.store.client.executeMultiple(sql)
const mine = async (name: string) => (await branch.say(name, '我的', { dm: true }))?.text ?? ''
/** Besides one branch, so many more that have done nothing. */
const more = (count: number) =>
  run(
    Array.from(
      { length: count },
      (_, nth) =>
        `insert into branches (id, unit, committee, name, since) values ('b${nth}', 'unit', 'committee', '学生第${nth}支部', '2026-11-01');`,
    ).join('\n'),
  )

test('an assessor of hundreds sees the branches behind, a line each', async () => {
  await more(300)
  const said = await mine('上级')
  expect(said).toContain('301 个支部有逾期事项')
  expect(new Set(said.match(/· 学生第\d+支部：党员学习、党费收缴/g)).size).toBe(24)
  expect(said).toContain('另有 277 个')
  expect(said).not.toContain('该办的事')
})

test('a branch’s own people see each duty once, without its name', async () => {
  branch.at('2026-12-22', '09:30')
  for (const nth of [1, 2])
    await run(
      `insert into members (id, unit, branch, name, stage, joined_on, activist_on, added_at) values ('a${nth}', 'unit', 'branch', '甲${nth}', 'activist', '2026-01-01', '2026-01-01', 0)`,
    )
  await run("update branches set since = '2026-10-01'")
  const said = await mine('李华')
  expect(said).toContain('2026年第四季度 与积极分子谈心、填写考察意见 — 12月31日（周四）到期 × 2')
  expect(said).toContain('· 12月 党员学习 — 12月31日（周四）到期')
  expect(said).not.toContain('第一支部')
})

test('whoever looks after several sees whose each is', async () => {
  await more(1)
  await run("insert into seats (id, member, role, branch, from_at) values ('two', 'm_李华', 'secretary', 'b0', 0)")
  const said = await mine('李华')
  expect(said).toContain('11月 党员学习 · 第一支部 — 11月30日（周一）已到期')
  expect(said).toContain('11月 党员学习 · 学生第0支部 — 11月30日（周一）已到期')
})

test('an assessor sees how many entries wait, with their button', async () => {
  await run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at) values
    ('a', 'branch', '15.dues', '', '2026-11', '2026-11-20', '台账', 'm_李华', 0), ('b', 'branch', '24.talk', 'x', '2026Q4', '2026-11-20', '台账', 'm_李华', 0)`)
  const shown = await branch.say('上级', '我的', { dm: true })
  expect(shown?.text).toContain('**2 条登记待确认** · 机关党委 2026年第四季度')
  expect(buttonsOf(shown?.card)).toContainEqual({ press: 'waitingList.open', committee: 'committee', quarter: '2026Q4' })
  expect(await mine('李华')).not.toContain('条登记待确认')
  await run("update attestations set confirmed_at = 1, confirmed_by = 'm_上级'")
  expect(await mine('上级')).not.toContain('条登记待确认')
})

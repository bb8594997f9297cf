import { beforeEach, expect, test } from 'vitest'
import { branches, committees } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { rulebooks } from '../../db/rulebook/tables.ts'
import type { OwnRulebook } from '../../src/rules/rulebook/rulebook.ts'
import { aBranch, buttonsOf, type TestBranch, textOf } from '../harness/branch.ts'

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch([
    { name: '李华', role: 'secretary' },
    { name: '周敏', role: 'assessor', branch: null },
    { name: '陈明', role: 'admin', branch: null },
  ])
  branch.at('2026-11-20', '10:00')
})

const open = async (who = '周敏', words = '规则') => {
  const shown = await branch.say(who, words, { dm: true })
  return { text: shown?.text ?? '', card: shown?.card, save: buttonsOf(shown?.card).find(({ press }) => press === 'rulebook.save') ?? {} }
}
const saves = async (form: Record<string, unknown>, value?: object) => {
  const { toast, card } = await branch.press('周敏', value ?? (await open()).save, { form })
  return { toast: toast.zh, text: card ? textOf(card) : '' }
}
const versions = async () =>
  (await branch.store.client.execute('select version, from_on, said from rulebooks order by version')).rows.map(
    ({ version, from_on, said }) => [version, from_on, JSON.parse(String(said))],
  )
const set = (committee: string, from: string, said: OwnRulebook, version = 1) =>
  together(branch.db, [branch.db.insert(rulebooks).values({ committee, version, from, said, by: 'test', at: branch.now() })])
const graceOf = async (quarter: string) => {
  const ours = { id: 'branch', unit: 'unit', committee: 'committee', name: '', since: '2026-01-01', lineage: ['committee'] }
  return (await accountOf(branch.db, ours, quarter, branch.now())).rulebook.graceWorkdays
}

test('the rules show each figure, its source and its version', async () => {
  await set('committee', '2027-01-01', { graceWorkdays: 5 })
  const { text } = await open()
  expect(text).toContain('补办宽限：**5** 工作日 · 本级，本季度 10')
  expect(text).toContain('补办计分：**80** % · 默认')
  expect(text).toContain('第 1 版 · 2027年1月1日（周五）起')
  expect(text).toContain('权重合计 **100**')
})

test('a changed figure begins next quarter, and only it is own', async () => {
  const { toast, text } = await saves({ graceWorkdays: '6', latePercent: '80', tiers: '95、80，60', from: 'next' })
  expect(toast).toBe('已保存，2027年第一季度起生效：补办宽限、等次分数线（优、良、中）')
  expect(text).toContain('补办宽限：**6** 工作日 · 本级，本季度 10')
  expect(await versions()).toEqual([[1, '2027-01-01', { graceWorkdays: 6, tiers: [95, 80, 60] }]])
  expect([await graceOf('2026Q4'), await graceOf('2027Q1')]).toEqual([10, 6])
})

test('a figure may begin this quarter; emptied it is inherited', async () => {
  await saves({ graceWorkdays: '6', before: '5,2', from: 'this' })
  expect(await graceOf('2026Q4')).toBe(6)
  expect(await graceOf('2026Q3')).toBe(10)
  await saves({ graceWorkdays: '', from: 'this' })
  expect((await versions()).at(-1)).toEqual([2, '2026-10-01', { ladder: { before: [5, 2] } }])
})

test('from this quarter also means the next, despite earlier rules', async () => {
  await saves({ graceWorkdays: '6', from: 'next' })
  await saves({ latePercent: '70', from: 'this' })
  expect(await versions()).toEqual([
    [1, '2027-01-01', { graceWorkdays: 6 }],
    [2, '2026-10-01', { latePercent: 70 }],
    [3, '2027-01-01', { graceWorkdays: 6, latePercent: 70 }],
  ])
  expect([await graceOf('2026Q4'), await graceOf('2027Q1')]).toEqual([10, 6])
})

test.each([
  [{ graceWorkdays: '16' }, '「补办宽限」应为0 到 15 的整数（工作日）'],
  [{ graceWorkdays: '五天' }, '「补办宽限」应为0 到 15 的整数'],
  [{ tiers: '80、90、60' }, '「等次分数线（优、良、中）」应为三个从高到低的整数'],
  [{ after: '1、2、3、4、5、6、7' }, '最多 6 个'],
  [{ ranking: 'nobody' }, '「名次给谁看」应为'],
])('%o is refused by name and limits, and the form stays', async (form, words) => {
  const { card, toast } = await branch.press('周敏', (await open()).save, { form: { ...form, makeUpDays: '9' } })
  expect(toast.zh).toContain(words)
  const json = JSON.stringify(card)
  expect(json).toContain('"default_value":"9"')
  if (!('ranking' in form)) expect(json).toContain(JSON.stringify(Object.values(form)[0]))
  expect(await versions()).toEqual([])
})

test('nothing changed saves nothing, and another’s change is not overwritten', async () => {
  expect((await saves({ graceWorkdays: '10' })).toast).toBe('没有改动，没有保存。')
  const { save } = await open()
  await saves({ graceWorkdays: '6' })
  expect((await saves({ graceWorkdays: '7' }, save)).toast).toContain('规则刚刚被别人改过')
  expect(await versions()).toHaveLength(1)
})

test('a quarter with a result takes no new rules', async () => {
  await branch.store.client.execute(
    "insert into results (branch, quarter, committee, tenths, weight_asked, place, is_last, account, at) values ('branch', '2026Q4', 'committee', 900, 100, 1, 0, '{}', 0)",
  )
  const { toast } = await saves({ graceWorkdays: '6', from: 'this' })
  expect(toast).toContain('这个季度已经结账')
  expect(await versions()).toEqual([])
  expect(JSON.stringify((await open()).card)).not.toContain('本季度起')
  expect((await saves({ graceWorkdays: '6', from: 'next' })).toast).toContain('已保存')
})

test('an inherited figure is named, and changes above reach posted scores', async () => {
  await together(branch.db, [
    branch.db.insert(committees).values({ id: 'below', unit: 'unit', parent: 'committee', name: '二级党委' }),
    branch.db.insert(branches).values({ id: 'far', unit: 'unit', committee: 'below', name: '远支部', since: '2026-01-01' }),
  ])
  await branch.store.client.execute({
    sql: "insert into posts (message_id, recipient, subject, view, args, posted_at) values ('om_score', 'chat:x', 'score far', 'score', '{}', ?)",
    args: [branch.now().getTime()],
  })
  await saves({ latePercent: '70' })
  expect((await open('陈明', '规则 二级党委')).text).toContain('补办计分：**70** % · 继承自机关党委')
  expect((await branch.outboxRows()).map(({ occasion }) => occasion)).toContain('refresh om_score')
})

test('weights that break a committee below are refused by name', async () => {
  await together(branch.db, [branch.db.insert(committees).values({ id: 'below', unit: 'unit', parent: 'committee', name: '二级党委' })])
  await set('below', '2026-10-01', { weights: { 1: 5, 2: 3 } })
  const { changeRulebook, familyOf, versionsAround } = await import('../../db/rulebook/versions.ts')
  const [family, all] = [await familyOf(branch.db, 'committee'), await versionsAround(branch.db, 'committee')]
  const actor = { id: 'm_周敏', unit: 'unit', branch: null, group: null, openId: '', name: '', stage: null, seats: [] }
  const change = (weights: Record<string, number>) =>
    changeRulebook(
      branch.db,
      { committees: family, versions: all },
      { committee: 'committee', added: [{ from: '2027-01-01', said: { weights } }], after: 0 },
      actor,
      branch.now(),
    )
  await expect(change({ 1: 3, 3: 6 })).rejects.toMatchObject({ says: { zh: expect.stringContaining('「二级党委」三十项权重合计为 101') } })
  await expect(change({ 3: 6 })).rejects.toMatchObject({ says: { zh: expect.stringContaining('「机关党委」三十项权重合计为 101') } })
  await change({ 3: 6, 4: 3 })
  expect((await versions()).at(-1)?.[2]).toEqual({ weights: { 3: 6, 4: 3 } })
})

test('versions are rows: earlier ones stay, the audit names makers', async () => {
  await saves({ graceWorkdays: '6' })
  await saves({ graceWorkdays: '7' })
  expect((await versions()).map(([version, , said]) => [version, said])).toEqual([
    [1, { graceWorkdays: 6 }],
    [2, { graceWorkdays: 7 }],
  ])
  const { rows } = await branch.store.client.execute("select actor, subject from audit where deed = 'rulebook.change'")
  expect(rows.map(({ actor, subject }) => [actor, subject])).toEqual([
    ['m_周敏', 'committee'],
    ['m_周敏', 'committee'],
  ])
})

test('a secretary does not see or change the rules', async () => {
  expect((await open('李华')).text).toContain('这件事不归你办')
})

test('a module is left out, and inherited again when emptied', async () => {
  expect((await open()).text).toContain('使用谈心谈话：**是** · 默认')
  await saves({ talks: 'no', from: 'next' })
  expect((await versions()).at(-1)).toEqual([1, '2027-01-01', { modules: { talks: false } }])
  expect((await open()).text).toContain('使用谈心谈话：**否** · 本级')
  await saves({ talks: '', from: 'next' })
  expect((await versions()).at(-1)).toEqual([2, '2027-01-01', {}])
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Message } from '../../src/playground/feishu/feishu.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { writeTable } from '../../src/spreadsheet/write.ts'
import { nodeHost, SECRETARY, type TestHost } from '../harness/host.ts'
import { until } from '../harness/until.ts'

let host: TestHost
let dm = ''
beforeAll(async () => {
  host = await nodeHost()
  host.feishu.addPerson('李华', { openId: SECRETARY })
  const group = host.feishu.addChat('支部', [SECRETARY]).chatId
  await host.feishu.addBot(group, SECRETARY)
  await host.feishu.say(SECRETARY, group, '@支部 /绑定 第一支部')
  dm = host.feishu.dm(SECRETARY)
})
afterAll(() => host.stop())

const textOf = (message: Message) => JSON.stringify(message.content)
const linesOf = (message: Message) => textOf(message).replaceAll('\\n', '\n')

let seen = new Set<string>()
beforeEach(() => {
  seen = new Set(host.feishu.messages.map(({ id }) => id))
})
async function answer(words: string): Promise<Message> {
  const said = () => host.feishu.messages.filter(({ chatId, sender }) => chatId === dm && sender.kind === 'app')
  const found = await until(
    () => `“${words}”; said was ${said().slice(-3).map(textOf).join('\n').slice(0, 2_000)}`,
    () => said().find((message) => !seen.has(message.id) && textOf(message).includes(words)),
  )
  seen.add(found.id)
  return found
}

const rules = async () => {
  await host.feishu.say(SECRETARY, dm, '规则')
  return answer('考核规则')
}

/** The list that is handed out, its headings first. */
async function handedOut(): Promise<(string | number | undefined)[][]> {
  await host.feishu.press(SECRETARY, (await rules()).id, '用表格改权重、周期和开关')
  const { id } = await answer('file_key')
  for await (const { rows } of sheetsOf(host.feishu.fileOf(id)?.bytes ?? new Uint8Array(), 1_000))
    return rows.slice(1).map(({ cells }) => [...cells])
  return []
}

type Rows = (string | number | undefined)[][]

/** Sent back with cells changed, as a sheet that somebody copied: another title, another name. */
async function sendsBack([headings = [], ...rows]: Rows, changes: Record<string, string>): Promise<Message> {
  for (const [cell, value] of Object.entries(changes)) {
    const [part, heading] = cell.split(' ')
    const row = rows.find(([id]) => id === part)
    if (row) row[headings.indexOf(heading)] = value
  }
  const bytes = await writeTable({
    name: 'Sheet1',
    title: '复制的表',
    columns: headings.map((heading) => ({ heading: String(heading), width: 10 })),
    rows: rows.map((row) => headings.map((_, column) => (row[column] === undefined ? null : String(row[column])))),
  })
  await host.feishu.sendFile(SECRETARY, 'bot', '副本.xlsx', bytes)
  return answer('考核规则预览')
}

test('the list has a row a part, and unchanged changes nothing', async () => {
  const list = await handedOut()
  expect(list[0]).toEqual(['编号', '工作标准', '权重', '周期', '次数', '开关'])
  expect(list.slice(1).reduce((sum, row) => sum + Number(row[2] ?? 0), 0)).toBe(100)
  const shown = await sendsBack(list, {})
  expect(textOf(shown)).toContain('没有改动')
  expect(textOf(shown)).not.toContain('起生效')
})

test('weights that miss 100 show their sum and cannot be saved', async () => {
  const shown = await sendsBack(await handedOut(), { '1.judged 权重': '9' })
  expect(linesOf(shown)).toContain('权重合计 **105**，须为 100')
  expect(linesOf(shown)).toContain('（1）促进生产（科研）任务完成：权重 4 → 9')
  expect(textOf(shown)).not.toContain('下季度起生效')
})

test('what is wrong is said row by row', async () => {
  const shown = await sendsBack(await handedOut(), {
    '2.judged 权重': '四',
    '12.general 周期': '每周',
    '12.committee 次数': '13',
    '14.review 开关': '也许',
  })
  for (const words of [
    '2.judged：权重「四」应为0 到 100 的整数',
    '12.general：周期「每周」应为每月、每季度、每半年、每年',
    '12.committee：次数「13」应为1 到 12 的整数',
    '14.review：开关「也许」应为考核、登记、不考核',
  ])
    expect(linesOf(shown)).toContain(words)
  expect(linesOf(shown)).toMatch(/第 \d+ 行 2\.judged/)
})

test('nothing changes before the press; the press saves what was previewed, once', async () => {
  const shown = await sendsBack(await handedOut(), {
    '1.judged 权重': '5',
    '2.judged 权重': '3',
    '7.life 周期': '每年',
    '14.review 开关': '登记',
  })
  expect(linesOf(shown)).toContain('（7）民主生活会（组织生活会）：周期 每半年 → 每年')
  expect(textOf(await rules())).toContain('还没有改过')
  await host.feishu.press(SECRETARY, shown.id, '下季度起生效')
  expect(host.feishu.toasts.at(-1)?.content).toContain('考核规则已保存，2026年第四季度起生效')
  expect(textOf(await rules())).toContain('第 1 版')
  const list = await handedOut()
  const row = (part: string) => list.find(([id]) => id === part)
  expect([row('1.judged')?.[2], row('2.judged')?.[2], row('7.life')?.[3], row('14.review')?.[5]]).toEqual(['5', '3', '每年', '登记'])
  await host.feishu.press(SECRETARY, shown.id, '下季度起生效', { version: 0 })
  expect(host.feishu.toasts.at(-1)?.content).toContain('已经保存')
})

test('a module is left out by its row, and used again', async () => {
  const list = await handedOut()
  expect(list.slice(-4).map((row) => row.slice(0, 2))).toEqual([
    ['talks', '谈心谈话（整个功能）'],
    ['minutes', '会议记录（整个功能）'],
    ['papers', '计划、总结和报告（整个功能）'],
    ['pledges', '承诺（整个功能）'],
  ])
  const row = async () => (await handedOut()).find(([id]) => id === 'talks')?.[5]
  expect(await row()).toBe('使用')
  const wrong = await sendsBack(list, { 'talks 开关': '登记' })
  expect(linesOf(wrong)).toContain('开关「登记」应为使用、不使用')
  const shown = await sendsBack(await handedOut(), { 'talks 开关': '不使用' })
  expect(linesOf(shown)).toContain('谈心谈话：使用 → 不使用')
  expect(linesOf(shown)).toContain('Talks: used → not used')
  await host.feishu.press(SECRETARY, shown.id, '下季度起生效')
  expect(await row()).toBe('不使用')
  await host.feishu.press(SECRETARY, (await sendsBack(await handedOut(), { 'talks 开关': '使用' })).id, '下季度起生效')
  expect(await row()).toBe('使用')
})

test('a preview is worth nothing once the rules have changed otherwise', async () => {
  const shown = await sendsBack(await handedOut(), { '3.judged 权重': '6', '4.term 权重': '3' })
  const card = await rules()
  await host.feishu.press(SECRETARY, card.id, '保存', { form: { graceWorkdays: '7', from: 'next' } })
  await host.feishu.press(SECRETARY, shown.id, '下季度起生效')
  expect(host.feishu.toasts.at(-1)?.content).toContain('预览之后规则变了')
})

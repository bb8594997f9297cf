import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Message } from '../../src/playground/feishu/feishu.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { writeTable } from '../../src/spreadsheet/write.ts'
import { workbook } from '../harness/archive.ts'
import { nodeHost, SECRETARY, type TestHost } from '../harness/host.ts'
import { until } from '../harness/until.ts'

const fixture = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/roster', name)))
const csv = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))

let host: TestHost
let chats = 0
beforeAll(async () => {
  host = await nodeHost()
  host.feishu.addPerson('李华', { openId: SECRETARY })
})
afterAll(() => host.stop())

/** A branch of its own, bound by 李华, who is its secretary. The test says who else is in its chat. */
async function aBranch(...names: string[]) {
  const { feishu } = host
  const ids = names.map((name) => feishu.addPerson(name).openId)
  const group = feishu.addChat(`支部${++chats}`, [SECRETARY, ...ids]).chatId
  await feishu.addBot(group, SECRETARY)
  await feishu.say(SECRETARY, group, `@支部 /绑定 第${chats}支部`)
  await answer(group, '本群已绑定到')
  await feishu.say(SECRETARY, group, '@支部 /名单')
  const dm = feishu.dm(SECRETARY)
  await answer(group, '模板已私聊发给你')
  await answer(dm, 'file_key')
  await answer(dm, `第${chats}支部`)
  return { group, ids, dm }
}

const sent = (chatId: string) => host.feishu.messages.filter((one) => one.chatId === chatId && one.sender.kind === 'app')
const textOf = (message: Message) => JSON.stringify(message.content)

/** The first answer with these words that was not seen yet. */
let seen = new Set<string>()
beforeEach(() => {
  seen = new Set(host.feishu.messages.map(({ id }) => id))
})
async function answer(chatId: string, words: string): Promise<Message> {
  const said = () => sent(chatId).slice(-3).map(textOf).join('\n').slice(0, 2_000)
  const found = await until(
    () => `“${words}”; said was ${said()}`,
    () => sent(chatId).find((message) => !seen.has(message.id) && textOf(message).includes(words)),
  )
  seen.add(found.id)
  return found
}

const becomes = (message: Message, words: string) =>
  until(
    () => `“${words}” in ${textOf(message).slice(0, 2_000)}`,
    () => textOf(message).includes(words),
  )

const sends = (bytes: Uint8Array, name = '名单.csv', who = SECRETARY) => host.feishu.sendFile(who, 'bot', name, bytes)
async function preview(bytes: Uint8Array, name?: string): Promise<Message> {
  await sends(bytes, name)
  return answer(host.feishu.dm(SECRETARY), '名单预览')
}
const imports = (shown: Message, who = SECRETARY) => host.feishu.press(who, shown.id, /导入 \d+ 人/.exec(textOf(shown))?.[0] ?? '')
const toasts = () => host.feishu.toasts.at(-1)?.content ?? ''
const figuresOf = (message: Message) => [...textOf(message).matchAll(/"\*\*(\d+)\*\*"/g)].map(([, figure]) => Number(figure))
const linesOf = (message: Message) => textOf(message).replaceAll('\\n', '\n')

/** The roster's contents, as the next template states them. */
async function rosterIn(group: string) {
  await host.feishu.say(SECRETARY, group, '@支部 /名单')
  const file = await answer(host.feishu.dm(SECRETARY), 'file_key')
  for await (const { rows } of sheetsOf(host.feishu.fileOf(file.id)?.bytes ?? new Uint8Array(), 20_000))
    return rows.slice(2).map(({ cells }) =>
      cells
        .map((cell) => cell ?? '')
        .join(' ')
        .trim(),
    )
  return []
}

test('a list is previewed, and imported by one press, once', async () => {
  const { group } = await aBranch('王芳', '赵敏')
  const shown = await preview(fixture('wps.xlsx'), '名册.xlsx')
  expect(figuresOf(shown)).toEqual([5, 0, 0, 0])
  expect(linesOf(shown)).toContain('第 5 行 王芳：正式党员')
  expect(await rosterIn(group)).toEqual([])

  await host.feishu.press(SECRETARY, shown.id, '导入 5 人')
  expect(toasts()).toContain('已导入')
  expect(textOf(shown)).toContain('名单已导入')
  expect(await rosterIn(group)).toEqual([
    '李华 正式党员 书记 第一党小组 在岗    2001-07-01 2002-07-01',
    '王芳 正式党员 组织委员 第一党小组 在岗    2010-06-30 2011-06-30',
    '赵敏 预备党员  第二党小组 在岗    2026-05-04',
    '孙丽 正式党员  第二党小组 外出    2021-07-01 2022-07-01',
    '钱进 积极分子   在岗  2026-03-01',
  ])
  await host.feishu.press(SECRETARY, shown.id, '导入 5 人', { version: 0 })
  expect(toasts()).toContain('已经导入过')
  expect(await rosterIn(group)).toHaveLength(5)
})

test('the template is the roster, and unchanged it changes nothing', async () => {
  const { group, dm } = await aBranch('王芳')
  await imports(await preview(fixture('script.xlsx'), 'a.xlsx'))
  await host.feishu.say(SECRETARY, group, '@支部 花名册')
  const { id } = await answer(dm, 'file_key')
  const file = host.feishu.fileOf(id)
  expect(file?.name).toBe(`第${chats}支部名单.xlsx`)
  expect(textOf(await answer(dm, '导入名单'))).toContain('把 .xlsx 或 .csv 文件直接发到这里')
  const again = await preview(file?.bytes ?? new Uint8Array(), file?.name)
  expect(figuresOf(again)).toEqual([0, 0, 4, 0])
  expect(textOf(again)).toContain('没有要导入的内容')
  expect(await rosterIn(group)).toHaveLength(4)
})

test('the preview shows everything of who is added, and unread columns', async () => {
  await aBranch()
  const shown = await preview(
    csv(
      '姓名,人员类别,党内职务,党小组,入党时间,手机号',
      '刘邦,正式党员,组织委员,一组,2010-07-01,13800000000',
      '王芳,党员（预备）,科长,二组,2026-05-04,139',
    ),
  )
  expect(linesOf(shown)).toContain('第 2 行 刘邦：正式党员，组织委员，一组，入党日期 2010-07-01')
  expect(linesOf(shown)).toContain('第 3 行 王芳：预备党员，二组，入党日期 2026-05-04')
  expect(linesOf(shown)).toContain('没有读取的列：手机号')
  expect(linesOf(shown)).toContain('不是支部职务，没有读取：科长')
})

test('a second sheet is offered, and read at a press', async () => {
  const { group, dm } = await aBranch()
  const shown = await preview(
    workbook([
      { name: '正式党员', rows: ['姓名 性别', '刘邦 男'] },
      { name: '说明', rows: [['请如实填写']] },
      { name: '预备党员', rows: ['姓名 性别', '王芳 女', '赵敏 女'] },
    ]),
    '名册.xlsx',
  )
  expect(linesOf(shown)).toContain('第 2 行 刘邦：正式党员')
  await imports(shown)
  await host.feishu.press(SECRETARY, shown.id, '第 3 页「预备党员」（2 人）')
  const second = await answer(dm, '王芳：预备党员')
  expect(figuresOf(second)).toEqual([2, 0, 0, 0])
  await imports(second)
  expect(await rosterIn(group)).toEqual(['刘邦 正式党员   在岗', '王芳 预备党员   在岗', '赵敏 预备党员   在岗'])
})

test('党员 alone makes no probationer a full member', async () => {
  const { group } = await aBranch()
  await imports(await preview(csv('姓名,阶段', '王芳,预备党员', '赵敏,积极分子')))
  const shown = await preview(csv('姓名,政治面貌,党小组', '王芳,中共党员,一组', '赵敏,中共党员,一组'))
  expect(linesOf(shown)).toContain('第 2 行 王芳：党小组 空 → 一组')
  expect(linesOf(shown)).toContain('第 3 行 赵敏：名单上是积极分子，表里没写明是正式党员还是预备党员')
  await imports(shown)
  expect(await rosterIn(group)).toEqual(['王芳 预备党员  一组 在岗', '赵敏 积极分子   在岗'])
})

test('people of another branch in the list are not taken in', async () => {
  await aBranch()
  const own = `第${chats}支部`
  const shown = await preview(csv('姓名,所在党支部', `王芳,${own}`, '赵敏,外语学院党支部'))
  expect(figuresOf(shown)).toEqual([1, 0, 0, 1])
  expect(linesOf(shown)).toContain('第 3 行 赵敏：写的是「外语学院党支部」，不是本支部')
})

test('sent again, a list changes only what is different in it', async () => {
  const { group } = await aBranch()
  await imports(await preview(csv('姓名,职务,党小组,转正日期', '刘邦,书记,一组,2010-07-01', '王芳,宣传委员,一组,2011-07-01', '赵敏,,,')))
  const shown = await preview(
    csv('姓名,职务,党小组,转正日期,在位', '刘邦,书记,一组,2010/7/1,在', '王芳,组织委员,二组,2011-07-01,', '钱进,,,,不在位'),
  )
  expect(figuresOf(shown)).toEqual([1, 1, 1, 0])
  expect(linesOf(shown)).toContain('第 3 行 王芳：党小组 一组 → 二组，任组织委员，不再任宣传委员')
  await imports(shown)
  expect(await rosterIn(group)).toEqual([
    '刘邦 正式党员 书记 一组 在岗     2010-07-01',
    '王芳 正式党员 组织委员 二组 在岗     2011-07-01',
    '赵敏 正式党员   在岗',
    '钱进 正式党员   外出',
  ])
})

test('wrong rows come first with reasons, the rest are counted', async () => {
  const { group } = await aBranch()
  const bad = Array.from({ length: 60 }, (_, i) => `人${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${'子丑寅卯辰巳'[Math.floor(i / 10)]},2021.13.${i}`)
  const shown = await preview(csv('姓名,入党日期', ',2021-07-01', ...bad, '张三,2021-07-01', '张三,2021-07-02', '李四,2021-07-01'))
  expect(figuresOf(shown)).toEqual([1, 0, 0, 63])
  const text = linesOf(shown)
  expect(text).toContain('第 2 行：缺姓名')
  expect(text).toContain('第 3 行 人甲子：入党日期「2021.13.0」看不懂')
  expect(text).toMatch(/……还有 \d+ 行/)
  expect(text.indexOf('有误，不会导入')).toBeLessThan(text.indexOf('李四：正式党员'))
  await host.feishu.press(SECRETARY, shown.id, '导入 1 人')
  expect(await rosterIn(group)).toEqual(['李四 正式党员   在岗    2021-07-01'])
})

test('a namesake in the chat is matched; of several one is chosen', async () => {
  const { ids } = await aBranch('王芳', '张伟', '张伟', '刘洋', '刘洋')
  const [wang = '', zhang = '', otherZhang = '', liu = ''] = ids
  const shown = await preview(csv('姓名', '王芳', '张伟', '刘洋', '外人'))
  expect(textOf(shown)).toContain('第 3 行 张伟 是哪一位')
  expect(textOf(shown)).toContain('1 位在支部群里没有同名的人')
  await host.feishu.press(SECRETARY, shown.id, 'roster_submit', { form: { who_3: otherZhang, who_4: wang } })
  for (const [openId, words] of [
    [wang, '我的'],
    [otherZhang, '我的'],
  ] as const) {
    await host.feishu.say(openId, 'bot', words)
    expect(textOf(await answer(host.feishu.dm(openId), '')).includes('还不在任何支部')).toBe(false)
  }
  for (const openId of [zhang, liu]) {
    await host.feishu.say(openId, 'bot', '我的')
    await answer(host.feishu.dm(openId), '还不在任何支部')
  }
  const again = await preview(csv('姓名', '王芳', '张伟', '刘洋', '外人'))
  expect(figuresOf(again)).toEqual([0, 1, 3, 0])
  await host.feishu.press(SECRETARY, again.id, 'roster_submit', { form: { who_4: liu } })
  await host.feishu.say(liu, 'bot', '我的')
  expect(textOf(await answer(host.feishu.dm(liu), '')).includes('还不在任何支部')).toBe(false)
})

test('somebody of another branch is not taken over or renamed', async () => {
  const first = await aBranch('周同')
  await imports(await preview(csv('姓名', '周同')))
  const second = await aBranch()
  host.feishu.join(first.ids[0] ?? '', second.group)
  const shown = await preview(csv('姓名', '周同'))
  expect(linesOf(shown)).toContain('第 2 行 周同：已在别的支部的名单上')
  expect(figuresOf(shown)).toEqual([0, 0, 0, 1])
})

test.each([
  ['a program', '名单.exe', new Uint8Array([77, 90]), '文件里我只读支部名单'],
  ['macros by name', '名单.xlsm', new Uint8Array([1]), '带宏的表格不读'],
  ['an old workbook by name', '名单.xls', new Uint8Array([1]), '请另存为 .xlsx'],
  ['an old or protected workbook in disguise', '名单.xlsx', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), '旧版 .xls 或加密'],
  ['a picture in disguise', '名单.xlsx', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]), '这是一张图片，不是表格'],
  ['rows of LibreOffice', '名单.ods', new Uint8Array([1]), '.ods 表格'],
  ['rows of WPS', '名单.et', new Uint8Array([1]), '.et 表格'],
  ['rows of Apple', '名单.numbers', new Uint8Array([1]), '.numbers 表格'],
  ['a photo by name', '名单.jpg', new Uint8Array([1]), '这是一张图片'],
  ['an empty form', '采集表.csv', csv('姓名,,性别,', '民族,,籍贯,'), '空的单人信息表'],
  ['half a workbook', '名单.xlsx', fixture('wps.xlsx').slice(0, 2_000), '打不开'],
  ['no names', '名单.csv', csv('序号,电话', '1,2'), '没有找到「姓名」'],
  ['nobody', '名单.csv', csv('姓名,阶段'), '名单里没有人'],
  ['nothing', '名单.csv', new Uint8Array(), '文件是空的'],
])('a file with %s is refused in one sentence', async (_what, name, bytes, sentence) => {
  const { dm } = await aBranch()
  await sends(bytes, name)
  await answer(dm, sentence)
})

test('a list is for roster keepers; a seat for its granters', async () => {
  const { group, ids } = await aBranch('吴起', '郑和', '冯唐')
  const [organiser = '', member = '', stranger = ''] = ids
  await imports(await preview(csv('姓名,职务', '吴起,组织委员', '郑和,')))
  for (const [who, words] of [
    [member, '这件事不归你办'],
    [stranger, '还不在任何支部的名单上'],
  ] as const) {
    await sends(csv('姓名', '孙武'), 'a.csv', who)
    await answer(host.feishu.dm(who), words)
  }
  await sends(csv('姓名,职务', '孙武,', '郑和,书记'), 'a.csv', organiser)
  const shown = await answer(host.feishu.dm(organiser), '名单预览')
  expect(linesOf(shown)).toContain('第 3 行 郑和：授予职务由书记或管理员来办')
  expect((await imports(shown, member)).status).toBe(200)
  expect(toasts()).toContain('这件事不归你办')
  await imports(shown, organiser)
  expect(await rosterIn(group)).toEqual(['吴起 正式党员 组织委员  在岗', '郑和 正式党员   在岗', '孙武 正式党员   在岗'])
})

test('an unfetched file is read later, a doubled one previewed once', async () => {
  const { dm } = await aBranch()
  host.feishu.faults.push({ kind: '500', match: (path) => path.includes('/resources/'), times: 2 })
  const { eventId = '', messageId } = await sends(csv('姓名', '韩信'))
  await host.feishu.deliverAgain(eventId)
  for (let minute = 0; minute < 5; minute++) {
    host.forward(61_000)
    await host.turn()
  }
  await answer(dm, '名单预览')
  expect(sent(dm).filter(({ parentId }) => parentId === messageId)).toHaveLength(1)
})

test('a file that stays away is given up in words', async () => {
  const { dm } = await aBranch()
  host.feishu.faults.push({ kind: '500', match: (path) => path.includes('/resources/'), times: 50 })
  await sends(csv('姓名', '韩信'))
  for (let minute = 0; minute < 14; minute++) {
    host.forward(61_000)
    await host.turn()
  }
  await answer(dm, '没能取到这个文件')
  host.feishu.faults.length = 0
})

test('a preview is good for a day and its roster', async () => {
  const { group } = await aBranch()
  const [first, second] = [await preview(csv('姓名', '萧何')), await preview(csv('姓名', '曹参'))]
  await imports(second)
  await imports(first)
  expect(toasts()).toContain('预览之后名单变了')
  const third = await preview(csv('姓名', '张良'))
  host.forward(25 * 3_600_000)
  await imports(third)
  expect(toasts()).toContain('预览已过期')
  expect(await rosterIn(group)).toEqual(['曹参 正式党员   在岗'])
})

// T39: formulas and @all on card and template
test('formulas and @all are plain text on card and template', async () => {
  const { group, ids } = await aBranch('=HYPERLINK("http://x","y")')
  const shown = await preview(csv('姓名,党小组', '=cmd|calc,一组', '"<at id=all></at>",一组', '李四,=1+1', '王五,"<at id=all></at>"'))
  expect(figuresOf(shown)).toEqual([2, 0, 0, 2])
  expect(textOf(shown)).not.toContain('<at id')
  await imports(shown)
  await host.feishu.say(SECRETARY, group, '@支部 /成员 添加 @=HYPERLINK("http://x","y")')
  expect(ids).toHaveLength(1)
  expect(await rosterIn(group)).toEqual(expect.arrayContaining([expect.stringMatching(/^李四 正式党员 {2}=1\+1 在岗/)]))
})

test('ten thousand people are imported, and one more is refused', async () => {
  const { group } = await aBranch()
  const rows = Array.from({ length: 10_001 }, (_, i) => [nameOf(i), '正式党员', `第${i % 300}党小组`, '2001-07-01'])
  const columns = ['姓名', '阶段', '党小组', '入党日期'].map((heading) => ({ heading, width: 10 }))
  const table = (many: number) => writeTable({ name: '名单', title: '名单', columns, rows: rows.slice(0, many) })
  await sends(await table(10_001), '多.xlsx')
  await answer(host.feishu.dm(SECRETARY), '从第 10003 行起太多了')
  const shown = await preview(await table(10_000), '全.xlsx')
  expect(figuresOf(shown)).toEqual([10_000, 0, 0, 0])
  await imports(shown)
  expect(textOf(shown)).toContain('正在导入名单')
  await becomes(shown, '名单已导入')
  expect(await rosterIn(group)).toHaveLength(10_000)
})

const digits = [...'甲乙丙丁戊己庚辛壬癸']
const nameOf = (n: number) => `人${[...String(n)].map((digit) => digits[Number(digit)]).join('')}`

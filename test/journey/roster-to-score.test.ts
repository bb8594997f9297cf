import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { findings } from '../harness/browser/judged.ts'
import { eyes, right, seen } from '../harness/browser/looked.ts'
import { aPlayground } from '../harness/playground.ts'
import { aVisitor, cardsShown } from './visitor.ts'

const list = join(import.meta.dirname, './roster.xlsx')
const GROUP = '新支部筹备群'
const DIRECT = '支部（私聊）'
const names = ['林岚', '顾行', '苏禾', '程远', '白榕', '米佳']

const playground = await aPlayground()
afterAll(() => playground.stop())
const { look } = eyes()

// T50: from nothing to the quarter’s score in a browser
seen('a stranger founds a branch, meets, and gets the quarter’s score', async () => {
  await playground.post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  const { page, errors } = await look(playground.url, { width: 1280, height: 1000 })
  page.setDefaultTimeout(120_000)
  const shown = cardsShown(page)
  const me = aVisitor(page)
  const { pane } = me

  // A chat of people whom nobody knows yet. The bot comes in, and the chat is bound on its first card.
  await me.becomes('李华', GROUP)
  await me.presses('成员')
  for (const name of names) {
    await page.getByLabel('或新人的姓名').fill(name)
    await page.getByRole('button', { name: '加人' }).click()
    await page.getByRole('dialog').locator('li', { hasText: name }).waitFor()
  }
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await me.presses('邀请机器人入群')
  const welcome = me.card('你好，我是支部工作助手')
  await me.shoots('1-welcome', welcome)
  await welcome.locator('input[type=text]').fill('研究生支部')
  await me.presses('把本群绑定到支部', welcome)
  await me.sees('本群已绑定到「研究生支部」')
  await me.shoots('2-bound')

  // The list, as the office keeps it.
  await me.says('@支部 /名单')
  await me.sees('模板已私聊发给你')
  await me.becomes('李华', DIRECT)
  await me.sees('导入名单：研究生支部')
  await pane.locator('input[type=file]').setInputFiles(list)
  const preview = me.card('名单预览：研究生支部')
  await me.sees('第 12 行 米佳', preview)
  await me.sees('第 7 行 顾行：正式党员', preview)
  await me.shoots('3-preview', preview)
  await me.presses('导入 6 人', preview)
  await me.sees('名单已导入：研究生支部')

  // The secretary calls the first meeting in one line.
  await me.becomes('林岚', GROUP)
  await me.says('@支部 /会议 支委会 明天 15:00 三楼会议室 现场码')
  const meeting = me.card('召集 林岚')
  await me.sees('10月13日（周二）15:00', meeting)
  await me.shoots('4-called', meeting)

  await me.becomes('苏禾', GROUP)
  await me.presses('请假', meeting)
  await me.becomes('苏禾', DIRECT)
  const slip = me.card('请假 · 支委会')
  await slip.locator('select').selectOption({ label: '出差' })
  await me.presses('提交请假', slip)
  await me.sees('等主持人确认')

  await me.waitsUntil('2026-10-13 14:40')
  await me.becomes('林岚', DIRECT)
  const hosting = me.card('主持 · 支委会')
  await me.shoots('5-hosting', hosting)
  await me.presses('确认请假', hosting)
  await me.sees('请假：苏禾', hosting)
  await me.presses('看现场码', hosting)
  const code = /\d{4}/.exec(await me.toast('现场码'))?.[0] ?? ''

  // On time by the button, and by the word.
  await me.becomes('林岚', GROUP)
  await me.presses('签到', meeting)
  await me.becomes('林岚', DIRECT)
  const asks = me.card('请输入会议室里公布的 4 位数字')
  await asks.locator('input[type=text]').fill(code)
  await me.presses('签到', asks)
  await me.toast('签到成功，准时')
  await me.becomes('程远', DIRECT)
  await me.says(`签到 ${code}`)
  await me.sees('签到成功，准时')

  await me.waitsUntil('2026-10-13 15:06')
  await me.becomes('林岚', DIRECT)
  await me.presses('看现场码', hosting)
  const later = /\d{4}/.exec(await me.toast('15:10 换新'))?.[0] ?? ''
  await me.becomes('顾行', DIRECT)
  await me.says(`签到 ${later}`)
  await me.sees('签到成功，记为迟到')

  await me.becomes('林岚', DIRECT)
  // That arrival draws the host's card anew, and would empty a list being ticked.
  await hosting.getByLabel('顾行').waitFor({ state: 'detached' })
  await hosting.locator('.several summary').click()
  await hosting.getByLabel('白榕').check()
  await me.presses('标记到会', hosting)
  await me.toast('已标记 1 人到会')
  await me.shoots('6-hosting', hosting)
  await me.presses('结束会议', hosting)
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await me.sees('会议已结束；24 小时内还可以补记到会', hosting)

  await me.becomes('顾行', GROUP)
  await me.sees('已计入标准（12）支委会', meeting)
  const figures = (await meeting.innerText()).replace(/\s+/g, ' ')
  for (const figure of ['5 应到', '4 实到', '1 迟到', '1 请假', '0 缺席']) expect(figures).toContain(figure)
  expect(figures).not.toContain('苏禾')
  await me.shoots('7-closed', meeting)

  // The quarter ends by the clock alone.
  await page.getByRole('button', { name: '季度结算' }).click()
  const score = me.card('2026年第四季度 考核')
  await score.waitFor()
  await me.presses('全部明细', score)
  await me.becomes('顾行', DIRECT)
  const whole = me.card('2026年第四季度 考核')
  await whole
    .getByText(/^10–15/)
    .first()
    .click()
  await me.sees('10月13日（周二）召开', whole)
  await me.shoots('8-score', whole)
  await me.becomes('林岚', DIRECT)
  await me.sees('支部工作提醒')
  await me.shoots('9-digest')
  expect(await right(page).locator('.unsupported').count()).toBe(0)

  await page.locator('#faults summary').click()
  for (const nothing of ['重复', '未送达'])
    await page.locator('#proof tr', { hasText: nothing }).locator('td', { hasText: /^0$/ }).waitFor()
  expect(shown.size).toBeGreaterThan(20)
  expect(
    findings(
      [...shown].map((text) => JSON.parse(text)),
      'journey',
    ),
  ).toEqual([])
  expect(errors).toEqual([])
})

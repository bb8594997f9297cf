import type { Locator, Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { findings } from '../harness/browser/judged.ts'
import { eyes, seen } from '../harness/browser/looked.ts'
import { aPlayground } from '../harness/playground.ts'
import { aVisitor, cardsShown } from './visitor.ts'

const GROUP = '教工第一支部'
const DIRECT = /支部（私聊）|Zhibu \(direct\)/
const ballot = /^(2026年民主测评|Evaluation of 2026)教工第一支部/
const steps = /1\. (自评|Self-evaluation)/
const results = /^结果 /
const grading = /^评定等次 /

const from = '2026-12-01T09:00:00+08:00'
const playground = await aPlayground({ from: new Date(from) })
afterAll(() => playground.stop())
const { look } = eyes()

const said = async (card: Locator) => (await card.innerText()).replace(/\s+/g, ' ')
const submits = (card: Locator, words: string) => card.getByRole('button', { name: words, exact: true }).click()
const confirms = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: /^(确定|OK)$/ })
    .click()

/** Ticks the given entries of a form's lists; entries that are ticked already are left out. */
async function picks(card: Locator, ...lists: string[][]) {
  for (const [nth, names] of lists.entries()) {
    const list = card.locator('.several').nth(nth)
    await list.locator('summary').click()
    for (const box of await list.locator('label').all())
      await box.getByRole('checkbox').setChecked(names.includes((await box.innerText()).trim()))
    await list.locator('summary').click()
  }
}

seen('a year is evaluated on the phone, from opening to appeal', async () => {
  await playground.post('replay', { from, steps: [], expects: [] })
  const { page, errors } = await look(playground.url, { width: 390, height: 844 })
  page.setDefaultTimeout(120_000)
  const shown = cardsShown(page)
  const me = aVisitor(page)
  const { pane, card, becomes, says, presses, sees, toast } = me
  const last = () => pane.locator('.message .card').last()
  const alone = (name: string) => becomes(name, DIRECT)
  const speaks = async (language: 'zh' | 'en') => {
    await page.locator('#language').click()
    await page.locator(`html[lang^=${language}]`).waitFor()
  }

  // A group with its leader; the others are in none.
  await alone('李华')
  await says('/党小组')
  await card('新党小组的名称').locator('input[type=text]').fill('第一党小组')
  await presses('新建党小组')
  await presses('第一党小组')
  await presses('调入')
  await picks(last(), ['李华', '王芳', '赵敏'])
  await presses('调入')
  await sees('3 人', last())
  await presses('组长')
  await last().locator('select').selectOption({ label: '赵敏' })
  await presses('保存')
  await toast('组长：赵敏')

  // Opened by one line; everybody writes, the group and the rest are spoken for.
  await becomes('李华', GROUP)
  await says('@支部 /评议 年终')
  await sees('已私聊发给你')
  await alone('李华')
  await submits(card('开展民主评议'), '开始')
  await sees('0 / 5 人，到12月8日（周二）23:59', card(steps))
  for (const name of ['李华', '王芳', '张伟', '赵敏', '钱进']) {
    await alone(name)
    const own = card('自评 · 2026年民主评议')
    await own.locator('textarea').fill(`${name}做了什么`)
    await own.locator('select').selectOption({ label: name === '王芳' ? '优秀' : '合格' })
    await submits(own, '提交自评')
    await sees('已交', own)
  }
  await me.waitsUntil('2026-12-01 09:05')
  for (const [name, lists, whom] of [
    ['赵敏', [['王芳']], '王芳：优秀'],
    ['李华', [[], ['张伟']], '张伟：基本合格'],
  ] as const) {
    await alone(name)
    const lot = card(/(小组|互评)意见 · 2026年民主评议/)
    await sees('各人的自评（2）', lot)
    await picks(lot, ...lists.map((names) => [...names]))
    await submits(lot, '下一步')
    await lot.getByLabel(whom).fill('大家这么看')
    await presses('提交小组意见')
    await sees('已提出', lot)
  }
  await me.waitsUntil('2026-12-01 09:10')
  await sees('2 / 2 组', card(steps))

  // The vote, with codes for who has no account: a colleague of the organiser makes them.
  await submits(card(steps), '发起投票…')
  await submits(card('发起测评投票'), '发起投票')
  const host = card(/^组织 /)
  await submits(host, '请人生成群众投票码…')
  await toast('生成并分发')
  await alone('王芳')
  const popup = page.waitForEvent('popup')
  await submits(card(/^请你生成群众投票码/), '生成投票码')
  const outside = await popup
  await outside.locator('input[name=count]').fill('6')
  await outside.getByRole('button', { name: '生成' }).click()
  const codes = await outside.locator('.slips strong').allInnerTexts()
  const address = await outside.locator('.slips .url').first().innerText()
  expect(codes).toHaveLength(6)
  await page.bringToFront()

  // Too many are refused with the form as it was; in English; and it is final.
  const receipts: string[] = []
  await speaks('en')
  await alone('王芳')
  const own = card(ballot)
  await me.shoots('1-ballot', own)
  expect(await said(own)).toContain('Nobody marks themselves')
  expect(await own.locator('.several label').allInnerTexts()).not.toContain(' 王芳')
  await picks(own, ['赵敏', '钱进'])
  await submits(own, 'Vote')
  await confirms(page)
  await toast('At most a third')
  await picks(own, ['赵敏'], [], ['张伟'])
  await submits(own, 'Vote')
  await sees('A secret vote cannot be changed or taken back.', page.getByRole('dialog'))
  await confirms(page)
  await sees('You have voted.', own)
  receipts.push(/Receipt ([A-Z2-7]{4}-[A-Z2-7]{4})/.exec(await said(own))?.[1] ?? 'none')
  expect(await said(own)).not.toMatch(/赵敏|张伟/)
  await me.shoots('2-receipt', own)
  await speaks('zh')
  for (const [name, ...lists] of [
    ['李华', ['王芳'], ['张伟']],
    ['张伟', ['王芳']],
    ['赵敏', ['王芳'], ['张伟']],
    ['钱进', ['赵敏'], ['张伟']],
  ] as [string, ...string[][]][]) {
    await alone(name)
    await picks(card(ballot), ...lists)
    await submits(card(ballot), '投票')
    await confirms(page)
    await sees('你已投票。', card(ballot))
  }
  await outside.bringToFront()
  for (const code of codes.slice(1)) {
    await outside.goto(address)
    await outside.locator('input[name=code]').fill(code.toLowerCase())
    await outside.locator('fieldset', { hasText: '王芳' }).locator('input[value=excellent]').check()
    await outside.getByRole('button', { name: '下一步：看一遍' }).click()
    await outside.getByRole('button', { name: '确认投出' }).click()
    receipts.push(await outside.locator('.receipt').innerText())
  }
  await outside.close()

  // The group and the organiser see how many, no more; people who have not voted are reminded.
  await me.waitsUntil('2026-12-03 10:00')
  await becomes('李华', GROUP)
  expect(await said(card(ballot))).toMatch(/5 已投 6 应投 5\/6 凭码/)
  await me.shoots('3-group', card(ballot))
  await alone('李华')
  expect(await said(host)).toMatch(/5 已投 6 应投 5\/6 凭码/)
  await alone('周洁')
  await sees('还没有投票，提醒一下。')

  // The close by the clock: figures to the organisers, receipts to all who voted, nothing to the group.
  await me.waitsUntil('2026-12-04 17:02')
  await alone('李华')
  const figures = await said(card(results))
  for (const one of [
    '王芳 优秀 3 · 合格 1',
    '张伟 基本合格 3 · 不合格 1',
    '赵敏 优秀 2 · 合格 2',
    '李华 一致：合格',
    '群众 李华 一致：合格 王芳 一致：优秀',
    '王芳生成 6 个，用了 5 个',
  ])
    expect(figures).toContain(one)
  await me.shoots('4-result', card(results))
  await alone('王芳')
  await sees('投票已结束。', card(ballot))
  await card(ballot).locator('summary').click()
  const published = await said(card(ballot))
  for (const receipt of receipts) expect(published).toContain(receipt)
  expect(published.match(/[A-Z2-7]{4}-[A-Z2-7]{4}/g)).toHaveLength(10)
  expect(published).not.toMatch(/优秀|合格/)

  // The committee decides: as proposed but for one pair, with reasons; nobody on themself.
  await alone('李华')
  await submits(card(steps), '评定等次…')
  await sees('票数相同，先填影响较小的等次：赵敏', card(grading))
  expect(await card(grading).locator('.several summary').allInnerTexts()).toEqual(['王芳', '张伟', '没有'])
  expect(await card(grading).locator('.several').first().innerText()).not.toContain('李华')
  await picks(card(grading), ['赵敏'], ['张伟'], [])
  await submits(card(grading), '提交')
  await card(grading).getByLabel('王芳：优秀 → 合格').fill('名额有限')
  await card(grading).getByLabel('赵敏：合格 → 优秀').fill('全年承担最重的任务')
  await submits(card(grading), '提交')
  await sees('你的等次已请其他人评定', card(grading))
  await me.shoots('5-graded', card(grading))
  await alone('王芳')
  await sees('请评定：李华', card(grading))
  await submits(card(grading), '提交')
  await sees('已评定', card(grading))
  await me.waitsUntil('2026-12-04 17:10')
  await alone('李华')
  await submits(card(steps), '告知本人')
  await confirms(page)
  await toast('已分别告知 5 人')

  // Each their own, and nobody else's.
  await me.waitsUntil('2026-12-04 17:50')
  const told = card('你的评议结果 · 2026年民主评议')
  for (const [name, grade, ...others] of [
    ['赵敏', '等次：优秀 支委说明：全年承担最重的任务', '李华', '王芳', '张伟', '钱进'],
    ['钱进', '等次：合格', '李华', '王芳', '张伟', '赵敏'],
    ['张伟', '等次：基本合格', '李华', '王芳', '赵敏', '钱进'],
  ] as [string, string, ...string[]][]) {
    await alone(name)
    const own = await said(told)
    expect(own).toContain(grade)
    for (const other of others) expect(own).not.toContain(other)
  }
  await me.shoots('6-told', told)

  // An appeal, its answer to the person alone, and the close when the days are over.
  await submits(told, '我要申诉…')
  await told.locator('textarea').fill('两次缺席都有请假手续')
  await submits(told, '提出申诉')
  await sees('等待答复。', told)
  await alone('王芳')
  const appeal = card('等次申诉 · 2026年民主评议')
  await appeal.locator('select').selectOption({ label: '成立，改为合格' })
  await appeal.locator('textarea').fill('手续齐全，予以更正')
  await submits(appeal, '答复')
  await sees('成立，改为合格', appeal)
  await me.waitsUntil('2026-12-04 18:00')
  await alone('张伟')
  await sees('答复（等次：合格）：手续齐全，予以更正', told)
  await speaks('en')
  await sees('Answer (grade: qualified): 手续齐全，予以更正')
  await me.shoots('7-answered', last())
  await speaks('zh')
  await alone('李华')
  await sees('已答复 1 / 1 件，到12月11日（周五）23:59', card(steps))
  await me.waitsUntil('2026-12-14 09:00')
  await sees('已结束，标准（14）民主评议党员自动计入。', card(steps))
  await me.shoots('8-closed', card(steps))

  // It is what the quarter's score rests on, and the group was told turnouts alone.
  await says('/考核')
  const score = card('2026年第四季度 考核')
  await score
    .getByText(/^10–15/)
    .first()
    .click()
  await sees(/民主评议党员.*12月4日/, score)
  await becomes('李华', GROUP)
  expect(await said(card(ballot))).toContain('结果由支部按规定使用，不在群里公布。')
  expect(await said(pane.locator('.stream'))).not.toMatch(/基本合格|优秀|钱进|[A-Z2-7]{4}-[A-Z2-7]{4}/)

  expect(await page.locator('.unsupported').count()).toBe(0)
  expect(shown.size).toBeGreaterThan(20)
  expect(
    findings(
      [...shown].map((text) => JSON.parse(text)),
      'journey',
    ),
  ).toEqual([])
  expect(errors).toEqual([])
})

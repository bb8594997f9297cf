import { expect } from 'vitest'
import { button, card } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { barriers, eyes, left, posts, seen, twoPeople } from '../harness/browser/looked.ts'
import { asksFirst, call, many, meeting } from './page-cards.ts'

const { served, look, opened } = eyes()

seen.each([
  ['phone', 390, 844],
  ['desk', 1280, 860],
])('on a %s everything fits the width', async (name, width, height) => {
  const { page, feishu, errors } = await opened(undefined, { width, height })
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', meeting)
  await posts(feishu, 'oc_branch', 'interactive', call)
  await feishu.say('ou_wang', 'oc_branch', '@支部 今天的会在三楼吗？')
  await left(page).locator('.bubble').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
  expect(errors).toEqual([])
})

const guide = {
  words: t('先叫一次会。', 'First call a meeting.'),
  as: 'ou_li',
  chat: 'oc_branch',
  says: t('@支部 你好呀', '@支部 hello there'),
}

seen.each([
  ['light', 1280, 860],
  ['dark', 1280, 860],
  ['light', 390, 844],
  ['dark', 390, 844],
] as const)('no view bars anybody: %s, %i wide', async (theme, width, height) => {
  const { url, feishu } = await served(undefined, { ...twoPeople, tour: () => [guide] })
  const { page } = await look(url, { width, height, dark: theme === 'dark' })
  await page.locator('#tour').waitFor()
  await feishu.addBot('oc_branch', 'ou_li')
  for (const one of [meeting, call, many, asksFirst]) await posts(feishu, 'oc_branch', 'interactive', one)
  await feishu.say('ou_li', 'oc_branch', '@支部 你好')
  await left(page).locator('.bubble').waitFor()
  expect(await barriers(page)).toEqual([])
  for (const menu of ['#calendar', '#faults', '#talk']) {
    await page.locator(`${menu} summary`).click()
    // The page around it is as it was judged.
    expect(await barriers(page, menu)).toEqual([])
    await page.keyboard.press('Escape')
  }
  for (const opens of ['结束', '成员']) {
    await left(page).getByRole('button', { name: opens, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    expect(await barriers(page, 'dialog')).toEqual([])
    await page.keyboard.press('Escape')
  }
  await left(page).locator('.message', { hasText: '@支部 你好' }).hover()
  await left(page).locator('.message', { hasText: '@支部 你好' }).getByRole('button', { name: '查看' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await barriers(page, 'dialog')).toEqual([])
})

seen('everything is reached by keyboard, in the order it is read', async () => {
  const { page, feishu } = await opened(async (type) =>
    type === 'card.action.trigger' ? { toast: { type: 'success', content: '到' } } : {},
  )
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', meeting)
  await left(page).getByRole('button', { name: '签到' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.toast', { hasText: '到' }).waitFor()
  await page.locator('#faults summary').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('429')
  await page.keyboard.press('Escape')
  expect(await page.evaluate('document.activeElement.parentElement.id')).toBe('faults')

  const reached: string[] = []
  await page.locator('#hints').focus()
  const named =
    '(document.activeElement.getAttribute("aria-label") || document.activeElement.placeholder || document.activeElement.innerText).split("\\n")[0]'
  for (let stop = 0; stop < 28; stop++) {
    reached.push(String(await page.evaluate(named)))
    await page.keyboard.press('Tab')
  }
  const inOrder = [
    '引导',
    '故障',
    '对话',
    '卡片',
    '深色',
    'English',
    '暂停',
    '到…',
    '+1 小时',
    '月末结算',
    '身份',
    '成员',
    '消息',
    '签到',
    '@机器人',
    '发送文件',
    '说点什么，回车发送',
    '发送',
  ]
  expect(reached.filter((name) => inOrder.includes(name)).slice(0, inOrder.length)).toEqual(inOrder)
})

seen('the focus returns after a redrawn card or a closed dialog', async () => {
  const { page, feishu } = await opened(async (type) =>
    type === 'card.action.trigger'
      ? { card: { type: 'raw', data: card(t('会议', 'Meeting'), [button(t('撤回', 'Undo'), { press: 'undo' })]) } }
      : {},
  )
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', asksFirst)
  const closes = left(page).getByRole('button', { name: '结束', exact: true })
  const focused = () => page.evaluate('document.activeElement.innerText')
  await closes.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await focused()).toBe('结束')

  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).focus()
  await page.keyboard.press('Enter')
  await left(page).getByRole('button', { name: '撤回' }).waitFor()
  await expect.poll(focused).toBe('撤回')

  await left(page).getByRole('button', { name: '成员' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await feishu.say('ou_wang', 'oc_branch', '别人说话')
  await left(page).locator('.bubble', { hasText: '别人说话' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await focused()).toBe('成员')

  const chats = left(page).locator('.pick')
  await chats.nth(1).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => chats.nth(1).getAttribute('aria-current')).toBe('true')
  expect(await page.evaluate("document.activeElement.getAttribute('aria-current')")).toBe('true')
})

import { expect } from 'vitest'
import type { Feishu } from '../../../src/playground/feishu/feishu.ts'
import { barriers, eyes, left, says, seen, twoPeople } from '../../harness/browser/looked.ts'

const { served, look, opened } = eyes()
const at = new Date('2026-10-08T08:00:00+08:00')

/** Puts a message of the bot into the branch's chat; a tall one has a card of that many lines. */
function botSays(feishu: Feishu, words: string, lines = 1): void {
  const elements = [
    { tag: 'markdown', content: words },
    ...Array.from({ length: lines - 1 }, (_, nth) => ({ tag: 'markdown', content: `${nth}` })),
  ]
  const content = { schema: '2.0', config: { update_multi: true }, body: { elements } }
  const sender = { kind: 'app' as const, id: 'cli_x' }
  const message = { chatId: 'oc_branch', sender, msgType: 'interactive', content, createdAt: at, deleted: false }
  feishu.messages.push({ id: `om_${feishu.messages.length}`, ...message, versions: [{ at, content }] })
}

const measured = (of: string) => `(({ scrollTop, scrollHeight, clientHeight }) => ${of})(document.querySelector('.pane .stream'))`
const toTop = "document.querySelector('.pane .stream').scrollTop = 300; void 0"

async function full(answer = (_feishu: Feishu) => {}) {
  const it = await opened(async (type, _, feishu) => {
    if (type === 'im.message.receive_v1') answer(feishu)
    return {}
  })
  await it.feishu.addBot('oc_branch', 'ou_li')
  for (let nth = 0; nth < 60; nth++) botSays(it.feishu, `第 ${nth} 条`)
  await left(it.page).getByText('第 59 条').waitFor()
  return it
}

seen('an answer is shown from its head, wherever its asker was reading', async () => {
  const { page } = await full((feishu) => botSays(feishu, '长长的回答', 60))
  await page.evaluate(toTop)
  await says(page, '@支部 帮助')
  const answer = left(page).locator('.message', { hasText: '长长的回答' })
  await answer.waitFor()
  const stream = await left(page).locator('.stream').boundingBox()
  // The question stays in sight above the answer's head.
  await expect.poll(async () => ((await answer.boundingBox())?.y ?? 0) - (stream?.y ?? 0)).toBeLessThan(140)
  expect(((await answer.boundingBox())?.y ?? 0) - (stream?.y ?? 0)).toBeGreaterThanOrEqual(0)
})

seen('others’ messages move nobody who reads above; a pill counts them', async () => {
  const { page, feishu } = await full()
  await page.evaluate(toTop)
  const before = await page.evaluate(measured('scrollTop'))
  for (const words of ['新一', '新二', '新三']) await feishu.say('ou_wang', 'oc_branch', words)
  const pill = left(page).locator('.pill')
  await pill.filter({ hasText: '3 条新消息 ↓' }).waitFor()
  expect(await page.evaluate(measured('scrollTop'))).toBe(before)
  expect(await barriers(page, '.pane:first-child .scroller')).toEqual([])
  await pill.click()
  await pill.waitFor({ state: 'hidden' })
  expect(await page.evaluate(measured('scrollHeight - scrollTop - clientHeight'))).toBeLessThan(2)
  await feishu.say('ou_wang', 'oc_branch', '新四')
  await left(page).locator('.bubble', { hasText: '新四' }).waitFor()
  expect(await page.evaluate(measured('scrollHeight - scrollTop - clientHeight'))).toBeLessThan(2)
  expect(await pill.isVisible()).toBe(false)
})

seen('earlier messages come on scrolling up, and nothing jumps', async () => {
  const { page, feishu } = await opened()
  for (let nth = 0; nth < 200; nth++) botSays(feishu, `第 ${nth} 条`)
  await left(page).getByText('第 199 条').waitFor()
  const shown = () => left(page).locator('.message').count()
  expect(await shown()).toBe(80)
  const first = left(page).locator('[data-message=om_120]')
  await page.evaluate("document.querySelector('.pane .stream').scrollTop = 20; void 0")
  await expect.poll(shown).toBe(160)
  const stream = await left(page).locator('.stream').boundingBox()
  expect(Math.abs(((await first.boundingBox())?.y ?? 0) - (stream?.y ?? 0))).toBeLessThan(90)
  await page.evaluate("document.querySelector('.pane .stream').scrollTop = 0; void 0")
  await expect.poll(shown).toBe(200)
  expect(await left(page).getByRole('button', { name: '更早的消息' }).count()).toBe(0)
})

seen('the arrow up brings back the last words, and no others', async () => {
  const { page, feishu } = await opened()
  await feishu.say('ou_li', 'oc_branch', '早上好')
  await says(page, '@支部 你好')
  await feishu.say('ou_wang', 'oc_branch', '王芳说的')
  await left(page).locator('.bubble', { hasText: '王芳说的' }).waitFor()
  const field = left(page).locator('.say > input')
  const after = async (...keys: string[]) => {
    for (const key of keys) await field.press(key)
    return field.inputValue()
  }
  expect(await after('ArrowUp')).toBe('@支部 你好')
  expect(await after('ArrowUp')).toBe('早上好')
  expect(await after('ArrowUp', 'ArrowDown')).toBe('@支部 你好')
  expect(await after('ArrowDown')).toBe('')
  await field.fill('正在写')
  expect(await after('ArrowUp')).toBe('正在写')
})

seen('on a phone the chat begins within 120 pixels', async () => {
  const guide = {
    words: { zh: '先叫一次会。', en: 'First call a meeting.' },
    as: 'ou_li',
    chat: 'oc_branch',
    says: { zh: '@支部 开会', en: '@支部 meet' },
  }
  const { url, feishu } = await served(undefined, { ...twoPeople, tour: () => [guide] })
  await feishu.addBot('oc_branch', 'ou_li')
  botSays(feishu, '一张卡片')
  const { page, errors } = await look(url, { width: 390, height: 844 })
  await left(page).getByText('一张卡片').waitFor()
  const stream = await left(page).locator('.stream').boundingBox()
  expect(stream?.y).toBeLessThanOrEqual(120)
  // The bars below it hold the guide and the words to say.
  expect(844 - (stream?.y ?? 0) - (stream?.height ?? 0)).toBeLessThanOrEqual(120)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(await page.locator('#tour').isVisible()).toBe(true)
  await page.locator('#fronts').getByRole('button', { name: '王芳' }).click()
  await expect.poll(() => page.locator('.pane.front').getAttribute('aria-label')).toBe('王芳')
  await page.locator('#fronts').getByRole('button', { name: '李华' }).click()
  await expect.poll(() => page.locator('.pane.front').getAttribute('aria-label')).toBe('李华')
  expect(errors).toEqual([])
})

seen('the way to the wire is seen beside every message', async () => {
  const { page, feishu } = await opened()
  botSays(feishu, '一张卡片')
  const inspects = left(page).locator('.message', { hasText: '一张卡片' }).getByRole('button', { name: '查看' })
  await inspects.waitFor()
  await page.mouse.move(0, 0)
  const opacity = "getComputedStyle(document.querySelector('.message .quiet')).opacity"
  expect(await page.evaluate(opacity)).toBe('1')
})

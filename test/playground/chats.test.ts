import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { sentence } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { barriers, eyes, left, posts, right, says, seen, twoPeople } from '../harness/browser/looked.ts'

const { served, look, opened } = eyes()

seen('words in a group reach the bot only with a mention', async () => {
  const heard: string[] = []
  const { page, feishu, errors } = await opened(async (type, event, feishu) => {
    if (type !== 'im.message.receive_v1') return {}
    heard.push(event.message.content)
    await posts(feishu, event.message.chat_id, 'text', { text: '收到 <b>' })
    return {}
  })
  await left(page).getByText('邀请机器人入群').click()
  await left(page).getByText('邀请机器人入群').waitFor({ state: 'detached' })
  expect(feishu.chat('oc_branch').hasBot).toBe(true)

  await says(page, '大家好')
  await left(page).getByText('没有 @机器人，它听不到').waitFor()
  const text = left(page).locator('.say > input')
  await left(page).getByRole('button', { name: '@机器人' }).click()
  expect(await text.inputValue()).toBe('@支部 ')
  await text.pressSequentially('你好')
  await text.press('Enter')
  for (const pane of [left(page), right(page)]) await pane.locator('.bubble', { hasText: '收到 <b>' }).waitFor()
  expect(heard).toEqual(['{"text":"@_user_1 你好"}'])
  expect(errors).toEqual([])
})

seen('each person’s own direct chat needs no mention; unread messages are marked', async () => {
  const { page, feishu } = await opened(async (type, event, feishu) => {
    if (type === 'im.message.receive_v1')
      await posts(feishu, event.message.chat_id, 'interactive', sentence(t('你已签到。', 'You are checked in.')))
    return {}
  })
  await left(page).locator('.pick', { hasText: '私聊' }).click()
  await left(page).getByRole('button', { name: '@机器人' }).waitFor({ state: 'detached' })
  await says(page, '签到')
  await left(page).locator('.card', { hasText: '你已签到。' }).waitFor()
  await right(page).locator('.pick', { hasText: '私聊' }).click()
  await right(page).getByText('还没有消息').waitFor()
  await right(page).locator('.pick', { hasText: '第一支部' }).click()
  await posts(feishu, feishu.dm('ou_wang'), 'text', { text: '请看' })
  await right(page).locator('.pick .unread', { hasText: '1' }).waitFor()
  await right(page).locator('.pick', { hasText: '私聊' }).click()
  await right(page).locator('.unread').waitFor({ state: 'detached' })
  await right(page).getByLabel('身份').selectOption('ou_li')
  await right(page).locator('.card', { hasText: '你已签到。' }).or(right(page).locator('.nothing')).waitFor()
})

seen('a click right after choosing a person hits that person’s chats', async () => {
  const { url } = await served(undefined, twoPeople)
  const { page, errors } = await look(url)
  const where = left(page).locator('.where b')
  await left(page).locator('.pick', { hasText: '私聊' }).click()
  await where.filter({ hasText: '私聊' }).waitFor()
  // One script does both: no answer of the server can come between the two.
  await page.evaluate(`(() => {
    const pane = document.querySelector('.pane')
    const who = pane.querySelector('.who')
    who.value = 'ou_wang'
    who.dispatchEvent(new Event('change'))
    const direct = [...pane.querySelectorAll('.pick')].find(({ innerText }) => innerText.includes('私聊'))
    direct.click()
  })()`)
  expect(await where.innerText()).toBe('支部（私聊）')
  for (let answers = 0; answers < 2; answers++) await page.waitForResponse(/playground\/state/)
  expect(await left(page).getAttribute('aria-label')).toBe('王芳')
  expect(await where.innerText()).toBe('支部（私聊）')
  expect(errors).toEqual([])
})

seen('a phone shows the open chat in the row of chats', async () => {
  const groups = ['一', '二', '三', '四', '五', '六'].map((name) => ({
    chatId: `oc_${name}`,
    name: `${name}号党支部工作群`,
    members: ['ou_li', 'ou_wang'],
  }))
  const { url } = await served(undefined, { ...twoPeople, groups })
  const { page } = await look(url, { width: 390, height: 844 })
  const last = left(page).locator('.pick', { hasText: '私聊' })
  const isSeen = async () => {
    const box = await last.boundingBox()
    return box !== null && box.x >= 0 && box.x + box.width <= 390
  }
  expect(await isSeen()).toBe(false)
  // The guide clicks like this, from elsewhere on the page.
  await last.dispatchEvent('click')
  await expect.poll(isSeen).toBe(true)
})

seen('the direct chat has the bot’s menu, and the bot hears choices', async () => {
  const heard: unknown[] = []
  const { url } = await served(async (type, event) => {
    if (type === 'application.bot.menu_v6') heard.push(event)
    return {}
  }, twoPeople)
  const { page, errors } = await look(url)
  const menu = left(page).getByLabel('菜单')
  expect(await menu.count()).toBe(0)
  await left(page).locator('.pick', { hasText: '私聊' }).click()
  await menu.selectOption({ label: '我的' })
  await expect.poll(() => heard).toMatchObject([{ event_key: 'mine', operator: { operator_id: { open_id: 'ou_li' } } }])
  // The select is a menu: no choice stays in it.
  expect(await menu.inputValue()).toBe('')
  expect(await barriers(page)).toEqual([])
  expect(errors).toEqual([])
})

seen('somebody new joins the group that is open', async () => {
  const { page, feishu } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  await left(page).getByRole('button', { name: '成员' }).click()
  await page.getByLabel('或新人的姓名').fill('赵敏')
  await page.getByRole('button', { name: '加人' }).click()
  await left(page).locator('.who option', { hasText: '赵敏' }).waitFor({ state: 'attached' })
  expect(feishu.chat('oc_branch').members).toHaveLength(3)
})

seen('people leave a chat, join and are uninvited; the bot learns it', async () => {
  const heard: string[] = []
  const { page, feishu } = await opened(async (type) => {
    heard.push(type)
    return {}
  })
  feishu.addPerson('赵敏', { openId: 'ou_zhao' })
  await feishu.addBot('oc_branch', 'ou_li')
  await left(page).getByRole('button', { name: '成员' }).click()
  await page.getByRole('button', { name: '移出 王芳' }).click()
  await page.getByRole('button', { name: '移出 王芳' }).waitFor({ state: 'detached' })
  await page.getByLabel('请选择要加进来的人').selectOption('ou_zhao')
  await page.getByRole('button', { name: '加人' }).click()
  await page.getByRole('button', { name: '撤回邀请 赵敏' }).click()
  await page.getByRole('button', { name: '撤回邀请 赵敏' }).waitFor({ state: 'detached' })
  expect(heard.slice(-3)).toEqual(['deleted', 'added', 'withdrawn'].map((what) => `im.chat.member.user.${what}_v1`))
})

seen('a file is sent to the bot and can be downloaded again', async () => {
  const heard: string[] = []
  const { page, feishu } = await opened(async (_, event) => {
    heard.push(event.message?.content ?? '')
    return {}
  })
  await left(page).locator('.pick', { hasText: '私聊' }).click()
  await left(page).getByRole('button', { name: '@机器人' }).waitFor({ state: 'detached' })
  await left(page)
    .locator('input[type=file]')
    .setInputFiles({ name: '花名册.csv', mimeType: 'text/csv', buffer: Buffer.from('姓名\n李华') })
  const sent = left(page).locator('a.file', { hasText: '花名册.csv' })
  await sent.waitFor()
  expect(heard.at(-1)).toContain('花名册.csv')
  const [download] = await Promise.all([page.waitForEvent('download'), sent.click()])
  expect(readFileSync(await download.path(), 'utf8')).toBe('姓名\n李华')
  expect(feishu.messages).toHaveLength(1)
})

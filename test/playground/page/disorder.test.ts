import { expect, test } from 'vitest'
import { eyes, left, says, seen } from '../../harness/browser/looked.ts'
import { aCompany } from '../company.ts'

const { opened } = eyes()
const eventsIn = ({ heard }: ReturnType<typeof aCompany>) => heard.slice(1).map(({ said }) => said)
const textOf = ({ event }: { event: Record<string, unknown> }) => JSON.parse((event.message as { content: string }).content).text

test('switched on, every event comes twice under one id', async () => {
  const it = aCompany()
  await it.there
  it.feishu.disorder.twice = true
  expect(await it.feishu.say(it.li, 'bot', '签到')).toMatchObject({ status: 200 })
  const [one, other, ...more] = eventsIn(it)
  expect([one?.header.event_id, more]).toEqual([other?.header.event_id, []])
  it.feishu.disorder.twice = false
  await it.feishu.say(it.li, 'bot', '帮助')
  expect(eventsIn(it)).toHaveLength(3)
})

test('switched on, an event overtakes the one before it', async () => {
  const it = aCompany()
  await it.there
  it.feishu.disorder.reorder = true
  await Promise.all(['一', '二'].map((words) => it.feishu.say(it.li, 'bot', words)))
  expect(eventsIn(it).map(textOf)).toEqual(['二', '一'])
})

seen('the switches are on the page, and the copy is counted there', async () => {
  const heard: string[] = []
  const { page, feishu } = await opened(async (_, event) => {
    if (event.message) heard.push(JSON.parse(event.message.content).text)
    return {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  await page.locator('#faults summary').click()
  await page.getByLabel('每个事件送两次').check()
  await page.locator('#faults summary.alarm').waitFor()
  await page.keyboard.press('Escape')
  await says(page, '@支部 你好')
  await expect.poll(() => heard).toHaveLength(2)
  await left(page).locator('.message', { hasText: '@支部 你好' }).getByRole('button', { name: '查看' }).click()
  await expect.poll(() => page.locator('.wire', { hasText: 'im.message.receive_v1' }).count()).toBe(2)
  await page.keyboard.press('Escape')
  await page.locator('#faults summary').click()
  await page.getByLabel('每个事件送两次').uncheck()
  await page.getByLabel('后说的先送到').check()
  await expect.poll(() => feishu.disorder).toEqual({ twice: false, reorder: true })
  await page.keyboard.press('Escape')
  for (const words of ['@支部 先说', '@支部 后说']) await says(page, words)
  await expect.poll(() => heard.slice(2).map((words) => words.slice(-2))).toEqual(['后说', '先说'])
})

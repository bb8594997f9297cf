import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { button, card } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { eyes, keys, left, posts, says, seen, twoPeople } from '../harness/browser/looked.ts'

const { served, look, opened } = eyes()

seen('the clock shows Beijing time and the day, and moves forward', async () => {
  const { page } = await opened()
  const now = page.locator('#now')
  expect(await now.innerText()).toBe('2026-10-08 09:00 周四')
  expect(await page.locator('#kind').innerText()).toBe('工作日')
  for (const [name, then] of [
    ['+1 小时', '2026-10-08 10:00'],
    ['下个工作日', '2026-10-09 10:00'],
    ['下个截止日', '2026-10-30 10:00'],
    ['月末结算', '2026-11-02 10:00'],
    ['季度结算', '2027-01-04 10:00'],
  ] as const) {
    await page.getByRole('button', { name }).click()
    await now.getByText(then).waitFor()
  }
  await page.locator('#calendar summary').click()
  await page.getByTitle('2027-01-20').click()
  await now.getByText('2027-01-20 09:30').waitFor()
})

seen('the calendar marks days off and the Saturdays worked for them', async () => {
  const { page } = await opened()
  await page.locator('#calendar summary').click()
  expect(await page.locator('#calendar .holiday sup').allInnerTexts()).toEqual(Array(7).fill('休'))
  expect(await page.locator('#calendar .makeup sup').allInnerTexts()).toEqual(['班'])
})

test('the clock cannot be moved back', async () => {
  const { playground, clock } = await served()
  const back = { method: 'POST', body: '{"to":"2026-10-08T08:59:59+08:00"}', headers: { 'content-type': 'application/json' } }
  expect((await playground.request('/playground/clock', back)).status).toBe(400)
  expect(clock()).toEqual(moment('2026-10-08', '09:00'))
})

seen('a message’s wire is shown with the choice masked, and delivered again', async () => {
  const { page, feishu } = await opened(async (type, event, feishu) => {
    if (type === 'card.action.trigger') await posts(feishu, 'oc_branch', 'text', { text: '收到' })
    return event.action ? { toast: { type: 'success', content: '好' } } : {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  const vote = card(t('投票', 'Vote'), [button(t('赞成', 'For'), { press: 'vote', choice: 'yes-indeed' })])
  await posts(feishu, 'oc_branch', 'interactive', vote)
  await left(page).getByRole('button', { name: '赞成' }).click()
  await page.locator('.toast', { hasText: '好' }).waitFor()
  await left(page).locator('.message', { hasText: '投票' }).getByRole('button', { name: '查看' }).click()
  const dialog = page.getByRole('dialog')
  const press = dialog.locator('.wire', { hasText: 'card.action.trigger' })
  expect(await press.innerText()).toContain('签名与密文验证通过')
  expect(await press.innerText()).toContain('决定：好')
  expect(await press.innerText()).not.toMatch(/yes-indeed|the-token/)
  await press.getByRole('button', { name: '再送一次' }).click()
  await press.getByText('消息数: 2 → 3').waitFor()
})

seen('a switched-on fault happens; losses and doubles are counted', async () => {
  const { page, feishu } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  await page.locator('#faults summary').click()
  await page.getByLabel('服务器错误 500').check()
  await page.locator('#faults summary.alarm').waitFor()
  await posts(feishu, 'oc_branch', 'text', { text: '一' }).catch(() => {})
  await posts(feishu, 'oc_branch', 'text', { text: '二' })
  const figure = (words: string) => page.locator('#proof tr', { hasText: words }).locator('td')
  await figure('发送请求').getByText('2').waitFor()
  expect(await figure('其中失败').innerText()).toBe('1')
  expect(await figure('重复').innerText()).toBe('0')
})

seen('a talk is saved as a file and played again from one', async () => {
  const { page, feishu } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  await says(page, '@支部 你好')
  await page.locator('#talk summary').click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
  const talk = JSON.parse(readFileSync(await download.path(), 'utf8'))
  expect(talk).toMatchObject({ steps: [{ does: 'say', as: '李华', chat: '第一支部', given: { text: '@支部 你好' } }, {}] })
  await page.locator('#talk input[type=file]').setInputFiles({ name: 'talk.json', mimeType: '', buffer: Buffer.from('{"from":1}') })
  await page.locator('.toast.error').waitFor()
})

seen('a talk is kept in the browser, played again and deleted', async () => {
  const replayed: object[] = []
  const { url, feishu } = await served(undefined, twoPeople, {
    replay: async (talk) => {
      replayed.push(talk)
      return { steps: talk.steps.length, differences: [] }
    },
  })
  await feishu.addBot('oc_branch', 'ou_li')
  const { page, errors } = await look(url)
  await says(page, '@支部 你好')
  await left(page).locator('.bubble', { hasText: '你好' }).waitFor()
  await page.locator('#talk summary').click()
  await page.getByLabel('起个名字').fill('打招呼')
  await page.locator('#keep').click()
  await page.locator('.kept li', { hasText: '打招呼' }).waitFor()
  await page.reload()
  await page.locator('#talk summary').click()
  await page.getByRole('button', { name: '重放 打招呼' }).click()
  await page.getByRole('dialog').getByText('卡片说的与保存时一致').waitFor()
  expect(replayed).toMatchObject([{ steps: [{ does: 'say', given: { text: '@支部 你好' } }, {}] }])
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await page.locator('#talk summary').click()
  await page.getByRole('button', { name: '删除 打招呼' }).click()
  await page.locator('.kept').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})

test.each([
  ['another host', 'http://evil.example/playground/state', 'GET', ''],
  ['a form of another page', 'http://localhost/playground/say', 'POST', 'text/plain'],
])('%s is turned away', async (_, url, method, type) => {
  const { playground } = await served()
  expect((await playground.request(url, { method, headers: { 'content-type': type } })).status).toBe(403)
})

test('the stand-in answers a bot’s client on the same port', async () => {
  const { url } = await served()
  const body = JSON.stringify({ app_id: keys.appId, app_secret: keys.appSecret })
  const response = await fetch(`${url}open-apis/auth/v3/tenant_access_token/internal`, { method: 'POST', body })
  expect(await response.json()).toMatchObject({ code: 0, expire: 7200 })
})

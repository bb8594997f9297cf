import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { moment } from '../src/calendar.ts'
import { button, card, folded, form, input, lines, note, pickDateTime, row, select, selectSeveral, sentence } from '../src/card.ts'
import { unseal } from '../src/feishu/verify.ts'
import { createFeishu, type Feishu } from '../src/playground/feishu.ts'
import { createPlayground } from '../src/playground/server.ts'
import { t } from '../src/text.ts'

const secrets = { encryptKey: 'a key of this test', verificationToken: 'the-token' }
const app = { appId: 'cli_a5fb0ae6a4000001', appSecret: 'the-app-secret' }
const cast = {
  people: [
    { openId: 'ou_li', name: '李华', role: t('书记', 'Secretary') },
    { openId: 'ou_wang', name: '王芳' },
  ],
  groups: [{ chatId: 'oc_branch', name: '第一支部', members: ['ou_li', 'ou_wang'] }],
}

/** The page is looked at where there is a browser; what the server does is tested anywhere. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const seen = test.skipIf(!existsSync(executablePath))

let browser: Browser | undefined
const closings: (() => unknown)[] = []

beforeAll(async () => {
  if (!existsSync(executablePath)) return
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
  browser = await chromium.launch({ executablePath, args })
})
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})
afterAll(() => browser?.close())

type Action = { value?: Record<string, unknown>; form_value?: Record<string, unknown> }
type Bot = (type: string, event: { action: Action; message: { chat_id: string; content: string } }, feishu: Feishu) => Promise<object>

/** The playground on a loopback port beside a bot of a few lines. */
async function served(bot: Bot = async () => ({})) {
  let now = moment('2026-10-08', '09:00')
  const feishu: Feishu = createFeishu({
    ...app,
    ...secrets,
    clock: () => now,
    random: Math.random,
    async webhook(request) {
      const { encrypt } = (await request.json()) as { encrypt: string }
      const { header, event } = JSON.parse(unseal(encrypt, secrets.encryptKey) ?? '{}')
      return Response.json(await bot(header.event_type, event, feishu))
    },
  })
  const moveClock = (to: Date) => {
    now = to
  }
  const dayKind = () => t('工作日', 'Workday')
  const playground = createPlayground({ feishu, cast, clock: () => now, moveClock, dayKind })
  const server = serve({ fetch: playground.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((listening) => server.once('listening', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  closings.push(() => new Promise((closed) => server.close(closed)))
  return { feishu, playground, url, clock: () => now }
}

/** A browser that looks at it. */
async function opened(bot?: Bot, { width = 1100, height = 800, locale = 'zh-CN' } = {}) {
  const { feishu, url } = await served(bot)
  if (!browser) throw new Error('there is no browser here')
  const page = await browser.newPage({ viewport: { width, height }, locale })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
  closings.unshift(() => page.close())
  await page.goto(url)
  await page.locator('#people .pick').first().waitFor()
  return { page, feishu, errors }
}

/** What the bot of this test puts into a chat, by the API as any bot does. */
async function posts(feishu: Feishu, chat: string, msg_type: string, content: object) {
  const headers = { authorization: `Bearer ${await tokenOf(feishu)}` }
  const body = JSON.stringify({ receive_id: chat, msg_type, content: JSON.stringify(content) })
  const response = await feishu.fetch('http://feishu/open-apis/im/v1/messages?receive_id_type=chat_id', { method: 'POST', headers, body })
  expect(await response.json()).toMatchObject({ code: 0 })
}

async function tokenOf(feishu: Feishu): Promise<string> {
  const body = JSON.stringify({ app_id: app.appId, app_secret: app.appSecret })
  const response = await feishu.fetch('http://feishu/open-apis/auth/v3/tenant_access_token/internal', { method: 'POST', body })
  return ((await response.json()) as { tenant_access_token: string }).tenant_access_token
}

async function says(page: Page, text: string) {
  await page.locator('#text').fill(text)
  await page.locator('#text').press('Enter')
}

const meeting = card(
  t('支委会', 'Committee meeting'),
  [
    lines(t('**时间**  10月8日 15:00', '**When**  8 Oct, 15:00'), t('**召集**  <at id=ou_li></at>', '**Called by**  <at id=ou_li></at>')),
    button(t('签到', 'Check in'), { press: 'checkin' }, { type: 'primary_filled', wide: true }),
    note(t('会前 30 分钟开始签到', 'Opens 30 minutes before')),
  ],
  { subtitle: t('第一支部', 'Branch One'), tag: { text: t('进行中', 'Under way'), colour: 'green' } },
)

const call = card(t('召集会议', 'Call a meeting'), [
  form(
    'call',
    [
      select('kind', t('会议类型', 'Kind'), [{ label: t('支委会', 'Committee'), value: 'committee' }], { required: true }),
      pickDateTime('when', t('时间', 'When'), { chosen: '2026-10-09 15:00' }),
      input('place', t('地点', 'Where'), { value: '三楼' }),
      selectSeveral('who', t('参加人', 'Who'), [
        { label: t('支委', 'Committee'), value: 'committee' },
        { label: t('党员', 'Members'), value: 'members' },
      ]),
    ],
    { label: t('召集', 'Call it'), value: { press: 'call' } },
  ),
])

seen('what is said in a group reaches the bot only when it is mentioned', async () => {
  const heard: string[] = []
  const { page, feishu, errors } = await opened(async (type, event, feishu) => {
    if (type !== 'im.message.receive_v1') return {}
    heard.push(event.message.content)
    await posts(feishu, event.message.chat_id, 'text', { text: '收到 <b>' })
    return {}
  })
  await page.getByText('邀请机器人入群').click()
  await page.locator('#where.acts').waitFor({ state: 'detached' })
  expect(feishu.chat('oc_branch').hasBot).toBe(true)

  await says(page, '大家好')
  await page.getByText('没有 @机器人，它听不到').waitFor()
  await page.locator('#mention').click()
  expect(await page.locator('#text').inputValue()).toBe('@支部 ')
  await page.locator('#text').pressSequentially('你好')
  await page.locator('#text').press('Enter')
  await page.locator('.bubble', { hasText: '收到 <b>' }).waitFor()
  expect(heard).toEqual(['{"text":"@_user_1 你好"}'])
  expect(errors).toEqual([])
})

seen('the direct chat needs no mention, and each person has their own', async () => {
  const { page } = await opened(async (type, event, feishu) => {
    if (type === 'im.message.receive_v1')
      await posts(feishu, event.message.chat_id, 'interactive', sentence(t('你已签到。', 'You are checked in.')))
    return {}
  })
  await page.locator('#chats .pick', { hasText: '支部' }).last().click()
  expect(await page.locator('#mention').isVisible()).toBe(false)
  await says(page, '签到')
  await page.locator('.card', { hasText: '你已签到。' }).waitFor()
  await page.locator('#people .pick', { hasText: '王芳' }).click()
  await page.locator('#people .pick[aria-pressed=true]', { hasText: '王芳' }).waitFor()
  await page.locator('#chats .pick', { hasText: '支部' }).last().click()
  await page.getByText('还没有消息').waitFor()
})

seen('a press shows the bot’s toast and its new card, in the language that is chosen', async () => {
  const { page, feishu, errors } = await opened(async (type) =>
    type === 'card.action.trigger'
      ? {
          toast: { type: 'success', content: '已签到', i18n: { zh_cn: '已签到', en_us: 'Checked in' } },
          card: { type: 'raw', data: sentence(t('一人已到', 'One is here')) },
        }
      : {},
  )
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', meeting)
  await page.locator('.card header', { hasText: '进行中' }).waitFor()
  expect(await page.locator('.card .mention').innerText()).toBe('@李华')
  await page.locator('#language').click()
  await page.locator('.card header', { hasText: 'Committee meeting' }).waitFor()
  await page.getByRole('button', { name: 'Check in' }).click()
  await page.locator('.toast.success', { hasText: 'Checked in' }).waitFor()
  await page.locator('.card', { hasText: 'One is here' }).waitFor()
  expect(feishu.messages.at(-1)?.versions).toHaveLength(2)
  expect(errors).toEqual([])
})

seen('a press that fails shows the platform’s code', async () => {
  const { page, feishu } = await opened(async (type) => (type === 'card.action.trigger' ? { nonsense: true } : {}))
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', meeting)
  await page.getByRole('button', { name: '签到' }).click()
  await page.locator('.toast.error', { hasText: '200672' }).waitFor()
})

seen('a form asks for what is required, keeps what is filled in, and sends it at its button', async () => {
  const sent: Action[] = []
  const { page, feishu } = await opened(async (type, event) => {
    if (type === 'card.action.trigger') sent.push(event.action)
    return {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', call)
  await page.locator('.card textarea, .card input').first().waitFor()
  await page.locator('.card input[type=text]').fill('四楼会议室')
  await page.getByLabel('党员').check()
  await page.getByRole('button', { name: '召集' }).click()
  await page.locator('.toast.warning', { hasText: '请填写必填项' }).waitFor()
  await feishu.say('ou_wang', 'oc_branch', '别人说话')
  await page.locator('.bubble', { hasText: '别人说话' }).waitFor()
  await page.locator('.card select').selectOption('committee')
  await page.getByRole('button', { name: '召集' }).click()
  await expect.poll(() => sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({
    value: { press: 'call' },
    form_value: { kind: 'committee', when: '2026-10-09 15:00 +0800', place: '四楼会议室', who: ['members'] },
  })
})

seen('a button that asks first sends nothing before the answer', async () => {
  const sent: Action[] = []
  const { page, feishu } = await opened(async (type, event) => {
    if (type === 'card.action.trigger') sent.push(event.action)
    return {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  const sure = { title: t('结束会议？', 'Close it?'), text: t('结束后不能再签到。', 'No check-in after that.') }
  await posts(
    feishu,
    'oc_branch',
    'interactive',
    card(t('会议', 'Meeting'), [button(t('结束', 'Close'), { press: 'close' }, { confirm: sure })]),
  )
  await page.getByRole('button', { name: '结束' }).click()
  await page.locator('dialog', { hasText: '结束会议？' }).getByRole('button', { name: '取消' }).click()
  expect(sent).toEqual([])
  await page.getByRole('button', { name: '结束' }).click()
  await page.locator('dialog').getByRole('button', { name: '确定' }).click()
  await expect.poll(() => sent).toMatchObject([{ value: { press: 'close' } }])
})

seen('nothing that anybody writes becomes part of the page', async () => {
  const { page, feishu, errors } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  const evil = '<img src=x onerror="window.stung=1"><script>window.stung=1</script>'
  feishu.addPerson(`<img src=x onerror="window.stung=1">`)
  await feishu.say('ou_li', 'oc_branch', evil)
  const elements = [
    {
      tag: 'markdown',
      content: `${evil} [x](javascript:alert(1)) <a href='javascript:alert(1)'>y</a> <font color='red;}'>z</font> &#60;b&#62; &#42;&#42;w&#42;&#42;`,
    },
    { tag: 'div', text: { tag: 'plain_text', content: evil } },
  ]
  await posts(feishu, 'oc_branch', 'interactive', { schema: '2.0', config: { update_multi: true }, body: { elements } })
  await page.locator('.card', { hasText: '<b> **w**' }).waitFor()
  expect(await page.locator('img, a[href]').count()).toBe(0)
  expect(await page.evaluate('window.stung')).toBeUndefined()
  expect(errors).toEqual([])
})

seen('every tag of the platform is drawn, or said to be left out', async () => {
  const { page, feishu, errors } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  const plain = (content: string) => ({ tag: 'plain_text', content })
  const options = [{ text: plain('甲'), value: 'a' }]
  const elements = [
    {
      tag: 'markdown',
      content:
        "# 标题\n- 一\n- 二\n1. 三\n---\n**粗** *斜* ~~删~~ [链接](https://example.com/) <text_tag color='blue'>签</text_tag> <person id='ou_wang'></person>",
    },
    { tag: 'markdown', content: "<font color='red'>红<font color='green'>绿\n还是绿</font>又红</font>完" },
    { tag: 'div', text: { tag: 'lark_md', content: '**粗文**' }, fields: [{ is_short: true, text: plain('字段') }] },
    { tag: 'hr' },
    row({ tag: 'input', name: 'i' }, { tag: 'overflow', options }, { tag: 'checker', text: plain('办妥'), checked: true }),
    { tag: 'person', user_id: 'ou_wang', show_name: true },
    { tag: 'person_list', persons: [{ id: 'ou_li' }, { id: 'ou_wang' }] },
    { tag: 'select_person', options: [], placeholder: plain('选人') },
    { tag: 'date_picker', initial_date: '2026-10-09' },
    { tag: 'picker_time', placeholder: plain('时刻'), initial_time: '15:00' },
    {
      tag: 'table',
      columns: [
        { name: 'who', display_name: '谁', data_type: 'persons' },
        { name: 'score', display_name: '得分', data_type: 'number' },
        { name: 'on', display_name: '日期', data_type: 'date' },
        { name: 'how', display_name: '等次', data_type: 'options' },
      ],
      rows: [{ who: 'ou_wang', score: 92.5, on: Date.parse('2026-10-08T00:00:00+08:00'), how: [{ text: '优秀', color: 'green' }] }],
    },
    folded(t('展开看看', 'Open me'), [{ tag: 'interactive_container', elements: [{ tag: 'markdown', content: '里面' }] }]),
    { tag: 'chart', chart_spec: { type: 'bar', title: { text: '八个季度' }, data: [{ values: [{ quarter: '2026Q3', score: 92.5 }] }] } },
    { tag: 'img', img_key: 'img_x', alt: plain('合影') },
    {
      tag: 'form',
      name: 'f',
      elements: [
        { tag: 'multi_select_person', name: 'm' },
        { tag: 'picker_datetime', name: 'p', placeholder: plain('何时') },
        { tag: 'button', name: 's', text: plain('提交'), form_action_type: 'submit' },
      ],
    },
  ]
  await posts(feishu, 'oc_branch', 'interactive', { schema: '2.0', config: { update_multi: true }, body: { elements } })
  await page.locator('.card').waitFor()
  const said = await page.locator('.card').innerText()
  for (const words of ['标题', '粗文', '字段', '王芳', '办妥', '2026Q3  92.5', '八个季度', '合影', '2026-10-08', '优秀', '得分'])
    expect(said).toContain(words)
  expect(await page.locator('.card ul li').count()).toBe(2)
  expect(await page.locator('.card a').getAttribute('href')).toBe('https://example.com/')
  expect(await page.locator('.card b', { hasText: '粗文' }).count()).toBe(1)
  await page.getByText('展开看看').click()
  expect(await page.getByText('里面').isVisible()).toBe(true)
  expect(errors).toEqual([])
})

seen('the clock shows Beijing’s time and what day it is, and is moved forward', async () => {
  const { page } = await opened()
  const now = page.locator('#now')
  expect(await now.innerText()).toBe('2026-10-08 09:00 周四')
  expect(await page.locator('#kind').innerText()).toBe('工作日')
  for (const [name, then] of [
    ['+5 分钟', '2026-10-08 09:05'],
    ['+1 小时', '2026-10-08 10:05'],
    ['次日 09:00', '2026-10-09 09:00'],
  ] as const) {
    await page.getByRole('button', { name }).click()
    await now.getByText(then).waitFor()
  }
  await page.getByRole('button', { name: '到…' }).click()
  await page.locator('#moment').fill('2026-12-31T23:59')
  await page.getByRole('button', { name: '去', exact: true }).click()
  await now.getByText('2026-12-31 23:59').waitFor()
})

test('the clock cannot be moved back', async () => {
  const { playground, clock } = await served()
  const back = { method: 'POST', body: '{"to":"2026-10-08T08:59:59+08:00"}', headers: { 'content-type': 'application/json' } }
  expect((await playground.request('/playground/clock', back)).status).toBe(400)
  expect(clock()).toEqual(moment('2026-10-08', '09:00'))
})

seen('somebody new joins the group that is open', async () => {
  const { page, feishu } = await opened()
  await page.locator('#newcomer input').fill('赵敏')
  await page.locator('#newcomer button').click()
  await page.locator('#people .pick', { hasText: '赵敏' }).waitFor()
  expect(feishu.chat('oc_branch').members).toHaveLength(3)
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
  const body = JSON.stringify({ app_id: app.appId, app_secret: app.appSecret })
  const response = await fetch(`${url}open-apis/auth/v3/tenant_access_token/internal`, { method: 'POST', body })
  expect(await response.json()).toMatchObject({ code: 0, expire: 7200 })
})

seen.each([
  ['phone', 390, 844],
  ['desk', 1100, 800],
])('on a %s everything fits the width', async (name, width, height) => {
  const { page, feishu, errors } = await opened(undefined, { width, height })
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', meeting)
  await posts(feishu, 'oc_branch', 'interactive', call)
  await feishu.say('ou_wang', 'oc_branch', '@支部 今天的会在三楼吗？')
  await page.locator('.bubble').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
  expect(errors).toEqual([])
})

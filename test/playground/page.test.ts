import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { button, card, folded, form, input, lines, note, pickDateTime, row, select, selectSeveral, sentence } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { barriers, eyes, keys, left, type Pressed, posts, right, says, seen, twoPeople } from '../harness/browser/looked.ts'

const { served, look, opened } = eyes()

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

seen('a press shows the bot’s toast and card in the chosen language', async () => {
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
  await left(page).locator('.card header', { hasText: '进行中' }).waitFor()
  expect(await left(page).locator('.card .mention').first().innerText()).toBe('@李华')
  await page.locator('#language').click()
  await left(page).locator('.card header', { hasText: 'Committee meeting' }).waitFor()
  await left(page).getByRole('button', { name: 'Check in' }).click()
  await page.locator('.toast.success', { hasText: 'Checked in' }).waitFor()
  for (const pane of [left(page), right(page)]) await pane.locator('.card', { hasText: 'One is here' }).waitFor()
  expect(feishu.messages.at(-1)?.versions).toHaveLength(2)
  expect(errors).toEqual([])
})

seen('a press that fails shows the platform’s code', async () => {
  const { page, feishu } = await opened(async (type) => (type === 'card.action.trigger' ? { nonsense: true } : {}))
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', meeting)
  await left(page).getByRole('button', { name: '签到' }).click()
  await page.locator('.toast.error', { hasText: '200672' }).waitFor()
})

seen('a card answers for fourteen days and no longer', async () => {
  const told: string[] = []
  const { page, feishu } = await opened(async (type) => {
    told.push(type)
    return {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', meeting)
  await page.getByRole('button', { name: '下个截止日' }).click()
  await left(page).getByText('已过 14 天').waitFor()
  await left(page).getByRole('button', { name: '签到' }).click()
  await page.locator('.toast.error', { hasText: '200080' }).waitFor()
  expect(told).not.toContain('card.action.trigger')
})

seen('a form asks for required fields, keeps the filled ones, and sends', async () => {
  const sent: Pressed[] = []
  const { page, feishu } = await opened(async (type, event) => {
    if (type === 'card.action.trigger') sent.push(event.action)
    return {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', call)
  const pane = left(page)
  await pane.locator('.card input[type=text]').fill('四楼会议室')
  await pane.locator('.several summary').click()
  await pane.getByLabel('党员').check()
  await pane.getByRole('button', { name: '召集', exact: true }).click()
  await page.locator('.toast.warning', { hasText: '请填写必填项' }).waitFor()
  await feishu.say('ou_wang', 'oc_branch', '别人说话')
  await pane.locator('.bubble', { hasText: '别人说话' }).waitFor()
  await pane.locator('.card select').selectOption('committee')
  expect(sent).toEqual([])
  await pane.getByRole('button', { name: '召集', exact: true }).click()
  await expect.poll(() => sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({
    value: { press: 'call' },
    form_value: { kind: 'committee', when: '2026-10-09 15:00 +0800', place: '四楼会议室', who: ['members'] },
  })
})

seen('an emptied field is sent empty, an untouched one as it was', async () => {
  let pressed: Pressed | undefined
  const { page, feishu } = await opened(async (type, event) => {
    if (type === 'card.action.trigger') pressed = event.action
    return {}
  })
  const options = ['王芳', '张伟'].map((name, nth) => ({ label: t(name, name), value: String(nth) }))
  const fields = [
    selectSeveral('best', t('优秀', 'Best'), options, ['0']),
    selectSeveral('rest', t('其余', 'Rest'), options, ['1']),
    input('place', t('地点', 'Where'), { value: '三楼' }),
  ]
  const grades = card(t('评定', 'Grades'), [form('f', fields, { label: t('提交', 'Send'), value: { press: 'f' } })])
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', grades)
  const pane = left(page)
  await pane.locator('.several summary').first().click()
  await pane.getByLabel('王芳').first().uncheck()
  await pane.locator('input[type=text]').first().fill('')
  await pane.getByRole('button', { name: '提交' }).click()
  await expect.poll(() => pressed?.form_value).toEqual({ rest: ['1'], place: '' })
})

seen('a button that asks first sends nothing before the answer', async () => {
  const sent: Pressed[] = []
  const { page, feishu } = await opened(async (type, event) => {
    if (type === 'card.action.trigger') sent.push(event.action)
    return {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  await posts(feishu, 'oc_branch', 'interactive', asksFirst)
  await left(page).getByRole('button', { name: '结束' }).click()
  await page.locator('dialog', { hasText: '结束会议？' }).getByRole('button', { name: '取消' }).click()
  expect(sent).toEqual([])
  await left(page).getByRole('button', { name: '结束' }).click()
  await page.locator('dialog').getByRole('button', { name: '确定' }).click()
  await expect.poll(() => sent).toMatchObject([{ value: { press: 'close' } }])
})

seen('no text of anybody becomes part of the page', async () => {
  const { page, feishu, errors, clock } = await opened()
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
  const content = { schema: '2.0', config: { update_multi: true }, body: { elements } }
  const sent = { id: 'om_evil', chatId: 'oc_branch', sender: { kind: 'app' as const, id: 'cli_x' }, createdAt: clock(), deleted: false }
  feishu.messages.push({ ...sent, msgType: 'interactive', content, versions: [{ at: clock(), content }] })
  await left(page).locator('.card', { hasText: '<b> **w**' }).waitFor()
  expect(await page.locator('img, script:not([src]), main a[href]').count()).toBe(0)
  expect(await page.evaluate('window.stung')).toBeUndefined()
  expect(errors).toEqual([])
})

seen('every tag of the platform is drawn', async () => {
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
  const drawn = left(page).locator('.card')
  await drawn.waitFor()
  const said = await drawn.innerText()
  for (const words of ['标题', '粗文', '字段', '王芳', '办妥', '2026/10/08', '优秀', '得分']) expect(said).toContain(words)
  expect(await drawn.getByRole('img', { name: '八个季度; 2026Q3 92.5' }).count()).toBe(1)
  expect(await drawn.getByRole('img', { name: '合影' }).count()).toBe(1)
  expect(await drawn.locator('ul li').count()).toBe(2)
  expect(await drawn.locator('a').getAttribute('href')).toBe('https://example.com/')
  expect(await drawn.locator('strong', { hasText: '粗文' }).count()).toBe(1)
  await drawn.getByText('展开看看').click()
  expect(await drawn.getByText('里面').isVisible()).toBe(true)
  expect(await drawn.locator('.unsupported').count()).toBe(0)
  expect(errors).toEqual([])
})

seen('the clock shows Beijing time and the day, and moves forward', async () => {
  const { page } = await opened()
  const now = page.locator('#now')
  expect(await now.innerText()).toBe('2026-10-08 09:00 周四')
  expect(await page.locator('#kind').innerText()).toBe('工作日')
  for (const [name, then] of [
    ['+1 小时', '2026-10-08 10:00'],
    ['下个工作日', '2026-10-09 10:00'],
    ['下个截止日', '2026-10-30 10:00'],
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

seen('somebody new joins the group that is open', async () => {
  const { page, feishu } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  await left(page).getByRole('button', { name: '成员' }).click()
  await page.getByLabel('或新人的姓名').fill('赵敏')
  await page.getByRole('button', { name: '加人' }).click()
  await left(page).locator('.who option', { hasText: '赵敏' }).waitFor({ state: 'attached' })
  expect(feishu.chat('oc_branch').members).toHaveLength(3)
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

const many = card(t('样样都有', 'All sorts'), [
  lines(
    t(
      "**粗** <font color='grey'>灰</font> <font color='red'>红</font> <text_tag color='orange'>签</text_tag> [链接](https://example.com/)",
      '**b** [l](https://example.com/)',
    ),
  ),
  row(
    button(t('主要', 'Main'), { press: 'a' }, { type: 'primary_filled' }),
    button(t('危险', 'Danger'), { press: 'b' }, { type: 'danger' }),
    button(t('普通', 'Plain'), { press: 'c' }),
  ),
  folded(t('展开', 'Unfold'), [note(t('里面', 'Inside'))]),
])

const sure = { title: t('结束会议？', 'Close it?'), text: t('结束后不能再签到。', 'No check-in after that.') }
const asksFirst = card(t('会议', 'Meeting'), [button(t('结束', 'Close'), { press: 'close' }, { confirm: sure })])
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
] as const)('no view bars anybody: %s, %i wide', { timeout: 30_000 }, async (theme, width, height) => {
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
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
  for (const opens of ['结束', '成员']) {
    await left(page).getByRole('button', { name: opens, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
  await left(page).locator('.message', { hasText: '@支部 你好' }).hover()
  await left(page).locator('.message', { hasText: '@支部 你好' }).getByRole('button', { name: '查看' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await barriers(page)).toEqual([])
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
  for (let stop = 0; stop < 24; stop++) {
    reached.push(String(await page.evaluate(named)))
    await page.keyboard.press('Tab')
  }
  const inOrder = [
    '引导',
    '故障',
    '对话',
    '深色',
    'English',
    '到…',
    '+1 小时',
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

seen('a link in a card opens a tab that cannot reach back', async () => {
  const { page, feishu } = await opened()
  await feishu.addBot('oc_branch', 'ou_li')
  const { url } = { url: new URL('/playground/app.css', page.url()).href }
  const opens = { tag: 'button', text: { tag: 'plain_text', content: '打开网页' }, behaviors: [{ type: 'open_url', default_url: url }] }
  const elements = [{ tag: 'markdown', content: `[看板](${url})` }, opens]
  await posts(feishu, 'oc_branch', 'interactive', { schema: '2.0', config: { update_multi: true }, body: { elements } })
  for (const name of ['看板', '打开网页']) {
    const [popup] = await Promise.all([page.waitForEvent('popup'), left(page).getByText(name).click()])
    expect(popup.url()).toBe(url)
    expect(await popup.evaluate('window.opener')).toBeNull()
    await popup.close()
  }
  expect(await left(page).getByText('看板').getAttribute('rel')).toBe('noopener noreferrer')
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

seen('a tick and the button beside it each send their own value', async () => {
  const sent: Pressed[] = []
  const { page, feishu } = await opened(async (type, event) => {
    if (type === 'card.action.trigger') sent.push(event.action)
    return {}
  })
  await feishu.addBot('oc_branch', 'ou_li')
  const calls = (value: object) => [{ type: 'callback', value }]
  const beside = { tag: 'button', text: { tag: 'plain_text', content: '催办' }, behaviors: calls({ press: 'nudge' }) }
  const text = { tag: 'plain_text', content: '整改消防通道' }
  const area = { pc_display_rule: 'always', buttons: [beside] }
  const elements = [{ tag: 'checker', text, behaviors: calls({ press: 'mend' }), button_area: area }]
  await posts(feishu, 'oc_branch', 'interactive', { schema: '2.0', config: { update_multi: true }, body: { elements } })
  await left(page).getByRole('button', { name: '催办' }).click()
  await expect.poll(() => sent).toMatchObject([{ tag: 'button', value: { press: 'nudge' } }])
  await left(page).getByLabel('整改消防通道').click()
  await expect.poll(() => sent.slice(1)).toMatchObject([{ tag: 'checker', checked: true, value: { press: 'mend' } }])
})

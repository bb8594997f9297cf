import { EventDispatcher } from '@larksuiteoapi/node-sdk'
import { expect, test } from 'vitest'
import { card, form, input, lines, sentence } from '../../src/card.ts'
import { unseal } from '../../src/feishu/door/verify.ts'
import { createFeishu, type Fault } from '../../src/playground/feishu/feishu.ts'
import { t } from '../../src/text.ts'

const app = { appId: 'cli_a5fb0ae6a4000001', appSecret: 'the-app-secret' }
const secrets = { encryptKey: 'a key of this test', verificationToken: 'the-token' }
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface Heard {
  headers: Headers
  body: string
  said: { header: { event_id: string; event_type: string; create_time: string; token: string }; event: Record<string, unknown> }
}

/** A company of three with a group, a clock that stands still, and a bot with the test's answers. */
function aCompany() {
  let now = Date.parse('2026-10-08T09:00:00+08:00')
  let seed = 1
  let answer: (request: Request) => Promise<Response> = async () => Response.json({})
  let patience = 60_000
  const heard: Heard[] = []

  const feishu = createFeishu({
    ...app,
    ...secrets,
    clock: () => new Date(now),
    random: () => {
      seed = (seed * 48271) % 2147483647
      return seed / 2147483647
    },
    sleep: () => new Promise((resolve) => setTimeout(resolve, patience).unref()),
    async webhook(request) {
      const body = await request.clone().text()
      const plain = unseal(JSON.parse(body).encrypt, secrets.encryptKey)
      heard.push({ headers: request.headers, body, said: JSON.parse(plain ?? 'null') })
      return answer(request)
    },
  })
  const people = ['李华', '王芳', '张强'].map((name) => feishu.addPerson(name).openId)
  const [li = '', wang = '', zhang = ''] = people
  const group = feishu.addChat('第一支部', people).chatId
  const there = feishu.addBot(group, li)

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    await there
    const authorization = headers.authorization ?? `Bearer ${await token()}`
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await feishu.fetch(`http://feishu/open-apis${path}`, { method, headers: { ...headers, authorization }, ...sent })
    const said = (await response.json()) as Said
    return { status: response.status, headers: response.headers, ...said }
  }

  async function token(): Promise<string> {
    const body = JSON.stringify({ app_id: app.appId, app_secret: app.appSecret })
    const response = await feishu.fetch('http://feishu/open-apis/auth/v3/tenant_access_token/internal', { method: 'POST', body })
    return ((await response.json()) as { tenant_access_token: string }).tenant_access_token
  }

  const send = (to: string, content: unknown, { type = 'text', idType = 'chat_id', ...more }: Record<string, unknown> = {}) => {
    const text = typeof content === 'string' ? JSON.stringify({ text: content }) : JSON.stringify(content)
    return call('POST', `/im/v1/messages?receive_id_type=${idType}`, { receive_id: to, msg_type: type, content: text, ...more })
  }

  return {
    feishu,
    li,
    wang,
    zhang,
    group,
    there,
    heard,
    call,
    token,
    send,
    sendCard: (to: string, content: unknown, more: Record<string, unknown> = {}) => send(to, content, { type: 'interactive', ...more }),
    pass: (ms: number) => {
      now += ms
    },
    answers: (with_: unknown, status = 200) => {
      answer = async () => Response.json(with_, { status })
    },
    answersBy: (how: (request: Request) => Promise<Response>) => {
      answer = how
    },
    isImpatient: () => {
      patience = 0
    },
  }
}

interface Said {
  code: number
  msg: string
  data: Record<string, unknown>
  bot: Record<string, unknown>
}

const said = t('开会了', 'It begins')
const shared = { schema: '2.0', config: { update_multi: true }, body: { elements: [{ tag: 'markdown', content: '一' }] } }
const withElements = (...elements: object[]) => ({ ...shared, body: { elements } })
const buttonThat = (value: object, more: object = {}) => ({
  tag: 'button',
  text: { tag: 'plain_text', content: '签到', i18n_content: { en_us: 'Check in' } },
  behaviors: [{ type: 'callback', value }],
  ...more,
})
const submit = { tag: 'button', name: 'submit', text: { tag: 'plain_text', content: '提交' }, form_action_type: 'submit' }

test('a token is renewed in its last half hour; both are good', async () => {
  const { token, pass, call } = aCompany()
  const first = await token()
  pass(90 * MINUTE)
  expect(await token()).toBe(first)
  pass(1)
  const second = await token()
  expect(second).not.toBe(first)
  const withFirst = { authorization: `Bearer ${first}` }
  expect(await call('GET', '/bot/v3/info', undefined, withFirst)).toMatchObject({ code: 0, bot: { activate_status: 2 } })
  pass(30 * MINUTE)
  expect(await call('GET', '/bot/v3/info', undefined, withFirst)).toMatchObject({ status: 400, code: 99991663 })
})

test('the answer with a token is flat and tells its seconds', async () => {
  const { feishu } = aCompany()
  const body = JSON.stringify({ app_id: app.appId, app_secret: app.appSecret })
  const response = await feishu.api.request('/open-apis/auth/v3/tenant_access_token/internal', { method: 'POST', body })
  expect(await response.json()).toMatchObject({ code: 0, tenant_access_token: expect.stringMatching(/^t-/), expire: 7200 })
})

test.each([
  ['another app', { app_id: 'cli_b', app_secret: app.appSecret }, 10003],
  ['a wrong secret', { app_id: app.appId, app_secret: 'guessed' }, 10014],
])('%s gets no token', async (_, body, code) => {
  const { call } = aCompany()
  expect(await call('POST', '/auth/v3/tenant_access_token/internal', body)).toMatchObject({ code })
})

test.each([
  ['', 99991661],
  ['Basic abc', 99991671],
  ['Bearer abc', 99991671],
  ['Bearer t-unknown', 99991663],
])('a call that is authorised by “%s” is refused with %i', async (authorization, code) => {
  const { call } = aCompany()
  expect(await call('GET', '/bot/v3/info', undefined, { authorization })).toMatchObject({ status: 400, code })
})

test('every answer names its log id', async () => {
  const { call } = aCompany()
  expect((await call('GET', '/bot/v3/info')).headers.get('X-Tt-Logid')).toMatch(/^[0-9a-f]{32}$/)
  const refused = await call('POST', '/im/v1/messages?receive_id_type=chat_id', 'no json')
  expect(refused).toMatchObject({ status: 400, code: 9499, error: { log_id: refused.headers.get('X-Tt-Logid') } })
})

test('a message goes to a chat or a person and is readable', async () => {
  const { feishu, send, group, wang } = aCompany()
  expect(await send(group, '大家好')).toMatchObject({
    status: 200,
    code: 0,
    data: { chat_id: group, msg_type: 'text', body: { content: '{"text":"大家好"}' } },
  })
  const direct = await send(wang, '你好', { idType: 'open_id' })
  expect(direct.data.chat_id).toBe(feishu.dm(wang))
  expect(feishu.messages.map(({ content }) => content)).toEqual([{ text: '大家好' }, { text: '你好' }])
})

test('an answer to a message stands in its chat', async () => {
  const { feishu, call, group, li } = aCompany()
  const { messageId = '' } = await feishu.say(li, group, '在吗')
  const body = { msg_type: 'text', content: '{"text":"在"}' }
  expect(await call('POST', `/im/v1/messages/${messageId}/reply`, body)).toMatchObject({
    code: 0,
    data: { chat_id: group, parent_id: messageId },
  })
  expect(await call('POST', '/im/v1/messages/om_none/reply', body)).toMatchObject({ status: 400, code: 99992354 })
})

test.each([
  ['no id type', 'oc_x', 'none', 99992402],
  ['an empty id', '', 'chat_id', 230001],
  ['a person’s id as a chat’s', 'ou_x', 'chat_id', 230034],
  ['a chat’s id as a person’s', 'oc_x', 'open_id', 230034],
  ['a chat that is not there', 'oc_x', 'chat_id', 99992356],
  ['an open_id that is nobody’s', 'ou_x', 'open_id', 99992351],
  ['a union_id that is nobody’s', 'on_x', 'union_id', 99992360],
  ['a user_id that is nobody’s', 'x', 'user_id', 99992363],
])('a message to %s is refused', async (_, to, idType, code) => {
  const { send } = aCompany()
  expect(await send(to, '你好', { idType })).toMatchObject({ status: 400, code })
})

test('a chat without the bot takes no message, nor a dissolved one', async () => {
  const { feishu, send, group } = aCompany()
  const other = feishu.addChat('别的群', []).chatId
  expect(await send(other, '你好')).toMatchObject({ status: 400, code: 230002 })
  feishu.dissolve(group)
  expect(await send(group, '你好')).toMatchObject({ status: 400, code: 232009 })
})

test.each([
  ['resigned', 230029],
  ['out of range', 230013],
  ['switched the bot off', 230053],
])('a person cannot be written to: %s', async (what, code) => {
  const { feishu, send, wang } = aCompany()
  const person = feishu.person(wang)
  if (what === 'resigned') feishu.resign(wang)
  else if (what === 'out of range') person.employment = 'out of range'
  else person.botOff = true
  expect(await send(wang, '你好', { idType: 'open_id' })).toMatchObject({ status: 400, code })
})

test('a person who resigned is in no group any more', async () => {
  const { feishu, group, wang } = aCompany()
  feishu.resign(wang)
  expect(feishu.chat(group).members).not.toContain(wang)
})

test.each([
  ['an object', { text: '你好' }],
  ['no JSON', '你好'],
  ['JSON of no object', '"你好"'],
  ['an empty text', '{"text":""}'],
])('content that is %s is refused', async (_, content) => {
  const { call, group } = aCompany()
  const body = { receive_id: group, msg_type: 'text', content }
  expect(await call('POST', '/im/v1/messages?receive_id_type=chat_id', body)).toMatchObject({ status: 400, code: 230001 })
})

test('a message of a kind that is not known is refused', async () => {
  const { send, group } = aCompany()
  expect(await send(group, '你好', { type: 'poem' })).toMatchObject({ status: 400, code: 230001 })
})

test('a card takes 30 KB, a text 150 KB, no byte more', async () => {
  const { feishu, call, token, group } = aCompany()
  await token()
  const sized = async (type: string, bytes: number) => {
    const content = (fill: string) =>
      JSON.stringify(type === 'text' ? { text: `.${fill}` } : withElements({ tag: 'markdown', content: `.${fill}` }))
    const body = (fill: string) => JSON.stringify({ receive_id: group, msg_type: type, content: content(fill) })
    return call('POST', '/im/v1/messages?receive_id_type=chat_id', body('x'.repeat(bytes - body('').length)))
  }
  expect(await sized('interactive', 30 * 1024)).toMatchObject({ code: 0 })
  expect(await sized('interactive', 30 * 1024 + 1)).toMatchObject({ status: 400, code: 230025 })
  expect(await sized('text', 150 * 1024)).toMatchObject({ code: 0 })
  expect(await sized('text', 150 * 1024 + 1)).toMatchObject({ status: 400, code: 230025 })
  expect(feishu.messages).toHaveLength(2)
})

test('a uuid of at most 50 characters sends once an hour', async () => {
  const { feishu, send, group, pass } = aCompany()
  const first = await send(group, '一', { uuid: 'u'.repeat(50) })
  pass(HOUR - 1)
  const repeated = await send(group, '二', { uuid: 'u'.repeat(50) })
  expect(repeated).toMatchObject({ status: 200, code: 0, data: { message_id: first.data.message_id } })
  pass(1)
  await send(group, '三', { uuid: 'u'.repeat(50) })
  expect(feishu.messages.map(({ content }) => content)).toEqual([{ text: '一' }, { text: '三' }])
  expect(await send(group, '四', { uuid: 'u'.repeat(51) })).toMatchObject({ status: 400, code: 99992402 })
})

test('a chat takes five messages a second', async () => {
  const { send, group, wang, pass } = aCompany()
  for (let i = 0; i < 5; i++) expect(await send(group, '你好')).toMatchObject({ code: 0 })
  const refused = await send(group, '你好')
  expect(refused).toMatchObject({ status: 400, code: 230020 })
  expect(refused.headers.get('x-ogw-ratelimit-reset')).toBeNull()
  expect(await send(wang, '你好', { idType: 'open_id' })).toMatchObject({ code: 0 })
  pass(SECOND)
  expect(await send(group, '你好')).toMatchObject({ code: 0 })
})

test('a person takes five messages a second', async () => {
  const { send, wang } = aCompany()
  for (let i = 0; i < 5; i++) await send(wang, '你好', { idType: 'open_id' })
  expect(await send(wang, '你好', { idType: 'open_id' })).toMatchObject({ status: 400, code: 230020 })
})

test('an app makes fifty message calls a second, else learns its wait', async () => {
  const { feishu, send, pass } = aCompany()
  const chats = Array.from({ length: 51 }, (_, i) => feishu.addChat(`群${i}`, []))
  for (const chat of chats) chat.hasBot = true
  for (const { chatId } of chats.slice(0, 50)) expect(await send(chatId, '你好')).toMatchObject({ code: 0 })
  const last = chats.at(-1)?.chatId ?? ''
  const refused = await send(last, '你好')
  expect(refused).toMatchObject({ status: 429, code: 99991400 })
  expect(refused.headers.get('x-ogw-ratelimit-limit')).toBe('50')
  expect(refused.headers.get('x-ogw-ratelimit-reset')).toBe('1')
  pass(SECOND)
  expect(await send(last, '你好')).toMatchObject({ code: 0 })
})

test('an app makes a thousand message calls a minute', async () => {
  const { feishu, send, pass } = aCompany()
  const chats = Array.from({ length: 50 }, (_, i) => feishu.addChat(`群${i}`, []))
  for (const chat of chats) chat.hasBot = true
  for (let i = 0; i < 1000; i++) {
    if (i % 50 === 0) pass(SECOND)
    await send(chats[i % 50]?.chatId ?? '', '你好')
  }
  pass(SECOND)
  const refused = await send(chats[0]?.chatId ?? '', '你好')
  expect(refused).toMatchObject({ status: 429, code: 99991400 })
  expect(refused.headers.get('x-ogw-ratelimit-limit')).toBe('1000')
  expect(refused.headers.get('x-ogw-ratelimit-reset')).toBe('40')
})

const refusedCards: [string, object, number][] = [
  ['without its schema', { ...shared, schema: undefined }, 200621],
  ['of the old form', { elements: [] }, 200621],
  ['without a body', { schema: '2.0' }, 200621],
  ['with an unknown property at the top', { ...shared, i18n_elements: {} }, 200621],
  ['with an unknown property in config', { ...shared, config: { wide_screen_mode: true } }, 200621],
  ['with an unknown property in the header', { ...shared, header: { title: { tag: 'plain_text', content: '一' }, ud_icon: {} } }, 200621],
  ['with an unknown property in the body', { ...shared, body: { elements: [], colour: 'red' } }, 200621],
  [
    'with an unknown property deep inside',
    withElements({ tag: 'div', text: { tag: 'plain_text', content: '', text_weight: 'bold' } }),
    200621,
  ],
  ['with a header that has no title', { ...shared, header: { template: 'blue' } }, 200621],
  ['that is not shared', { ...shared, config: { update_multi: false } }, 200621],
  ['with a note of 1.0', withElements({ tag: 'note', elements: [] }), 200861],
  ['with an action of 1.0', withElements({ tag: 'action', actions: [] }), 200861],
  ['of 201 elements', withElements(...Array.from({ length: 201 }, () => ({ tag: 'hr' }))), 11310],
  ['of six tables', withElements(...Array.from({ length: 6 }, () => ({ tag: 'table', columns: [], rows: [] }))), 11310],
  ['with a form that cannot be submitted', withElements({ tag: 'form', name: 'f', elements: [{ tag: 'input', name: 'i' }] }), 200621],
  ['with a nameless form', withElements({ tag: 'form', elements: [submit] }), 200530],
  ['with a nameless control in a form', withElements({ tag: 'form', name: 'f', elements: [{ tag: 'input' }, submit] }), 200530],
  ['with a name twice in a form', withElements({ tag: 'form', name: 'submit', elements: [submit] }), 200530],
  ['with an element_id twice', withElements({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }), 300301],
  [
    'with a form in a panel',
    withElements({ tag: 'collapsible_panel', elements: [{ tag: 'form', name: 'f', elements: [submit] }] }),
    200621,
  ],
  ['with a text that stands bare', withElements({ tag: 'plain_text', content: '一' }), 200621],
  ['with a multi-select outside a form', withElements({ tag: 'multi_select_static', options: [] }), 200621],
  ['with a callback that sends nothing', withElements(buttonThat({}, { behaviors: [{ type: 'callback' }] })), 200621],
  [
    'with a link of another scheme',
    withElements(buttonThat({}, { behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] })),
    200621,
  ],
  [
    'with a table row of no column',
    withElements({ tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [{ b: '1' }] }),
    200915,
  ],
  [
    'with a table cell of the wrong type',
    withElements({ tag: 'table', columns: [{ name: 'a', data_type: 'number' }], rows: [{ a: '1' }] }),
    200914,
  ],
  ['with a chart whose axes are no list', withElements({ tag: 'chart', chart_spec: { type: 'bar', axes: {} } }), 200550],
  ['that @s nobody we know', withElements({ tag: 'markdown', content: '<at id=ou_x></at>' }), 100290],
  [
    'that @s nobody we know in English',
    withElements({ tag: 'markdown', content: '一', i18n_content: { en_us: "<at ids='ou_x,ou_y'></at>" } }),
    100290,
  ],
  ['that shows nobody we know', withElements({ tag: 'person', user_id: 'ou_x' }), 100290],
  ['that lists somebody we do not know', withElements({ tag: 'person_list', persons: [{ id: 'ou_x' }] }), 100290],
  ['by template', { type: 'template', data: { template_id: 'x' } }, 200380],
]

test.each(refusedCards)('a card %s is refused', async (_, content, code) => {
  const { sendCard, group } = aCompany()
  expect(await sendCard(group, content)).toMatchObject({ status: 400, code: 230099, msg: expect.stringContaining(`ErrCode: ${code};`) })
})

test('200 elements, everyone, and people we know may stand on a card', async () => {
  const { sendCard, group, li, wang } = aCompany()
  const people = { tag: 'markdown', content: `<at id=all></at><at id=${li}></at> <person id='ou_x'></person> &#60;at id=ou_x&#62;` }
  const listed = { tag: 'person_list', persons: [{ id: wang }, { id: 'ou_x' }], drop_invalid_user_id: true }
  const rest = Array.from({ length: 198 }, () => ({ tag: 'hr' }))
  expect(await sendCard(group, withElements(people, listed, ...rest))).toMatchObject({ code: 0 })
})

test('the pieces that our own cards are built from are accepted', async () => {
  const { sendCard, group } = aCompany()
  const ours = card(said, [lines(said), form('call', [input('place', said)], { label: said, value: { press: 'x' } })], { subtitle: said })
  expect(await sendCard(group, ours)).toMatchObject({ code: 0 })
})

test('a patch replaces the bot’s card and keeps its earlier version', async () => {
  const { feishu, sendCard, call, group, pass } = aCompany()
  const { data } = await sendCard(group, shared)
  pass(MINUTE)
  expect(await patch(call, data.message_id, sentence(said))).toMatchObject({ code: 0 })
  const message = feishu.message(String(data.message_id))
  expect(message.content).toEqual(sentence(said))
  expect(message.versions.map(({ at }) => at.toISOString())).toEqual(['2026-10-08T01:00:00.000Z', '2026-10-08T01:01:00.000Z'])
})

const patch = (call: ReturnType<typeof aCompany>['call'], id: unknown, content: unknown) =>
  call('PATCH', `/im/v1/messages/${id}`, { content: typeof content === 'string' ? content : JSON.stringify(content) })

test('a card is patched for 14 days', async () => {
  const { sendCard, call, group, pass } = aCompany()
  const { data } = await sendCard(group, shared)
  pass(14 * DAY)
  expect(await patch(call, data.message_id, shared)).toMatchObject({ code: 0 })
  pass(1)
  expect(await patch(call, data.message_id, shared)).toMatchObject({ status: 400, code: 230031 })
})

test('a patch asks for update_multi before and after', async () => {
  const { sendCard, call, group } = aCompany()
  const unsaid = { ...shared, config: {} }
  const before = await sendCard(group, unsaid)
  expect(await patch(call, before.data.message_id, shared)).toMatchObject({ status: 400, code: 230001 })
  const after = await sendCard(group, shared)
  expect(await patch(call, after.data.message_id, unsaid)).toMatchObject({ status: 400, code: 230001 })
})

test('only the bot’s card can be patched, only with a card', async () => {
  const { feishu, sendCard, send, call, group, li } = aCompany()
  const { messageId } = await feishu.say(li, group, '你好')
  expect(await patch(call, messageId, shared)).toMatchObject({ status: 400, code: 230012 })
  const text = await send(group, '你好')
  expect(await patch(call, text.data.message_id, shared)).toMatchObject({ status: 400, code: 230001 })
  const sent = await sendCard(group, shared)
  expect(await patch(call, sent.data.message_id, 'no card')).toMatchObject({ status: 400, code: 230001 })
  const long = withElements({ tag: 'markdown', content: '.'.repeat(30 * 1024) })
  expect(await patch(call, sent.data.message_id, long)).toMatchObject({ status: 400, code: 230025 })
  feishu.message(String(sent.data.message_id)).deleted = true
  expect(await patch(call, sent.data.message_id, shared)).toMatchObject({ status: 400, code: 230110 })
})

test('a card takes five patches a second', async () => {
  const { sendCard, call, group, pass } = aCompany()
  const { data } = await sendCard(group, shared)
  for (let i = 0; i < 5; i++) expect(await patch(call, data.message_id, shared)).toMatchObject({ code: 0 })
  expect(await patch(call, data.message_id, shared)).toMatchObject({ status: 400, code: 230020 })
  pass(SECOND)
  expect(await patch(call, data.message_id, shared)).toMatchObject({ code: 0 })
})

test('a card cannot be patched while a press waits for its answer', async () => {
  const { feishu, sendCard, call, group, li, answersBy } = aCompany()
  const { data } = await sendCard(group, withElements(buttonThat({ press: 'x' })))
  answersBy(async () => Response.json({ toast: { content: String((await patch(call, data.message_id, shared)).msg) } }))
  await feishu.press(li, String(data.message_id), '签到')
  expect(feishu.toasts.at(-1)?.content).toContain('ErrCode: 11310')
  expect(await patch(call, data.message_id, shared)).toMatchObject({ code: 0 })
})

test('a chat describes itself, with less to a bot outside it', async () => {
  const { feishu, call, group } = aCompany()
  expect(await call('GET', `/im/v1/chats/${group}`)).toMatchObject({
    code: 0,
    data: { name: '第一支部', chat_mode: 'group', user_count: '3', chat_status: 'normal' },
  })
  const other = await call('GET', `/im/v1/chats/${feishu.addChat('别的群', []).chatId}`)
  expect(other.data).toEqual({ name: '别的群', avatar: '', user_count: '0', bot_count: '0', chat_status: 'normal' })
  expect(await call('GET', '/im/v1/chats/oc_none')).toMatchObject({ status: 400, code: 232006 })
})

test('the members of a chat come in pages', async () => {
  const { feishu, call, group, li, wang, zhang } = aCompany()
  const first = await call('GET', `/im/v1/chats/${group}/members?page_size=2`)
  expect(first.data).toMatchObject({ items: [{ member_id: li, name: '李华' }, { member_id: wang }], has_more: true, member_total: 3 })
  const second = await call('GET', `/im/v1/chats/${group}/members?page_size=2&page_token=${first.data.page_token}`)
  expect(second.data).toMatchObject({ items: [{ member_id: zhang }], has_more: false })
  expect(await call('GET', `/im/v1/chats/${group}/members?page_size=101`)).toMatchObject({ status: 400, code: 232001 })
  feishu.removeBot(group)
  expect(await call('GET', `/im/v1/chats/${group}/members`)).toMatchObject({ status: 400, code: 232011 })
})

test('names come for ten people at a time, without unknown ones', async () => {
  const { call, li } = aCompany()
  const path = '/contact/v3/users/basic_batch?user_id_type=open_id'
  expect((await call('POST', path, { user_ids: [li, 'ou_x'] })).data).toMatchObject({ users: [{ user_id: li, name: '李华' }] })
  expect(await call('POST', path, { user_ids: Array(11).fill(li) })).toMatchObject({ status: 400, code: 40001 })
  for (let i = 0; i < 3; i++) await call('POST', path, { user_ids: [li] })
  expect(await call('POST', path, { user_ids: [li] })).toMatchObject({ status: 429, code: 99991400 })
})

const gets = async (feishu: ReturnType<typeof createFeishu>, token: string, signal?: AbortSignal) =>
  feishu.fetch('http://feishu/open-apis/bot/v3/info', { headers: { authorization: `Bearer ${token}` }, ...(signal ? { signal } : {}) })

test('a fault hits the calls it matches, as often as asked', async () => {
  const { feishu, token, call } = aCompany()
  const bearer = await token()
  feishu.faults.push({ kind: '500', times: 2, match: (path) => path === '/open-apis/bot/v3/info' })
  expect(await call('GET', '/im/v1/chats/oc_none')).toMatchObject({ code: 232006 })
  expect([(await gets(feishu, bearer)).status, (await gets(feishu, bearer)).status, (await gets(feishu, bearer)).status]).toEqual([
    500, 500, 200,
  ])
})

test.each<[Fault['kind'], number, string | null]>([
  ['429', 429, '1'],
  ['500', 500, null],
  ['down', 502, null],
  ['deadToken', 400, null],
])('the fault %s answers %i', async (kind, status, reset) => {
  const { feishu, token } = aCompany()
  const bearer = await token()
  feishu.faults.push({ kind })
  const response = await gets(feishu, bearer)
  expect(response.status).toBe(status)
  expect(response.headers.get('x-ogw-ratelimit-reset')).toBe(reset)
})

test('after a dead token a new one is given', async () => {
  const { feishu, token } = aCompany()
  const dead = await token()
  feishu.faults.push({ kind: 'deadToken' })
  expect(await (await gets(feishu, dead)).json()).toMatchObject({ code: 99991663 })
  const fresh = await token()
  expect(fresh).not.toBe(dead)
  expect((await gets(feishu, fresh)).status).toBe(200)
})

test('a message whose reply is lost was sent all the same', async () => {
  const { feishu, send, group } = aCompany()
  await send(group, '先取令牌')
  feishu.faults.push({ kind: 'lostReply', match: (path) => path.endsWith('/messages') })
  await expect(send(group, '你好', { uuid: 'u' })).rejects.toThrow()
  expect(await send(group, '你好', { uuid: 'u' })).toMatchObject({ code: 0 })
  expect(feishu.messages.map(({ content }) => content)).toEqual([{ text: '先取令牌' }, { text: '你好' }])
})

test('a timeout answers nobody and does nothing', async () => {
  const { feishu, token } = aCompany()
  const bearer = await token()
  feishu.faults.push({ kind: 'timeout' })
  const gone = new AbortController()
  const call = gets(feishu, bearer, gone.signal)
  gone.abort(new Error('gave up'))
  await expect(call).rejects.toThrow('gave up')
})

test('in a group the bot hears only what mentions it, with placeholders', async () => {
  const { feishu, heard, there, group, li, wang } = aCompany()
  await there
  expect(await feishu.say(li, group, '大家好 @王芳')).toMatchObject({ delivered: false })
  expect(await feishu.say(li, group, '@支部 请 @王芳 签到')).toMatchObject({ delivered: true, status: 200, body: {} })
  const { event } = heard.at(-1)?.said ?? {}
  expect(event).toMatchObject({
    sender: { sender_id: { open_id: li }, sender_type: 'user' },
    message: {
      chat_id: group,
      chat_type: 'group',
      message_type: 'text',
      content: '{"text":"@_user_1 请 @_user_2 签到"}',
      mentions: [
        { key: '@_user_1', id: { open_id: feishu.bot.openId, user_id: '' }, mentioned_type: 'bot', name: '支部' },
        { key: '@_user_2', id: { open_id: wang }, mentioned_type: 'user', name: '王芳' },
      ],
    },
  })
  expect(heard).toHaveLength(2)
})

test('a mention of everyone is not listed nor heard by the bot', async () => {
  const { feishu, group, li, heard } = aCompany()
  expect(await feishu.say(li, group, '@所有人 开会')).toMatchObject({ delivered: false })
  await feishu.say(li, group, '@所有人 @支部 开会')
  const message = heard.at(-1)?.said.event.message as { content: string; mentions: object[] }
  expect(message.content).toBe('{"text":"@_all @_user_1 开会"}')
  expect(message.mentions).toHaveLength(1)
})

test('in the direct chat the bot hears every word', async () => {
  const { feishu, heard, wang } = aCompany()
  expect(await feishu.say(wang, 'bot', '签到')).toMatchObject({ delivered: true })
  expect(heard.at(-1)?.said.event.message).toMatchObject({ chat_id: feishu.dm(wang), chat_type: 'p2p', content: '{"text":"签到"}' })
})

test('a group without the bot is not heard; a stranger cannot speak', async () => {
  const { feishu, there, group, li } = aCompany()
  await there
  feishu.removeBot(group)
  expect(await feishu.say(li, group, '@支部 你好')).toMatchObject({ delivered: false })
  feishu.leave(li, group)
  await expect(feishu.say(li, group, '你好')).rejects.toThrow('李华')
})

test('the bot learns of its groups, menu choices, opened direct chats', async () => {
  const { feishu, heard, there, group, li } = aCompany()
  await there
  await feishu.menu(li, 'help')
  await feishu.enterDm(li)
  const [added, menu, entered] = heard.map(({ said }) => said)
  expect(added).toMatchObject({
    header: { event_type: 'im.chat.member.bot.added_v1' },
    event: { chat_id: group, operator_id: { open_id: li }, name: '第一支部' },
  })
  expect(menu).toMatchObject({
    header: { event_type: 'application.bot.menu_v6' },
    event: { operator: { operator_id: { open_id: li } }, event_key: 'help', timestamp: 1791421200 },
  })
  expect(entered).toMatchObject({
    header: { event_type: 'im.chat.access_event.bot_p2p_chat_entered_v1' },
    event: { chat_id: feishu.dm(li) },
  })
})

test('the check of the URL is encrypted and carries no signature', async () => {
  const { feishu, heard } = aCompany()
  await feishu.verifyUrl('tell me')
  const last = heard.at(-1)
  expect(last?.said).toEqual({ challenge: 'tell me', token: 'the-token', type: 'url_verification' })
  expect(last?.headers.get('X-Lark-Signature')).toBeNull()
})

test('the official SDK accepts what is signed here', async () => {
  const { feishu, answersBy, li, there } = aCompany()
  await there
  const received: unknown[] = []
  const dispatcher = new EventDispatcher({ ...secrets, logger: { error() {}, warn() {}, info() {}, debug() {}, trace() {} } }).register({
    'im.message.receive_v1': (message) => void received.push(message.message.content),
  })
  answersBy(async (request) => {
    const headers = Object.fromEntries(request.headers)
    const body = await request.json()
    return Response.json((await dispatcher.invoke(Object.assign(Object.create({ headers }), body))) ?? {})
  })
  await feishu.say(li, 'bot', '签到')
  expect(received).toEqual(['{"text":"签到"}'])
})

test('a failed event comes again at four growing intervals, then never', async () => {
  const { feishu, heard, there, answers, pass, li } = aCompany()
  await there
  answers({}, 500)
  const { eventId } = await feishu.say(li, 'bot', '签到')
  const counts: number[] = []
  for (const wait of [15 * SECOND, 5 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR]) {
    pass(wait - 1)
    counts.push((await feishu.redeliverDue()).length)
    pass(1)
    counts.push((await feishu.redeliverDue()).length)
  }
  expect(counts).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 0])
  expect(new Set(heard.slice(1).map(({ said }) => said.header.event_id))).toEqual(new Set([eventId]))
})

test('an answered event comes again only by accident, as the same event', async () => {
  const { feishu, heard, pass, li } = aCompany()
  const { eventId = '' } = await feishu.say(li, 'bot', '签到')
  pass(HOUR)
  expect(await feishu.redeliverDue()).toEqual([])
  await feishu.deliverAgain(eventId, { sameBytes: true })
  await feishu.deliverAgain(eventId)
  const [first, same, resigned] = heard.slice(-3)
  expect(same?.body).toBe(first?.body)
  expect(resigned?.body).not.toBe(first?.body)
  expect(resigned?.said).toEqual(first?.said)
})

async function aCard(content: object = withElements(buttonThat({ press: 'checkin', gathering: 7 }))) {
  const company = aCompany()
  const { data } = await company.sendCard(company.group, content)
  return { ...company, id: String(data.message_id) }
}

test('a press tells its value, person, place, and time in microseconds', async () => {
  const { feishu, heard, id, wang, group } = await aCard()
  expect(await feishu.press(wang, id, '签到')).toMatchObject({ delivered: true, status: 200 })
  const { header, event } = heard.at(-1)?.said ?? {}
  expect(header).toMatchObject({ event_type: 'card.action.trigger', create_time: '1791421200000000', token: 'the-token' })
  expect(event).toMatchObject({
    operator: { open_id: wang },
    token: expect.stringMatching(/^c-/),
    action: { tag: 'button', value: { press: 'checkin', gathering: 7 } },
    host: 'im_message',
    context: { open_message_id: id, open_chat_id: group },
  })
})

test('a control is found by words, value, place or predicate', async () => {
  const { feishu, id, wang } = await aCard()
  for (const which of ['签到', 'Check in', 'body.elements[0]', { press: 'checkin' }, (element: object) => 'behaviors' in element])
    expect(await feishu.press(wang, id, which)).toMatchObject({ delivered: true })
  await expect(feishu.press(wang, id, '请假')).rejects.toThrow('no control')
})

test('a press answered with a toast and a card shows both', async () => {
  const { feishu, answers, id, wang } = await aCard()
  const next = sentence(said)
  answers({
    toast: { type: 'success', content: '已签到', i18n: { zh_cn: '已签到', en_us: 'Checked in' } },
    card: { type: 'raw', data: next },
  })
  expect((await feishu.press(wang, id, '签到')).error).toBeUndefined()
  expect(feishu.toasts).toMatchObject([{ openId: wang, messageId: id, type: 'success', content: '已签到', i18n: { en_us: 'Checked in' } }])
  expect(feishu.message(id).content).toEqual(next)
  await expect(feishu.press(wang, id, '签到')).rejects.toThrow('no control')
  expect(await feishu.press(wang, id, '签到', { version: 0 })).toMatchObject({ delivered: true })
})

const wrongAnswers: [string, unknown, number, number][] = [
  ['a failure', {}, 500, 200671],
  ['another success', {}, 201, 200671],
  ['no object', [], 200, 200672],
  ['something unknown', { open_url: 'https://example.com' }, 200, 200672],
  ['a toast of unknown mood', { toast: { type: 'warn', content: '一' } }, 200, 200672],
  ['a toast without words', { toast: { type: 'info' } }, 200, 200672],
  ['a card without its kind', { card: { data: shared } }, 200, 200672],
  ['a card as a string', { card: { type: 'raw', data: JSON.stringify(shared) } }, 200, 200673],
  ['a card that would be refused', { card: { type: 'raw', data: withElements({ tag: 'note' }) } }, 200, 200673],
  [
    'a card that is too long',
    { card: { type: 'raw', data: withElements({ tag: 'markdown', content: '.'.repeat(30 * 1024) }) } },
    200,
    200673,
  ],
  ['a card of 1.0', { card: { type: 'raw', data: { elements: [] } } }, 200, 200830],
]

test.each(wrongAnswers)('a press answered with %s shows an error and leaves the card', async (_, body, status, error) => {
  const { feishu, answers, id, wang } = await aCard()
  answers(body, status)
  expect(await feishu.press(wang, id, '签到')).toMatchObject({ status, error })
  expect(feishu.toasts).toMatchObject([{ type: 'error', error }])
  expect(feishu.message(id).versions).toHaveLength(1)
})

test('a press answered late or by nobody shows that, without a retry', async () => {
  const { feishu, answersBy, isImpatient, id, wang, pass, heard } = await aCard()
  answersBy(() => Promise.reject(new Error('refused')))
  expect(await feishu.press(wang, id, '签到')).toMatchObject({ status: 0, error: 200342 })
  isImpatient()
  answersBy(() => new Promise(() => {}))
  expect(await feishu.press(wang, id, '签到')).toMatchObject({ status: 0, error: 200341 })
  const before = heard.length
  pass(DAY)
  expect(await feishu.redeliverDue()).toEqual([])
  expect(heard).toHaveLength(before)
})

test('a card can be pressed for 14 days', async () => {
  const { feishu, pass, id, wang } = await aCard()
  pass(14 * DAY)
  expect(await feishu.press(wang, id, '签到')).toMatchObject({ delivered: true })
  pass(1)
  expect(await feishu.press(wang, id, '签到')).toMatchObject({ delivered: false, error: 200080 })
})

const wholeForm = withElements({
  tag: 'form',
  name: 'call',
  elements: [
    { tag: 'input', name: 'place', default_value: '三楼' },
    { tag: 'input', name: 'topic' },
    {
      tag: 'select_static',
      name: 'kind',
      required: true,
      options: [{ text: { tag: 'plain_text', content: '支委会' }, value: 'committee' }],
    },
    { tag: 'multi_select_static', name: 'who', options: [] },
    { tag: 'picker_datetime', name: 'when', initial_datetime: '2026-10-09 15:00' },
    { tag: 'date_picker', name: 'day' },
    { tag: 'select_person', name: 'host' },
    { ...submit, behaviors: [{ type: 'callback', value: { press: 'call.submit' } }] },
    { tag: 'button', name: 'again', form_action_type: 'reset', text: { tag: 'plain_text', content: '重置' } },
  ],
})

test('a form sends its fields at the submit, without untouched ones', async () => {
  const { feishu, heard, id, wang } = await aCard(wholeForm)
  await feishu.press(wang, id, '提交', { form: { kind: 'committee', day: '2026-10-10', who: ['a', 'b'] } })
  expect(heard.at(-1)?.said.event.action).toEqual({
    tag: 'button',
    name: 'submit',
    value: { press: 'call.submit' },
    timezone: 'Asia/Shanghai',
    form_value: { place: '三楼', topic: '', kind: 'committee', who: ['a', 'b'], when: '2026-10-09 15:00 +0800', day: '2026-10-10 +0800' },
  })
})

test('a form with gaps is not submitted; its other buttons send nothing', async () => {
  const { feishu, id, wang } = await aCard(wholeForm)
  expect(await feishu.press(wang, id, '提交')).toMatchObject({ delivered: false, body: { missing: ['kind'] } })
  expect(await feishu.press(wang, id, '重置')).toMatchObject({ delivered: false })
  await expect(feishu.press(wang, id, '提交', { form: { nothing: '1' } })).rejects.toThrow('nothing')
})

test.each([
  [{ tag: 'input', name: 'i' }, { input: '一' }, { input_value: '一' }],
  [{ tag: 'select_static', name: 'i', options: [] }, { option: 'a' }, { option: 'a' }],
  [{ tag: 'select_person', name: 'i' }, { option: 'ou_a' }, { option: 'ou_a' }],
  [{ tag: 'date_picker', name: 'i' }, { option: '2026-10-10' }, { option: '2026-10-10 +0800', timezone: 'Asia/Shanghai' }],
  [
    { tag: 'checker', name: 'i', behaviors: [{ type: 'callback', value: { a: 1 } }] },
    { checked: true },
    { checked: true, value: { a: 1 } },
  ],
])('alone, a control of %o tells what was entered', async (element, filled, action) => {
  const { feishu, heard, id, wang } = await aCard(withElements(element))
  await feishu.press(wang, id, 'i', filled)
  expect(heard.at(-1)?.said.event.action).toEqual({ tag: element.tag, name: 'i', ...action })
})

test('a button that opens a link sends nothing, nor a disabled one', async () => {
  const link = { tag: 'button', name: 'l', behaviors: [{ type: 'open_url', default_url: 'https://example.com/' }] }
  const { feishu, id, wang } = await aCard(withElements(link, buttonThat({}, { name: 'off', disabled: true })))
  expect(await feishu.press(wang, id, 'l')).toMatchObject({ delivered: false })
  expect(await feishu.press(wang, id, 'off')).toMatchObject({ delivered: false })
})

test('the wire log holds both directions', async () => {
  const { feishu, send, group, li, there } = aCompany()
  await there
  await send(group, '你好')
  await feishu.say(li, 'bot', '签到')
  expect(feishu.log.map(({ to, path, status }) => `${to} ${path} ${status}`)).toEqual([
    'bot im.chat.member.bot.added_v1 200',
    'feishu /open-apis/auth/v3/tenant_access_token/internal 200',
    'feishu /open-apis/im/v1/messages 200',
    'bot im.message.receive_v1 200',
  ])
})

test('the bot in a chat learns who is added, removed or uninvited', async () => {
  const { feishu, li, wang, zhang, group, there, heard } = aCompany()
  await there
  const told = () => heard.at(-1)?.said
  await feishu.members('deleted', group, [zhang], li)
  expect(feishu.chat(group).members).toEqual([li, wang])
  expect(told()).toMatchObject({
    header: { event_type: 'im.chat.member.user.deleted_v1' },
    event: { chat_id: group, operator_id: { open_id: li }, users: [{ name: '张强', user_id: { open_id: zhang } }] },
  })
  await feishu.members('added', group, [zhang, wang], li)
  expect(feishu.chat(group).members).toEqual([li, zhang, wang])
  expect(told()).toMatchObject({ header: { event_type: 'im.chat.member.user.added_v1' }, event: { users: [{}, {}] } })
  await feishu.members('withdrawn', group, [zhang], li)
  expect(told()?.header.event_type).toBe('im.chat.member.user.withdrawn_v1')

  feishu.removeBot(group)
  const before = heard.length
  await feishu.members('deleted', group, [wang], li)
  expect([heard.length, feishu.chat(group).members]).toEqual([before, [li]])
})

const tick = (buttons: object[], more: object = {}) => ({
  tag: 'checker',
  text: { tag: 'plain_text', content: '整改' },
  button_area: { pc_display_rule: 'always', buttons },
  ...more,
})

test('a button beside a tick calls the bot with its own value', async () => {
  const { feishu, li, group, sendCard, heard } = aCompany()
  const sent = await sendCard(
    group,
    withElements(tick([buttonThat({ press: 'mend' })], { behaviors: [{ type: 'callback', value: { press: 'tick' } }] })),
  )
  await feishu.press(li, String(sent.data.message_id), '签到')
  expect(heard.at(-1)?.said.event).toMatchObject({ action: { tag: 'button', value: { press: 'mend' } } })
  await feishu.press(li, String(sent.data.message_id), { press: 'tick' }, { checked: true })
  expect(heard.at(-1)?.said.event).toMatchObject({ action: { tag: 'checker', checked: true, value: { press: 'tick' } } })
})

const text = (content: string) => ({ tag: 'plain_text', content })
const chooser = (more: object) => ({ tag: 'select_static', options: [{ text: text('甲'), value: 'a' }], ...more })

test.each([
  ['four buttons beside a tick', tick(Array(4).fill(buttonThat({ press: 'x' })))],
  ['a link on a chooser', chooser({ behaviors: [{ type: 'open_url', default_url: 'https://example.com/' }] })],
  [
    'a value that two options have',
    chooser({
      options: [
        { text: text('甲'), value: 'a' },
        { text: text('乙'), value: 'a' },
      ],
    }),
  ],
  ['a choice that is no option', chooser({ initial_option: 'b' })],
  ['a colour by its digits', { tag: 'div', text: { ...text('红'), text_color: '#ff0000' } }],
  ['an unknown size of text', { tag: 'markdown', content: '大', text_size: 'huge' }],
  ['an unknown kind of button', buttonThat({ press: 'x' }, { type: 'loud' })],
  ['a confirmation without text', buttonThat({ press: 'x' }, { confirm: { title: text('真的？') } })],
  ['101 characters on a button', buttonThat({ press: 'x' }, { text: text('长'.repeat(101)) })],
  ['required outside a form', { tag: 'input', name: 'i', required: true }],
  ['an @ of nobody', { tag: 'markdown', content: '<at></at>' }],
  ['a tag that is not shown', { tag: 'markdown', content: '<blink>看</blink>' }],
  ['a link without a scheme', { tag: 'markdown', content: '[看](example.com)' }],
  ['a bare link that runs into text', { tag: 'markdown', content: '见https://example.com/a，谢谢' }],
  ['an unknown locale', { tag: 'markdown', content: '一', i18n_content: { zh: '一' } }],
  ['an id that begins with a digit', { tag: 'hr', element_id: '1st' }],
])('a card with %s is refused', async (_, element) => {
  const { sendCard, group } = aCompany()
  expect(await sendCard(group, withElements(element))).toMatchObject({ code: 230099, msg: expect.stringContaining('ErrCode: 200621') })
})

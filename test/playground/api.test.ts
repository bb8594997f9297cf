import { expect, test } from 'vitest'
import type { createFeishu, Fault } from '../../src/playground/feishu/feishu.ts'
import { aCompany, app, MINUTE, SECOND } from './company.ts'

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

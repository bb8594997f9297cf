import { expect, test } from 'vitest'
import { sentence } from '../../src/card.ts'
import { buttonThat, said, shared, withElements } from './card-parts.ts'
import { aCompany, DAY, HOUR, MINUTE, SECOND } from './company.ts'

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

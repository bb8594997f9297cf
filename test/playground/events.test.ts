import { EventDispatcher } from '@larksuiteoapi/node-sdk'
import { expect, test } from 'vitest'
import { aCompany, HOUR, MINUTE, SECOND, secrets } from './company.ts'

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

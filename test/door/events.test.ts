import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEvent } from '../../src/feishu/door/events.ts'
import { aPress, arrives, envelope, sealed, secrets, someWords } from '../harness/door.ts'

const folder = 'test/fixtures/feishu/events'
const sample = (name: string) => readFileSync(`${folder}/${name}.json`, 'utf8')

/** The samples come from several apps; each is received by its own app. */
function fromSample(name: string) {
  const text = sample(name)
  const { header, token, event } = JSON.parse(text)
  const ours = { ...secrets, appId: header?.app_id ?? event?.app_id, verificationTokens: [header?.token ?? token] }
  return { webhook: arrives(sealed(text), ours), line: readEvent(JSON.parse(text), ours) }
}

const ZHANG = 'ou_84aad35d084aa403a838cf73ee18467'
const CHAT = 'oc_413871888e0d5492e25b173f0812efb7'

const words = {
  kind: 'words',
  messageId: 'om_5ce6d572455d361153b7cb51da133945',
  chatId: 'oc_5ce6d572455d361153b7xx51da133945',
  chatType: 'p2p',
  openId: ZHANG,
  unionId: 'on_8ed6aa67826108097d9ee143816345',
  fromBot: false,
  text: '',
  mentions: [],
  atAll: false,
}
const bot = { key: '@_user_1', openId: 'ou_e6e14f667cfe239d7b129b521dce0569', name: 'name', isBot: true }
const tom = { openId: 'ou_84aad35d084aa403a838cf73ee18467', name: 'Tom', isBot: false }
const post = '第一行 :[超链接](http://www.feishu.cn)@_user_1\n第二行:文本测试\nfunc main() int64 {\n    return 0\n}'

const press = {
  kind: 'press',
  openId: 'ou_3c14f3a59eaf2825dbe25359f15*****',
  unionId: 'on_cad4860e7af114fb4ff6c5d496d*****',
  value: { key: 'value' },
  messageId: 'om_574d639e4a44e4dd646eaf628e2*****',
  chatId: 'oc_e4d2605ca917e695f54f11aaf56*****',
}
const two = ['ou_b9600a00cda86b8fad2378eafe3abcef', 'ou_b9600a00cda86b8fad2378eafe3abcef']
const form = {
  'field name1': ['selectDemo1', 'selectDemo2'],
  'field name2': 'value2',
  DatePicker_bpqdq5puvn4: '2024-04-01 +0800',
  DateTimePicker_ihz2d7a74i: '2024-04-29 07:07 +0800',
  Input_lf4fmxwfrd9: '1234',
  PersonSelect_2ejys7ype7m: 'ou_3c14f3a59eaf2825dbe25359f15*****',
  Select_a2d5b7l3zd: '1',
  TimePicker_7ecsf6xkqsq: '00:00 +0800',
}
const { 'field name2': _, ...shorterForm } = form
const everyField = { ...shorterForm, multi_select_person: two, check_1: true, select_img_1: ['picture1'] }
const submitted = { ...press, name: 'Button_lvkepfu3' }
const checked = { ...press, value: { key_1: 'value_1' }, checked: true }
const people = [{ openId: ZHANG, name: 'user name' }]
const TOLD_AT = 1_608_725_989_000

const told: Record<string, object> = {
  'application.bot.menu_v6': { kind: 'menu', openId: ZHANG, key: 'menu2022********67dfc8b885136' },
  'card.action.trigger.button': press,
  'card.action.trigger.button.value_string': { ...press, value: 'approve:42' },
  'card.action.trigger.checker': checked,
  'card.action.trigger.checker.context_in_event': checked,
  'card.action.trigger.date_picker': { ...press, option: '2025-06-10 +0800' },
  'card.action.trigger.form_submit': { ...submitted, form },
  'card.action.trigger.form_submit.every_field': { ...submitted, form: everyField },
  'card.action.trigger.form_submit.multi_select_person': {
    ...press,
    value: undefined,
    form: { multi_select_person: two },
    name: 'Button_lrztw8x3',
  },
  'card.action.trigger.form_submit.official_full': { ...submitted, form },
  'card.action.trigger.input': { ...press, unionId: undefined, input: 'Zhang Min', name: 'Input_lf4fmxwfrd9' },
  'card.action.trigger.interactive_container': press,
  'card.action.trigger.multi_select_person': {
    ...press,
    options: ['ou_449b53ad6aee526f7ed311b216aabcef', 'ou_b9600a00cda86b8fad2378eafe3abcef'],
  },
  'card.action.trigger.multi_select_static': { ...press, options: ['1', '2'] },
  'card.action.trigger.overflow': { ...press, value: { key_1: 'value_1' }, option: 'button_1' },
  'card.action.trigger.picker_datetime': { ...press, option: '2025-06-10 19:19 +0800' },
  'card.action.trigger.picker_time': { ...press, option: '05:05 +0800' },
  'card.action.trigger.select_img': { ...press, options: ['picture1'] },
  'card.action.trigger.select_person': {
    ...press,
    value: { select_static: 'click' },
    option: 'ou_449b53ad6aee526f7ed311b216aabcef',
  },
  'card.action.trigger.select_static': { ...press, value: { select_static: 'click' }, option: '1' },
  'card.action.trigger.top_notice_button': press,
  'im.chat.access_event.bot_p2p_chat_entered_v1': { kind: 'entered', chatId: CHAT, openId: ZHANG },
  'im.chat.disbanded_v1': { kind: 'chatGone', chatId: CHAT, createdAt: TOLD_AT },
  'im.chat.member.bot.added_v1': { kind: 'botAdded', chatId: CHAT, openId: ZHANG, name: '群名称测试', createdAt: TOLD_AT },
  'im.chat.member.bot.deleted_v1': { kind: 'botRemoved', chatId: CHAT, createdAt: TOLD_AT },
  'im.chat.member.user.added_v1': { kind: 'peopleJoined', chatId: CHAT, people, createdAt: TOLD_AT },
  'im.chat.member.user.deleted_v1': { kind: 'peopleLeft', chatId: CHAT, people, createdAt: TOLD_AT },
  'im.chat.member.user.withdrawn_v1': { kind: 'peopleLeft', chatId: CHAT, people, createdAt: TOLD_AT },
  'im.message.receive_v1.audio': { ...words, messageType: 'audio' },
  'im.message.receive_v1.file': { ...words, messageType: 'file', file: { key: '75235e0c-4f92-430a-a99b-8446610223cg', name: 'test.txt' } },
  'im.message.receive_v1.image': { ...words, messageType: 'image' },
  'im.message.receive_v1.interactive': { ...words, messageType: 'interactive', chatType: 'group', mentions: [bot] },
  'im.message.receive_v1.location': { ...words, messageType: 'location' },
  'im.message.receive_v1.media': { ...words, messageType: 'media' },
  'im.message.receive_v1.merge_forward': { ...words, messageType: 'merge_forward' },
  'im.message.receive_v1.post': { ...words, messageType: 'post', chatType: 'group', text: post, mentions: [bot] },
  'im.message.receive_v1.share_chat': { ...words, messageType: 'share_chat' },
  'im.message.receive_v1.sticker': { ...words, messageType: 'sticker' },
  'im.message.receive_v1.text.group': {
    ...words,
    replyTo: 'om_5ce6d572455d361153b7cb5xxfsdfsdfdsf',
    messageType: 'text',
    chatType: 'group',
    text: '@_user_1 hello',
    mentions: [{ key: '@_user_1', ...tom }],
  },
  'im.message.receive_v1.text.group.at_all': { ...words, messageType: 'text', chatType: 'group', text: '@_all hello', atAll: true },
  'im.message.receive_v1.text.group.at_bot_and_user': {
    ...words,
    messageType: 'text',
    chatType: 'group',
    text: '@_user_1 hello @_user_2',
    mentions: [bot, { key: '@_user_2', ...tom }],
  },
  'im.message.receive_v1.text.group.thread_reply': {
    ...words,
    replyTo: 'om_5ce6d572455d361153b7cb5xxfsdfsdfdsf',
    messageType: 'text',
    chatType: 'group',
    text: '@_user_1 hello',
    mentions: [bot],
  },
  'im.message.receive_v1.text.p2p': { ...words, messageType: 'text', text: 'hello' },
  'v1.p2p_chat_create': { kind: 'entered', chatId: 'oc_26b66a5eb603162b849f91bcd8815b20', openId: 'ou_7dede290d6a27698b969a7fd70ca53da' },
  ...Object.fromEntries(
    [
      'contact.user.created_v3',
      'contact.user.deleted_v3',
      'contact.user.updated_v3',
      'im.chat.updated_v1',
      'im.message.message_read_v1',
      'im.message.reaction.created_v1',
      'im.message.reaction.deleted_v1',
      'im.message.recalled_v1',
      'v1.app_status_change',
      'v1.app_ticket',
      'v1.app_uninstalled',
    ].map((type) => [type, { kind: 'unused', type: type.replace('v1.', (prefix, at: number) => (at === 0 ? '' : prefix)) }]),
  ),
}

describe('every official sample has its outcome, by webhook and by long connection', () => {
  const names = readdirSync(folder).map((name) => name.replace('.json', ''))

  test.each(names.filter((name) => name !== 'url_verification'))('%s', (name) => {
    const { header, uuid, event } = JSON.parse(sample(name))
    const delivery = {
      eventId: header?.event_id ?? uuid,
      tenantKey: header?.tenant_key ?? event.tenant_key ?? '',
      isCallback: name.startsWith('card.action.trigger'),
      ...told[name],
    }
    const { webhook, line } = fromSample(name)
    expect(webhook).toEqual({ outcome: 'delivery', delivery })
    expect(line).toEqual(webhook)
  })

  test('url_verification', () => {
    expect(fromSample('url_verification').webhook).toEqual({ outcome: 'challenge', challenge: 'ajls384kdjxxxx' })
  })
})

const wordsSaid = (content: string | null, message: object = {}, sender: object = {}) =>
  readEvent(envelope('im.message.receive_v1', someWords('', { content, ...message }, sender)), secrets)
const deliveryWith = (told: object) => ({ outcome: 'delivery', delivery: expect.objectContaining(told) })
const broken = { outcome: 'refused', status: 400, reason: 'broken-event' }
const line = (...nodes: object[]) => nodes
const aPost = (content: object[][]) => JSON.stringify({ title: '', content })

describe('what a message says', () => {
  test.each([
    ['a message recalled meanwhile', 'text', '', ''],
    ['one with no content at all', 'text', null, ''],
    ['a link', 'text', '{"text":"看[这里](https://a.cn)"}', '看[这里](https://a.cn)'],
    ['half of a character', 'text', String.raw`{"text":"a\ud83d"}`, 'a\ufffd'],
    ['a picture whose content is no JSON', 'image', '{', ''],
    ['a post without lines', 'post', '{"title":"a"}', ''],
    ['a mention before a digit', 'post', aPost([line({ tag: 'at', user_id: '@_user_1' }, { tag: 'text', text: '2 个' })]), '@_user_1 2 个'],
    ['everyone in a post', 'post', aPost([line({ tag: 'at', user_id: 'all' }, { tag: 'text', text: '开会' })]), '@_all 开会'],
  ])('%s', (_, message_type, content, text) => {
    expect(wordsSaid(content, { message_type })).toEqual(deliveryWith({ text, messageType: message_type }))
  })

  test.each(['{', '[]', '"签到"', '{"text":1}', 'null', '{"text":{"__proto__":{}}}'])('content %j is broken', (content) => {
    expect(wordsSaid(content)).toEqual(broken)
  })

  test.each([
    ['@_all 开会', true],
    ['@_all开会', true],
    ['@_allison 开会', false],
  ])('%s is for everyone: %s', (text, atAll) => {
    expect(wordsSaid(JSON.stringify({ text }))).toEqual(deliveryWith({ atAll }))
  })

  test('a mention without an id may mean everyone, too', () => {
    const mentions = [{ key: '@_all', id: null, name: '所有人' }]
    expect(wordsSaid('{"text":"开会"}', { mentions })).toEqual(
      deliveryWith({ atAll: true, mentions: [{ key: '@_all', openId: undefined, name: '所有人', isBot: false }] }),
    )
  })

  test('a bot may speak without an id, a person may not', () => {
    expect(wordsSaid('{"text":"a"}', {}, { sender_type: 'bot', sender_id: null })).toEqual(deliveryWith({ fromBot: true, openId: '' }))
    expect(wordsSaid('{"text":"a"}', {}, { sender_id: null })).toEqual(broken)
    expect(wordsSaid('{"text":"a"}', {}, { sender_id: { open_id: '' } })).toEqual(broken)
  })

  test('a topic group is a group', () => {
    expect(wordsSaid('{"text":"a"}', { chat_type: 'topic_group' })).toEqual(deliveryWith({ chatType: 'group' }))
  })
})

describe('what a press brings', () => {
  const pressed = (event: object) => readEvent(envelope('card.action.trigger', event), secrets)

  test.each([
    ['a picture chosen, told as a string under the plural key', { options: 'picture1' }, { option: 'picture1', options: ['picture1'] }],
    ['an emptied input', { input_value: '' }, { input: '' }],
    [
      'nothing but nulls',
      { form_value: null, option: null, options: null, checked: null, name: null },
      { form: undefined, value: undefined },
    ],
    ['a form with fields left out or null', { form_value: { a: null, b: '' } }, { form: { a: null, b: '' } }],
  ])('%s', (_, action, told) => expect(pressed(aPress(action))).toEqual(deliveryWith(told)))

  test.each([
    ['nobody', { operator: {} }],
    ['no action', { action: undefined }],
    ['a form that is a list', { action: { form_value: [] } }],
    ['a choice that is a number', { action: { option: 1 } }],
    ['a context that is a string', { context: 'x' }],
  ])('%s is a broken event', (_, change) => expect(pressed({ ...aPress(), ...change })).toEqual(broken))

  test('a value may be nested until the whole is thirty-two deep', () => {
    const nested = (depth: number): object => (depth === 1 ? {} : [nested(depth - 1)])
    expect(pressed(aPress({ value: nested(29) }))).toEqual(deliveryWith({ value: nested(29) }))
    expect(pressed(aPress({ value: nested(30) }))).toEqual({ outcome: 'refused', status: 400, reason: 'broken-envelope' })
  })

  test('no context at all is still a press', () => {
    expect(pressed({ ...aPress(), context: undefined })).toEqual(deliveryWith({ messageId: undefined, chatId: undefined }))
  })
})

test('people without any id are left out', () => {
  const users = [{ name: '甲', user_id: { open_id: 'ou_1' } }, { name: '乙', user_id: null }, { name: '丙' }]
  const joined = (it: unknown) => readEvent(envelope('im.chat.member.user.added_v1', { chat_id: 'oc_1', users: it }), secrets)
  expect(joined(users)).toEqual(deliveryWith({ people: [{ openId: 'ou_1', name: '甲' }] }))
  expect(joined(null)).toEqual(deliveryWith({ people: [] }))
  expect(joined('甲')).toEqual(broken)
})

test.each([
  ['1608725989000', 1_608_725_989_000],
  ['1608725989000123', 1_608_725_989_000],
  [1_608_725_989_000, undefined],
  ['yesterday', undefined],
  [null, undefined],
  [{ toString: null }, undefined],
])('arrivals carry the platform’s own time: %j is %j', (create_time, createdAt) => {
  const told = envelope('im.chat.member.user.added_v1', { chat_id: 'oc_1', users: [] }, { create_time })
  expect(readEvent(told, secrets)).toEqual(deliveryWith({ createdAt }))
})

test.each(['im.something.new_v9', 'constructor', '__proto__', 'url.preview.get'])(
  'an event called %s is taken, and nothing is done',
  (type) => {
    expect(readEvent(envelope(type, { any: 'thing' }), secrets)).toEqual(deliveryWith({ kind: 'unused', type }))
    expect(readEvent(envelope(type, null), secrets)).toEqual(deliveryWith({ kind: 'unused', type }))
  },
)

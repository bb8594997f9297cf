import { expect, test } from 'vitest'
import { sentence } from '../../src/card.ts'
import { buttonThat, said, shared, submit, tick, withElements } from './card-parts.ts'
import { aCompany, DAY } from './company.ts'

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
  const { feishu, answersBy, answersTooLate, id, wang, pass, heard } = await aCard()
  answersBy(() => Promise.reject(new Error('refused')))
  expect(await feishu.press(wang, id, '签到')).toMatchObject({ status: 0, error: 200342 })
  answersTooLate()
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

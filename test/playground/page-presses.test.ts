import { expect } from 'vitest'
import { card, sentence } from '../../src/card.ts'
import { form, input, selectSeveral } from '../../src/form.ts'
import { t } from '../../src/text.ts'
import { eyes, left, type Pressed, posts, right, seen } from '../harness/browser/looked.ts'
import { asksFirst, call, meeting } from './page-cards.ts'

const { opened } = eyes()

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

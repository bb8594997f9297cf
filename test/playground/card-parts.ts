import { t } from '../../src/text.ts'

export const said = t('开会了', 'It begins')
export const shared = { schema: '2.0', config: { update_multi: true }, body: { elements: [{ tag: 'markdown', content: '一' }] } }
export const withElements = (...elements: object[]) => ({ ...shared, body: { elements } })
export const buttonThat = (value: object, more: object = {}) => ({
  tag: 'button',
  text: { tag: 'plain_text', content: '签到', i18n_content: { en_us: 'Check in' } },
  behaviors: [{ type: 'callback', value }],
  ...more,
})
export const submit = { tag: 'button', name: 'submit', text: { tag: 'plain_text', content: '提交' }, form_action_type: 'submit' }

export const tick = (buttons: object[], more: object = {}) => ({
  tag: 'checker',
  text: { tag: 'plain_text', content: '整改' },
  button_area: { pc_display_rule: 'always', buttons },
  ...more,
})

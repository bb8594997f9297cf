import { envelope, sealed, type Wire } from '../harness/door.ts'
import { keys } from '../harness/host.ts'
import { type Expected, TENANT } from './rosters.ts'

/** The check-in press of somebody. */
export const checkInOf = ({ openId, gathering, chatId }: Expected): Pressed => ({
  openId,
  messageId: `om_${gathering}`,
  chatId,
  value: { press: 'gathering.checkIn', gathering },
})

export interface Pressed {
  openId: string
  messageId: string
  chatId: string
  value: object
  form?: object
}

/** As Feishu signs and seals it at this moment. */
export function wireOf({ openId, messageId, chatId, value, form }: Pressed, eventId: string, atMs: number): Wire {
  const event = {
    operator: { open_id: openId, union_id: `on_${openId}`, tenant_key: TENANT },
    token: `c-${eventId}`,
    action: { value, tag: 'button', ...(form ? { form_value: form } : {}) },
    host: 'im_message',
    context: { open_message_id: messageId, open_chat_id: chatId },
  }
  const header = { event_id: eventId, token: keys.verificationToken, app_id: keys.appId, tenant_key: TENANT }
  const timestamp = String(Math.floor(atMs / 1000))
  return sealed(JSON.stringify(envelope('card.action.trigger', event, header)), { key: keys.encryptKey, timestamp })
}

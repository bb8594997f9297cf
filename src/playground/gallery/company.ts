import { createFeishu } from '../feishu/feishu.ts'

const app = { appId: 'cli_0123456789abcdef', appSecret: 'a-secret', encryptKey: 'a-key', verificationToken: 'a-token' }

export type Said = { code: number; msg: string; data?: { message_id?: string } }

/** A stand-in of its own with a group, whose clock stands still until it is moved. */
export function company(from: Date) {
  let now = from.getTime()
  let seed = 1
  let isLate = false
  const feishu = createFeishu({
    ...app,
    clock: () => new Date(now),
    random: () => {
      seed = (seed * 48271) % 2147483647
      return seed / 2147483647
    },
    webhook: () => (isLate ? new Promise(() => {}) : Promise.resolve(Response.json({}))),
    sleep: () => (isLate ? Promise.resolve() : new Promise(() => {})),
  })
  const { openId } = feishu.addPerson('李华')
  const group = feishu.addChat('第一支部', [openId])
  group.hasBot = true

  async function call(method: string, path: string, body: object, token?: string): Promise<Said> {
    const headers = { authorization: `Bearer ${token ?? (await tokenOf())}` }
    return (await feishu.fetch(`http://feishu/open-apis${path}`, { method, headers, body: JSON.stringify(body) })).json() as Promise<Said>
  }
  async function tokenOf(): Promise<string> {
    const body = JSON.stringify({ app_id: app.appId, app_secret: app.appSecret })
    const response = await feishu.fetch('http://feishu/open-apis/auth/v3/tenant_access_token/internal', { method: 'POST', body })
    return ((await response.json()) as { tenant_access_token: string }).tenant_access_token
  }
  const send = (content: object, { to = group.chatId, type = 'text', ...more }: Record<string, unknown> = {}) =>
    call('POST', '/im/v1/messages?receive_id_type=chat_id', { receive_id: to, msg_type: type, content: JSON.stringify(content), ...more })
  return {
    feishu,
    openId,
    call,
    tokenOf,
    send,
    sendCard: (...elements: object[]) => send(cardOf(...elements), { type: 'interactive' }),
    pass: (ms: number) => {
      now += ms
    },
    answersLate: () => {
      isLate = true
    },
    more: (many: number) =>
      Array.from({ length: many }, (_, nth) => {
        const chat = feishu.addChat(`群${nth}`, [])
        chat.hasBot = true
        return chat.chatId
      }),
  }
}

export const cardOf = (...elements: object[]) => ({ schema: '2.0', config: { update_multi: true }, body: { elements } })

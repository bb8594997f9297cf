import { unseal } from '../../src/feishu/door/verify.ts'
import { createFeishu } from '../../src/playground/feishu/feishu.ts'

export const app = { appId: 'cli_a5fb0ae6a4000001', appSecret: 'the-app-secret' }
export const secrets = { encryptKey: 'a key of this test', verificationToken: 'the-token' }

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

interface Heard {
  headers: Headers
  body: string
  said: { header: { event_id: string; event_type: string; create_time: string; token: string }; event: Record<string, unknown> }
}

/** A company of three with a group, a clock that stands still, and a bot with the test's answers. */
export function aCompany() {
  let now = Date.parse('2026-10-08T09:00:00+08:00')
  let seed = 1
  let answer: (request: Request) => Promise<Response> = async () => Response.json({})
  let deadlinePasses = () => {}
  const heard: Heard[] = []

  const feishu = createFeishu({
    ...app,
    ...secrets,
    clock: () => new Date(now),
    random: () => {
      seed = (seed * 48271) % 2147483647
      return seed / 2147483647
    },
    sleep: () =>
      new Promise((resolve) => {
        deadlinePasses = resolve
      }),
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
    /** The deadline passes when the bot has heard the event. */
    answersTooLate: () => {
      answer = () => {
        deadlinePasses()
        return new Promise(() => {})
      }
    },
  }
}

interface Said {
  code: number
  msg: string
  data: Record<string, unknown>
  bot: Record<string, unknown>
}

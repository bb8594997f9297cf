import { sealingWith } from '../../db/ballots/sealing.ts'
import { type AppDeps, createApp, newId as idFrom } from '../../src/app.ts'
import { render } from '../../src/bot.ts'
import { moment } from '../../src/calendar.ts'
import { noPages } from '../../src/view.ts'
import { addressBook } from '../../src/web/address.ts'
import { DATA_KEY, seeded, TENANT, textOf } from './branch.ts'
import type { TestStore } from './database.ts'
import { envelope, sealed, secrets, type Wire } from './door.ts'
import { refuseUnknownPress } from './known-press.ts'

const BOT = 'ou_bot'

export const address = addressBook(DATA_KEY)

/** Two apps on one database never mean the same delivery by chance. */
let events = 0

export interface Said {
  chat?: string
  dm?: boolean
  mentions?: readonly { openId: string; name: string }[]
  /** In a group the bot is mentioned unless this says otherwise. */
  toBot?: boolean
  eventId?: string
  messageId?: string
  tenantKey?: string
  senderType?: string
  /** The message that this one replies to. */
  replyTo?: string
}

export interface Shown {
  status: number
  toast?: { type: string; content: string; i18n: { zh_cn: string; en_us: string } }
  card?: { data: Parameters<typeof textOf>[0] }
}

/** The product behind its door, on a real database: what reaches it is sealed and signed as Feishu would. Time stands still until it is moved. */
export function anApp(store: Pick<TestStore, 'db' | 'client'>, world: Partial<AppDeps> = {}) {
  const { db, client } = store
  const random = seeded(5)
  const logs: Record<string, unknown>[] = []
  const behind: Promise<unknown>[] = []
  let now = moment('2026-10-08', '09:00')
  const surroundings: AppDeps = {
    db,
    secrets,
    admins: [],
    clock: () => now,
    random,
    address,
    pages: noPages,
    box: { sealing: sealingWith(DATA_KEY, random), random },
    wait: () => () => {},
    botOpenId: async () => BOT,
    after: (work) => void behind.push(work),
    deliver: async () => {},
    workOff: async () => {},
    log: (event) => void logs.push(event),
    ...world,
  }
  const app = createApp(surroundings)
  const freshId = () => `event-${++events}`

  async function send({ body, headers }: Wire): Promise<Response> {
    return app.fetch(new Request('http://bot/lark/webhook', { method: 'POST', body, headers: [...headers] }))
  }

  const deliver = (type: string, event: object, header: object = {}) =>
    send(
      sealed(
        JSON.stringify(envelope(type, event, { event_id: freshId(), tenant_key: TENANT, create_time: String(now.getTime()), ...header })),
        {
          timestamp: String(Math.floor(now.getTime() / 1000)),
        },
      ),
    )

  async function says(openId: string, text: string, said: Said = {}) {
    const { chat = 'oc_branch', dm = false, mentions = [], toBot = !dm, tenantKey = TENANT, senderType = 'user', replyTo } = said
    const { eventId = freshId(), messageId = `om_${eventId}` } = said
    const named = [...(toBot ? [{ openId: BOT, name: '支部' }] : []), ...mentions]
    const keys = named.map((one, i) => ({ key: `@_user_${i + 1}`, id: { open_id: one.openId }, name: one.name }))
    const response = await deliver(
      'im.message.receive_v1',
      {
        sender: { sender_id: { open_id: openId }, sender_type: senderType },
        message: {
          message_id: messageId,
          chat_id: dm ? `oc_dm_${openId}` : chat,
          chat_type: dm ? 'p2p' : 'group',
          message_type: 'text',
          ...(replyTo ? { parent_id: replyTo } : {}),
          content: JSON.stringify({
            text: [...keys.slice(0, toBot ? 1 : 0), { key: text }, ...keys.slice(toBot ? 1 : 0)].map(({ key }) => key).join(' '),
          }),
          mentions: keys,
        },
      },
      { event_id: eventId, tenant_key: tenantKey },
    )
    return { status: response.status, eventId, answer: () => answerTo(eventId) }
  }

  /** The answer to a line of words. */
  async function answerTo(eventId: string) {
    const { rows } = await client.execute({ sql: 'select view, args from outbox where occasion = ?', args: [`answer ${eventId}`] })
    const [row] = rows
    if (!row) return null
    const card = await render(db, String(row.view), JSON.parse(String(row.args)), now, noPages, surroundings.box)
    return { view: String(row.view), card, text: card ? textOf(card) : '' }
  }

  async function presses(
    openId: string,
    value: unknown,
    more: { chat?: string; form?: object; eventId?: string; tenantKey?: string; messageId?: string } = {},
  ): Promise<Shown> {
    refuseUnknownPress(value)
    const { chat = 'oc_branch', form, eventId = freshId(), tenantKey = TENANT, messageId = 'om_card' } = more
    const response = await deliver(
      'card.action.trigger',
      {
        operator: { open_id: openId },
        action: { value, tag: 'button', ...(form ? { form_value: form } : {}) },
        context: { open_message_id: messageId, open_chat_id: chat },
      },
      { event_id: eventId, tenant_key: tenantKey },
    )
    return { status: response.status, ...((await response.json()) as Omit<Shown, 'status'>) }
  }

  return {
    app,
    db,
    client,
    logs,
    behind,
    send,
    deliver,
    says,
    presses,
    box: surroundings.box,
    freshId,
    newId: () => idFrom(random),
    now: () => now,
    at(on: string, time: string) {
      now = moment(on, time)
    },
    to(moment: Date) {
      now = moment
    },
    /** How many rows each table holds. */
    async counts(): Promise<Record<string, number>> {
      const { rows } = await client.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_%' escape '\\'",
      )
      const counts: Record<string, number> = {}
      for (const { name } of rows) counts[String(name)] = Number((await client.execute(`select count(*) from "${name}"`)).rows[0]?.[0])
      return counts
    },
    async deeds(): Promise<string[]> {
      return (await client.execute('select deed from audit order by id')).rows.map(({ deed }) => String(deed))
    },
  }
}

export type TestApp = ReturnType<typeof anApp>

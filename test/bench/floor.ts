import { serve } from '@hono/node-server'
import { createClient, type InStatement } from '@libsql/client'
import { Hono } from 'hono'
import { type Delivery, receive } from '../../src/feishu/door/events.ts'
import { keys } from '../harness/host.ts'

/**
 * The floor under the product: Hono, the same verification, one read, and the same rows in one commit a press, by the plain
 * client. No rights, no card, no grouping of commits.
 */
const { PORT = '', DATABASE_URL = '' } = process.env
const secrets = { appId: keys.appId, encryptKeys: [keys.encryptKey], verificationTokens: [keys.verificationToken] }
const client = createClient({ url: DATABASE_URL, concurrency: 1, timeout: 0 })
await client.executeMultiple(
  'PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; BEGIN EXCLUSIVE; COMMIT;',
)

const app = new Hono()
app.get('/healthz', (c) => c.json({ ok: true }))
app.post('/lark/webhook', async (c) => {
  const received = receive(new Uint8Array(await c.req.arrayBuffer()), c.req.raw.headers, secrets, new Date())
  if (received.outcome !== 'delivery' || received.delivery.kind !== 'press') return c.json({}, 400)
  await checkIn(received.delivery, String((received.delivery.value as { gathering: unknown }).gathering), Date.now())
  return c.json({ toast: { type: 'success', content: '签到成功，准时。' } })
})

async function checkIn({ eventId, tenantKey, openId }: Extract<Delivery, { kind: 'press' }>, gathering: string, at: number) {
  const { rows } = await client.execute({
    sql: `select m.id as member, m.unit as unit, g.starts_at as startsAt from members m join gatherings g on g.id = ?
      where m.unit = (select id from units where tenant_key = ?) and m.open_id = ? and m.left_on is null`,
    args: [gathering, tenantKey, openId],
  })
  const [seen] = rows
  if (!seen) throw new Error('nobody')
  await client.batch(rowsOf(eventId, gathering, String(seen.member), String(seen.unit), Number(seen.startsAt), at), 'write')
}

const rowsOf = (eventId: string, gathering: string, member: string, unit: string, startsAt: number, at: number): InStatement[] => [
  { sql: 'insert into deliveries (event_id, message_id, at) values (?, null, ?)', args: [eventId, at] },
  {
    sql: "insert into arrivals (gathering, member, punctuality, at, way, by) values (?, ?, ?, ?, 'press', ?)",
    args: [gathering, member, at <= startsAt ? 'on time' : 'late', at, member],
  },
  {
    sql: "insert into audit (at, unit, actor, deed, subject) values (?, ?, ?, 'attendance.checkIn', ?)",
    args: [at, unit, member, gathering],
  },
  {
    sql: `insert into outbox (occasion, lane, due_at, to_kind, to_id, recipient, view, args, version)
      select 'refresh ' || message_id, 1, ?, 'card', message_id, recipient, view, args, 1 from posts where subject = ? and posted_at > ?
      on conflict (occasion) do update set due_at = max(due_at, excluded.due_at), version = version + 1, state = 'waiting', attempts = 0,
        unsure_since = null`,
    args: [at + 3_100, gathering, at - 14 * 86_400_000],
  },
]

serve({ fetch: app.fetch, port: Number(PORT), hostname: '0.0.0.0' })

import { randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { createClient, type InStatement } from '@libsql/client'
import { Hono } from 'hono'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { type Delivery, receive } from '../../src/feishu/door/events.ts'
import { castOf, type Filled, type Question } from '../../src/rules/ballots/marks.ts'
import { piecesOf, receiptFrom, written } from '../../src/rules/ballots/pieces.ts'
import { dataKey, keys } from '../harness/host.ts'

/**
 * The floor that a secret vote is measured against: Hono, the same verification, one read and the same sealing. It writes the same rows
 * in one commit a vote, by the plain client. It shuffles the boxes once a minute too. No rights, no card, no grouping of commits, no kept statements.
 */
const { PORT = '', DATABASE_URL = '' } = process.env
const secrets = { appId: keys.appId, encryptKeys: [keys.encryptKey], verificationTokens: [keys.verificationToken] }
const sealing = sealingWith(dataKey, randomBytes)
const client = createClient({ url: DATABASE_URL, concurrency: 1, timeout: 0 })
await client.executeMultiple(
  `PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;
  BEGIN EXCLUSIVE; COMMIT;`,
)

const app = new Hono()
app.get('/healthz', (c) => c.json({ ok: true }))
app.post('/lark/webhook', async (c) => {
  const received = receive(new Uint8Array(await c.req.arrayBuffer()), c.req.raw.headers, secrets, new Date())
  if (received.outcome !== 'delivery' || received.delivery.kind !== 'press') return c.json({}, 400)
  const receipt = await vote(received.delivery, received.delivery.value as { ballot: string; stance?: string }, Date.now())
  return c.json({ toast: { type: 'success', content: `已投票，回执 ${receipt}` } })
})

async function vote({ eventId, tenantKey, openId, form = {} }: Press, { ballot, stance }: { ballot: string; stance?: string }, at: number) {
  const { rows } = await client.execute({
    sql: `select m.id as member, m.unit as unit, e.branch as branch, b.question as question, b.public_key as publicKey from members m
      join ballots b on b.id = ? and b.closes_at > ? join electorates e on e.ballot = b.id and e.member = m.id
      where m.unit = (select id from units where tenant_key = ?) and m.open_id = ? and m.left_on is null
        and not exists (select 1 from turnout t where t.ballot = b.id and t.member = m.id)
        and not exists (select 1 from ballot_closures c where c.ballot = b.id) and not exists (select 1 from ballot_cancellations c where c.ballot = b.id)`,
    args: [ballot, at, tenantKey, openId],
  })
  const [seen] = rows
  if (!seen) throw new Error('nobody')
  const [member, branch] = [String(seen.member), String(seen.branch)]
  const cast = castOf(JSON.parse(String(seen.question)) as Question, (stance ? { stance } : form) as Filled, { member, branch })
  if ('wrong' in cast) throw new Error('wrong')
  const receipt = receiptFrom(randomBytes(5))
  const sealed = await sealing.seal(ballot, String(seen.publicKey), piecesOf(cast, 'members', receipt).map(written))
  await client.batch(rowsOf({ eventId, ballot, member, unit: String(seen.unit), sealed, at }), 'write')
  touched.add(ballot)
  return receipt
}

/** The same rewriting once a minute: the pieces of a box in key order, and an empty journal behind it. */
const touched = new Set<string>()
setInterval(async () => {
  if (touched.size === 0) return
  for (const ballot of touched) {
    await client.batch(
      [
        'insert into moving_marks select ballot, key, lower(hex(randomblob(11))), sealed from marks where ballot = ?',
        'delete from marks where ballot = ?',
        'insert into marks select ballot, key, sealed from moving_marks where ballot = ? order by key',
        'delete from moving_marks where ballot = ?',
      ].map((sql) => ({ sql, args: [ballot] })),
      'write',
    )
  }
  touched.clear()
  await client.execute('pragma wal_checkpoint(truncate)')
}, 60_000)

type Press = Extract<Delivery, { kind: 'press' }>

interface Vote {
  eventId: string
  ballot: string
  member: string
  unit: string
  sealed: readonly string[]
  at: number
}

const rowsOf = ({ eventId, ballot, member, unit, sealed, at }: Vote): InStatement[] => [
  { sql: 'insert into deliveries (event_id, message_id, at) values (?, null, ?)', args: [eventId, at] },
  { sql: 'insert into turnout (ballot, member) values (?, ?)', args: [ballot, member] },
  {
    sql: 'insert into marks (ballot, key, sealed) select ?, value ->> 0, value ->> 1 from json_each(?)',
    args: [ballot, JSON.stringify(sealed.map((piece) => [randomBytes(11).toString('hex'), piece]))],
  },
  { sql: "insert into audit (at, unit, actor, deed, subject) values (?, ?, ?, 'ballot.vote', ?)", args: [at, unit, member, ballot] },
  {
    sql: `insert into outbox (occasion, lane, due_at, to_kind, to_id, recipient, view, args, version)
      select 'refresh ' || message_id, 1, ?, 'card', message_id, recipient, view, args, 1 from posts where subject = ? and posted_at > ?
      on conflict (occasion) do update set due_at = case state when 'waiting' then due_at else excluded.due_at end, version = version + 1,
        state = 'waiting', attempts = 0, unsure_since = null`,
    args: [at + 20_000, `turnout ${ballot}`, at - 14 * 86_400_000],
  },
]

serve({ fetch: app.fetch, port: Number(PORT), hostname: '0.0.0.0' })

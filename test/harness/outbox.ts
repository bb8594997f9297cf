import { together } from '../../db/client.ts'
import { enqueue, type OutboxRow, type Sending } from '../../db/ledgers/outbox.ts'
import { outbox } from '../../db/ledgers/tables.ts'
import { createFeishuClient, type FeishuClient } from '../../src/feishu/api/client.ts'
import { deliverOutbox } from '../../src/feishu/delivery/deliver.ts'
import type { DeliveryDeps } from '../../src/feishu/delivery/deps.ts'
import { createFeishu } from '../../src/playground/feishu/feishu.ts'
import { seeded } from './branch.ts'
import { aStore, type TestStore } from './database.ts'
import { named } from './named.ts'

export const APP = { appId: 'cli_0123456789abcdef', appSecret: 'app-secret' }

/** A Friday that is worked. */
const START = Date.parse('2026-11-20T15:00:00+08:00')

export const card = (text: string) => ({
  schema: '2.0',
  config: { update_multi: true },
  body: { elements: [{ tag: 'markdown', content: text }] },
})

export type Platform = ReturnType<typeof platform>

/** Feishu's own side with one chat and some people in it, on a clock that only `sleep` and `advance` move. */
export function platform({ people: many = 3, start = START }: { people?: number; start?: number } = {}) {
  let at = start
  const clock = () => new Date(at)
  const random = seeded()
  const chance = () => ((random(1)[0] ?? 0) * 256 + (random(1)[0] ?? 0)) / 65_536
  const feishu = createFeishu({
    ...APP,
    clock,
    random: chance,
    encryptKey: 'encrypt-key',
    verificationToken: 'token',
    webhook: async () => new Response('{}'),
  })
  const people = Array.from({ length: many }, (_, i) => feishu.addPerson(`人${i}`, { openId: `ou_${i}` }).openId) as [string, ...string[]]
  const { chatId } = feishu.addChat('第一支部', people, { chatId: 'oc_branch' })
  feishu.chat(chatId).hasBot = true
  const logged: object[] = []
  const log = (event: object) => {
    logged.push(event)
  }
  const feishuClientOver = (fetch: typeof globalThis.fetch): FeishuClient =>
    createFeishuClient({ ...APP, domain: 'feishu', fetch, clock, log, timeoutMs: 150 })

  return {
    feishu,
    chatId,
    people,
    clock,
    random,
    logged,
    log,
    feishuClientOver,
    feishuClient: feishuClientOver(feishu.fetch as typeof fetch),
    advance: (ms: number) => {
      at += ms
    },
    sleep: async (ms: number) => {
      at += ms
    },
  }
}

/** That platform, and a real outbox with a runner before it. A view is shown as its own words, unless it is told otherwise. */
export async function anOutbox({ store, ...options }: Parameters<typeof platform>[0] & { store?: Pick<TestStore, 'db' | 'client'> } = {}) {
  const there = platform(options)
  const { db, client } = store ?? (await aStore())
  const views = new Map<string, (args: Record<string, unknown>) => object | null | Promise<object | null>>()
  const world: DeliveryDeps = {
    ...there,
    db,
    admins: async () => ['ou_0'],
    render: async (view, args) => (views.get(view) ?? (() => card(`${view} ${JSON.stringify(args)}`)))(args),
  }

  return {
    ...there,
    db,
    client,
    views,
    world,
    say: ({ view = 'say', ...message }: Partial<Omit<Sending, 'view'>> & { occasion: string; view?: string }) =>
      together(db, [
        enqueue(db, { to: { chat: there.chatId }, view: named(view), args: { words: message.occasion }, dueAt: there.clock(), ...message }),
      ]),
    run: (more: Partial<DeliveryDeps> = {}) => deliverOutbox({ ...world, ...more }),
    /** Ticks once a minute until nothing waits any more. */
    async drain(minutes: number) {
      for (let i = 0; i < minutes; i++) {
        const from = there.clock().getTime()
        await deliverOutbox(world)
        if ((await db.select().from(outbox)).every(({ state }) => state !== 'waiting')) return
        there.advance(Math.max(0, 60_000 - (there.clock().getTime() - from)))
      }
    },
    rows: (): Promise<OutboxRow[]> => db.select().from(outbox).orderBy(outbox.id),
    async row(occasion: string): Promise<OutboxRow> {
      const row = (await db.select().from(outbox)).find((one) => one.occasion === occasion)
      if (!row) throw new Error(`nothing is to be said of ${occasion}`)
      return row
    },
    /** The messages in the chats, in order. */
    shown: () => there.feishu.messages.map(({ content }) => wordsOf(content)),
  }
}

export const wordsOf = (content: unknown) => (content as ReturnType<typeof card>).body.elements[0]?.content ?? ''

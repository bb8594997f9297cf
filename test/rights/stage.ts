import type { Gate } from '../../db/client.ts'
import { posts } from '../../db/ledgers/tables.ts'
import type { Right } from '../../src/rules/branches/rights.ts'
import { noPages } from '../../src/view.ts'
import type { TestStore } from '../harness/database.ts'
import { named } from '../harness/named.ts'
import { aTown, people, type Townsman } from '../harness/town.ts'
import type { PlaceName } from './roles.ts'

/** One small example of a command or a press. The people whom the grid names bring about its effect; nobody else changes anything. */
export interface Example {
  /** The name of the command or the press. */
  action: string
  /** All the rights that are needed, written down here a second time. */
  asks: Right[]
  at: PlaceName
  /** A condition besides the rights. */
  if: (who: Townsman) => boolean
  effect: Effect
  /** Brings about what is acted on, by deeds of the product, and returns what the button sends. */
  given?: Given
  acts(stage: Stage, who: Townsman, given: Sent): Promise<unknown>
}

/** A deed in the audit, a view that is sent, or words on the card that answers. */
type Effect = { deed: string } | { view: string } | { card: string }

type Sent = Record<string, unknown>
type Given = (stage: Stage) => Promise<Sent | undefined>

type More = Effect & {
  at?: PlaceName
  if?: Example['if']
  given?: Given
  /** The rest of the button's value, besides what `given` returns. */
  sends?: Sent | ((stage: Stage) => Sent)
  form?: Sent | ((given: Sent) => Sent)
  chat?: string
  mentions?: boolean
}

const example = (action: string, asks: Right | Right[], more: More) => ({
  action,
  asks: Array.isArray(asks) ? asks : [asks],
  at: more.at ?? 'home',
  if: more.if ?? (() => true),
  effect: more as Effect,
  ...(more.given ? { given: more.given } : {}),
})

/** An example of a press. */
export const press = (action: string, asks: Right | Right[], more: More): Example => ({
  ...example(action, asks, more),
  acts(stage, { openId, tenantKey, name }, given) {
    const sends = typeof more.sends === 'function' ? more.sends(stage) : more.sends
    const form = typeof more.form === 'function' ? more.form(given) : more.form
    const { chat = 'oc_home' } = more
    return stage.presses(openId, { press: action, ...given, ...sends }, { form, chat, tenantKey, messageId: cardOf(name) })
  },
})

/** An example of a line of words. */
export const says = (command: string, asks: Right | Right[], line: string, more: More): Example => ({
  ...example(command, asks, more),
  acts: (stage, { openId, tenantKey }) =>
    stage.says(openId, line, {
      chat: more.chat ?? 'oc_home',
      tenantKey,
      mentions: more.mentions ? [{ openId: 'ou_newcomer', name: '新人' }] : [],
    }),
})

/** Each person presses on a card of their own. */
const cardOf = (name: string) => `om_card_${name}`

/** A town in one transaction that is never committed: what an example brings about is undone behind it. */
export async function aStage() {
  const town = await aTown((store) => {
    Object.assign(store.db, { gate: within(store) })
    return { pages: { ...noPages, plain: () => 'https://zhibu.example/secrecy' } }
  })
  const { client, db } = town
  await db.insert(posts).values(
    people.map(({ name, member }) => ({
      messageId: cardOf(name),
      recipient: name,
      view: named('say'),
      subject: name,
      args: { viewer: member },
      postedAt: town.now(),
    })),
  )
  const tables = (await client.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")).rows
    .map(({ name }) => String(name))
    .filter((name) => !name.startsWith('_') && !leftBehind.has(name))
  const counts = `select ${tables.map((table) => `(select count(*) from "${table}") as "${table}"`).join(', ')}`

  const openIdOf = (name: string) => people.find((one) => one.name === name)?.openId ?? name
  return {
    ...town,
    /** A deed of somebody of the town that an example begins with. It must succeed. */
    async deed(name: string, action: string, sends: Sent, form?: Sent) {
      const { toast } = await town.presses(openIdOf(name), { press: action, ...sends }, { form, chat: 'oc_home', messageId: cardOf(name) })
      if (toast?.type !== 'success' && toast?.type !== 'info') throw new Error(`${action} by ${name}: ${toast?.content}`)
    },
    async word(name: string, line: string, more: object = {}) {
      await town.says(openIdOf(name), line, { chat: 'oc_home', ...more })
    },
    /** The latest row of a table, by its id or by another column. */
    async latest(table: string, column = 'id'): Promise<string> {
      const { rows } = await client.execute(`select "${column}" as it from "${table}" order by rowid desc limit 1`)
      if (!rows[0]) throw new Error(`${table} is empty`)
      return String(rows[0].it)
    },
    /** How many rows there are of what a refusal must not change. */
    facts: async () => (await client.execute(counts)).rows[0],
    async viewsAfter(id: number) {
      return (await client.execute({ sql: 'select view from outbox where id > ? order by id', args: [id] })).rows.map(({ view }) =>
        String(view),
      )
    },
    lastSent: async () => Number((await client.execute('select max(id) as it from outbox')).rows[0]?.it ?? 0),
    /** Runs it, and undoes whatever it changed; the clock with it. */
    async undone<T>(run: () => Promise<T>): Promise<T> {
      const now = town.now()
      await client.execute('savepoint undone')
      try {
        return await run()
      } finally {
        await client.execute('rollback to undone')
        await client.execute('release undone')
        town.to(now)
      }
    },
  }
}

export type Stage = Awaited<ReturnType<typeof aStage>>

/** A refusal leaves the claim of its delivery and its own words behind. */
const leftBehind = new Set(['deliveries', 'outbox'])

/** The store's gate, whose batches are savepoints of a transaction under way. */
function within({ db, client }: TestStore): Gate {
  const { read } = db.gate
  return {
    read,
    async write(statements) {
      await client.execute('savepoint batch')
      try {
        const results = []
        for (const { sql, args } of statements) results.push(await client.execute({ sql, args }))
        await client.execute('release batch')
        return results
      } catch (error) {
        await client.execute('rollback to batch')
        await client.execute('release batch')
        throw error
      }
    },
  }
}

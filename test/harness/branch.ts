import { expect } from 'vitest'
import { sealingWith } from '../../db/ballots/sealing.ts'
import type { Stage } from '../../db/branches/members.ts'
import { branches, chats, committees, members, seats, units } from '../../db/branches/tables.ts'
import { type Db, together } from '../../db/client.ts'
import { newId } from '../../src/app.ts'
import { answerPress, answerWords, type RequestDeps, render } from '../../src/bot.ts'
import { moment } from '../../src/calendar.ts'
import type { Card, Element } from '../../src/card.ts'
import type { Assist } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import { noPages } from '../../src/view.ts'
import { findings } from './browser/judged.ts'
import { aStore, type TestStore } from './database.ts'
import { refuseUnknownPress } from './known-press.ts'

export const DATA_KEY = Buffer.from('a key of the tests, of 32 bytes.').toString('base64')

export const TENANT = 'tenant_test'
export const GROUP = 'oc_branch'

/** Deterministic chance. */
export function seeded(seed = 1) {
  let state = seed
  return (bytes: number) =>
    Uint8Array.from({ length: bytes }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
}

export interface Person {
  name: string
  stage?: Stage
  role?: SeatRole
  branch?: string | null
}

/**
 * A unit with a committee and a branch in a real database, spoken to as Feishu would after the door. In a store that was `copied` they are
 * there already, and new ids are none of theirs.
 */
export async function aBranch(
  people: readonly Person[],
  options: { since?: string; store?: TestStore; copied?: boolean; assist?: Assist } = {},
) {
  const store = options.store ?? (await aStore())
  const { db } = store
  const random = seeded(options.copied ? 2 : 1)
  let now = moment('2026-10-08', '09:00')
  const box = { sealing: sealingWith(DATA_KEY, random), random }
  let events = options.copied ? 1_000_000 : 0
  if (!options.copied) await founded(db, people, options.since ?? '2026-10-01', now)

  const bot = (): RequestDeps => ({ db, now, newId: () => newId(random), admins: [], pages: noPages, box, assist: options.assist })
  const outboxRows = async () => (await db.run('select occasion, to_kind, to_id, view, args, due_at from outbox order by id')).rows

  /** Says a line of words, and returns the answer: the view and its rendered card. */
  async function say(
    name: string,
    text: string,
    { dm = false, mentions = [] as { openId: string; name: string }[], eventId = `e${++events}` } = {},
  ) {
    const chat = dm ? { id: `oc_dm_${name}`, isGroup: false } : { id: GROUP, isGroup: true }
    await answerWords(bot(), { eventId, messageId: `om_${eventId}`, tenantKey: TENANT, openId: openId(name), chat, text, mentions })
    const row = (await outboxRows()).find(({ occasion }) => occasion === `answer ${eventId}`)
    return row ? shown(String(row.view), JSON.parse(String(row.args))) : null
  }

  async function shown(view: string, args: Record<string, unknown>): Promise<{ view: string; card: Card | null; text: string }> {
    const card = taken(await render(db, view, args, now, noPages, box))
    return { view, card, text: card ? textOf(card) : '' }
  }

  async function press(
    name: string,
    value: object,
    { form, eventId = `e${++events}`, chat = GROUP }: { form?: Record<string, unknown>; eventId?: string; chat?: string } = {},
  ): Promise<PressAnswer> {
    refuseUnknownPress(value)
    const answer = await answerPress(bot(), { eventId, tenantKey: TENANT, openId: openId(name), chat: { id: chat }, value, form })
    taken(answer.card)
    return answer
  }

  return {
    store,
    db,
    say,
    press,
    shown,
    box,
    outboxRows,
    at(on: string, time: string, beyondMs = 0) {
      now = new Date(moment(on, time).getTime() + beyondMs)
      return this
    },
    now: () => now,
    async count(table: string) {
      return Number((await store.client.execute(`select count(*) from ${table}`)).rows[0]?.[0])
    },
    async latestGathering() {
      return String((await store.client.execute('select id from gatherings order by called_at desc, rowid desc limit 1')).rows[0]?.[0])
    },
  }
}

async function founded(db: Db, people: readonly Person[], since: string, boundAt: Date) {
  await together(db, [
    db.insert(units).values({ id: 'unit', tenantKey: TENANT, name: '某大学' }),
    db.insert(committees).values({ id: 'committee', unit: 'unit', name: '机关党委' }),
    db.insert(branches).values({ id: 'branch', unit: 'unit', committee: 'committee', name: '第一支部', since }),
    db.insert(chats).values({ chatId: GROUP, unit: 'unit', branch: 'branch', boundBy: 'test', boundAt }),
  ])
  const joining = people.flatMap(({ name, stage = 'full', role, branch = 'branch' }, index) => [
    db.insert(members).values({
      id: `m_${name}`,
      unit: 'unit',
      branch,
      openId: openId(name),
      name,
      stage,
      joinedOn: '2026-01-01',
      addedAt: new Date(index),
    }),
    ...(role
      ? [
          db.insert(seats).values({
            id: `s_${name}`,
            member: `m_${name}`,
            role,
            branch: role === 'admin' || role === 'assessor' ? null : branch,
            committee: role === 'assessor' ? 'committee' : null,
            from: new Date(0),
          }),
        ]
      : []),
  ])
  // A server far away takes a few large batches sooner than one for each person.
  for (let from = 0; from < joining.length; from += 100) await together(db, joining.slice(from, from + 100))
}

/** Whatever is shown, in whatever state, is a card that the platform would take. */
function taken<C extends Card | null | undefined>(card: C): C {
  if (card) expect(findings([card], 'a card')).toEqual([])
  return card
}

export type TestBranch = Awaited<ReturnType<typeof aBranch>>

export const openId = (name: string) => `ou_${Buffer.from(name).toString('hex')}`

/** All words of a card, both languages, to look for what is said. */
export function textOf(card: Card): string {
  const texts: string[] = []
  const walk = (value: unknown, key = ''): void => {
    if (typeof value === 'string') {
      if (['content', 'zh_cn', 'en_us', 'display_name'].includes(key)) texts.push(value)
      return
    }
    if (Array.isArray(value)) for (const one of value) walk(one, key)
    else if (value && typeof value === 'object') for (const [name, one] of Object.entries(value)) walk(one, name)
  }
  walk(card)
  return texts.join('\n')
}

/** The values that a card's buttons send. */
export function buttonsOf(card: Card | null | undefined): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    else if (value && typeof value === 'object') {
      const element = value as Element
      if (element.tag === 'button')
        found.push(...(element.behaviors as { value: Record<string, unknown> }[]).map(({ value: sent }) => sent))
      else for (const one of Object.values(value)) walk(one)
    }
  }
  walk(card)
  return found
}

import type { Client } from '@libsql/client'
import { desc, eq, SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql/http'
import { alias } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { branches, chats, members } from '../../db/branches/tables.ts'
import { lineage } from '../../db/branches/units.ts'
import { type Db, inList, openDb } from '../../db/client.ts'
import { outbox } from '../../db/ledgers/tables.ts'
import { rosterProposals } from '../../db/roster/tables.ts'

/** Queries are built and never sent. */
const client = {} as Client
const ours = openDb(client)
const theirs = drizzle({ client, casing: 'snake_case' }) as unknown as Db

const at = new Date('2026-10-08T09:00:00+08:00')
const other = alias(members, 'other')
const own = (db: Db, where: SQL = eq(members.name, '李"华')) => db.select({ id: members.id }).from(members).where(where)

const queries: Record<string, (db: Db) => { toSQL(): unknown }> = {
  'columns and parts of one table': (db) => db.select({ id: branches.id, lineage, all: sql`count(*)`.as('all') }).from(branches),
  'a whole table, in order, some of it': (db) => db.select().from(members).orderBy(desc(members.addedAt), members.id).limit(3).offset(0),
  'tables beside each other, one of them twice': (db) =>
    db.select({ one: members.name, two: other.name }).from(members).leftJoin(other, sql`${other.branch} = ${members.branch}`),
  'a query in a query': (db) => {
    const named = own(db).as('named')
    return db
      .select({ id: named.id })
      .from(named)
      .where(sql`${named.id} in ${own(db)}`)
  },
  'a query before a query': (db) => {
    const named = db.$with('named').as(own(db))
    return db.with(named).select().from(named)
  },
  'two queries in one': (db) => own(db).union(own(db)),
  'lists, nothing, truth and bytes': (db) =>
    own(db, sql`${inList(['a', 'b'])} and ${[1, 'two', null]} ${undefined} ${true} ${new Uint8Array([1])} ${at.getTime()}`),
  placeholders: (db) => own(db, sql`${eq(members.addedAt, sql.placeholder('at'))} and ${sql.placeholder('id')} = 1`),
  'values written into the text': (db) => own(db, sql`${members.id} = ${sql`${'it’s'}`.inlineParams()} and ${members.id} = ${'x'}`),
  'rows with moments, json and defaults': (db) =>
    db.insert(outbox).values({
      occasion: 'once',
      lane: 2,
      dueAt: at,
      toKind: 'person',
      toId: 'ou_1',
      recipient: 'person:ou_1',
      view: 'say' as (typeof outbox.$inferInsert)['view'],
      args: { words: '好' },
    }),
  'several rows at once, one by a query': (db) =>
    db.insert(chats).values([
      { chatId: 'oc_1', unit: 'u', boundBy: 'm', boundAt: at },
      { chatId: 'oc_2', unit: sql`(select id from units)`, branch: null, boundBy: sql.placeholder('by') as never, boundAt: at },
    ]),
  'rows by a query': (db) => db.insert(branches).select(sql`select ${'b'}, unit from units`),
  'a row that is there already': (db) =>
    db
      .insert(rosterProposals)
      .values({ chat: 'oc', openId: 'ou', id: 'p', unit: 'u', branch: 'b', name: null, what: 'joined', at })
      .onConflictDoUpdate({ target: [rosterProposals.chat, rosterProposals.openId], set: { at, name: sql`excluded.name` } })
      .returning({ id: rosterProposals.id }),
  changes: (db) => db.update(members).set({ name: '王芳', addedAt: at, group: null }).where(eq(members.id, 'm')).returning(),
  'rows that go': (db) => db.delete(members).where(sql`${members.addedAt} < ${new SQL([members.joinedOn])}`),
}

test.each(Object.keys(queries))('written at once it is what Drizzle writes: %s', (name) => {
  const build = queries[name] as (typeof queries)[string]
  expect(build(ours).toSQL()).toEqual(build(theirs).toSQL())
})

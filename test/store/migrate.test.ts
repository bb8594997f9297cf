import { readFileSync } from 'node:fs'
import { type Client, createClient } from '@libsql/client'
import { expect, test } from 'vitest'
import { migrate } from '../../db/store/migrate.ts'
import { migrations } from '../../db/store/migrations.gen.ts'

const NOW = new Date('2026-11-30T01:00:00Z')

/** A database as version 0.1 left it, with its eleven migrations or the first of them. */
async function version01(migrationsApplied = 11): Promise<Client> {
  const client = createClient({ url: ':memory:' })
  const text = readFileSync(new URL('../fixtures/store/version-0.1.sql', import.meta.url), 'utf8')
  await client.execute('create table migrations (tag text primary key, at integer not null)')
  for (const one of text.split(/^-- migration /m).slice(1, migrationsApplied + 1)) {
    const [tag = '', ...lines] = one.split('\n')
    const statements = lines.join('\n').split('--> statement-breakpoint')
    await client.migrate(statements.map((sql) => sql.trim()).filter(Boolean))
    await client.execute({ sql: 'insert into migrations values (?, 0)', args: [tag] })
  }
  return client
}

const plain = (sql: unknown) => String(sql).replace(/["`]/g, '').replace(/\s+/g, ' ').toLowerCase()

/** Columns, keys, indexes and triggers, in an order that does not depend on how the schema came about. */
async function shapeOf(client: Client): Promise<string[]> {
  const { rows } = await client.execute(`select type, name, sql from sqlite_master where name not like 'sqlite_%' order by type, name`)
  const shape = []
  for (const { type, name, sql } of rows) {
    if (type !== 'table') shape.push(plain(sql))
    else {
      const columns = await client.execute(`select name, type, "notnull", dflt_value, pk from pragma_table_info('${name}') order by name`)
      const keys = await client.execute(`select "table", "from", "to" from pragma_foreign_key_list('${name}') order by "from"`)
      const checks = [...plain(sql).matchAll(/constraint (\w+) check/g)].map(([, check]) => check).sort()
      const told = columns.rows.map((row) => plain(Object.values(row).join(' ')))
      shape.push(
        `${name}: ${told.join(', ')}; ${keys.rows.map((row) => Object.values(row).join(' '))}; ${checks}; ${/without rowid/i.test(String(sql))}`,
      )
    }
  }
  return shape
}

// T44: a database of version 0.1 starts
test('a database of version 0.1 starts with the new schema', async () => {
  const [old, fresh] = [await version01(), createClient({ url: ':memory:' })]
  await old.executeMultiple(`pragma foreign_keys = off;
    insert into roster_files (message_id, file_key, name, branch, by, chat_id, at) values ('om_1', 'key', 'list.xlsx', 'b', 'm', 'oc_1', 1)`)
  await migrate(fresh, NOW)
  expect(await migrate(old, NOW)).toEqual(migrations.slice(2).map(({ tag }) => tag))
  expect(await shapeOf(old)).toEqual(await shapeOf(fresh))
  expect((await old.execute('select message_id, file_key, tries from sent_files')).rows).toMatchObject([
    { message_id: 'om_1', file_key: 'key', tries: 0 },
  ])
  expect(await migrate(old, NOW)).toEqual([])
})

test('a database between old versions is told what to do first', async () => {
  await expect(migrate(await version01(10), NOW)).rejects.toThrow('start Zhibu 0.1 on it once')
})

test('what was closed or cancelled before is settled after the migration', async () => {
  const client = createClient({ url: ':memory:' })
  await migrate(client, NOW, migrations.slice(0, 2))
  await client.executeMultiple(`pragma foreign_keys = off;
    insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at)
      values ('open', 'b', 'general', '', 1, 2, 'm', 0), ('closed', 'b', 'general', '', 1, 2, 'm', 0), ('cancelled', 'b', 'general', '', 1, 2, 'm', 0);
    insert into closures values ('closed', 2, 'm', 0, 0, 0, 0, 1);
    insert into cancellations values ('cancelled', 2, 'm', '');`)
  await migrate(client, NOW)
  const settled = async () => (await client.execute('select id from gatherings where is_settled order by id')).rows.map(({ id }) => id)
  expect(await settled()).toEqual(['cancelled', 'closed'])
  await client.execute("delete from closures where gathering = 'closed'")
  expect(await settled()).toEqual(['cancelled'])
  await client.execute(
    "insert into closures (gathering, at, by, expected, present, expected_voters, present_voters, is_quorate) values ('open', 2, 'm', 0, 0, 0, 0, 1)",
  )
  expect(await settled()).toEqual(['cancelled', 'open'])
})

test('credits of before name the kind of their source, and stay spent', async () => {
  const known = migrations.findIndex(({ tag }) => tag === '0013_credit_sources')
  const client = createClient({ url: ':memory:' })
  await migrate(client, NOW, migrations.slice(0, known))
  await client.executeMultiple(`pragma foreign_keys = off;
    insert into credits (branch, part, subject, gathering, at, period) values
      ('b', '12.group', 'g1', 'meeting', 1, null), ('b', '14.review', '', 'review', 2, '2026'), ('b', '14.review', '', 'lifeMeeting', 3, null);
    insert into spent_credits (branch, part, subject, gathering, period, quarter) values ('b', '12.group', 'g1', 'meeting', '2026-09', '2026Q3')`)
  await migrate(client, NOW)
  const { rows } = await client.execute('select gathering, source_kind, subject, at, period, is_late from credits order by at')
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    'meeting gathering g1 1  0',
    'review evaluation  2 2026 0',
    'lifeMeeting gathering  3  0',
  ])
  expect((await client.execute('select gathering from spent_credits')).rows).toMatchObject([{ gathering: 'meeting' }])
  await expect(client.execute("update spent_credits set period = '2026-10'")).rejects.toThrow('credit spent')
  await expect(client.execute('delete from spent_credits')).rejects.toThrow('credit spent')
})

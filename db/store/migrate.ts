import type { Client } from '@libsql/client'
import { type Migration, migrations } from './migrations.gen.ts'

/**
 * Applies what is missing, each migration in one transaction with its ledger row first: a migrator that comes second fails on the key
 * and moves on, and one that is killed leaves the schema as it was before or after, never between. Safe to run at every start.
 */
export async function migrate(client: Client, now: Date, all: readonly Migration[] = migrations): Promise<string[]> {
  await client.execute('create table if not exists migrations (tag text primary key, at integer not null)')
  const { rows } = await client.execute('select tag from migrations')
  const applied = new Set(rows.map((row) => row.tag))
  const missing = all.filter(({ tag }) => !applied.has(tag))
  const done: string[] = []
  for (const migration of missing) if (await apply(client, migration, now)) done.push(migration.tag)
  return done
}

async function apply(client: Client, { tag, statements }: Migration, now: Date): Promise<boolean> {
  try {
    await client.migrate([{ sql: 'insert into migrations values (?, ?)', args: [tag, now.getTime()] }, ...statements])
    return true
  } catch (error) {
    const { rows } = await client.execute({ sql: 'select 1 from migrations where tag = ?', args: [tag] })
    if (rows.length === 0) throw error
    return false
  }
}

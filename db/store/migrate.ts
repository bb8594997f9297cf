import type { Client, InStatement } from '@libsql/client'
import { tags } from './migration-tags.gen.ts'
import type { Migration } from './migrations.gen.ts'

/**
 * Applies the missing migrations, each in one transaction with its ledger row first. A second migrator fails on the key and moves on. One
 * that is killed leaves the schema as before or after, never between. It is safe to run at every start. The SQL is read only where some is
 * missing.
 * @returns the tags that this call applied
 */
export async function migrate(client: Client, now: Date, all?: readonly Migration[]): Promise<string[]> {
  await client.execute('create table if not exists migrations (tag text primary key, at integer not null)')
  const applied = await appliedTags(client)
  if (applied.has(joined.first)) {
    await join(client, applied, now)
    for (const tag of joined.into) applied.add(tag)
  }
  if (!all && tags.every((tag) => applied.has(tag))) return []
  const done: string[] = []
  for (const { tag, statements } of all ?? (await import('./migrations.gen.ts')).migrations)
    if (!applied.has(tag) && (await apply(client, [tag], statements, now))) done.push(tag)
  return done
}

const appliedTags = async (client: Client) => new Set((await client.execute('select tag from migrations')).rows.map(({ tag }) => tag))

/** False when another migrator was quicker. */
async function apply(client: Client, tags: readonly string[], statements: readonly InStatement[], now: Date): Promise<boolean> {
  try {
    await client.migrate([
      ...tags.map((tag) => ({ sql: 'insert into migrations values (?, ?)', args: [tag, now.getTime()] })),
      ...statements,
    ])
    return true
  } catch (error) {
    if (!(await appliedTags(client)).has(tags[0] as string)) throw error
    return false
  }
}

/** The first eleven migrations were joined into two before 1.0. A database that has them all gets the few differences instead. */
const joined = {
  first: '0000_people_gatherings_outbox',
  last: '0010_ballots_kept',
  into: ['0000_schema', '0001_constraints'],
  statements: [
    `create table guards (nth integer not null, constraint guard_0 check (nth <> 0), constraint guard_1 check (nth <> 1),
      constraint guard_2 check (nth <> 2), constraint guard_3 check (nth <> 3))`,
    'insert into sent_files select message_id, file_key, name, branch, "by", chat_id, at, tried_at, tries from roster_files',
    'alter table arrivals rename column standing to punctuality',
    'drop table roster_files',
    'drop table decisions',
    'drop table minutes',
  ],
}

async function join(client: Client, applied: ReadonlySet<unknown>, now: Date): Promise<void> {
  if (applied.has(joined.into[0])) return
  if (!applied.has(joined.last)) throw new Error('This database is of a version before 0.1; start Zhibu 0.1 on it once, then this version.')
  await apply(client, joined.into, joined.statements, now)
}

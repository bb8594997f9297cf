import { fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { creditsBetween } from '../../db/ledgers/credits.ts'
import { migrate } from '../../db/store/migrate.ts'
import { migrations } from '../../db/store/migrations.gen.ts'
import { seeded } from '../harness/branch.ts'
import { aStore } from '../harness/database.ts'
import { inOneFile } from '../harness/in-one-file.ts'
import { proved, sized } from './sizes.ts'

const NOW = new Date('2026-11-30T01:00:00Z')
const PEOPLE = 10_000

const script = await inOneFile(new URL('migrator.ts', import.meta.url))
afterAll(() => script.remove())

/** A file of version 0.1 with ten thousand people. */
async function oldFile(path: string) {
  const client = createClient({ url: `file:${path}` })
  const text = readFileSync(new URL('../fixtures/store/version-0.1.sql', import.meta.url), 'utf8')
  await client.execute('create table migrations (tag text primary key, at integer not null)')
  for (const one of text.split(/^-- migration /m).slice(1)) {
    const [tag = '', ...lines] = one.split('\n')
    await client.migrate(
      lines
        .join('\n')
        .split('--> statement-breakpoint')
        .map((sql) => sql.trim())
        .filter(Boolean),
    )
    await client.execute({ sql: 'insert into migrations values (?, 0)', args: [tag] })
  }
  await client.executeMultiple(`
    insert into units (id, tenant_key, name) values ('u', 't', '某大学');
    insert into committees (id, unit, name) values ('c', 'u', '机关党委');
    insert into branches (id, unit, committee, name, since) values ('b', 'u', 'c', '第一支部', '2026-01-01');
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${PEOPLE})
      insert into members (id, unit, branch, open_id, name, stage, joined_on, added_at) select 'm' || i, 'u', 'b', 'ou' || i, '人' || i, 'full', '2026-01-01', 0 from n;
    insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at) values ('g', 'b', 'general', '', 0, 1, 'm1', 0);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${PEOPLE})
      insert into arrivals (gathering, member, standing, at, way, "by") select 'g', 'm' || i, 'on time', 0, 'press', 'm' || i from n;`)
  client.close()
}

const shapeOf = async (client: Pick<Client, 'execute'>) =>
  (await client.execute("select type, name, sql from sqlite_master where name not like 'sqlite_%' order by type, name")).rows
    .map(({ type, name, sql }) => `${type} ${name} ${sql}`)
    .join('\n')

const peopleIn = async (client: Pick<Client, 'execute'>) => Number((await client.execute('select count(*) from members')).rows[0]?.[0])

// T44: a file of 10,000 people, killed 4 (50) times while it is migrated
test('a killed start leaves each migration whole or not begun', async ({ task }) => {
  const kills = sized(4, 50)
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [before, path] = [join(folder, 'before.db'), join(folder, 'zhibu.db')]
  await oldFile(before)
  const took = await migrated(before, path, Number.POSITIVE_INFINITY)
  const [old, fresh] = [await shapeOfCopy(before), await shapeOfCopy(path)]
  expect(fresh.shape).not.toBe(old.shape)
  const whole = await shapesAfterEach(before)
  expect([whole[0], whole.at(-1)]).toEqual([old.shape, fresh.shape])

  const random = seeded(44)
  const seen = { old: 0, new: 0 }
  for (let kill = 0; kill < kills; kill++) {
    // Each life has its own file, as the driver lets go of one only when its statements are collected.
    const path = join(folder, `killed-${kill}.db`)
    await migrated(before, path, (((random(1)[0] ?? 0) + 1) / 256) * took)
    const found = await shapeOfCopy(path)
    expect(found.people).toBe(PEOPLE)
    expect(whole).toContain(found.shape)
    seen[found.shape === old.shape ? 'old' : 'new']++
    // The next start ends what was begun.
    const { client, close } = await aStoreAt(path)
    expect([await shapeOf(client), await peopleIn(client)]).toEqual([fresh.shape, PEOPLE])
    expect((await client.execute('pragma integrity_check')).rows[0]?.[0]).toBe('ok')
    close()
  }
  proved(
    task,
    'T44',
    `${kills} kills while ${PEOPLE.toLocaleString('en')} people were migrated: ${seen.old} × the old schema, ${seen.new} × a newer one`,
  )

  /** The schema before the first migration, and after each; a killed start may have finished some of them. */
  async function shapesAfterEach(of: string): Promise<string[]> {
    const copy = join(folder, 'steps.db')
    copyFileSync(of, copy)
    const client = createClient({ url: `file:${copy}` })
    const shapes = [await shapeOf(client)]
    for (let known = 2; known <= migrations.length; known++) {
      await migrate(client, NOW, migrations.slice(0, known))
      shapes.push(await shapeOf(client))
    }
    client.close()
    return shapes
  }

  async function shapeOfCopy(of: string) {
    const copy = join(folder, `copy-${basename(of)}`)
    for (const suffix of ['', '-wal'])
      if (existsSync(of + suffix)) copyFileSync(of + suffix, copy + suffix)
      else rmSync(copy + suffix, { force: true })
    const client = createClient({ url: `file:${copy}` })
    const found = { shape: await shapeOf(client), people: await peopleIn(client) }
    client.close()
    return found
  }
})

const aStoreAt = async (path: string) => {
  const { openFile } = await import('../../db/store/file.ts')
  return openFile(`file:${path}`, NOW)
}

/** Migrates a copy in a process that is killed after so many milliseconds. Returns how long the migration took. */
async function migrated(from: string, path: string, killAfterMs: number): Promise<number> {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  copyFileSync(from, path)
  const child = fork(script.path, [path])
  const over = once(child, 'exit')
  await once(child, 'message')
  const began = performance.now()
  const kill = Number.isFinite(killAfterMs) ? setTimeout(() => child.kill('SIGKILL'), killAfterMs) : undefined
  await Promise.race([once(child, 'message'), over])
  const took = performance.now() - began
  await over
  clearTimeout(kill)
  return took
}

/** Never released: their columns were named back before anything but this repository knew them. */
const unreleased = ['0013_credit_sources', '0014_talk_indexes']

// T44: each table of each earlier version, with the columns that its statements name
test('every earlier version still finds, and may leave out, its columns', async () => {
  const { client } = await aStore()
  const columns = async (table: string) => (await client.execute(`pragma table_info(${table})`)).rows
  const broken: string[] = []
  for (const [nth, { tag }] of migrations.entries()) {
    if (unreleased.includes(tag)) continue
    const path = new URL(`../../db/migrations/meta/${String(nth).padStart(4, '0')}_snapshot.json`, import.meta.url)
    const { tables } = JSON.parse(readFileSync(path, 'utf8')) as { tables: Record<string, { columns: Record<string, unknown> }> }
    for (const [table, { columns: known }] of Object.entries(tables)) {
      const found = await columns(table)
      const names = found.map(({ name }) => String(name))
      broken.push(...Object.keys(known).flatMap((one) => (names.includes(one) ? [] : [`${tag} ${table}.${one} is gone`])))
      const asked = found.filter(({ name, notnull, dflt_value }) => notnull === 1 && dflt_value === null && !(String(name) in known))
      broken.push(...asked.map(({ name }) => `${tag} cannot write ${table} without ${name}`))
    }
  }
  expect(broken).toEqual([])
})

// T44: the statements of the version before, as it wrote them
test('credits by the version before count here, by their kind', async () => {
  const { client, db } = await aStore()
  await client.executeMultiple(`pragma foreign_keys = off;
    insert into "credits" ("branch", "part", "subject", "gathering", "at", "period") select 'b', '12.group', 'g1', 'meeting', 1, null;
    insert into "credits" ("branch", "part", "subject", "gathering", "at", "period") select 'b', '14.review', '', 'review', 2, '2026';
    insert into "credits" ("branch", "part", "subject", "gathering", "at", "period") select 'b', '14.review', '', 'lifeMeeting', 3, null;
    insert into "credits" ("branch", "part", "subject", "gathering", "at", "period") select 'b', '12.group', 'g1', 'taken back', 4, null;
    delete from "credits" where "credits"."gathering" = 'taken back';
    insert into "spent_credits" ("branch", "part", "subject", "gathering", "period", "quarter") values ('b', '12.group', 'g1', 'meeting', '2026-09', '2026Q3') on conflict do nothing`)
  const [found] = await lookUp(db, [creditsBetween(db, ['b'], new Date(0), new Date(10))])
  expect(found.map(({ source, sourceKind }) => `${source} ${sourceKind}`)).toEqual([
    'meeting gathering',
    'review evaluation',
    'lifeMeeting gathering',
  ])
  expect((await client.execute('select part, subject, gathering, period from spent_credits')).rows).toHaveLength(1)
})

// T44: a database of the version before, with all that it knows, and back
test('the version before starts on this one’s database, and loses nothing', async () => {
  const fresh = await aStore()
  const shape = await shapeOf(fresh.client)
  for (let known = 1; known < migrations.length; known++) {
    const client = createClient({ url: ':memory:' })
    expect(await migrate(client, NOW, migrations.slice(0, known))).toHaveLength(known)
    expect(await migrate(client, NOW)).toEqual(migrations.slice(known).map(({ tag }) => tag))
    const whole = await shapeOf(client)
    expect(whole).toBe(shape)
    expect(await migrate(client, NOW, migrations.slice(0, known))).toEqual([])
    expect(await shapeOf(client)).toBe(whole)
  }
})

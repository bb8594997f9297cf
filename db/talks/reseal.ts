import { sql } from 'drizzle-orm'
import { type Db, lookUp, statementOf, together } from '../client.ts'
import { integrityFindings } from '../pledges/tables.ts'
import { keyColumns, sealing } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Cell, Vault } from '../vault/vault.ts'
import { voiceAnswers, voices } from '../voices/tables.ts'
import { opinions, talkNotes, worryDrafts } from './tables.ts'

const LOT = 100

/** The tables whose words the vault seals, each with the rows of its cells as their deeds name them. */
const sealedIn = [
  {
    name: 'talk_notes',
    table: talkNotes,
    row: sql<string>`talk || ' ' || writer`,
    branch: sql<string>`(select t.branch from talks t where t.id = talk)`,
  },
  { name: 'opinions', table: opinions, row: sql<string>`id`, branch: sql<string>`branch` },
  {
    name: 'worry_drafts',
    table: worryDrafts,
    row: sql<string>`talk`,
    branch: sql<string>`(select t.branch from talks t where t.id = talk)`,
  },
  { name: 'worries', table: voices, row: sql<string>`id`, branch: sql<string>`branch` },
  {
    name: 'integrity_findings',
    table: integrityFindings,
    row: sql<string>`id`,
    branch: sql<string>`(select c.branch from integrity_checks c where c.id = check_id)`,
  },
  { name: 'voice_answers', table: voiceAnswers, row: sql<string>`voice || ' ' || nth`, branch: sql<string>`branch` },
] as const satisfies readonly { name: Cell['table']; table: unknown; row: unknown; branch: unknown }[]

const retired = (db: Db) =>
  statementOf(
    db
      .select({ ...keyColumns, unit: vaultKeys.unit })
      .from(vaultKeys)
      .where(sql`${vaultKeys.retiredAt} is not null`)
      .orderBy(vaultKeys.kid),
  )

/**
 * Seals all words with new data keys, in lots, and throws the old keys away. Retired keys tell of an earlier run that was killed. It is
 * carried to its end then, and no further key is retired. Words stay readable all the while.
 * @returns how many cells were sealed anew
 */
export async function resealAll(db: Db, vault: Vault, now: Date, breathe: () => Promise<unknown>): Promise<number> {
  const [unfinished] = await lookUp(db, [retired(db)])
  if (unfinished.length === 0) await together(db, [db.update(vaultKeys).set({ retiredAt: now }).where(sql`${vaultKeys.retiredAt} is null`)])
  let done = 0
  const [old] = await lookUp(db, [retired(db)])
  for (const key of old) {
    for (const one of sealedIn)
      for (let cells = LOT; cells === LOT; await breathe()) {
        cells = await resealLot(db, vault, key, one, now)
        done += cells
      }
    await together(db, [db.delete(vaultKeys).where(sql`${vaultKeys.kid} = ${key.kid} and ${isUnused}`)])
  }
  return done
}

/** A condition on a key: no cell is sealed with it. */
const isUnused = sql.join(
  sealedIn.map(({ table }) => sql`not exists (select 1 from ${table} s where s.kid = vault_keys.kid)`),
  sql` and `,
)

type Retired = Parameters<Vault['open']>[0] & { unit: string }

/** A cell that was written anew meanwhile has another key, and is left alone. Sealed bytes are never twice the same. */
async function resealLot(
  db: Db,
  vault: Vault,
  old: Retired,
  { name, table, row, branch }: (typeof sealedIn)[number],
  now: Date,
): Promise<number> {
  const [cells] = await lookUp(db, [
    statementOf(
      db
        .select({ row, branch, version: sql<number>`${table.version}`, sealed: sql<string>`${table.sealed}` })
        .from(table)
        .where(sql`${table.kid} = ${old.kid}`)
        .limit(LOT),
    ),
  ])
  if (cells.length === 0) return 0
  const open = vault.opening(old)
  const { unit, purpose } = old
  await sealing(db, vault, { unit, branch: old.branch, purpose, times: cells.length }, now, ({ kid, seal, causes }) =>
    together(db, [
      ...causes,
      ...cells.map(({ sealed, ...at }) => {
        const cell = { table: name, ...at }
        return statementOf(
          db
            .update(table)
            .set({ sealed: seal(cell, open(cell, sealed)), kid })
            .where(sql`${table.kid} = ${old.kid} and ${table.sealed} = ${sealed}`),
        )
      }),
    ]),
  )
  return cells.length
}

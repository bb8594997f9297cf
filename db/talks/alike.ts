import { sql } from 'drizzle-orm'
import { addYears, day, moment } from '../../src/calendar.ts'
import { COMPARED_YEARS } from '../../src/rules/talks/retention.ts'
import { likenessTo, namesIn } from '../../src/rules/talks/similar.ts'
import { members } from '../branches/tables.ts'
import { type Db, lookUp, statementOf } from '../client.ts'
import { keyColumns, withKeyOrRefuse } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Cell, Vault, VaultKey } from '../vault/vault.ts'
import { opinions } from './tables.ts'

export type OpinionRow = typeof opinions.$inferSelect

export const opinionCell = ({ id, branch, version }: Pick<OpinionRow, 'id' | 'branch' | 'version'>): Cell => ({
  table: 'opinions',
  row: id,
  branch,
  version,
})

/** Comparing takes the whole branch's opinions, and a press must not wait long. */
const MOST_COMPARED = 500

/** True where the branch has nearly the same words about somebody else, within 24 months. */
export async function isLikeAnother(
  db: Db,
  vault: Vault,
  { branch, activist, words }: { branch: string; activist: string; words: string },
  now: Date,
): Promise<boolean> {
  const since = moment(addYears(day(now), -COMPARED_YEARS)).getTime()
  const [rows, people] = await lookUp(db, [
    statementOf(
      db
        .select({ opinion: opinions, key: keyColumns })
        .from(opinions)
        .innerJoin(vaultKeys, sql`${vaultKeys.kid} = ${opinions.kid}`)
        .where(sql`${opinions.branch} = ${branch} and ${opinions.activist} <> ${activist} and ${opinions.filedAt} >= ${since}`)
        .orderBy(sql`${opinions.filedAt} desc`)
        .limit(MOST_COMPARED),
    ),
    db.select({ name: members.name }).from(members).where(sql`${members.branch} = ${branch}`),
  ])
  return isAmong(
    vault,
    words,
    rows,
    people.map(({ name }) => name),
  )
}

/** Opens the opinions one by one until one of them is nearly these words. */
export function isAmong(
  vault: Vault,
  words: string,
  rows: readonly { opinion: OpinionRow; key: VaultKey }[],
  names: readonly string[],
): boolean {
  const isLike = likenessTo(words, namesIn(names))
  return [...Map.groupBy(rows, ({ key }) => key.kid).values()].some((ofKey) => {
    const open = withKeyOrRefuse(() => vault.opening((ofKey[0] as { key: VaultKey }).key))
    return ofKey.some(({ opinion }) => isLike(open(opinionCell(opinion), opinion.sealed)))
  })
}

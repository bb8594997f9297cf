import type { Client } from '@libsql/client'
import type { OwnRulebook } from '../../src/rules/rulebook/rulebook.ts'
import { type PartId, parts } from '../../src/rules/standards/standards.ts'

/** The figures of a committee, in force from the beginning. */
export const rule = (client: Client, said: OwnRulebook, committee = 'committee') =>
  client.execute({
    sql: `insert into rulebooks (committee, version, from_on, said, "by", at)
      values (?, (select count(*) + 1 from rulebooks where committee = ?), '2000-01-01', ?, 'test', 0)`,
    args: [committee, committee, JSON.stringify(said)],
  })

/** Only these parts are asked for: for a test whose matter is dates or messages, not which standard. */
export const askOnly = (client: Client, ...wanted: PartId[]) =>
  rule(client, { switches: Object.fromEntries(parts.filter(({ id }) => !wanted.includes(id)).map(({ id }) => [id, 'off'])) })

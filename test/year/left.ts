import type { Client } from '@libsql/client'
import { thawed } from '../../src/rules/assessment/adjustment.ts'
import { unpacked } from '../../src/rules/assessment/kept.ts'
import { isProved } from '../../src/rules/duties/duty.ts'

type Reading = Pick<Client, 'execute'>

/** The presses on minutes by their deeds, and the decisions that a confirmed document does not have. */
export async function minutesOfYear(client: Reading) {
  const { rows: deeds } = await client.execute("select deed, count(*) as times from audit where deed like 'minutes.%' group by deed")
  const { rows: lost } = await client.execute(
    `select d.words from decisions d join minute_versions v on v.gathering = d.gathering and v.branch = d.branch
      where d.struck_at is null and instr(v.document, d.words) = 0`,
  )
  return { presses: Object.fromEntries(deeds.map(({ deed, times }) => [String(deed), Number(times)])), lost }
}

/** How many branches proved each of some parts by the bot's own records, in any closed quarter. */
export async function branchesProving(client: Reading, parts: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await client.execute('select branch, account from results')
  const proving = new Map(parts.map((part) => [part, new Set<string>()]))
  for (const { branch, account } of rows)
    for (const duty of thawed(unpacked(account as ArrayBuffer)).duties) if (isProved(duty)) proving.get(duty.part)?.add(String(branch))
  return Object.fromEntries([...proving].map(([part, branches]) => [part, branches.size]))
}

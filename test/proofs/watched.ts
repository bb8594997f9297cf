import type { Client } from '@libsql/client'
import type { Db, Gate } from '../../db/client.ts'

/** Tables whose rows are no facts of the branch, each with the reason. Every other table is one. */
export const noFacts: Readonly<Record<string, string>> = {
  audit: 'the record itself',
  outbox: 'messages that facts cause',
  posts: 'where cards stand in chats',
  unreachable: 'what the platform said of a recipient',
  chat_presence: 'the platform’s word on where the bot stands',
  data_keys: 'fingerprints of the key, noted at the start',
  deliveries: 'claims against repeats',
  direct_chats: 'learned from what was sent',
  credits: 'a tally, reckoned from the facts',
  guards: 'always empty',
  moving_marks: 'pieces within one batch; always empty',
  shuffled_boxes: 'the shuffling’s own marks',
  spent_credits: 'what a result used; it is written with the result and never changes',
  job_runs: 'the clock’s own marks',
  vault_keys: 'keys of words; writing the words is the deed',
  worry_drafts: 'words that wait; an entry would join the worry to its talk',
  worries: 'the version before writes here, and a trigger hands it on',
  voices: 'unsigned ones have their entry in the night, signed ones at once; answering one has its entry',
  moving_voices: 'voices within one batch; always empty',
  voice_feelings: 'the word of an unsigned author has its entry in the night',
  leases: 'who works at the moment',
  migrations: 'the schema’s own marks',
  undecided: 'who is still to follow a published quarter; publishing and following are the deeds',
  alerts: 'who was told of what',
  claim_codes: 'a code in the start-up log',
  sent_files: 'a file that waits to be read; its import is the deed',
  roster_asks: 'a file that is asked for',
  rulebook_asks: 'a file that is asked for',
  roster_drafts: 'a preview; saving it is the deed',
  rulebook_drafts: 'a preview; saving it is the deed',
  holiday_drafts: 'a preview; saving it is the deed',
  assessment_drafts: 'a preview; saving it is the deed',
  rhythm_drafts: 'a meeting that is proposed; calling it is the deed',
  roster_proposals: 'what the platform told; deciding it is the deed',
}

/** Watches each batch that goes through a gate. It notes the tables of facts that change, and whether an audit entry is written. */
export async function watched(client: Client, db: Db) {
  const { rows } = await client.execute(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_%' escape '\\'",
  )
  const facts = rows.map(({ name }) => String(name)).filter((name) => !(name in noFacts))
  await client.execute('create temp table changes (it text)')
  for (const table of [...facts, 'audit'])
    for (const what of ['insert', 'update', 'delete'])
      await client.execute(
        `create temp trigger "seen ${table} ${what}" after ${what} on main."${table}" begin insert into changes values ('${table}'); end`,
      )
  // A ballot that is wiped from the journal is marked so by the counting itself, long after its own entry.
  await client.execute('drop trigger "seen ballots update"')
  await client.execute(
    `create temp trigger "seen ballots update" after update on main.ballots when new.wiped_at is old.wiped_at begin insert into changes values ('ballots'); end`,
  )
  // A shuffle moves the pieces of a box within one batch; none comes or goes.
  for (const [what, row] of [
    ['insert', 'new'],
    ['delete', 'old'],
  ]) {
    await client.execute(`drop trigger "seen marks ${what}"`)
    await client.execute(
      `create temp trigger "seen marks ${what}" after ${what} on main.marks when not exists (select 1 from main.moving_marks m where m.ballot = ${row}.ballot)
        begin insert into changes values ('marks'); end`,
    )
  }
  // A result counts from the batch that closes its quarter. Lots that are written before are no facts yet.
  await client.execute('drop trigger "seen results insert"')
  const seen = { facts, changed: new Set<string>(), unaudited: [] as string[], batches: 0 }
  const { gate } = db
  const watching: Gate = {
    ...gate,
    async write(statements) {
      await client.execute('delete from changes')
      const results = await gate.write(statements)
      const changes = (await client.execute('select distinct it from changes order by it')).rows.map(({ it }) => String(it))
      const ofFacts = changes.filter((table) => table !== 'audit')
      seen.batches++
      for (const table of ofFacts) seen.changed.add(table)
      if (ofFacts.length > 0 && ofFacts.length === changes.length) seen.unaudited.push(ofFacts.join(' '))
      return results
    },
  }
  Object.assign(db, { gate: watching })
  return seen
}

import type { Client } from '@libsql/client'
import { day } from '../../src/calendar.ts'
import { thawed } from '../../src/rules/assessment/adjustment.ts'
import { unpacked } from '../../src/rules/assessment/kept.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { scoreOf } from '../../src/rules/duties/scoring.ts'
import { standards } from '../../src/rules/standards/standards.ts'

/** The outcome of a closed quarter with its evidence. It holds no ids, and two stores can be compared by eye. */
export async function closedQuarters(client: Pick<Client, 'execute'>): Promise<string> {
  const { rows } = await client.execute(
    `select r.quarter, b.name, r.tenths, r.weight_asked, r.place, r.is_last, r.account
      from results r join branches b on b.id = r.branch order by 1, 2`,
  )
  const { rows: held } = await client.execute('select id, kind from gatherings')
  const { rows: evaluated } = await client.execute("select id, 'evaluation' as kind from evaluations")
  const { rows: talked } = await client.execute("select id, 'talk' as kind from talks")
  const { rows: adopted } = await client.execute("select id, 'paper' as kind from papers")
  const { rows: raised } = await client.execute(
    "select distinct gathering as id, 'voices' as kind from credits where source_kind = 'voice'",
  )
  const kinds = new Map([...held, ...evaluated, ...talked, ...adopted, ...raised].map(({ id, kind }) => [String(id), String(kind)]))
  const lines = rows.flatMap(({ quarter, name, tenths, weight_asked, place, is_last, account }) => {
    const frozen = thawed(unpacked(account as ArrayBuffer))
    const score = scoreOf(frozen.duties, standards, frozen.rulebook, frozen.findings)
    return [
      `${quarter} ${name}: ${Number(tenths) / 10} of ${weight_asked}, place ${place}${is_last ? ', last' : ''}${score.isCapped ? ', capped' : ''}`,
      ...score.standards.map(
        ({ standard, weight, earnedTenths, parts }) =>
          `  (${standard}) ${earnedTenths === null ? '–' : earnedTenths / 10} / ${weight}: ${parts.flatMap((part) => part.duties.map((duty) => shown(duty, kinds))).join('; ')}`,
      ),
    ]
  })
  return `${lines.join('\n')}\n`
}

function shown({ part, period, state, kept, evidence, attested, judged }: Duty, kinds: ReadonlyMap<string, string>): string {
  const by = judged
    ? `${judged.byUpper ? 'upper' : 'own'} ${judged.permille}‰`
    : evidence
      ? `${kinds.get(evidence.source)} ${day(evidence.at)}`
      : attested
        ? `attested ${attested.on}${attested.isConfirmed ? '' : '?'}`
        : ''
  return [`${part} ${period}${kept ? ' kept' : ''} ${state}`, by].filter(Boolean).join(' by ')
}

import type { Client, Row } from '@libsql/client'
import { day, periodEnd, periodStart } from '../../src/calendar.ts'
import { thawed } from '../../src/rules/assessment/adjustment.ts'
import { unpacked } from '../../src/rules/assessment/kept.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { type Finding, scoreOf } from '../../src/rules/duties/scoring.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { standards } from '../../src/rules/standards/standards.ts'

/**
 * Compares each branch and standard of the closed quarters with its evidence. The rows that the evidence names say what the duty says.
 * The points follow by the formula on the card, reckoned here once more by hand.
 */
export async function differences(client: Pick<Client, 'execute'>): Promise<{ compared: number; different: string[] }> {
  const compare = await comparing(client)
  const { rows } = await client.execute('select branch, quarter, tenths, account from results')
  const different = rows.flatMap(({ branch, quarter, tenths, account }) => {
    const kept = thawed(unpacked(account as ArrayBuffer))
    return compare(String(branch), String(quarter), Number(tenths), kept)
  })
  return { compared: rows.length * standards.length, different }
}

interface Reckoned {
  duties: readonly Duty[]
  rulebook: Rulebook
  findings: readonly Finding[]
}

/** Reads the evidence that there is. It returns a function that tells its differences from the score of one branch and quarter. */
export async function comparing(client: Pick<Client, 'execute'>) {
  const all = async (sql: string) => (await client.execute(sql)).rows
  const [credits, attested, judged] = [
    new Set((await all('select branch, part, subject, gathering as source, at from credits')).map(keyOf)),
    new Map((await all('select id, branch, part, on_day, confirmed_at from attestations')).map((row) => [String(row.id), row])),
    Map.groupBy(await all('select branch, part, subject, period, verdict, permille, by_upper, at from judgements'), ({ branch }) => branch),
  ]

  return (branch: string, quarter: string, tenths: number | null, { duties, rulebook, findings }: Reckoned): string[] => {
    const different: string[] = []
    const score = scoreOf(duties, standards, rulebook, findings)
    if (score.tenths !== tenths) different.push(`${quarter} ${branch}: ${score.tenths} is not ${tenths}`)
    for (const standard of standards) {
      const own = duties.filter((duty) => duty.standard === standard.id)
      for (const duty of own)
        if (!isShown(branch, duty))
          different.push(`${quarter} ${branch} ${duty.part} ${duty.period} ${duty.subject}: ${JSON.stringify(duty)}`)
      const shown = score.standards.find((one) => one.standard === standard.id)?.percentTenths ?? null
      const reckoned = byHand(own, standard.parts, rulebook.latePercent)
      if (shown === null ? reckoned !== null : Math.abs(shown - (reckoned ?? Number.NaN)) > 0.5001)
        different.push(`${quarter} ${branch} (${standard.id}): ${shown} is not ${reckoned}`)
    }
    return different
  }

  function isShown(branch: string, duty: Duty): boolean {
    const { part, subject, period, state, evidence, attested: given, judged: word, graceEndsOn } = duty
    if (word)
      return (judged.get(branch) ?? []).some(
        (row) => row.part === part && row.subject === subject && row.period === period && row.permille === word.permille,
      )
    if (evidence) {
      const isThere = credits.has([branch, part, subject, evidence.source, evidence.at.getTime()].join(' '))
      const isInTime = evidence.at >= periodStart(period) && evidence.at < periodEnd(period)
      return isThere && (state === 'met' ? isInTime : state === 'met late' && !isInTime && day(evidence.at) <= graceEndsOn)
    }
    if (given?.isConfirmed && (state === 'met' || state === 'met late')) {
      const row = attested.get(given.id)
      return row?.branch === branch && row.part === part && row.on_day === given.on && row.confirmed_at !== null
    }
    return duty.basis === 'roster' || (state !== 'met' && state !== 'met late')
  }
}

const keyOf = ({ branch, part, subject, source, at }: Row) => [branch, part, subject, source, at].join(' ')

/** The mean of the parts, of each the mean of what counts: 100, 80 or nothing, or as a person judged. */
function byHand(duties: readonly Duty[], parts: readonly { id: string }[], latePercent: number): number | null {
  const means = parts.flatMap(({ id }) => {
    const shares = duties.filter(({ part }) => part === id).flatMap((duty) => shareOf(duty, latePercent) ?? [])
    return shares.length === 0 ? [] : [shares.reduce((sum, share) => sum + share, 0) / shares.length]
  })
  return means.length === 0 ? null : means.reduce((sum, share) => sum + share, 0) / means.length
}

function shareOf({ state, judged }: Duty, latePercent: number): number | null {
  if (state === 'met') return judged?.permille ?? 1000
  if (state === 'met late') return latePercent * 10
  return state === 'missed' || state === 'overdue' ? 0 : null
}

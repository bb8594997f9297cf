import type { Statement } from '../../db/client.ts'
import {
  addQuarters,
  type Day,
  day,
  halfOf,
  moment,
  type Period,
  periodEnd,
  periodMonths,
  periodStart,
  type Quarter,
  quarter as quarterAt,
  yearOf,
} from '../calendar.ts'
import { type Part, parts } from '../rules/standards/standards.ts'
import { workdayOnOrBefore } from '../rules/time/workdays.ts'
import { bulk } from './bulk.ts'
import type { Chance } from './chance.ts'

interface Proofs {
  branch: string
  strength: number
  until: Date
  /** `by` gives the branch’s word, and `upper` confirms it. */
  by: string
  upper: string
  activists: readonly { id: string }[]
}

/**
 * Attestations with date and reference, most of them confirmed. A duty not due yet is the likelier done the more of its time is over. A
 * duty that an evaluation would prove is left to that.
 */
export function attestationsOf({ branch, strength, until, by, upper, activists }: Proofs, since: Day, chance: Chance): Statement[] {
  const rows = asked(since, until, ({ proof }) => proof === 'attested').flatMap(({ part, period, due }) =>
    (part.per === 'activist' ? activists.map(({ id }) => id) : ['']).flatMap((subject) => {
      const [begins, ends] = [periodStart(period).getTime(), Math.min(due.getTime(), until.getTime())]
      if (part.by === 'evaluation' && ends < due.getTime()) return []
      if (!chance.happens(strength * Math.max(0, (ends - begins) / (due.getTime() - begins)))) return []
      const on = workdayOnOrBefore(day(new Date(Math.max(begins, ends - 1 - chance.whole(1, 12) * 86_400_000))))
      const at = moment(on, '17:00').getTime()
      if (at > until.getTime()) return []
      const confirmed = at < until.getTime() - 14 * 86_400_000 || chance.happens(0.5)
      const id = `${branch}-${part.id}-${period}-${subject}`
      return [
        [
          id,
          branch,
          part.id,
          subject,
          period,
          on,
          `档案 ${period}-${part.standard}`,
          by,
          at,
          confirmed ? upper : null,
          confirmed ? at + 86_400_000 : null,
        ],
      ]
    }),
  )
  return bulk(
    'attestations',
    ['id', 'branch', 'part', 'subject', 'period', 'on_day', 'reference', 'by', 'at', 'confirmed_by', 'confirmed_at'],
    rows,
  )
}

/** Judgements come when their quarter is over. */
export function judgementsOf({ branch, strength, until, upper }: Proofs, since: Day, chance: Chance): Statement[] {
  const over = asked(since, until, ({ proof }) => proof === 'confirmed' || proof === 'upper').filter(
    ({ period }) => periodEnd(period) <= until,
  )
  const rows = over.map(({ part, period }) => {
    const permille = chance.happens(strength) ? chance.pick([1000, 1000, 1000, 950, 900]) : chance.pick([850, 800, 600])
    const at = periodEnd(period).getTime() + 5 * 86_400_000
    return [
      `${branch}-${part.id}-${period}`,
      branch,
      part.id,
      '',
      period,
      'points',
      permille,
      1,
      '按本季度情况评定',
      upper,
      Math.min(at, until.getTime()),
    ]
  })
  return bulk('judgements', ['id', 'branch', 'part', 'subject', 'period', 'verdict', 'permille', 'by_upper', 'reason', 'by', 'at'], rows)
}

/** The parts with their periods that fall due in the year, each with the moment it is due by. */
function asked(since: Day, until: Date, which: (part: Part) => boolean): { part: Part; period: Period; due: Date }[] {
  const first = quarterAt(moment(since))
  const quarters = Array.from({ length: 5 }, (_, nth) => addQuarters(first, nth)).filter((quarter) => periodStart(quarter) < until)
  return parts
    .filter(which)
    .flatMap((part) =>
      quarters.flatMap((quarter) =>
        dueIn(part, quarter).map((period) => ({ part, period, due: periodEnd(part.cadence === 'month' ? period : quarter) })),
      ),
    )
}

function dueIn({ cadence, dueIn: nth = 4 }: Part, quarter: Quarter): Period[] {
  if (cadence === 'month') return periodMonths(quarter)
  if (cadence === 'quarter') return [quarter]
  if (cadence === 'half') return /Q[24]$/.test(quarter) ? [halfOf(quarter)] : []
  return quarter.endsWith(String(nth)) ? [yearOf(quarter)] : []
}

import { addMonths, type Day, type Month, moment, month as monthAt, periodMonths, quarterOf } from '../calendar.ts'
import type { AgendaTag } from '../rules/gatherings/agenda.ts'
import { type GatheringKind, gatheringKinds } from '../rules/gatherings/gatherings.ts'
import { lastWorkdayOf, workdayOnOrAfter } from '../rules/time/workdays.ts'
import type { Chance } from './chance.ts'

export interface MadeGathering {
  kind: GatheringKind
  group: string | null
  startsAt: Date
  endsAt: Date
  items: { words: string; tags: AgendaTag[]; held: boolean }[]
  isAttended: boolean
}

const items: Record<string, { words: string; tags: AgendaTag[] }> = {
  study: { words: '政治理论学习', tags: ['study'] },
  report: { words: '支委会向党员大会报告工作', tags: ['report'] },
  union: { words: '听取工会、共青团工作', tags: ['unionAndLeague'] },
  opinion: { words: '员工思想动态分析', tags: ['opinion'] },
  production: { words: '生产科研任务推进', tags: ['production'] },
  safety: { words: '安全生产', tags: ['safety'] },
  talents: { words: '人才培养', tags: ['talents'] },
  integrity: { words: '党风廉政教育', tags: ['integrity'] },
  areas: { words: '党员责任区检查', tags: ['dutyAreas'] },
  network: { words: '思想政治工作网络', tags: ['workNetwork'] },
}

interface Planned {
  kind: GatheringKind
  /** The month of the quarter, from 0; undefined for every month. */
  inMonth?: 0 | 1 | 2
  /** Only in quarters that end a half-year. */
  halfYearly?: boolean
  on: number
  at: string
  bears: readonly string[]
}

/** A branch’s ordinary year. Chance and the branch’s strength decide which meetings are left out or come late. */
const ordinary: readonly Planned[] = [
  { kind: 'committee', on: 5, at: '15:00', bears: ['study', 'production', 'safety'] },
  { kind: 'committee', inMonth: 1, on: 19, at: '16:00', bears: ['opinion', 'union', 'talents', 'areas', 'network'] },
  { kind: 'group', on: 11, at: '15:30', bears: ['study'] },
  { kind: 'themeDay', on: 15, at: '14:30', bears: ['study'] },
  { kind: 'memberStudy', on: 21, at: '15:00', bears: ['study'] },
  { kind: 'general', inMonth: 2, on: 9, at: '15:00', bears: ['report'] },
  { kind: 'lecture', inMonth: 1, on: 12, at: '15:00', bears: ['integrity'] },
  { kind: 'integrity', inMonth: 2, on: 17, at: '15:00', bears: [] },
  { kind: 'life', inMonth: 2, halfYearly: true, on: 23, at: '14:30', bears: [] },
]

/** The meetings held in the twelve months up to a moment. */
export function gatheringsOfYear(groups: readonly string[], strength: number, until: Date, chance: Chance): MadeGathering[] {
  const first = addMonths(monthAt(until), -11)
  return Array.from({ length: 12 }, (_, nth) => addMonths(first, nth)).flatMap((month) =>
    ordinary
      .filter((planned) => isIn(planned, month))
      .flatMap((planned) => (planned.kind === 'group' ? groups : [null]).flatMap((group) => held(planned, group, month, strength, chance)))
      .filter(({ endsAt }) => endsAt < until),
  )
}

function isIn({ inMonth, halfYearly }: Planned, month: Month): boolean {
  const quarter = quarterOf(month)
  if (halfYearly && !/Q[24]$/.test(quarter)) return false
  return inMonth === undefined || periodMonths(quarter)[inMonth] === month
}

function held({ kind, on, at, bears }: Planned, group: string | null, month: Month, strength: number, chance: Chance): MadeGathering[] {
  if (!chance.happens(strength)) return []
  const startsAt = moment(chance.happens(0.05 * (2 - strength)) ? earlyIn(addMonths(month, 1), chance) : inMonth(month, on, chance), at)
  const agenda = bears.filter(() => chance.happens(strength)).flatMap((name) => items[name] ?? [])
  return [
    {
      kind,
      group,
      startsAt,
      endsAt: new Date(startsAt.getTime() + gatheringKinds[kind].defaultMinutes * 60_000),
      items: agenda.map((item) => ({ ...item, held: chance.happens(0.95) })),
      isAttended: chance.happens(0.9 + 0.1 * strength),
    },
  ]
}

const two = (n: number) => String(n).padStart(2, '0')

function inMonth(month: Month, on: number, { whole }: Chance): Day {
  const day = workdayOnOrAfter(`${month}-${two(on + whole(-3, 3))}`)
  return day.startsWith(month) ? day : lastWorkdayOf(month)
}

/** A day early in a month, within the grace for making up. */
const earlyIn = (month: Month, { whole }: Chance): Day => workdayOnOrAfter(`${month}-${two(whole(1, 8))}`)

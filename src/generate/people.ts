import type { Stage } from '../../db/branches/members.ts'
import { addDays, type Day } from '../calendar.ts'
import type { SeatRole } from '../rules/branches/rights.ts'
import type { Chance } from './chance.ts'
import { personName } from './names.ts'

export interface MadePerson {
  id: string
  name: string
  stage: Stage
  group: string | null
  roles: SeatRole[]
  dates: Partial<Record<'appliedOn' | 'activistOn' | 'prospectOn' | 'probationerOn' | 'fullOn', Day>>
}

export interface MadeBranch {
  id: string
  groups: { id: string; name: string }[]
  people: MadePerson[]
}

const numerals = ['一', '二', '三', '四', '五']

/** A branch of four to fifty people, of every stage. Without `all` it holds only people of whom a duty asks something. */
export function peopleOf(id: string, from: Day, chance: Chance, all: boolean): MadeBranch {
  const size = Math.min(50, Math.max(4, Math.round(8 + chance.next() * 14 + chance.next() * 11)))
  const groups = Array.from({ length: size < 15 ? 0 : Math.min(4, Math.floor(size / 8)) }, (_, nth) => ({
    id: `${id}-g${nth + 1}`,
    name: `第${numerals[nth]}党小组`,
  }))
  const people = Array.from({ length: size }, (_, nth) => personOf(`${id}-m${nth + 1}`, nth, size, groups, from, chance))
  return { id, groups, people: all ? people : people.filter(({ roles, stage }) => roles.length > 0 || stage !== 'full') }
}

function personOf(id: string, nth: number, size: number, groups: MadeBranch['groups'], from: Day, chance: Chance): MadePerson {
  const full = Math.max(3, Math.round(size * 0.76))
  const stage = nth < full ? 'full' : (stagesBelow[Math.floor(((nth - full) / (size - full)) * stagesBelow.length)] ?? 'applicant')
  const inGroup = groups[nth % Math.max(1, groups.length)] ?? null
  return {
    id,
    name: personName(chance),
    stage,
    group: inGroup?.id ?? null,
    roles: rolesOf(nth, full, groups.length),
    dates: datesOf(stage, from, chance),
  }
}

const stagesBelow: readonly Stage[] = ['probationer', 'activist', 'activist', 'prospect', 'applicant']

/** A branch of seven or more full members has a committee of three to five. Others lead its groups. */
function rolesOf(nth: number, full: number, groups: number): SeatRole[] {
  const committee: SeatRole[] =
    full < 7 ? ['secretary'] : ['secretary', 'organisation', 'publicity', ...(full > 14 ? (['deputy', 'discipline'] as const) : [])]
  const role = committee[nth]
  if (role) return [role]
  return nth - committee.length < groups && nth < full ? ['leader'] : []
}

const path = ['appliedOn', 'activistOn', 'prospectOn', 'probationerOn', 'fullOn'] as const
const lastStep: Record<Stage, number> = { applicant: 0, activist: 1, prospect: 2, probationer: 3, full: 4 }

/** Each step comes about a year after the one before; the last comes before the year that is made. */
function datesOf(stage: Stage, from: Day, chance: Chance): MadePerson['dates'] {
  const last = lastStep[stage]
  const ago = stage === 'full' ? chance.whole(200, 9_000) : chance.whole(20, 300)
  return Object.fromEntries(path.slice(0, last + 1).map((step, nth) => [step, addDays(from, -ago - (last - nth) * 380)]))
}

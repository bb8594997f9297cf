import { type Db, type Statement, together } from '../../db/client.ts'
import { recountCredits } from '../../db/ledgers/credits.ts'
import { addDays, addMonths, type Day, firstDay, month as monthAt } from '../calendar.ts'
import { turn } from '../turn.ts'
import { bulk } from './bulk.ts'
import { type Chance, chanceOf } from './chance.ts'
import { factsOf } from './facts.ts'
import { branchName, committeeName, kindOfBranch } from './homes.ts'
import { personName } from './names.ts'
import { type MadeBranch, peopleOf } from './people.ts'

export interface Made {
  seed: number
  branches: number
  /** Facts are made for the twelve months before this moment. */
  until: Date
  /** The unit and the committee that it is added to; without it, a unit of its own. */
  under?: { unit: string; committee: string }
  tenantKey?: string
  /** True for rosters, arrivals and agendas as well; false for only the facts that duties are reckoned from. */
  isWhole?: boolean
  /** Called after each branch, so that others get their turn. */
  breathe?: () => Promise<unknown>
}

const BRANCHES_EACH = 22

/**
 * Makes a unit of any size: committees, branches, people of every stage, a year of facts. A seed always makes the same unit. Some duties
 * are left undone.
 */
export async function generate(
  db: Db,
  made: Made,
): Promise<{ unit: string; committees: string[]; since: Day; people: number; gatherings: number }> {
  const { seed, branches, until, breathe = turn } = made
  const unit = made.under?.unit ?? `g${seed}`
  const top = made.under?.committee ?? `g${seed}-top`
  const since = firstDay(addMonths(monthAt(until), -11))
  const names = Array.from({ length: Math.ceil(branches / BRANCHES_EACH) }, (_, nth) => committeeName(nth))
  const committees = names.map((_, nth) => `g${seed}-c${nth + 1}`)
  await together(db, [
    ...(made.under ? [] : ownUnit(unit, top, made)),
    ...bulk(
      'committees',
      ['id', 'unit', 'parent', 'name'],
      committees.map((id, nth) => [id, unit, top, names[nth] ?? '']),
    ),
    ...assessors(unit, committees, since, until, chanceOf(seed)),
  ])
  let [people, gatherings] = [0, 0]
  for (let nth = 0; nth < branches; nth++) {
    const inCommittee = Math.floor(nth / BRANCHES_EACH)
    const place = {
      unit,
      committee: committees[inCommittee] ?? top,
      name: branchName(inCommittee, nth % BRANCHES_EACH),
      kind: kindOfBranch(inCommittee, nth % BRANCHES_EACH),
      nth,
    }
    const { statements, ...counts } = branchOf(db, made, place, since)
    await together(db, statements)
    people += counts.people
    gatherings += counts.gatherings
    await breathe()
  }
  return { unit, committees, since, people, gatherings }
}

const ownUnit = (unit: string, top: string, { seed, tenantKey = `generated_${seed}` }: Made): Statement[] => [
  ...bulk('units', ['id', 'tenant_key', 'name'], [[unit, tenantKey, `示范大学${seed}`]]),
  ...bulk('committees', ['id', 'unit', 'name'], [[top, unit, '示范大学党委']]),
]

/** Each sub-committee has an assessor, who confirms and judges. */
function assessors(unit: string, committees: readonly string[], since: Day, until: Date, chance: Chance): Statement[] {
  const rows = committees.map((id) => [assessorOf(id), unit, `ou_${assessorOf(id)}`, personName(chance), since, until.getTime()])
  return [
    ...bulk('members', ['id', 'unit', 'open_id', 'name', 'joined_on', 'added_at'], rows),
    ...bulk(
      'seats',
      ['id', 'member', 'role', 'committee', 'from_at'],
      committees.map((id) => [`s-${id}`, assessorOf(id), 'assessor', id, 0]),
    ),
  ]
}
const assessorOf = (committee: string) => `${committee}-a`

interface PlaceOfBranch {
  unit: string
  committee: string
  name: string
  kind: string
  nth: number
}

/** Four of five branches keep their duties well; the others leave some undone, and a few leave many. */
const strengths = [0.99, 0.97, 0.95, 0.92, 0.97, 0.9, 0.85, 0.99, 0.78, 0.6]

function branchOf(db: Db, { seed, until, isWhole = true }: Made, { unit, committee, name, kind, nth }: PlaceOfBranch, since: Day) {
  const chance = chanceOf(seed, nth + 1)
  const id = `g${seed}-b${nth + 1}`
  const branch = peopleOf(id, since, chance, isWhole)
  const strength = chance.pick(strengths)
  const facts = factsOf(branch, { strength, until, since, upper: assessorOf(committee), isWhole }, chance)
  const term = addDays(since, -chance.whole(30, 1_050))
  const statements = [
    ...bulk(
      'branches',
      ['id', 'unit', 'committee', 'name', 'kind', 'since', 'term_started_on'],
      [[id, unit, committee, name, kind, since, term]],
    ),
    ...bulk(
      'groups',
      ['id', 'branch', 'name'],
      branch.groups.map((group) => [group.id, id, group.name]),
    ),
    ...rosterOf(unit, branch, since, until),
    ...facts.statements,
    ...recountCredits(db, id),
  ]
  return { statements, people: branch.people.length, gatherings: facts.gatherings }
}

function rosterOf(unit: string, { id, people }: MadeBranch, since: Day, until: Date): Statement[] {
  const columns = [
    'id',
    'unit',
    'branch',
    'group_id',
    'open_id',
    'name',
    'stage',
    'applied_on',
    'activist_on',
    'prospect_on',
    'probationer_on',
    'full_on',
    'joined_on',
    'added_at',
  ]
  const rows = people.map(({ id: member, group, name, stage, dates }) => [
    member,
    unit,
    id,
    group,
    `ou_${member}`,
    name,
    stage,
    dates.appliedOn ?? null,
    dates.activistOn ?? null,
    dates.prospectOn ?? null,
    dates.probationerOn ?? null,
    dates.fullOn ?? null,
    since,
    until.getTime(),
  ])
  const seats = people.flatMap(({ id: member, roles, group }) =>
    roles.map((role) => [`${member}-${role}`, member, role, role === 'leader' ? null : id, role === 'leader' ? group : null, 0]),
  )
  return [...bulk('members', columns, rows), ...bulk('seats', ['id', 'member', 'role', 'branch', 'group_id', 'from_at'], seats)]
}

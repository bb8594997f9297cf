import { addDays, type Day, moment } from '../../calendar.ts'
import { branchSeats, type SeatRole } from '../branches/rights.ts'
import { dateFieldOf, type StageDates, stagesInOrder } from '../roster/stage-steps.ts'
import type { TalkKind } from './kinds.ts'

/** One of the two, with everything by which the kind of their talk is told. */
export interface Talker extends StageDates {
  id: string
  branch: string | null
  /** The committees above that branch. */
  above: readonly string[]
  stage: (typeof stagesInOrder)[number] | null
  /** All seats that the person has held; moments in milliseconds. */
  held: readonly { role: SeatRole; branch: string | null; committee: string | null; from: number; until: number | null }[]
}

/** The stage on a day, by the dates of the roster. A stage without a date counts as always. */
export function stageOn(person: Pick<Talker, 'stage' | keyof StageDates>, on: Day): Talker['stage'] {
  if (person.stage === null) return null
  const reached = stagesInOrder.slice(0, stagesInOrder.indexOf(person.stage) + 1)
  return reached.findLast((stage) => (person[dateFieldOf(stage)] ?? '') <= on) ?? reached[0] ?? null
}

const heldOn = ({ held }: Talker, on: Day) =>
  held.filter(({ from, until }) => from < moment(on, '24:00').getTime() && (until === null || until > moment(on).getTime()))

/** The branches of the two on whose committee a person sat. */
const committeesOf = (person: Talker, among: readonly (string | null)[], on: Day) =>
  heldOn(person, on).flatMap(({ branch, role }) =>
    branch !== null && among.includes(branch) && branchSeats.some((one) => one === role) ? [branch] : [],
  )

/** A person who works for a committee above the other's branch, and may approve what that branch proposes. */
const isAbove = (person: Talker, { above }: Talker, on: Day) =>
  heldOn(person, on).some(({ role, committee }) => role === 'assessor' && committee !== null && above.includes(committee))

/** The secretary talks after approval; three months are ample for that. */
const AFTER_APPROVAL_DAYS = 90

const isMember = (stage: Talker['stage']) => stage === null || stage === 'full' || stage === 'probationer'

/**
 * The kinds that a talk of these two can bear on that day, the likeliest first. Empty where neither of the two is a member. `care` is
 * always possible and never assumed.
 */
export function kindsOf(one: Talker, other: Talker, on: Day): readonly TalkKind[] {
  const both = [
    { person: one, with: other },
    { person: other, with: one },
  ]
  const stages = both.map(({ person }) => stageOn(person, on))
  if (!stages.some(isMember)) return []
  const has = (...wanted: Talker['stage'][]) => stages.some((stage) => stage !== null && wanted.includes(stage))
  const among = [one.branch, other.branch]
  const [sits, sitsToo] = [committeesOf(one, among, on), committeesOf(other, among, on)]
  const isWithin = sits.some((branch) => sitsToo.includes(branch))
  const isSeated = sits.length + sitsToo.length > 0
  const approves = both.some(
    ({ person, with: met }) => isAbove(person, met, on) && person.branch !== met.branch && stageOn(met, on) === 'prospect',
  )
  const converted = both.some(
    ({ person, with: met }) =>
      heldOn(person, on).some(({ role, branch: of }) => role === 'secretary' && of === met.branch) &&
      stageOn(met, on) === 'full' &&
      met.fullOn !== null &&
      on <= addDays(met.fullOn, AFTER_APPROVAL_DAYS),
  )
  const growing = has('applicant', 'activist', 'prospect')
  return [
    ...(approves ? (['beforeApproval'] as const) : []),
    // A development target is still an activist to whoever looks after them: the contact stays until admission.
    ...(has('activist', 'prospect') ? (['activist'] as const) : []),
    ...(has('applicant') ? (['application'] as const) : []),
    ...(converted ? (['afterApproval'] as const) : []),
    ...(isWithin ? (['withinCommittee'] as const) : []),
    ...(isSeated && !isWithin && !growing ? (['committeeMember'] as const) : []),
    ...(!isSeated && !growing ? (['memberMember'] as const) : []),
    'care',
  ]
}

const growingStages: readonly Talker['stage'][] = ['prospect', 'activist', 'applicant']

/**
 * The branch for which a talk counts: that of the one under development, else of the other. `one` is whoever registers it.
 * Null where neither belongs to a branch.
 */
export function branchOfTalk(one: Talker, other: Talker, on: Day): string | null {
  const growing = [other, one].find((person) => person.branch !== null && growingStages.includes(stageOn(person, on)))
  return growing?.branch ?? other.branch ?? one.branch
}

/** Disciplinary talks (提醒、诫勉、函询) are recorded elsewhere, in writing. */
export const isDisciplinary = (said: string): boolean =>
  /提醒谈话|诫勉|函询|警示谈话|约谈|批评教育|谈话提醒|\badmonish|\badmonition|\bdisciplin(?:e|ary)|\breprimand/iu.test(said)

import { addPeriods, moment, type Period, type Quarter, quarter as quarterAt } from '../../calendar.ts'
import { spentBy } from '../duties/duties.ts'
import { type CommitteeExcuse, type Duty, dutyKey, type Held } from '../duties/duty.ts'
import { type Asked, type Facts, sorted } from '../duties/facts.ts'
import { type Finding, type Score, scoreOf } from '../duties/scoring.ts'
import { dutiesOfSlots } from '../duties/settle.ts'
import { slotOf } from '../duties/slots.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { type PartId, partOf, standards } from '../standards/standards.ts'

/** A closed quarter as it is kept: everything from which its score can be computed again. */
export interface Frozen {
  quarter: Quarter
  duties: Duty[]
  findings: Finding[]
  rulebook: Rulebook
  excuse?: CommitteeExcuse
}

export interface Adjustment {
  before: Score<Duty>
  after: Score<Duty>
  changed: { before: Duty; after: Duty }[]
}

export const frozenScore = ({ duties, findings, rulebook }: Omit<Frozen, 'quarter'>): Score<Duty> =>
  scoreOf(duties, standards, rulebook, findings)

/** Evidence as it is kept. Quarters that were closed before 0.5 name the gathering, or the evaluation, without its kind. */
type Kept = Held | { gathering: string; at: Date }

function heldIn(part: PartId, one: Kept): Held {
  const at = new Date(one.at)
  return 'source' in one
    ? { ...one, at }
    : { source: one.gathering, sourceKind: partOf(part).by === 'evaluation' ? 'evaluation' : 'gathering', at }
}

/** Turns the kept JSON back into a quarter; its moments become dates again. */
export function thawed(kept: unknown): Frozen {
  const frozen = kept as Frozen
  return {
    ...frozen,
    // Rulebooks of before 0.5 name no modules.
    rulebook: { ...frozen.rulebook, modules: frozen.rulebook.modules ?? {} },
    duties: frozen.duties.map((duty) => ({
      ...duty,
      // Quarters that were closed before 0.2 name the proof by its old word.
      ...((duty.basis as string) === 'standing' ? { basis: 'roster' as const } : {}),
      ...(duty.evidence ? { evidence: heldIn(duty.part, duty.evidence) } : {}),
      ...(duty.gathered ? { gathered: duty.gathered.map((one) => heldIn(duty.part, one)) } : {}),
    })),
  }
}

/**
 * Shows what has come to light since a quarter was closed, beside its score and never in it. The duties of that quarter are judged by
 * today's facts. People who joined, left or took a seat since then change nothing that was asked. Gatherings stay where they were spent.
 */
export function adjustmentOf(
  frozen: Frozen,
  { findings, ...facts }: Facts & { findings: readonly Finding[] },
  now: Date,
): Adjustment | null {
  const present = presentStates(frozen, facts, now)
  const duties = frozen.duties.map((duty) => asOfNow(duty, present.get(dutyKey(duty))))
  const [before, after] = [frozenScore(frozen), frozenScore({ duties, findings: [...findings], rulebook: frozen.rulebook })]
  const changed = frozen.duties.flatMap((one, index) => {
    const other = duties[index] as Duty
    return one.state === other.state && one.judged?.permille === other.judged?.permille ? [] : [{ before: one, after: other }]
  })
  return changed.length === 0 && before.tenths === after.tenths ? null : { before, after, changed }
}

/** The same duties by today's facts. Each is found by its own period: the cadences of today may be others. */
function presentStates(frozen: Frozen, facts: Facts, now: Date): Map<string, Duty> {
  const { quarter, rulebook, duties } = frozen
  const spent = [...(facts.spent ?? []), ...duties.flatMap((duty) => spentBy(duty) ?? [])]
  const known = sorted({ ...facts, spent, closedThrough: quarter }, now)
  const branch = askedThen(frozen)
  const present = new Map<string, Duty>()
  for (const same of Map.groupBy(duties, ({ part, subject }) => `${part} ${subject}`).values()) {
    const [{ part, subject: id }, periods] = [same[0] as Duty, [...new Set(same.map(({ period }) => period))].sort()]
    const subject = { id, since: EVER, until: null }
    const inPeriods = (some: readonly Period[]) => {
      const slots = some.map((period) => slotOf(partOf(part), period, rulebook))
      return dutiesOfSlots({ slots, earlier: [], all: slots }, { subject, branch, known, now, latePercent: rulebook.latePercent })
    }
    for (const duty of inPeriods(periods)) {
      const isEarly = quarterAt(moment(duty.dueOn)) > quarter && duty.state !== 'met'
      // Credit before its time that was disproved leaves the last state.
      const last = isEarly ? inPeriods([addPeriods(duty.period, -1)]).find(({ nth }) => nth === duty.nth) : undefined
      present.set(dutyKey(duty), last ?? duty)
    }
  }
  return present
}

const wasAsked = ({ state, judged }: Duty) => state !== 'not applicable' || judged !== undefined

function asOfNow(then: Duty, now: Duty | undefined): Duty {
  if (!now || !wasAsked(then)) return then
  // An undecided word adjusts nothing. In quarters closed under the former rule a branch's own answer settled an S item; it stays.
  if (now.state === 'waiting') return then
  // Seats and terms are not checked again; only a person's word can change such a duty.
  if (then.basis === 'roster' && !now.judged && !now.attested?.isConfirmed) return then
  const { state, evidence, attested, judged, gathered } = now
  const { evidence: _e, attested: _a, judged: _j, gathered: _g, ...rest } = then
  return {
    ...rest,
    state,
    ...(evidence ? { evidence } : {}),
    ...(attested ? { attested } : {}),
    ...(judged ? { judged } : {}),
    ...(gathered ? { gathered } : {}),
  }
}

const EVER = '0000-01-01'

/** The branch as its kept duties describe it. */
function askedThen({ duties }: Frozen): Asked {
  const asked = duties.filter(wasAsked)
  return {
    since: EVER,
    hasCommittee: (period) => asked.some((duty) => duty.period === period && partOf(duty.part).onlyWith === 'committee'),
    groups: [],
    activists: [],
    inDevelopment: asked.some(({ part }) => partOf(part).onlyWith === 'development'),
    breaches: [],
  }
}

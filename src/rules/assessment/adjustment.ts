import type { Quarter } from '../../calendar.ts'
import { dutiesOf } from '../duties/duties.ts'
import { type Duty, dutyKey } from '../duties/duty.ts'
import type { Asked, Facts } from '../duties/facts.ts'
import { type Finding, type Score, scoreOf } from '../duties/scoring.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { partOf, standards } from '../standards/standards.ts'

/** A closed quarter as it is kept: everything from which its score can be computed again. */
export interface Frozen {
  quarter: Quarter
  duties: Duty[]
  findings: Finding[]
  rulebook: Rulebook
}

export interface Adjustment {
  before: Score<Duty>
  after: Score<Duty>
  changed: { before: Duty; after: Duty }[]
}

export const frozenScore = ({ duties, findings, rulebook }: Omit<Frozen, 'quarter'>): Score<Duty> =>
  scoreOf(duties, standards, rulebook, findings)

/** Turns the kept JSON back into a quarter; its moments become dates again. */
export function thawed(kept: unknown): Frozen {
  const frozen = kept as Frozen
  const held = (one: { gathering: string; at: Date }) => ({ ...one, at: new Date(one.at) })
  return {
    ...frozen,
    duties: frozen.duties.map((duty) => ({
      ...duty,
      // Quarters that were closed before 0.2 name the proof by its old word.
      ...((duty.basis as string) === 'standing' ? { basis: 'roster' as const } : {}),
      ...(duty.evidence ? { evidence: held(duty.evidence) } : {}),
      ...(duty.gathered ? { gathered: duty.gathered.map(held) } : {}),
    })),
  }
}

/**
 * Shows what has come to light since a quarter was closed, beside its score and never in it. The duties of that quarter are judged by
 * today's facts. People who joined, left or took a seat since then change nothing that was asked.
 */
export function adjustmentOf(
  frozen: Frozen,
  { findings, ...facts }: Facts & { findings: readonly Finding[] },
  now: Date,
): Adjustment | null {
  const present = new Map(dutiesOf(askedThen(frozen), frozen.quarter, facts, now, frozen.rulebook).map((duty) => [dutyKey(duty), duty]))
  const duties = frozen.duties.map((duty) => asOfNow(duty, present.get(dutyKey(duty))))
  const [before, after] = [frozenScore(frozen), frozenScore({ duties, findings: [...findings], rulebook: frozen.rulebook })]
  const changed = frozen.duties.flatMap((one, index) => {
    const other = duties[index] as Duty
    return one.state === other.state && one.judged?.permille === other.judged?.permille ? [] : [{ before: one, after: other }]
  })
  return changed.length === 0 && before.tenths === after.tenths ? null : { before, after, changed }
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

/** The branch as its kept duties describe it. */
function askedThen({ duties }: Frozen): Asked {
  const asked = duties.filter(wasAsked)
  const subjectsPer = (per: 'group' | 'activist') =>
    [...new Set(duties.filter(({ part }) => partOf(part).per === per).map(({ subject }) => subject))].map((id) => ({
      id,
      since: '0000-01-01',
      until: null,
    }))
  return {
    since: '0000-01-01',
    hasCommittee: (period) => asked.some((duty) => duty.period === period && partOf(duty.part).onlyWith === 'committee'),
    groups: subjectsPer('group'),
    activists: subjectsPer('activist'),
    inDevelopment: asked.some(({ part }) => partOf(part).onlyWith === 'development'),
    holds: () => null,
  }
}

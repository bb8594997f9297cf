import type { Quarter } from '../../calendar.ts'
import { dutiesOf } from '../duties/duties.ts'
import type { Duty } from '../duties/duty.ts'
import { dutyKey } from '../duties/duty.ts'
import type { Asked, Facts } from '../duties/facts.ts'
import { type Finding, type Score, scoreOf } from '../duties/scoring.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { partOf, standards } from '../standards/standards.ts'

/** A closed quarter as it is kept: whatever its score can be reckoned from again. */
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

/** What was kept as JSON, with its moments again. */
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
 * What has come to light since a quarter was closed, shown beside its score and never in it. The duties of then are judged by the facts
 * of now; who joined, left or was given a seat since changes nothing of what was asked.
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
  // What seats and terms said is not asked again; only a person's word can change it.
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

/** The branch as its duties of then say that it was. */
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
    stands: () => null,
  }
}

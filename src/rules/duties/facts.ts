import { type Day, day, type Period, type Quarter } from '../../calendar.ts'
import type { PartId } from '../standards/standards.ts'
import type { BreachFact } from './breaches.ts'

/** The things that our records prove a part by; the kind tells where one opens. */
export const sourceKinds = ['gathering', 'evaluation', 'talk', 'paper', 'record', 'voice', 'integrity', 'area'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** All that can stand behind a duty and be opened: our records, and an entry of the branch. */
export const evidenceKinds = [...sourceKinds, 'attestation'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/**
 * A quorate gathering, for one part that it credits. `at` is its start, `subject` its group (empty for the branch). Finished evaluations
 * and talks are evidence too: `period` is the one they were for, whenever they were done.
 */
export interface Evidence {
  part: PartId
  subject: string
  source: string
  sourceKind: SourceKind
  at: Date
  period?: Period | null
  /** It came after a time of its own, though its period may not be over. */
  isLate?: boolean
}

/** A date and a reference given by the branch; the assessor's confirmation makes it count. */
export interface Attested {
  id: string
  part: PartId
  subject: string
  period: Period
  on: Day
  isConfirmed: boolean
  /** It came after the self-assessment, or again after a refusal: it counts once confirmed, and holds up nothing until then. */
  isLate?: boolean
  /** There was nothing to do in the period. */
  saysNone?: true
}

/** A person's word about a duty: a share of its points, or out of the base. The branch's own is a proposal; the upper level's decides. */
export interface Judged {
  part: PartId
  subject: string
  period: Period
  verdict: 'points' | 'not applicable' | 'excused'
  /** The share of the duty's points with the verdict `points`: 1000 is all of them. */
  permille: number
  byUpper: boolean
  reason: string
  at: Date
}

/** A group or an activist. Duties are asked only for periods in which they were there from the first day to the last. */
export interface Subject {
  id: string
  since: Day
  /** The first day on which they are no longer there; null while they are. */
  until: Day | null
}

/** A branch as far as its duties need it. */
export interface Asked {
  /** Duties are asked from the first period that begins on or after this day. */
  since: Day
  hasCommittee(period: Period): boolean
  groups: readonly Subject[]
  activists: readonly Subject[]
  inDevelopment: boolean
  /** The roster dates a step of development in the quarter; nobody can say that there was none. */
  hasSteps?: boolean
  /** The years of a term, and a confirmed election from which it is counted. */
  termYears?: number
  /** The breaches of what must hold; a part of which nothing is known is attested. */
  breaches: readonly BreachFact[]
}

/** Evidence that paid a closed quarter's debt after that quarter was over. It is that period's for good. */
export interface Spent {
  part: PartId
  subject: string
  source: string
  period: Period
}

export interface Facts {
  evidence: readonly Evidence[]
  attested: readonly Attested[]
  judged: readonly Judged[]
  /** The upper items that a published quarter leaves out for every branch, as `part period`: they were not judged for all. */
  leftOut?: readonly string[]
  /** The last closed quarter. It uses nothing more after its close. */
  closedThrough?: Quarter | null
  spent?: readonly Spent[]
}

export interface Known {
  evidence: ReadonlyMap<string, readonly Evidence[]>
  attested: ReadonlyMap<string, readonly Attested[]>
  /** The confirmed elections of the committee, the latest first: a term counts for every period in it. */
  terms: readonly Attested[]
  judged: ReadonlyMap<string, Judged>
  proposed: ReadonlyMap<string, Judged>
  leftOut: ReadonlySet<string>
  closedThrough: Quarter | null
  today: Day
}

/**
 * Groups facts by part and subject, with each source once and the earliest first. The last judgement and the last proposal count.
 */
export function sorted({ evidence, attested, judged, leftOut, closedThrough = null, spent = [] }: Facts, now: Date): Known {
  const held = new Map<string, Evidence[]>()
  const until = now.getTime()
  for (const one of spent.length > 0 ? named(evidence, spent) : evidence)
    if (one.at.getTime() <= until) put(held, `${one.part} ${one.subject}`, one)
  for (const [key, all] of held) {
    if (all.length === 1) continue
    all.sort(earliestFirst)
    held.set(
      key,
      all.filter((one, index) => one.source !== all[index - 1]?.source),
    )
  }
  const given = new Map<string, Attested[]>()
  for (const one of attested) put(given, keyOf(one), one)
  const terms = attested.filter(({ part, isConfirmed }) => part === '4.term' && isConfirmed).sort((a, b) => byText(b.on, a.on))
  for (const all of given.values()) if (all.length > 1) all.sort(mostCertainFirst)
  const [settled, proposed] = [new Map<string, Judged>(), new Map<string, Judged>()]
  for (const one of judged) {
    if (one.at.getTime() > until) continue
    const key = keyOf(one)
    const words = one.byUpper ? settled : proposed
    const other = words.get(key)
    if (!other || one.at.getTime() >= other.at.getTime()) words.set(key, one)
  }
  return {
    evidence: held,
    attested: given,
    terms,
    judged: settled,
    proposed,
    leftOut: leftOut ? new Set(leftOut) : none,
    closedThrough,
    today: day(now),
  }
}

function named(evidence: readonly Evidence[], spent: readonly Spent[]): Evidence[] {
  const spentOn = new Map(spent.map((one) => [spentKey(one), one.period]))
  return evidence.map((one) => ({ ...one, period: one.period ?? spentOn.get(spentKey(one)) ?? null }))
}

const spentKey = ({ part, subject, source }: Omit<Spent, 'period'>) => `${part} ${subject} ${source}`

function put<T>(into: Map<string, T[]>, key: string, one: T): void {
  const same = into.get(key)
  if (same) same.push(one)
  else into.set(key, [one])
}

export const keyOf = ({ part, subject, period }: { part: PartId; subject: string; period: Period }) => `${part} ${subject} ${period}`
const earliestFirst = (a: Evidence, b: Evidence) => a.at.getTime() - b.at.getTime() || byText(a.source, b.source)
const mostCertainFirst = (a: Attested, b: Attested) =>
  Number(b.isConfirmed) - Number(a.isConfirmed) || byText(a.on, b.on) || byText(a.id, b.id)
const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b))
const none: ReadonlySet<string> = new Set()

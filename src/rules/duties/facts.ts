import { type Day, day, type Period } from '../../calendar.ts'
import type { PartId } from '../standards/standards.ts'

/**
 * A gathering that was quorate, for one part that it credits; `at` is its start, `subject` the group whose it was (empty: the branch's). Or
 * an evaluation that is over: `period` is the one that it was for, whenever it was done.
 */
export interface Evidence {
  part: PartId
  subject: string
  gathering: string
  at: Date
  period?: Period | null
}

/** A date and a reference given by the branch; it counts when the assessor has confirmed it. */
export interface Attested {
  id: string
  part: PartId
  subject: string
  period: Period
  on: Day
  isConfirmed: boolean
}

/** What a person decided of a duty: so much of its points, or out of the base. */
export interface Judged {
  part: PartId
  subject: string
  period: Period
  verdict: 'points' | 'not applicable' | 'excused'
  /** Of the duty's points, with the verdict `points`: 1000 is all of them. */
  permille: number
  byUpper: boolean
  reason: string
  at: Date
}

/** A group, or an activist: asked about in the periods that they were there from the first day to the last. */
export interface Subject {
  id: string
  since: Day
  /** The first day on which they are it no longer; null while they are. */
  until: Day | null
}

/** A branch, as far as its duties ask. */
export interface Asked {
  /** Duties are asked for from the first period that begins on or after this day. */
  since: Day
  hasCommittee(period: Period): boolean
  groups: readonly Subject[]
  activists: readonly Subject[]
  inDevelopment: boolean
  /** Whether what a `roster` part asks holds at a moment; null where our records do not say, and the branch attests. */
  stands(part: PartId, at: Date): boolean | null
}

export interface Facts {
  evidence: readonly Evidence[]
  attested: readonly Attested[]
  judged: readonly Judged[]
}

export interface Known {
  evidence: ReadonlyMap<string, readonly Evidence[]>
  attested: ReadonlyMap<string, readonly Attested[]>
  judged: ReadonlyMap<string, Judged>
  today: Day
}

/** By part and subject, each gathering once and the earliest first; of judgements the one that stands. */
export function sorted({ evidence, attested, judged }: Facts, now: Date): Known {
  const held = new Map<string, Evidence[]>()
  for (const one of evidence) if (one.at <= now) put(held, `${one.part} ${one.subject}`, one)
  for (const [key, all] of held) {
    if (all.length === 1) continue
    all.sort(earliestFirst)
    held.set(
      key,
      all.filter((one, index) => one.gathering !== all[index - 1]?.gathering),
    )
  }
  const given = new Map<string, Attested[]>()
  for (const one of attested) put(given, keyOf(one), one)
  for (const all of given.values()) if (all.length > 1) all.sort(mostCertainFirst)
  const settled = new Map<string, Judged>()
  for (const one of judged) {
    if (one.at > now) continue
    const key = keyOf(one)
    const other = settled.get(key)
    if (!other || outweighs(one, other)) settled.set(key, one)
  }
  return { evidence: held, attested: given, judged: settled, today: day(now) }
}

function put<T>(into: Map<string, T[]>, key: string, one: T): void {
  const same = into.get(key)
  if (same) same.push(one)
  else into.set(key, [one])
}

export const keyOf = ({ part, subject, period }: { part: PartId; subject: string; period: Period }) => `${part} ${subject} ${period}`
const earliestFirst = (a: Evidence, b: Evidence) => a.at.getTime() - b.at.getTime() || byText(a.gathering, b.gathering)
const mostCertainFirst = (a: Attested, b: Attested) =>
  Number(b.isConfirmed) - Number(a.isConfirmed) || byText(a.on, b.on) || byText(a.id, b.id)
const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b))
/** The upper level's word stands over the branch's own, and the later over the earlier. */
const outweighs = (one: Judged, other: Judged) => (one.byUpper === other.byUpper ? one.at >= other.at : one.byUpper)

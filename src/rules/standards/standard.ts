import { type Text, t } from '../../text.ts'
import type { AgendaTag } from '../gatherings/agenda.ts'
import type { GatheringKind } from '../gatherings/gatherings.ts'

export type Cadence = 'month' | 'quarter' | 'half' | 'year'

/**
 * A quorate gathering of a kind credits a part, or an item held in one does. `among` limits the item to some kinds; without it, all
 * count.
 */
export interface Credit {
  kind?: GatheringKind
  tag?: AgendaTag
  among?: readonly GatheringKind[]
}

/**
 * The proof that a part asks for. `record`: our own gatherings. `roster`: what must hold, by the roster and the seats. `attested`: the branch gives date and
 * reference, and the assessor confirms. A module's own records count first, where there are any. `confirmed`: gatherings found by
 * `credits`, confirmed by a person. `upper`: outside figures, or the upper level's judgement.
 */
export type Proof = 'record' | 'roster' | 'attested' | 'confirmed' | 'upper'

/** The modules that prove parts. A branch that does not use one attests the part. */
export type Module = 'evaluation' | 'talks' | 'minutes' | 'papers' | 'voices' | 'pledges'

/** One request of a standard, once a period. Each part, period and subject is a duty. */
export interface DeclaredPart {
  id: string
  standard: number
  proof: Proof
  credits?: readonly Credit[]
  cadence: Cadence
  /** The quarter by whose end a yearly part is due; 4 without a value. */
  dueIn?: 1 | 2 | 3 | 4
  /** The number required in a period; a rulebook may require more. */
  atLeast: number
  /** A confirmed part with a cadence: an alert asks for it while nothing was gathered for it. */
  isGathered?: true
  /** One duty for each group or activist; without it, one for the branch. */
  per?: 'group' | 'activist'
  /** A plan or a pledge may be made in the quarter before its period. A term begins on the day of its election. */
  mayPrecede?: 'quarter' | 'term'
  /** The module whose own records prove it, beside the branch's word: a finished evaluation, or talks. */
  by?: Module
  /** It must hold all the time, as the module's breaches tell, in place of being done once. */
  mustHold?: true
  /** A breach is answered by a date and a reference: of an election that was held on paper. */
  onPaper?: true
  /** A branch without a committee, or with nobody under development, is not asked. */
  onlyWith?: 'committee' | 'development'
  name: Text
  /** The answer to "why am I asked?". */
  rule: Text
}

export interface DeclaredStandard {
  id: number
  weight: number
  /** A: proved by our own records. S: gathered here, confirmed by a person. M: outside figures or the upper level's judgement. */
  proof: 'A' | 'S' | 'M'
  name: Text
  parts: readonly DeclaredPart[]
}

/** A figure of the unit's own: a rule outside the regulations is never shown as law. */
export const own = (standard: number, zh: string, en: string): Text =>
  t(`${zh}（本单位工作标准第${standard}项）。`, `${en} (standard ${standard} of this unit).`)

export const judged = <const Id extends number>(
  standard: Id,
  proof: 'confirmed' | 'upper',
  name: Text,
  rule: Text,
  credits?: readonly Credit[],
) => ({ id: `${standard}.judged`, standard, proof, ...(credits ? { credits } : {}), cadence: 'quarter', atLeast: 1, name, rule }) as const

/** A judged part that is to be gathered once a quarter or half-year, and reminded of. */
export const gathered = <const Id extends number>(
  standard: Id,
  cadence: 'quarter' | 'half',
  name: Text,
  rule: Text,
  credits: readonly Credit[],
) => ({ id: `${standard}.judged`, standard, proof: 'confirmed', credits, cadence, isGathered: true, atLeast: 1, name, rule }) as const

import { type Text, t } from '../../text.ts'
import type { AgendaTag } from '../gatherings/agenda.ts'
import type { GatheringKind } from '../gatherings/gatherings.ts'

export type Cadence = 'month' | 'quarter' | 'half' | 'year'

/** What credits a part: a quorate gathering of a kind, or an item held in one, where `among` says in which kinds (all, if it says nothing). */
export interface Credit {
  kind?: GatheringKind
  tag?: AgendaTag
  among?: readonly GatheringKind[]
}

/**
 * How a part stands proved.
 * `record`: by gatherings of our own. `roster`: by what the roster and the seats say. `attested`: date and reference given by the branch,
 * confirmed by the assessor (the way of a standard whose module is not there, or was not used: what it recorded counts first). `confirmed`: gathered here as far as `credits` says, and a
 * person confirms. `upper`: outside figures or the upper level's judgement.
 */
export type Proof = 'record' | 'roster' | 'attested' | 'confirmed' | 'upper'

/** What one standard asks for, once a period: each part, period and subject is a duty. */
export interface DeclaredPart {
  id: string
  standard: number
  proof: Proof
  credits?: readonly Credit[]
  cadence: Cadence
  /** Of a yearly part, the quarter by whose end it is due; 4 if it says nothing. */
  dueIn?: 1 | 2 | 3 | 4
  /** How many a period; a rulebook may ask for more. */
  atLeast: number
  /** One duty for the branch, or one for each of its groups or activists. */
  per?: 'group' | 'activist'
  /** The evaluation of its period proves it, when it is over. */
  byEvaluation?: true
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

/** The unit's own figure: what a regulation does not say is never shown as law. */
export const own = (standard: number, zh: string, en: string): Text =>
  t(`${zh}（本单位工作标准第${standard}项）。`, `${en} (standard ${standard} of this unit).`)

export const judged = <const Id extends number>(
  standard: Id,
  proof: 'confirmed' | 'upper',
  name: Text,
  rule: Text,
  credits?: readonly Credit[],
) => ({ id: `${standard}.judged`, standard, proof, ...(credits ? { credits } : {}), cadence: 'quarter', atLeast: 1, name, rule }) as const

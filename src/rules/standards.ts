import { type Text, t } from '../text.ts'
import type { GatheringKind } from './gatherings.ts'

/** What one standard asks for, once a period: each part and period is a duty. */
interface PartOfStandard {
  id: string
  standard: number
  gathering: GatheringKind
  cadence: 'month' | 'quarter'
  /** How many a period; a rulebook may ask for more. */
  atLeast: number
  /** A branch without a committee is not asked for its meetings. */
  onlyWith?: 'committee'
  name: Text
  /** The answer to "why am I asked?". */
  rule: Text
}

interface OneStandard {
  id: number
  weight: number
  /** A: proved by our own records. S: gathered here, confirmed by a person. M: outside figures or the upper level's judgement. */
  proof: 'A' | 'S' | 'M'
  name: Text
  parts: readonly PartOfStandard[]
}

export const standards = [
  {
    id: 12,
    weight: 8,
    proof: 'A',
    name: t('三会一课', 'Three meetings and one lecture'),
    parts: [
      {
        id: '12.committee',
        standard: 12,
        gathering: 'committee',
        cadence: 'month',
        atLeast: 1,
        onlyWith: 'committee',
        name: t('支委会会议', 'Committee meeting'),
        rule: t(
          '支委会会议一般每月召开一次，至少半数委员到会（《中国共产党支部工作条例（试行）》第十二条；本单位工作标准第12项）。',
          'The committee meets once a month as a rule, with at least half of its members present (Regulations on the Work of Party Branches, article 12; standard 12 of this unit).',
        ),
      },
      {
        id: '12.general',
        standard: 12,
        gathering: 'general',
        cadence: 'quarter',
        atLeast: 1,
        name: t('支部党员大会', 'General meeting'),
        rule: t(
          '支部党员大会一般每季度召开一次（《中国共产党支部工作条例（试行）》第十一条；本单位工作标准第12项）；到会的有表决权党员超过应到的半数才算有效。',
          'The general meeting is held once a quarter as a rule (Regulations on the Work of Party Branches, article 11; standard 12 of this unit); it counts when more than half of the members entitled to vote are present.',
        ),
      },
    ],
  },
] as const satisfies readonly OneStandard[]

export type StandardId = (typeof standards)[number]['id']
export type PartId = (typeof standards)[number]['parts'][number]['id']
export type Standard = Omit<OneStandard, 'id' | 'parts'> & { id: StandardId; parts: readonly Part[] }
export type Part = Omit<PartOfStandard, 'id' | 'standard'> & { id: PartId; standard: StandardId }

export const parts: readonly Part[] = standards.flatMap((standard) => standard.parts)
export const partIds = parts.map((part) => part.id)

const byId = new Map(parts.map((part) => [part.id, part]))
export function partOf(id: PartId): Part {
  const part = byId.get(id)
  if (!part) throw new Error(`no part ${id}`)
  return part
}

/** What a gathering of this kind can prove, when it was quorate. */
export const creditsOf = (kind: GatheringKind): PartId[] => parts.filter((part) => part.gathering === kind).map((part) => part.id)

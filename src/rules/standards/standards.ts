import type { AgendaTag } from '../gatherings/agenda.ts'
import type { GatheringKind } from '../gatherings/gatherings.ts'
import { committeeStandards } from './committee.ts'
import { coreTasks } from './core-tasks.ts'
import { developmentStandards } from './development.ts'
import { integrityStandards } from './integrity.ts'
import { leagueStandards } from './league.ts'
import { memberStandards } from './members.ts'
import { recordStandards } from './records.ts'
import type { Credit, DeclaredPart, DeclaredStandard } from './standard.ts'
import { thinkingStandards } from './thinking.ts'

/** The thirty standards of the requirement (doc 3, part 4): weights sum to 100, A 62, S 23, M 15. */
export const standards = [
  ...coreTasks,
  ...committeeStandards,
  ...memberStandards,
  ...thinkingStandards,
  ...integrityStandards,
  ...developmentStandards,
  ...leagueStandards,
  ...recordStandards,
] as const

export type StandardId = (typeof standards)[number]['id']
export type PartId = (typeof standards)[number]['parts'][number]['id']
export type Standard = Omit<DeclaredStandard, 'id' | 'parts'> & { id: StandardId; parts: readonly Part[] }
export type Part = Omit<DeclaredPart, 'id' | 'standard'> & { id: PartId; standard: StandardId }

export const parts: readonly Part[] = standards.flatMap((standard): readonly Part[] => standard.parts)
export const partIds = parts.map((part) => part.id)

const byId = new Map(parts.map((part) => [part.id, part]))
export function partOf(id: PartId): Part {
  const part = byId.get(id)
  if (!part) throw new Error(`no part ${id}`)
  return part
}

const standardsById = new Map<number, Standard>(standards.map((standard) => [standard.id, standard]))
export function standardOf(id: number): Standard {
  const standard = standardsById.get(id)
  if (!standard) throw new Error(`no standard ${id}`)
  return standard
}

/** What a quorate gathering of this kind can prove, with these items held. */
export const creditsOf = (kind: GatheringKind, tags: readonly string[] = []): PartId[] =>
  parts.filter((part) => part.credits?.some((credit) => isCredited(credit, kind, tags))).map((part) => part.id)

const isCredited = ({ kind, tag, among }: Credit, held: GatheringKind, tags: readonly string[]) =>
  kind ? kind === held : tag !== undefined && tags.includes(tag) && (!among || among.includes(held))

/** Items that, put on the agenda of a gathering of this kind, would credit one more part each. */
export const couldRideAlong = (kind: GatheringKind, tags: readonly string[]): { tag: AgendaTag; part: PartId }[] => {
  const credited = new Set(creditsOf(kind, tags))
  return parts.flatMap((part) => {
    if (credited.has(part.id)) return []
    const riding = part.credits?.find(({ tag, among }) => tag && (!among || among.includes(kind)))
    return riding?.tag ? [{ tag: riding.tag, part: part.id }] : []
  })
}

/** The gathering to call for a part that is open: the kind that credits it by itself, or one that can bear its item. */
export function callFor(id: PartId): { kind: GatheringKind; tag?: AgendaTag } | null {
  const credits = partOf(id).credits ?? []
  const whole = credits.find(({ kind }) => kind)
  if (whole?.kind) return { kind: whole.kind }
  const [item] = credits
  return item?.tag ? { kind: item.among?.[0] ?? 'committee', tag: item.tag } : null
}
export const isPart = (id: string): id is PartId => byId.has(id as PartId)

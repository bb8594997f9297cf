import { type Text, t } from '../../text.ts'
import type { Module } from '../standards/standard.ts'
import { type PartId, partOf } from '../standards/standards.ts'
import type { Rulebook } from './rulebook.ts'

/** A module with a card of its own, on which its duties are met. Voices ride in the digest as a line of their own. */
export type Opened = Exclude<Module, 'evaluation' | 'voices'>

/** A regulation asks for the evaluation, so that it cannot be left out. */
export const modulesToLeaveOut: readonly Opened[] = ['talks', 'minutes', 'papers', 'pledges']

export const moduleNames: Readonly<Record<Opened, Text>> = {
  talks: t('谈心谈话', 'Talks'),
  minutes: t('会议记录', 'Minutes'),
  papers: t('计划、总结和报告', 'Plans, summaries and reports'),
  pledges: t('承诺', 'Pledges'),
}

/** A committee may leave a module out: then its commands say so, and its parts are attested. */
export const isUsed = (module: Module, { modules }: { modules: Readonly<Partial<Record<Module, boolean>>> }): boolean =>
  modules[module] !== false

/** The module whose records prove a part. Null where there is none, or where the rulebook asks for a date and a reference instead. */
export function provingModule(id: PartId, rulebook: Pick<Rulebook, 'switches' | 'modules'>): Module | null {
  const { by } = partOf(id)
  return by && rulebook.switches[id] !== 'attested' && isUsed(by, rulebook) ? by : null
}

/** The same, as far as its card can be opened in place; an evaluation takes days. */
export function openedFor(id: PartId, rulebook: Pick<Rulebook, 'switches' | 'modules'>): Opened | null {
  const by = provingModule(id, rulebook)
  return by === 'evaluation' || by === 'voices' ? null : by
}

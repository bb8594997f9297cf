import { creditsOf, partOf } from '../standards/standards.ts'
import type { Called } from './cheapest.ts'
import { type Duty, dutyKey } from './duty.ts'
import type { Evidence } from './facts.ts'

type CalledWith = Pick<Called, 'gathering' | 'kind' | 'group' | 'startsAt'> & { tags: readonly string[] }

/** The duties of a branch at a later moment, with some more evidence. */
export type Supposing = (held: readonly Evidence[], at: Date) => readonly Duty[]

const nothing: ReadonlySet<string> = new Set()

/**
 * The keys of the duties that the called gatherings settle, if each is held at its start with enough people. The duties are reckoned as if
 * they were held; hence a debt is paid here as it is then.
 */
export function onItsWay(called: readonly CalledWith[], supposing: Supposing): ReadonlySet<string> {
  if (called.length === 0) return nothing
  const held = called.flatMap(({ gathering, kind, group, startsAt, tags }) =>
    creditsOf(kind, tags).map(
      (part): Evidence => ({
        part,
        subject: partOf(part).per === 'group' ? (group ?? '') : '',
        source: gathering,
        sourceKind: 'gathering',
        at: startsAt,
      }),
    ),
  )
  const until = new Date(Math.max(...called.map(({ startsAt }) => startsAt.getTime())))
  const settled = supposing(held, until).filter(({ state, gathered }) => state === 'met' || state === 'met late' || gathered)
  return new Set(settled.map(dutyKey))
}

import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

/** The parts of a group's card that unfold. */
export const groupParts = ['name', 'leader', 'in', 'out', 'end'] as const

export const openGroup = buttonOf('group.open', z.object({ group: id, part: z.enum(groupParts).optional() }))

export const showGroups = buttonOf('groups.show', z.object({ branch: id }))

export const turnPeople = buttonOf('people.turn', z.object({ branch: id, page: z.number().int().min(0).max(1_000) }))

/** The branch's people, in the presser's own chat. */
export const showPeople = buttonOf('people.show', z.object({ branch: id }))

/** The value of a press on a person's card. */
export const onPerson = z.object({ person: id })

export const undoLast = buttonOf('undo.last', onPerson.extend({ change: id }))

/** The parts of a person's card that unfold. */
export const personParts = ['stage', 'group', 'place', 'exclusion', 'suspension', 'seats', 'leaving'] as const

export const openPart = buttonOf('person.part', z.object({ person: id, part: z.enum(personParts).optional() }))

export const addJoiner = buttonOf('proposals.add', z.object({ proposal: id }))

export const decideProposal = buttonOf(
  'proposals.decide',
  z.object({ proposal: id, decision: z.enum(['connected', 'ignored', 'removed', 'away', 'kept']) }),
)

export const importList = buttonOf('roster.import', z.object({ draft: id }))

/** Reads another sheet of the same file. */
export const readSheet = buttonOf('roster.sheet', z.object({ draft: id, sheet: z.number().int().min(0).max(50) }))

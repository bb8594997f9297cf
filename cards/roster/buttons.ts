import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const turnPeople = buttonOf('people.turn', z.object({ branch: id, page: z.number().int().min(0).max(1_000) }))

/** The parts of a person's card that unfold. */
export const parts = ['stage', 'group', 'place', 'seats', 'leaving'] as const

export const openPart = buttonOf('person.part', z.object({ person: id, part: z.enum(parts).optional() }))

import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { agendaTags } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'

export const addTagged = buttonOf('agenda.add', z.object({ gathering: id, tag: z.enum(agendaTags) }))

/** Pressed on the reminder, it leaves that card as it is: the meeting's own card shows who came. */
export const checkInHere = buttonOf('gathering.checkIn', z.object({ gathering: id, on: z.literal('reminder').optional() }))

export const openMakeUp = buttonOf('makeUp.open', z.object({ form: z.literal('makeUp') }))

export const openLeave = buttonOf('leave.open', z.object({ gathering: id }))

export const openLeavesAsked = buttonOf('leaves.open', z.object({ gathering: id }))

export const callForDuty = buttonOf(
  'callForDuty.open',
  z.object({
    branch: id,
    kind: z.enum(gatheringKindNames),
    group: z.string().max(40).optional(),
    tags: z.array(z.enum(agendaTags)).optional(),
  }),
)

export const openInRoom = buttonOf('inRoom.open', z.object({ gathering: id }))

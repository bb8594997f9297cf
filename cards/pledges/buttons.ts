import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { boardScopes, showingScopes } from '../../src/rules/pledges/showing.ts'

export const addArea = buttonOf('areas.add', z.object({ branch: id }))
export const checkAreas = buttonOf('areas.check', z.object({ branch: id }))
export const pickArea = buttonOf('areas.pick', z.object({ branch: id }))
export const manArea = buttonOf('area.man', z.object({ area: id }))
export const endArea = buttonOf('area.end', z.object({ area: id }))

/** `none` takes the consent back. */
export const showSelf = buttonOf('board.show', z.object({ branch: id, scope: z.enum([...showingScopes, 'none']) }))
export const openBoard = buttonOf('board.hang', z.object({ branch: id, scope: z.enum(boardScopes) }))
export const closeBoard = buttonOf('board.revoke', z.object({ branch: id, scope: z.enum(boardScopes) }))

/** `isAsked` says that the people who are named have agreed. */
export const submitLine = buttonOf('screen.submit', z.object({ branch: id, isAsked: z.boolean() }))
export const approveLine = buttonOf('screen.approve', z.object({ line: id }))
export const pullLine = buttonOf('screen.pull', z.object({ line: id }))

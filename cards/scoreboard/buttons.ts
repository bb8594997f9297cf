import * as z from 'zod'
import { isQuarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const openScore = buttonOf('score.open', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

export const nextRows = buttonOf('order.next', z.object({ committee: id, quarter: z.string().refine(isQuarter), from: z.int().min(0) }))

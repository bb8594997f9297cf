import * as z from 'zod'
import { isQuarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const openAppeal = buttonOf('result.appeal', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

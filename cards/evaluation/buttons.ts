import * as z from 'zod'
import { isPeriod } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const openOrResume = buttonOf('goOn.openOrResume', z.object({ branch: id, period: z.string().refine(isPeriod) }))

import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

/** The quarter whose figures were shown, and the version they came after. */
export const saveFigures = buttonOf(
  'rulebook.save',
  z.object({ committee: id, quarter: z.string().regex(/^\d{4}Q[1-4]$/), after: z.int().min(0) }),
)

export const readHolidays = buttonOf('holidays.read', z.object({}))

export const importYear = buttonOf('holidays.import', z.object({ draft: id }))

export const saveRules = buttonOf('rulebookPreview.save', z.object({ draft: id, from: z.enum(['this', 'next']) }))

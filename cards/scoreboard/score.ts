import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { assessmentLink } from '../../db/pages/links.ts'
import { scoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { isQuarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { view } from '../../src/view.ts'

export const score = view({
  name: 'score',
  takes: z.object({ branch: id, quarter: z.string().refine(isQuarter), subject: z.string().optional() }),
  async show(db, args, now, pages) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    const sheet = await scoreSheet(db, branch, args.quarter, now)
    const { scoreCard } = await import('./drawn.ts')
    return scoreCard(sheet, await pages.url(assessmentLink('branchScore', branch, args.quarter, now)))
  },
})

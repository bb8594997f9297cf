import { assessmentOf, isAssessed } from '../../db/assessment/assessments.ts'
import { notesTo, openAssessment } from '../../db/assessment/open-and-publish.ts'
import { secretariesOfBranches } from '../../db/branches/answering.ts'
import { allCommittees, branchesOf } from '../../db/branches/units.ts'
import { isConstraint, lookUp } from '../../db/client.ts'
import { rulebookFor, rulebooksAbove } from '../../db/rulebook/versions.ts'
import { addQuarters, day, quarter } from '../calendar.ts'
import { assessmentDays } from '../rules/assessment/assessment.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** On the first working day after a quarter each committee’s assessment of it opens. Each branch is asked to look at its own. */
export const openAssessments: Job = async ({ db, slot, now }) => {
  const last = addQuarters(quarter(slot), -1)
  await eachOf(await allCommittees(db), async ({ id: committee }) => {
    const [own, above, opened] = await lookUp(db, [
      branchesOf(db, committee),
      rulebooksAbove(db, committee),
      assessmentOf(db, committee, last),
    ])
    const assessed = own.filter((branch) => isAssessed(branch, last))
    const [first] = assessed
    if (!first || opened.length > 0) return
    const [secretaries] = await lookUp(db, [
      secretariesOfBranches(
        db,
        assessed.map(({ id }) => id),
      ),
    ])
    // Branches that are asked late, after a downtime, have as many days.
    const days = assessmentDays(day(now), rulebookFor(above, last))
    await openAssessment(db, { committee, unit: first.unit, quarter: last, ...days }, notesTo(secretaries, now), now).catch((error) => {
      if (!isConstraint(error)) throw error
    })
  })
}

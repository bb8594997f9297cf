import { assessmentOf, isAssessed } from '../../db/assessment/assessments.ts'
import { notesTo, openAssessment } from '../../db/assessment/open-and-close.ts'
import { secretariesOfBranches } from '../../db/branches/answering.ts'
import { allCommittees, branchesOf } from '../../db/branches/units.ts'
import { type Db, isConstraint, lookUp, statementOf } from '../../db/client.ts'
import { rulebookFor, rulebooksAbove } from '../../db/rulebook/versions.ts'
import { addQuarters, day, type Quarter, quarter } from '../calendar.ts'
import { assessmentDays } from '../rules/assessment/assessment.ts'
import { batchesOf, eachOf } from './each.ts'
import type { Job, Lot } from './job.ts'

/** The number of committees in one lot; each opening is a batch of its own. */
const LOT = 10

/** On the first working day after a quarter each committee’s assessment of it opens. Each branch is asked to look at its own. */
export const openAssessments: Job = async function* ({ db, slot, now, from }): AsyncGenerator<Lot> {
  const last = addQuarters(quarter(slot), -1)
  const left = (await allCommittees(db)).map(({ id }) => id).filter((id) => !from || id > from)
  for (const lot of batchesOf(left, LOT)) {
    await openLot(db, lot, last, now)
    yield { statements: [], cursor: lot.at(-1) ?? '' }
  }
}

async function openLot(db: Db, committees: readonly string[], last: Quarter, now: Date) {
  const facts = await lookUp(
    db,
    committees.map((committee) => statementOf(branchesOf(db, committee))),
  )
  const opened = await lookUp(
    db,
    committees.map((committee) => statementOf(assessmentOf(db, committee, last))),
  )
  const rules = await lookUp(
    db,
    committees.map((committee) => statementOf(rulebooksAbove(db, committee))),
  )
  const asked = committees.flatMap((committee, nth) => {
    const assessed = (facts[nth] ?? []).filter((branch) => isAssessed(branch, last))
    const [first] = assessed
    return first && opened[nth]?.length === 0 ? [{ committee, unit: first.unit, assessed, above: rules[nth] ?? [] }] : []
  })
  if (asked.length === 0) return
  const [secretaries] = await lookUp(db, [
    secretariesOfBranches(
      db,
      asked.flatMap(({ assessed }) => assessed.map(({ id }) => id)),
    ),
  ])
  await eachOf(asked, async ({ committee, unit, assessed, above }) => {
    const ours = new Set(assessed.map(({ id }) => id))
    // Branches that are asked late, after a downtime, have as many days.
    const days = assessmentDays(day(now), rulebookFor(above, last))
    const notes = notesTo(
      secretaries.filter(({ branch }) => ours.has(branch)),
      now,
    )
    await openAssessment(db, { committee, unit, quarter: last, ...days }, notes, now).catch((error) => {
      if (!isConstraint(error)) throw error
    })
  })
}

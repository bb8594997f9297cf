import { reviewPreview } from '../../../cards/assessment/review-file.ts'
import { rosterPreview } from '../../../cards/roster/roster.ts'
import { rulebookPreview } from '../../../cards/rulebook/file.ts'
import { keepAssessmentDraft } from '../../../db/assessment/table-drafts.ts'
import { type Statement, statementOf } from '../../../db/client.ts'
import type { Message } from '../../../db/ledgers/message.ts'
import { keepDraft } from '../../../db/roster/drafts.ts'
import { readingOf, type SentFile, sheetIn } from '../../../db/roster/received-files.ts'
import type { OtherSheet } from '../../../db/roster/tables.ts'
import { keepRulebookDraft } from '../../../db/rulebook/drafts.ts'
import { refuse } from '../../refusal.ts'
import { findSheet } from '../../rules/assessment/sheet-file.ts'
import { findScale } from '../../rules/rulebook/file.ts'
import type { Sheet } from '../../spreadsheet/sheet.ts'
import { assessmentSheetFor } from './assessment-plan.ts'
import { isRoster, type PlanDeps, peopleOn, planFor } from './roster-plan.ts'
import { scaleFor } from './rulebook-plan.ts'

/** A kind of list that can be sent: known by its headings, and previewed before anything of it is written. */
export interface KindOfList {
  isOne(sheet: Sheet): boolean
  /** The number of people in a list of people, for a file with several. */
  peopleIn?(sheet: Sheet): Promise<number>
  preview(deps: PlanDeps, file: SentFile, sheet: Sheet & { more: OtherSheet[] }, now: Date): Promise<{ kept: Statement; shown: Message }>
}

const hasPeople = (rows: Sheet['rows']) =>
  rows.slice(0, 30).some(({ cells }) => cells.some((cell) => /^\W*姓\s*名/.test(String(cell ?? ''))))

const scale: KindOfList = {
  // A list of people may have a number and a state as well.
  isOne: ({ rows }) => findScale(rows) !== null && !hasPeople(rows),
  async preview(deps, file, sheet, now) {
    const id = deps.newId()
    const draft = await scaleFor(deps, file, sheet, now)
    const kept = statementOf(keepRulebookDraft(deps.db, { id, file: file.messageId, by: file.by, madeAt: now, ...draft }))
    return { kept, shown: rulebookPreview.args({ subject: id }) }
  },
}

const assessment: KindOfList = {
  isOne: ({ rows }) => findSheet(rows) !== null,
  async preview(deps, file, sheet, now) {
    const id = deps.newId()
    const draft = await assessmentSheetFor(deps, file, sheet, now)
    const kept = statementOf(keepAssessmentDraft(deps.db, { id, file: file.messageId, by: file.by, madeAt: now, ...draft }))
    return { kept, shown: reviewPreview.args({ subject: id }) }
  },
}

/** More lists of one file are not offered at once. */
const MOST_SHEETS = 5

const roster: KindOfList = {
  isOne: isRoster,
  peopleIn: peopleOn,
  async preview(deps, file, sheet, now) {
    const { branch, by } = file
    if (!branch)
      refuse(
        '请先在支部的群里说「/名单」，我才知道是哪个支部的名单。',
        'Please say “/roster” in the branch’s group first, so that I know whose it is.',
      )
    const id = deps.newId()
    const { tally, ...rows } = await planFor(deps, { ...file, branch, name: sheetIn(file).name }, sheet)
    if (sheet.more.length > 0) tally.more = { fileKey: file.fileKey, sheets: sheet.more.slice(0, MOST_SHEETS) }
    const kept = statementOf(keepDraft(deps.db, { id, file: readingOf(file), branch, by, madeAt: now, tally, rows }))
    return { kept, shown: rosterPreview.args({ subject: id }) }
  },
}

/** The order matters: a list of standards may have a column of names as well. */
export const kindsOfList: readonly KindOfList[] = [scale, assessment, roster]

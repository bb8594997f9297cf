import { actorById } from '../../../db/branches/members.ts'
import { lookUp } from '../../../db/client.ts'
import type { SentFile } from '../../../db/roster/received-files.ts'
import { committeeAskedFor, type RulebookDraft } from '../../../db/rulebook/drafts.ts'
import { familyOf, inQuarter, lineageIn, unbalancedBy, versionsAround } from '../../../db/rulebook/versions.ts'
import { addQuarters, day, periodStart, quarter as quarterAt } from '../../calendar.ts'
import { refuse } from '../../refusal.ts'
import { may } from '../../rules/branches/rights.ts'
import { findScale, type ModuleRow, readScaleRow, type ScaleRow, scaled, type WrongRow } from '../../rules/rulebook/file.ts'
import { rulebookOf, sumOfWeights } from '../../rules/rulebook/rulebook.ts'
import type { Sheet } from '../../spreadsheet/sheet.ts'
import { t } from '../../text.ts'
import type { PlanDeps } from './roster-plan.ts'

/**
 * Compares a list of weights, cadences and switches with the next quarter’s rules. It can begin in that quarter at the earliest for sure.
 */
export async function scaleFor(
  { db }: PlanDeps,
  file: SentFile,
  { rows }: Sheet,
  now: Date,
): Promise<Omit<RulebookDraft, 'id' | 'file' | 'by' | 'madeAt' | 'savedAt'>> {
  const [[actor]] = await lookUp(db, [actorById(db, file.by)])
  const [[asked]] = await lookUp(db, [committeeAskedFor(db, actor?.openId ?? '', now)])
  const committee = asked?.committee ?? actor?.seats.find((seat) => seat.committee)?.committee
  if (!actor || !committee)
    refuse('请先说「/规则」打开党委的规则，再发这个表格。', 'Please open the committee’s rules with “/rules” first, then send this list.')
  const [committees, versions] = await lookUp(db, [familyOf(db, committee), versionsAround(db, committee)])
  const family = { committees, versions }
  const lineage = lineageIn(family, committee).map(({ id }) => id)
  if (!may(actor, 'editRulebook', { unit: committees.find(({ id }) => id === committee)?.unit ?? '', lineage }))
    refuse('考核规则由党委考核人或管理员修改。', 'The rules are for the committee’s assessor or an administrator to change.')

  const quarter = addQuarters(quarterAt(now), 1)
  const { own, rulebook, version } = inQuarter(family, committee, quarter)
  const { read, wrong } = rowsOf(rows)
  const compared = scaled(own, rulebook, read)
  const after = rulebookOf([
    compared.own,
    ...lineageIn(family, committee)
      .slice(1)
      .map(({ id }) => inQuarter(family, id, quarter).own),
  ])
  const sum = sumOfWeights(after)
  const unbalanced = sum === 100 ? unbalancedBy(family, committee, [{ from: day(periodStart(quarter)), said: compared.own }]) : null
  const below = unbalanced && {
    row: 0,
    name: unbalanced.name,
    why: t(`权重合计会变成 ${unbalanced.sum}，须为 100`, `its weights would sum to ${unbalanced.sum}, not 100`),
  }
  return {
    committee,
    quarter,
    after: version,
    said: compared.own,
    changes: compared.changes,
    wrong: [...wrong, ...compared.wrong, ...(below ? [below] : [])].sort((a, b) => a.row - b.row),
    sum,
  }
}

function rowsOf(rows: Sheet['rows']): { read: (ScaleRow | ModuleRow)[]; wrong: WrongRow[] } {
  const columns = findScale(rows)
  const read: (ScaleRow | ModuleRow)[] = []
  const wrong: WrongRow[] = []
  for (const { at, cells } of columns ? rows.slice(columns.first) : []) {
    const one = columns && readScaleRow(at, cells, columns)
    if (!one) continue
    if ('wrong' in one) wrong.push(one.wrong)
    else read.push(one)
  }
  if (read.length + wrong.length === 0) refuse('这个表格里没有工作标准。', 'There are no standards in this list.')
  return { read, wrong }
}

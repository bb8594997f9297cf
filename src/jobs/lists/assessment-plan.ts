import { assessmentsOf, isAssessed } from '../../../db/assessment/assessments.ts'
import { entriesWaiting } from '../../../db/assessment/decisions.ts'
import { overAmong } from '../../../db/assessment/stages.ts'
import { judgedCount, rowsOf } from '../../../db/assessment/table.ts'
import type { AssessmentDraft } from '../../../db/assessment/table-drafts.ts'
import type { SheetChange, WrongInSheet } from '../../../db/assessment/tables.ts'
import { actorById } from '../../../db/branches/members.ts'
import { type Branch, branchesUnder } from '../../../db/branches/units.ts'
import { lookUp } from '../../../db/client.ts'
import type { SentFile } from '../../../db/roster/received-files.ts'
import { isQuarter, type Quarter } from '../../calendar.ts'
import { placeOf } from '../../context.ts'
import { refuse } from '../../refusal.ts'
import { adoptedIn, type Item, itemsOf, readRow, seenOf } from '../../rules/assessment/sheet.ts'
import { findSheet, type SheetRow, sheetRow } from '../../rules/assessment/sheet-file.ts'
import { may } from '../../rules/branches/rights.ts'
import { spokenQuarter } from '../../spoken.ts'
import type { Sheet } from '../../spreadsheet/sheet.ts'
import { clipped, type Text, t } from '../../text.ts'
import type { PlanDeps } from './roster-plan.ts'

const LONGEST_REASON = 100

/** Compares an assessor’s table with the points as they are now. Rows that the sender may not judge are marked wrong. */
export async function assessmentSheetFor(
  { db }: PlanDeps,
  file: SentFile,
  { rows }: Sheet,
  now: Date,
): Promise<Pick<AssessmentDraft, 'quarter' | 'changes' | 'wrong' | 'judged'>> {
  const columns = findSheet(rows)
  const said = columns ? rows.slice(columns.first).flatMap(({ at, cells }) => sheetRow(at, cells, columns) ?? []) : []
  const quarter = said.find((one) => isQuarter(one.quarter))?.quarter
  if (!quarter) refuse('这个表格里没有写季度（如 2026Q3）的支部。', 'No row of this list names a branch and a quarter, such as 2026Q3.')
  const ours = await assessedBy(db, file.by)
  const wrong: WrongInSheet[] = []
  const found = new Map<string, { branch: Branch; said: SheetRow }>()
  for (const one of said) {
    const { branch, why } = branchMeant(one, ours, quarter, found)
    if (branch) found.set(branch.id, { branch, said: one })
    else wrong.push({ row: one.row, name: one.name.slice(0, 30), why })
  }
  const heads = { row: rows[(columns?.first ?? 1) - 1]?.at ?? 1, keys: [...(columns?.items.keys() ?? [])] }
  const changes = await changesOf(db, [...found.values()], quarter, now, wrong, heads)
  const [[counted]] = await lookUp(db, [
    judgedCount(
      db,
      changes.map(({ branch }) => branch),
    ),
  ])
  return { quarter, changes, wrong: wrong.sort((a, b) => a.row - b.row), judged: counted?.judged ?? 0 }
}

async function assessedBy(db: PlanDeps['db'], by: string): Promise<Branch[]> {
  const [[actor]] = await lookUp(db, [actorById(db, by)])
  const committees = actor?.seats.flatMap(({ role, committee }) => (role === 'assessor' && committee ? [committee] : [])) ?? []
  const ours = new Map<string, Branch>()
  for (const committee of committees) {
    const [under] = await lookUp(db, [branchesUnder(db, committee)])
    for (const branch of under) if (actor && may(actor, 'assess', placeOf(branch))) ours.set(branch.id, branch)
  }
  if (ours.size === 0) refuse('考核评定由党委考核人来做。', 'The review is for the committee’s assessor.')
  return [...ours.values()]
}

type Meant = { branch: Branch; why?: undefined } | { branch?: undefined; why: Text }

/** A branch is found by its number, or by its name where one branch alone has it. */
function branchMeant({ id, name, quarter }: SheetRow, ours: readonly Branch[], asked: string, found: ReadonlyMap<string, unknown>): Meant {
  const [branch, another] = ours.filter((one) => (id ? one.id === id : one.name === name))
  if (!branch) return { why: t('没有这个支部，或不归你考核', 'there is no such branch, or it is not yours to assess') }
  if (another) return { why: t('有几个支部叫这个名称，请写支部编号', 'several branches have this name; please give its number') }
  if (quarter !== asked) return { why: t(`季度应与别的行一样，为 ${asked}`, `its quarter should be ${asked}, as in the other rows`) }
  if (found.has(branch.id)) return { why: t('这个支部写了两次', 'this branch stands here twice') }
  return { branch }
}

async function changesOf(
  db: PlanDeps['db'],
  all: readonly { branch: Branch; said: SheetRow }[],
  quarter: string,
  now: Date,
  wrong: WrongInSheet[],
  heads: Heads,
): Promise<SheetChange[]> {
  const changes: SheetChange[] = []
  const known = new Set<string>()
  const committees = [...new Set(all.map(({ branch }) => branch.committee))]
  const [open, over] = await lookUp(db, [
    assessmentsOf(db, committees, quarter),
    overAmong(
      db,
      all.map(({ branch }) => branch.id),
      quarter,
    ),
  ])
  const isOver = new Set(over.map(({ branch }) => branch))
  for (const committee of committees) {
    const ours = all.filter(({ branch }) => branch.committee === committee)
    const [done, here] = [ours.filter(({ branch }) => isOver.has(branch.id)), ours.filter(({ branch }) => !isOver.has(branch.id))]
    const closed = (some: typeof ours, why: Text) => wrong.push(...some.map(({ said: { row, name } }) => ({ row, name, why })))
    if (!open.some((one) => one.committee === committee)) {
      closed(ours, t('这个季度的考核还没有开始', 'this quarter’s assessment has not begun'))
      continue
    }
    closed(done, t('考核已经结束，不再改动', 'the assessment is closed and takes no changes'))
    if (here.length > 0) for (const { key } of await compare(db, here, quarter, now, changes, wrong)) known.add(key)
  }
  if (known.size > 0) wrong.push(...strangers(heads, known, quarter))
  return changes
}

/** The row of the headings, and the keys of the items that they name. */
interface Heads {
  row: number
  keys: readonly string[]
}

/** Columns of another quarter’s items are not read. The sender is told, who may have changed the quarter alone. */
const strangers = ({ row, keys }: Heads, known: ReadonlySet<string>, quarter: Quarter): WrongInSheet[] =>
  keys
    .filter((key) => !known.has(key))
    .map((key) => {
      const { zh, en } = spokenQuarter(quarter)
      return { row, name: key, why: t(`这一列不是${zh}评定的项目，没有读取`, `this column is no item of ${en} and was not read`) }
    })

async function compare(
  db: PlanDeps['db'],
  here: readonly { branch: Branch; said: SheetRow }[],
  quarter: string,
  now: Date,
  changes: SheetChange[],
  wrong: WrongInSheet[],
): Promise<Item[]> {
  const assessed = here.map(({ branch }) => branch).filter((branch) => isAssessed(branch, quarter))
  const { rows } = await rowsOf(db, assessed, quarter, now)
  const [entries] = here.some(({ said }) => said.confirms)
    ? await lookUp(db, [entriesWaiting(db, here[0]?.branch.committee ?? '', quarter)])
    : [[]]
  const items = itemsOf(rows, quarter)
  const byBranch = new Map(rows.map((row) => [row.branch.id, row]))
  for (const { branch, said } of here) {
    const row = byBranch.get(branch.id)
    const bad = (why: Text) => wrong.push({ row: said.row, name: branch.name, why })
    if (!row) {
      bad(t('这个支部不在这个季度的考核里', 'this branch is not assessed for this quarter'))
      continue
    }
    const reason = clipped(said.reason, LONGEST_REASON)
    const read = readRow(row, items, { points: ({ key }) => said.points.get(key), reason, seen: said.seen, mayBeEmpty: true })
    const nameOf = (key: string) => items.find((item) => item.key === key)?.name
    for (const { key, why } of [...read.wrong, ...read.conflicts]) {
      const name = nameOf(key)
      bad(name ? t(`${name.zh}：${why.zh}`, `${name.en}: ${why.en}`) : why)
    }
    const typed = new Set(read.changes.map(({ item }) => item.key))
    const isStale = said.adopts && said.seen !== null && said.seen !== seenOf(row, items)
    if (isStale)
      bad(t('自评或评定在做表之后有变，请用新的表采纳', 'the answers changed since this file was made; please take them over in a new one'))
    const adopted = said.adopts && !isStale ? adoptedIn(row, items, typed) : []
    const confirms = said.confirms ? entries.filter((one) => one.branch === branch.id).map((one) => one.id) : []
    if (read.wrong.length > 0 || read.conflicts.length > 0 || read.changes.length + adopted.length + confirms.length === 0) continue
    changes.push({
      branch: branch.id,
      name: branch.name,
      reason,
      items: [...read.changes.map((one) => ({ ...one, verdict: 'points' as const })), ...adopted].map(
        ({ item: { part, period, name, isOwn }, before, after, permille, verdict }) => ({
          part,
          period,
          name,
          before,
          after,
          permille,
          verdict,
          isOwn,
        }),
      ),
      ...(confirms.length > 0 ? { confirms } : {}),
    })
  }
  return items
}

import type { Child } from 'hono/jsx'
import { type AssessmentTable, type BranchRow, judgeRows } from '../../../db/assessment/table.ts'
import type { Actor } from '../../../db/branches/members.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { refuse } from '../../refusal.ts'
import {
  answerSaid,
  dutyIn,
  type Item,
  itemsOf,
  judgementsOf,
  pointsOf,
  type RowRead,
  readRow,
  seenOf,
} from '../../rules/assessment/sheet.ts'
import { clipped, t } from '../../text.ts'
import type { Visit } from '../visit.ts'

const LONGEST_REASON = 100

export const saved = t('已保存', 'Saved')

/** A refused row that was read again, with the faults of its cells. */
export interface Back {
  filled: URLSearchParams
  read: RowRead
}

export function readBack({ filled }: Visit, row: BranchRow, items: readonly Item[]): Back | undefined {
  if (filled?.get('deed') !== 'row' || filled.get('branch') !== row.branch.id) return undefined
  return { filled, read: readFilled(row, items, filled) }
}

const readFilled = (row: BranchRow, items: readonly Item[], filled: URLSearchParams): RowRead =>
  readRow(row, items, {
    points: ({ key }) => filled.get(`p ${key}`) ?? undefined,
    reason: filled.get('reason') ?? '',
    seen: filled.get('seen'),
    mayBeEmpty: false,
  })

const whyOf = (back: Back | undefined, key: string) =>
  [...(back?.read.wrong ?? []), ...(back?.read.conflicts ?? [])].find((one) => one.key === key)?.why

interface CellProps {
  visit: Visit
  row: BranchRow
  back: Back | undefined
}

export const headOf = ({ say }: Visit, { name, weight }: Item) => `${say(name)} 0–${weight}`

/** There are thousands of cells, so their common part is computed once. */
export function cellsOf(visit: Visit, item: Item, backOf: (row: BranchRow) => Back | undefined) {
  const head = headOf(visit, item)
  return (row: BranchRow) => <Cell visit={visit} row={row} item={item} head={head} back={backOf(row)} />
}

function Cell({ visit: { say }, row, item, head, back }: CellProps & { item: Item; head: string }): Child {
  const duty = dutyIn(row, item)
  if (!duty) return <span>{say(t('不考核', 'not asked'))}</span>
  const now = pointsOf(duty, item)
  const answer = item.isOwn || duty.state === 'not applicable' || duty.state === 'excused' ? <small>{say(answerSaid(duty))}</small> : null
  if (row.isOver)
    return (
      <span>
        {now || '–'} {answer}
      </span>
    )
  const [why, id] = [whyOf(back, item.key), `${row.branch.id} ${item.key}`.replaceAll(' ', '_')]
  return (
    <Entry
      id={id}
      form={row.branch.id}
      name={`p ${item.key}`}
      label={`${row.branch.name} ${head}`}
      value={now}
      filled={back?.filled.get(`p ${item.key}`) ?? null}
      why={why && say(why)}
      isNumber
    >
      {answer}
    </Entry>
  )
}

export function Reason({ visit: { say }, row, back }: CellProps) {
  const why = whyOf(back, 'reason')
  const label = `${row.branch.name} ${say(t('更正的理由', 'reason of the correction'))}`
  return (
    <Entry
      id={`${row.branch.id}_reason`}
      form={row.branch.id}
      name="reason"
      label={label}
      value=""
      filled={back?.filled.get('reason') ?? null}
      why={why && say(why)}
    />
  )
}

interface EntryProps {
  id: string
  form: string
  name: string
  label: string
  /** The saved value; `filled` is a typed value that was not saved. */
  value: string
  filled: string | null
  why: string | undefined
  isNumber?: boolean
  children?: Child
}

const Entry = ({ id, form, name, label, value, filled, why, isNumber, children }: EntryProps) => (
  <span class="enter">
    <input
      class={isNumber ? 'cell points' : 'cell'}
      id={id}
      name={name}
      form={`row_${form}`}
      value={filled ?? value}
      aria-label={label}
      aria-invalid={why ? 'true' : undefined}
      aria-describedby={why ? `${id}_why` : undefined}
      inputmode={isNumber ? 'decimal' : undefined}
      maxlength={isNumber ? 8 : LONGEST_REASON}
      autocomplete="off"
    />
    {children}
    {why && (
      <strong class="wrong" id={`${id}_why`}>
        {why}
      </strong>
    )}
  </span>
)

export function Save({ visit, row, items, back }: CellProps & { items: readonly Item[] }) {
  const { say, formToken, href, query, filled } = visit
  const { branch } = row
  const isSaved = !filled && query.get('saved') === branch.id
  const whys = back ? [...back.read.wrong, ...back.read.conflicts].map(({ why }) => say(why)) : []
  const told = isSaved ? say(saved) : (whys[0] ?? (visit.notice ? say(visit.notice) : ''))
  const kept = { only: null, saved: null }
  return (
    <form
      id={`row_${branch.id}`}
      class="row"
      method="post"
      action={`${href(kept)}#row_${branch.id}`}
      data-branch={branch.id}
      data-said={`${branch.name}：${told}`}
    >
      <input type="hidden" name="token" value={formToken} />
      <input type="hidden" name="deed" value="row" />
      <input type="hidden" name="branch" value={branch.id} />
      <input type="hidden" name="seen" value={seenOf(row, items)} />
      <button type="submit" aria-label={`${say(t('保存', 'Save'))} ${branch.name}`}>
        {say(t('保存', 'Save'))}
      </button>
      {isSaved && <small>{say(saved)}</small>}
    </form>
  )
}

export async function saveRow(visit: Visit, it: AssessmentTable, row: BranchRow, filled: URLSearchParams) {
  const { db, now, newId } = visit
  const { changes, wrong, conflicts } = readFilled(row, itemsOf(it.rows, assessmentIn(visit.link).quarter), filled)
  const [bad] = [...wrong, ...conflicts]
  if (bad) refuse(`没有保存：${bad.why.zh}`, `Not saved: ${bad.why.en}`)
  const done = { saved: row.branch.id }
  if (changes.length === 0) return done
  const reason = clipped(filled.get('reason') ?? '', LONGEST_REASON)
  const judged = judgementsOf(
    changes.map(({ item, permille }) => ({ ...item, permille })),
    reason,
    newId,
  )
  const seen = { branches: [row.branch.id], judged: it.judged }
  await judgeRows(db, assessmentIn(visit.link).quarter, [{ branch: row.branch, judged }], seen, visit.actor as Actor, now)
  return done
}

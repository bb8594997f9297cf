import type { Child } from 'hono/jsx'
import { type AssessmentTable, assessmentTable, type BranchRow, judgeRows } from '../../../db/assessment/table.ts'
import type { Actor } from '../../../db/branches/members.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { mayOrRefuse } from '../../context.ts'
import { refuse } from '../../refusal.ts'
import { answerSaid, dutyIn, type Item, itemsOf, pointsOf, type RowRead, readRow, seenOf } from '../../rules/assessment/sheet.ts'
import { points, spokenDay, spokenQuarter } from '../../spoken.ts'
import { both, clipped, type Text, t } from '../../text.ts'
import { Page } from '../page.tsx'
import { Figures, Section } from '../pieces.tsx'
import { type Column, DataTable } from '../table.tsx'
import { type Visit, type WebPage, XLSX } from '../visit.ts'
import { branchPart, settleAttestation } from './branch.tsx'
import { script } from './script.ts'

const LONGEST_REASON = 100

/** Where an assessor judges hundreds of branches: one row each, saved one by one. Publishing stays in the chat. */
export const assessmentPage: WebPage = {
  kind: 'assessment',
  async show(visit) {
    const { query } = visit
    const it = await tableOf(visit, query.get('only') ?? query.get('branch'))
    const quarter = assessmentIn(visit.link).quarter
    return (
      <Page
        frame={visit}
        isWide
        title={both((l) => `${spokenQuarter(quarter)[l]}${{ zh: '考核评定', en: ' assessment review' }[l]}`)}
        of={t(it.committee.name, it.committee.name)}
        about={stateSaid(it)}
        script={script}
      >
        <Saved visit={visit} it={it} />
        {query.has('branch') ? await branchPart(visit, it) : null}
        {it.assessment ? <Table visit={visit} it={it} /> : null}
      </Page>
    )
  },
  async act(visit, filled) {
    const deed = filled.get('deed')
    const branch = filled.get('branch') ?? ''
    const it = await tableOf(visit, branch)
    const [row] = it.rows
    if (!row) refuse('没有找到这个支部，请刷新页面。', 'There is no such branch here; please reload the page.')
    if (isOver(it)) refuse('考核已经结束，不再改动。', 'The assessment is closed and takes no changes.')
    if (deed === 'row') return saveRow(visit, it, row, filled)
    return settleAttestation(visit, row.branch, filled)
  },
  files: {
    async xlsx(visit) {
      const it = await tableOf(visit, null)
      const { quarter } = assessmentIn(visit.link)
      const { assessmentWorkbook } = await import('../../spreadsheet/assessment-table.ts')
      const bytes = await assessmentWorkbook(it.committee.name, quarter, itemsOf(it.rows, assessmentIn(visit.link).quarter), it.rows)
      return { name: `${it.committee.name}${quarter}考核评定.xlsx`, type: XLSX, bytes }
    },
  },
}

/** Rights are those of this very moment; what the link is about is the only committee it opens. */
async function tableOf({ db, link, actor, now }: Visit, only: string | null): Promise<AssessmentTable> {
  const { id, quarter } = assessmentIn(link)
  const it = await assessmentTable(db, id, quarter, now, only)
  if (!it) refuse('没有找到这个党委。', 'There is no such committee here.')
  mayOrRefuse(actor, 'assess', { unit: it.committee.unit, lineage: it.committee.lineage })
  return it
}

export const isOver = ({ assessment }: AssessmentTable) => Boolean(assessment?.closingAt)

function stateSaid({ assessment }: AssessmentTable): Text {
  if (!assessment) return t('考核还没有开始。', 'The assessment has not begun.')
  if (assessment.closingAt) return t('考核已结束，只能查看。', 'Closed: to be read only.')
  if (assessment.appealsUntil) {
    const until = spokenDay(assessment.appealsUntil)
    return t(`已公布，申诉到${until.zh}。`, `Published; appeals until ${until.en}.`)
  }
  const until = spokenDay(assessment.reviewUntil)
  return t(`评定到${until.zh}；公布在飞书里按。`, `Review until ${until.en}; publishing is done in Feishu.`)
}

/** What the last form did; and where the script says what it does. */
function Saved({ visit: { query, say, filled }, it }: { visit: Visit; it: AssessmentTable }) {
  const row = filled ? undefined : it.rows.find(({ branch }) => branch.id === query.get('saved'))
  const lost = say(
    t('没有存上：连接不通。填的还在，请再存一次。', 'Not saved: no connection. What you typed is still here; please save again.'),
  )
  return (
    <p id="live" class="live" role="status" aria-live="polite" data-lost={lost}>
      {row ? `${row.branch.name}：${say(saved)}` : ''}
    </p>
  )
}

const saved = t('已保存', 'Saved')

/* The table */

type Kind = 'upper' | 'own'
const kinds: Record<Kind, Text> = { upper: t('上级评定', 'Judged by you'), own: t('支部自评', 'Branches’ answers') }
const lefts: Record<string, { name: Text; has(row: BranchRow): boolean }> = {
  all: { name: t('全部', 'All'), has: () => true },
  judge: { name: t('待评定', 'To judge'), has: ({ upper }) => upper.some(({ judged }) => !judged) },
  confirm: { name: t('待确认', 'To confirm'), has: ({ toConfirm }) => toConfirm > 0 },
  unsent: { name: t('未上报', 'Not sent up'), has: ({ isSubmitted }) => !isSubmitted },
}

function Table({ visit, it }: { visit: Visit; it: AssessmentTable }) {
  const { query, say } = visit
  const kind: Kind = query.get('items') === 'own' ? 'own' : 'upper'
  const left = lefts[query.get('left') ?? ''] ?? lefts.all
  const isOne = query.has('only') || query.has('branch')
  const items = itemsOf(it.rows, assessmentIn(visit.link).quarter).filter(({ isOwn }) => isOwn === (kind === 'own'))
  const rows = isOne ? it.rows : it.rows.filter((row) => left?.has(row))
  // A row on its own is neither filtered nor put in order.
  const frame = isOne ? { ...visit, query: new URLSearchParams({ items: kind }) } : visit
  return (
    <>
      {isOne ? null : <Progress visit={visit} rows={it.rows} />}
      <Section id="rows" title={say(kinds[kind])}>
        <nav class="choices" aria-label={say(t('看什么', 'What to see'))}>
          <Choices visit={visit} name="items" chosen={kind} options={Object.entries(kinds)} />
          {isOne ? null : (
            <Choices
              visit={visit}
              name="left"
              chosen={query.get('left') ?? 'all'}
              options={Object.entries(lefts).map(([key, { name, has }]) => [key, both((l) => `${name[l]} ${it.rows.filter(has).length}`)])}
            />
          )}
          {isOne ? null : <a href={`${visit.path}/xlsx`}>{say(t('下载 Excel', 'Excel file'))}</a>}
        </nav>
        <p class="hint">{say(kind === 'upper' ? keysHint : ownHint)}</p>
        <div class="entry">
          <DataTable
            frame={frame}
            caption={say(
              kind === 'upper'
                ? t('没有评的不计入，不扣分', 'What is not judged is left out and costs nothing')
                : t('改动支部自评要写理由，支部看得到', 'A correction needs a reason, which the branch sees'),
            )}
            columns={columnsOf(visit, it, items, kind)}
            rows={rows}
            empty={say(t('没有符合的支部。', 'No branch fits.'))}
            {...(isOne ? {} : { filter: { label: say(t('支部名称', 'Branch name')), words: ({ branch }: BranchRow) => branch.name } })}
          />
        </div>
      </Section>
    </>
  )
}

const keysHint = t(
  '回车保存这一行并到下一行，方向键在格子间移动。',
  'Enter saves the row and goes on to the next; arrow keys move between cells.',
)
const ownHint = t(
  '格子里是目前的得分；要更正就改分数、写理由，回车保存。',
  'The cells hold the present points; to correct, change them, give a reason, press Enter.',
)

function Choices({ visit, name, chosen, options }: { visit: Visit; name: string; chosen: string; options: [string, Text][] }) {
  return (
    <ul>
      {options.map(([key, text]) => (
        <li>
          <a href={visit.href({ [name]: key, saved: null })} aria-current={key === chosen ? 'true' : undefined}>
            {visit.say(text)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Progress({ visit: { say }, rows }: { visit: Visit; rows: readonly BranchRow[] }) {
  const sum = (of: (row: BranchRow) => number) => String(rows.reduce((all, row) => all + of(row), 0))
  return (
    <Figures
      figures={[
        { figure: `${sum(({ isSubmitted }) => Number(isSubmitted))}/${rows.length}`, of: say(t('支部已上报', 'Sent up')) },
        { figure: sum(({ upper }) => upper.filter(({ judged }) => !judged).length), of: say(t('项待评定', 'To judge')), isMain: true },
        { figure: sum(({ toConfirm }) => toConfirm), of: say(t('登记待确认', 'Entries to confirm')) },
      ]}
    />
  )
}

function columnsOf(visit: Visit, it: AssessmentTable, items: readonly Item[], kind: Kind): Column<BranchRow>[] {
  const { say, href } = visit
  const isRead = isOver(it)
  const back = new Map(it.rows.map((row) => [row.branch.id, readBack(visit, row, items)]))
  return [
    {
      key: 'name',
      head: say(t('支部', 'Branch')),
      isHead: true,
      by: ({ branch }) => branch.name,
      cell: ({ branch }) => <a href={href({ branch: branch.id, saved: null, only: null })}>{branch.name}</a>,
    },
    {
      key: 'score',
      head: say(t('目前得分', 'So far')),
      isNumber: true,
      by: ({ tenths }) => tenths,
      cell: ({ tenths }) => (tenths === null ? '–' : points(tenths)),
    },
    {
      key: 'sent',
      head: say(t('自评', 'Self')),
      by: ({ isSubmitted }) => Number(isSubmitted),
      cell: ({ isSubmitted }) => say(isSubmitted ? t('已上报', 'sent up') : t('未上报', 'not yet')),
    },
    ...items.map(
      (item): Column<BranchRow> => ({
        key: item.key,
        head: headOf(visit, item),
        by: (row) => dutyIn(row, item)?.judged?.permille ?? null,
        cell: cellsOf(visit, item, isRead, (row) => back.get(row.branch.id)),
      }),
    ),
    ...(kind === 'own' && !isRead
      ? [
          {
            key: 'reason',
            head: say(t('理由', 'Reason')),
            cell: (row: BranchRow) => <Reason visit={visit} row={row} back={back.get(row.branch.id)} />,
          },
        ]
      : []),
    {
      key: 'waiting',
      head: say(t('待确认', 'To confirm')),
      isNumber: true,
      by: ({ toConfirm }) => toConfirm,
      cell: ({ toConfirm, branch }) =>
        toConfirm > 0 ? <a href={href({ branch: branch.id, saved: null, only: null })}>{toConfirm}</a> : '0',
    },
    {
      key: 'found',
      head: say(t('事故与不实', 'Findings')),
      isNumber: true,
      by: ({ findings }) => findings.length,
      cell: ({ findings }) => String(findings.length),
    },
    ...(isRead
      ? []
      : [
          {
            key: 'save',
            head: say(t('保存', 'Save')),
            cell: (row: BranchRow) => <Save visit={visit} row={row} items={items} back={back.get(row.branch.id)} />,
          },
        ]),
  ]
}

/** A row that came back and was refused, read again: what is wrong with which cell. */
interface Back {
  filled: URLSearchParams
  read: RowRead
}

function readBack({ filled }: Visit, row: BranchRow, items: readonly Item[]): Back | undefined {
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

const headOf = ({ say }: Visit, { name, weight }: Item) => `${say(name)} 0–${weight}`

/** Thousands of cells: what they have in common is said once. */
function cellsOf(visit: Visit, item: Item, isRead: boolean, backOf: (row: BranchRow) => Back | undefined) {
  const head = headOf(visit, item)
  return (row: BranchRow) => <Cell visit={visit} row={row} item={item} head={head} isRead={isRead} back={backOf(row)} />
}

function Cell({ visit: { say }, row, item, head, isRead, back }: CellProps & { item: Item; head: string; isRead: boolean }): Child {
  const duty = dutyIn(row, item)
  if (!duty) return <span>{say(t('不考核', 'not asked'))}</span>
  const now = pointsOf(duty, item)
  const answer = item.isOwn || duty.state === 'not applicable' || duty.state === 'excused' ? <small>{say(answerSaid(duty))}</small> : null
  if (isRead)
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

function Reason({ visit: { say }, row, back }: CellProps) {
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
  /** What stands, and what was typed instead of it and not saved. */
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

function Save({ visit, row, items, back }: CellProps & { items: readonly Item[] }) {
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

async function saveRow(visit: Visit, it: AssessmentTable, row: BranchRow, filled: URLSearchParams) {
  const { db, now, newId } = visit
  const { changes, wrong, conflicts } = readFilled(row, itemsOf(it.rows, assessmentIn(visit.link).quarter), filled)
  const [bad] = [...wrong, ...conflicts]
  if (bad) refuse(`没有保存：${bad.why.zh}`, `Not saved: ${bad.why.en}`)
  const done = { saved: row.branch.id }
  if (changes.length === 0) return done
  const reason = clipped(filled.get('reason') ?? '', LONGEST_REASON)
  const judged = changes.map(({ item: { part, period, isOwn }, permille }) => ({
    id: newId(),
    part,
    subject: '',
    period,
    verdict: 'points' as const,
    permille,
    reason: isOwn ? reason : '',
  }))
  const seen = { branches: [row.branch.id], judged: it.judged }
  await judgeRows(db, assessmentIn(visit.link).quarter, [{ branch: row.branch, judged }], seen, visit.actor as Actor, now)
  return done
}

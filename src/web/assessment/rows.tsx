import type { AssessmentTable, BranchRow } from '../../../db/assessment/table.ts'
import { assessmentIn } from '../../../db/pages/links.ts'
import { dutyIn, type Item, itemsOf } from '../../rules/assessment/sheet.ts'
import type { Duty } from '../../rules/duties/duty.ts'
import { points } from '../../spoken.ts'
import { both, type Text, t } from '../../text.ts'
import { Figures, Section } from '../pieces.tsx'
import { type Column, DataTable } from '../table.tsx'
import type { Visit } from '../visit.ts'
import { cellsOf, headOf, Reason, readBack, Save } from './row.tsx'

/** A branch that was published as undecided is open still when the others are closed. */
export const isOver = ({ assessment, rows }: AssessmentTable) => Boolean(assessment?.closingAt) && rows.every((row) => row.isOver)

type Kind = 'upper' | 'own'
const kinds: Record<Kind, Text> = { upper: t('上级评定', 'Judged by you'), own: t('支部自评', 'Branches’ answers') }
const isUnjudged = ({ judged, proposed }: Duty) => !judged && !proposed
const isToDecide = ({ judged, proposed }: Duty) => !judged && proposed !== undefined

const lefts: Record<string, { name: Text; has(row: BranchRow): boolean }> = {
  all: { name: t('全部', 'All'), has: () => true },
  judge: { name: t('待评定', 'To judge'), has: ({ upper }) => upper.some(({ judged }) => !judged) },
  confirm: { name: t('登记待确认', 'To confirm'), has: ({ toConfirm }) => toConfirm > 0 },
  decide: { name: t('自评待采纳', 'To decide'), has: ({ own }) => own.some(isToDecide) },
  unsent: { name: t('未上报', 'Not sent up'), has: ({ isSubmitted }) => !isSubmitted },
}

export function Table({ visit, it }: { visit: Visit; it: AssessmentTable }) {
  const { query, say } = visit
  const kind: Kind = query.get('items') === 'own' ? 'own' : 'upper'
  const left = lefts[query.get('left') ?? ''] ?? lefts.all
  const isOne = query.has('only') || query.has('branch')
  const items = itemsOf(it.rows, assessmentIn(visit.link).quarter).filter(({ isOwn }) => isOwn === (kind === 'own'))
  const rows = isOne ? it.rows : it.rows.filter((row) => left?.has(row))
  // A single row needs no filter and no order.
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
                ? t('没有对全部支部评定的项目，公布时都不计入', 'An item that is not judged for every branch is left out for all')
                : t('与支部自评不同的要写理由，支部看得到', 'What differs from a branch’s answer needs a reason, which it sees'),
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
  '支部的自评写在格子下面，填了分数才算认定；与自评不同的写理由，回车保存。',
  'A branch’s answer stands below its cell; it counts once you enter points. Give a reason where they differ, press Enter.',
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
        { figure: sum(({ own }) => own.filter(isToDecide).length), of: say(t('自评待采纳', 'Answers to decide')) },
        { figure: sum(({ own }) => own.filter(isUnjudged).length), of: say(t('支部未自评', 'Not answered')) },
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
        cell: cellsOf(visit, item, (row) => back.get(row.branch.id)),
      }),
    ),
    ...(kind === 'own' && !isRead
      ? [
          {
            key: 'reason',
            head: say(t('理由', 'Reason')),
            cell: (row: BranchRow) => (row.isOver ? null : <Reason visit={visit} row={row} back={back.get(row.branch.id)} />),
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
            cell: (row: BranchRow) => (row.isOver ? null : <Save visit={visit} row={row} items={items} back={back.get(row.branch.id)} />),
          },
        ]),
  ]
}

import type { Board, BoardRow } from '../../../db/scoreboard/board.ts'
import { isShownIn } from '../../../db/scoreboard/order.ts'
import { tierNames } from '../../rules/assessment/year.ts'
import { standardGroups } from '../../rules/duties/standard-groups.ts'
import { points } from '../../spoken.ts'
import { t } from '../../text.ts'
import { progressNames } from '../../words/progress.ts'
import { signed } from '../../words/score.ts'
import { type Column, DataTable } from '../table.tsx'
import type { Frame, Visit } from '../visit.ts'

/** `2026Q3` on a narrow axis. */
export const shortQuarter = (quarter: string) => quarter.slice(2)

/** The share of a group's points that is earned, in whole percent. */
export const percent = (one: { tenths: number; weight: number } | null) => (one ? Math.floor((one.tenths * 10) / one.weight) : null)

export const anchored = (nth: number) => `order${nth}`

/** Applies the page's one filter to the orders; places stay those of the whole order. */
export function askedFor({ query }: Pick<Frame, 'query'>, boards: readonly Board[]): Board[] {
  const [words, tier, of] = [query.get('q')?.trim().toLowerCase(), query.get('tier'), query.get('of')]
  const isAskedFor = (row: BoardRow) =>
    (!words || row.branch.name.toLowerCase().includes(words)) && (!tier || String(row.tier ?? '') === tier)
  return boards.filter(({ id }) => !of || id === of).map((board) => ({ ...board, rows: board.rows.filter(isAskedFor) }))
}

/** One committee's order: a line for each branch, and a sorting link in each heading. */
export function Order({ visit, board, nth }: { visit: Visit; board: Board; nth: number }) {
  const { say } = visit
  return (
    <DataTable
      frame={visit}
      name={nth === 0 ? '' : `o${nth}`}
      phone="scroll"
      caption={say(
        isShownIn(board.rows)
          ? t(`${board.rows.length} 个支部；各类标准为完成的百分比`, `${board.rows.length} branches; groups in per cent done`)
          : t(`${board.rows.length} 个支部；公布以后才有得分和名次`, `${board.rows.length} branches; scores come with the publication`),
      )}
      columns={isShownIn(board.rows) ? columnsOf(visit) : progressColumns(visit)}
      rows={board.rows}
      empty={say(t('没有符合的支部。', 'No branch fits.'))}
    />
  )
}

const branchColumn = ({ say, href }: Frame): Column<BoardRow> => ({
  key: 'branch',
  head: say(t('支部', 'Branch')),
  cell: ({ branch }) => <a href={href({ branch: branch.id })}>{branch.name}</a>,
  by: ({ branch }) => branch.name,
  isHead: true,
})

const progressColumns = (frame: Frame): Column<BoardRow>[] => [
  branchColumn(frame),
  ...progressNames.map(
    ([key, name]): Column<BoardRow> => ({
      key,
      head: frame.say(name),
      cell: ({ progress }) => progress?.[key] ?? '–',
      by: ({ progress }) => progress?.[key] ?? null,
      isNumber: true,
    }),
  ),
]

const columnsOf = (frame: Frame): Column<BoardRow>[] => [
  branchColumn(frame),
  {
    key: 'place',
    head: frame.say(t('名次', 'Place')),
    cell: ({ place, moved, isUndecided }) => (isUndecided ? frame.say(t('待定', 'Undecided')) : `${place ?? '–'}${movedSaid(moved)}`),
    by: ({ place }) => place,
    isNumber: true,
  },
  {
    key: 'score',
    head: frame.say(t('得分', 'Score')),
    cell: ({ tenths }) => <Scored tenths={tenths} />,
    by: ({ tenths }) => tenths,
    isNumber: true,
  },
  { key: 'tier', head: frame.say(t('等次', 'Tier')), cell: ({ tier }) => tierSaid(tier, frame.say), by: ({ tier }) => tier },
  {
    key: 'change',
    head: frame.say(t('比上季', 'Change')),
    cell: ({ change }) => (change === null ? '–' : signed(change)),
    by: ({ change }) => change,
    isNumber: true,
  },
  {
    key: 'year',
    head: frame.say(t('年均', 'Year')),
    cell: ({ yearTenths, isFiveGood }) => (yearTenths === null ? '–' : `${points(yearTenths)}${isFiveGood ? '★' : ''}`),
    by: ({ yearTenths }) => yearTenths,
    isNumber: true,
  },
  { key: 'trend', head: frame.say(t('八季走势', 'Trend')), cell: ({ trend }) => <Spark trend={trend} /> },
  ...standardGroups.map(
    ({ name }, nth): Column<BoardRow> => ({
      key: `g${nth + 1}`,
      head: frame.say(name),
      cell: ({ groups }) => percent(groups[nth] ?? null) ?? '–',
      by: ({ groups }) => percent(groups[nth] ?? null),
      isNumber: true,
    }),
  ),
]

const movedSaid = (moved: number | null) => (moved ? ` ${moved > 0 ? '↑' : '↓'}${Math.abs(moved)}` : '')

export const tierSaid = (tier: number | null, say: Frame['say']) => say(tierNames[tier ?? -1] ?? t('–', '–'))

const Scored = ({ tenths }: { tenths: number | null }) => (
  <>
    {tenths === null ? '–' : points(tenths)}
    {tenths !== null && (
      <svg class="under" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="4" />
        <rect class="bar" width={String(tenths / 10)} height="4" />
      </svg>
    )}
  </>
)

const [WIDE, HIGH, EDGE] = [72, 20, 3]

/** The quarters as a line, too small for figures; a screen reader reads the figures. */
function Spark({ trend }: { trend: BoardRow['trend'] }) {
  const known = trend.flatMap((tenths, nth) => (tenths === null ? [] : [{ tenths, nth }]))
  if (known.length === 0) return '–'
  const least = Math.min(700, ...known.map(({ tenths }) => tenths))
  const x = (nth: number) => Math.round(EDGE + (nth / (trend.length - 1)) * (WIDE - 2 * EDGE))
  const y = (tenths: number) => Math.round(10 * (HIGH - EDGE - ((tenths - least) / (1000 - least)) * (HIGH - 2 * EDGE))) / 10
  const last = known.at(-1)
  return (
    <svg class="spark" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={known.map(({ tenths }) => points(tenths)).join(' ')}>
      {known.length > 1 && <polyline class="line" points={known.map(({ tenths, nth }) => `${x(nth)},${y(tenths)}`).join(' ')} />}
      {last && <circle cx={x(last.nth)} cy={y(last.tenths)} r="2.5" />}
    </svg>
  )
}

import { isShownIn, type OrderRow } from '../../db/scoreboard/order.ts'
import type { Quarter } from '../../src/calendar.ts'
import { button, type Card, card, type Element, fitting, lines, note, opens, strong } from '../../src/card.ts'
import { placesChart } from '../../src/charts.ts'
import { tierNames, tierOf } from '../../src/rules/assessment/year.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { points, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, clipped, type Language, labelled, listed, t } from '../../src/text.ts'
import { nextRows } from './buttons.ts'

/** The platform's 30 KB hold this many rows with room to spare. */
const MOST_ROWS = 120

const ROWS_BYTES = 22_000

const ROW_BYTES = 110

type Ordered = Omit<OrderRow, 'score'>

export interface Order {
  committee: string
  quarter: Quarter
  rows: readonly Ordered[]
  /** The number of rows that earlier cards have shown. */
  from: number
  isFinal: boolean
  /** The branches see the order too, and no branch is named as last. */
  toAll: boolean
  rulebook: Pick<Rulebook, 'tiers'>
  /** Table cells and chart names hold one language only. */
  language: Language
  /** The page with the whole order, for the committee alone. */
  page?: string | null
}

/**
 * The order of a committee's branches, for its own chat. The branches' chats get it only where the rulebook says so. Before the quarter is
 * published it lists by name whose turn each branch's duties are, and compares nothing.
 */
export function orderCard({ committee, quarter, rows: all, from, isFinal, toAll, rulebook, language, page }: Order): Card {
  const rows = fitting(all.slice(from, from + MOST_ROWS), ({ branch, committee: own }) => `${branch.name}${own}`, ROWS_BYTES, ROW_BYTES)
  const isPublished = isShownIn(all)
  const isMixed = new Set(all.map((one) => one.committee)).size > 1
  const until = from + rows.length
  return card(
    labelled(spokenQuarter(quarter), t('各支部考核', 'branches assessed'), ' '),
    [
      ...(isMixed || from > 0 ? [] : chartOf(all)),
      isPublished ? tableOf(rows, isMixed, rulebook, language) : progressTable(rows, isMixed),
      all.length > rows.length
        ? note(
            t(`共 ${all.length} 个支部，这里是第 ${from + 1}–${until} 个。`, `${all.length} branches; these are ${from + 1} to ${until}.`),
          )
        : null,
      until < all.length && !toAll ? button(t('接着看', 'The next ones'), nextRows.value({ committee, quarter, from: until })) : null,
      page ? opens(t('网页版', 'On the web'), page) : null,
      isFinal && !toAll ? lastSaid(all, isMixed) : null,
      note(!isPublished ? beforePublication : toAll ? openToAll : forCommittee),
    ],
    { colour: 'turquoise', tag: isFinal ? tags.final : isPublished ? tags.published : tags.open },
  )
}

const tags = {
  open: { text: t('未公布', 'Not published'), colour: 'blue' },
  published: { text: t('已公布', 'Published'), colour: 'orange' },
  final: { text: t('最终', 'Final'), colour: 'green' },
} as const

const beforePublication = t(
  '按支部名称排列。公布以后才有得分和名次；这里只看哪些已完成、哪些待确认、哪些还欠。',
  'By name. Scores and places come with the publication; until then this shows what is done, what waits and what is owed.',
)

const forCommittee = t(
  '★ 为本年均分目前达到五好党支部的标准。名次只发在党委的群里，得分供评议参考；每一分都可在支部群说「考核」查看依据。',
  '★ The year’s mean so far is that of a Five-Good Branch. The order is posted to the committee only, as an aid to judgement; each point opens to its evidence with “/score” in the branch’s group.',
)

const openToAll = t(
  '★ 为本年均分目前达到五好党支部的标准。本单位公开支部名次，得分供评议参考；每一分都可在支部群说「考核」查看依据。',
  '★ The year’s mean so far is that of a Five-Good Branch. This unit shows the order to its branches, as an aid to judgement; each point opens to its evidence with “/score” in the branch’s group.',
)

const column = (name: string, zh: string, en: string, width: string) => ({ name, display_name: `${zh} ${en}`, data_type: 'text', width })

const looks = {
  tag: 'table',
  page_size: 10,
  row_height: 'low',
  header_style: { text_align: 'left', text_size: 'normal', background_style: 'grey', text_color: 'default', bold: true, lines: 1 },
} as const

const progressTable = (rows: readonly Ordered[], isMixed: boolean): Element => ({
  ...looks,
  columns: [
    column('branch', '支部', 'Branch', 'auto'),
    column('done', '完成', 'Done', '80px'),
    column('waiting', '待确认', 'Waiting', '100px'),
    column('owed', '还欠', 'Owed', '80px'),
    ...(isMixed ? [column('committee', '党组织', 'Committee', 'auto')] : []),
  ],
  rows: rows.map(({ branch, committee, progress }) => ({
    branch: branch.name,
    done: String(progress?.done ?? '–'),
    waiting: String(progress?.waiting ?? '–'),
    owed: String(progress?.owed ?? '–'),
    ...(isMixed ? { committee } : {}),
  })),
})

function tableOf(rows: readonly Ordered[], isMixed: boolean, rulebook: Order['rulebook'], language: Language): Element {
  return {
    ...looks,
    columns: [
      column('place', '名次', '#', '80px'),
      column('branch', '支部', 'Branch', 'auto'),
      column('score', '得分', 'Score', '100px'),
      column('year', '年均', 'Year', '90px'),
      // A phone shows the first three columns, hence the committee's name comes last.
      ...(isMixed ? [column('committee', '党组织', 'Committee', 'auto')] : []),
    ],
    rows: rows.map(({ committee, place, moved, branch, tenths, isUndecided, yearTenths, isFiveGood }) => ({
      place: isUndecided ? undecided[language] : `${place ?? '–'}${movedSaid(moved)}`,
      branch: branch.name,
      score: tenths === null ? '–' : `${points(tenths)} ${tierNames[tierOf(tenths, rulebook) ?? 0]?.[language] ?? ''}`,
      year: yearTenths === null ? '–' : `${points(yearTenths)}${isFiveGood ? '★' : ''}`,
      ...(isMixed ? { committee } : {}),
    })),
  }
}

/** A branch that waits for the assessor follows later; it holds up nobody. */
const undecided = t('待定', 'Undecided')

const movedSaid = (moved: number | null) => (moved ? ` ${moved > 0 ? '↑' : '↓'}${Math.abs(moved)}` : '')

/** The chart shows up to twelve branches; among more, the first and the last six. */
const CHARTED = 12

function chartOf(all: readonly Ordered[]): Element[] {
  const scored = all.flatMap(({ branch, tenths }) => (tenths === null ? [] : [{ name: clipped(shortly(branch.name), 8), tenths }]))
  if (scored.length < 2) return []
  const isWhole = scored.length <= CHARTED
  const shown = isWhole ? scored : [...scored.slice(0, CHARTED / 2), ...scored.slice(-CHARTED / 2)]
  const unlike = shown.map((one, index) => ({
    ...one,
    name: shown.findIndex(({ name }) => name === one.name) === index ? one.name : `${one.name} ${index + 1}`,
  }))
  const title = isWhole
    ? t('得分', 'Scores')
    : t(`前 ${CHARTED / 2} 个和后 ${CHARTED / 2} 个支部`, `The first and the last ${CHARTED / 2} branches`)
  return [lines(strong(title)), placesChart(unlike)]
}

/** A shared ending tells no names apart, and a phone's axis is short. */
const shortly = (name: string) => name.replace(/(?<=.{2})党?(?:支部|总支)(?:委员会)?$/u, '')

/** A shared place is not the last. Only the committee reads this line: it judges, and the bot announces nothing. */
function lastSaid(all: readonly Ordered[], isMixed: boolean): Element | null {
  const last = all.filter(({ isLast }) => isLast)
  if (last.length === 0) return null
  const names = listed(
    last.slice(0, CHARTED).map(({ branch, committee }) => asWritten(isMixed ? `${branch.name}（${committee}）` : branch.name)),
  )
  return note(
    t(
      `本季度末位：${names.zh}。仅供党委研究，不对外公布。`,
      `Last this quarter: ${names.en}. For the committee to consider; not announced to anybody else.`,
    ),
  )
}

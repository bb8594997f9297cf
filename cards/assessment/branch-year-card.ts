import type { lastTwiceIn, reportsOf, resultsOfYear } from '../../db/assessment/year.ts'
import type { Branch } from '../../db/branches/units.ts'
import { type Period, quartersOf, type Year } from '../../src/calendar.ts'
import { button, type Card, card, coloured, type Element, lines, note, oneMain, row } from '../../src/card.ts'
import { form, input, pickDay, select } from '../../src/form.ts'
import { points, spokenDay, spokenPeriod, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, clipped, type Text, t } from '../../src/text.ts'
import { readWorkReport } from '../papers/buttons.ts'
import { commentReport, concludeItem, LONGEST } from './buttons.ts'
import { outcomeForm, type Support, supportForm, supportLine } from './support.ts'

type Item = Awaited<ReturnType<typeof lastTwiceIn>>[number]

interface OfBranch {
  branch: Branch
  year: Year
  results: Awaited<ReturnType<typeof resultsOfYear>>
  item: Item | undefined
  supports: readonly Support[]
  helpers: readonly { id: string; name: string }[]
  reports: Awaited<ReturnType<typeof reportsOf>>
  /** The work reports that the secretary sent up, to be read beside the commentary. */
  sent: readonly { id: string; period: Period }[]
}

/** One branch's year before its assessor: the item that must be closed, help, and comments on the secretary's work reports. */
export function branchYearCard(it: OfBranch, now: Date): Card {
  const running = it.supports.find(({ outcome }) => outcome === null)
  return card(
    t(`${it.year} 年 帮扶与述职`, `${it.year}: support and work reports`),
    oneMain([
      lines(
        ...(it.results.length > 0 ? it.results.map(resultLine) : [t('本年还没有结束的季度。', 'No quarter of this year is closed yet.')]),
      ),
      it.item ? lines(itemSaid(it.item)) : null,
      it.item && !it.item.closedAt ? concludeForm(it) : null,
      lines(t('**帮扶**', '**Support**'), ...(it.supports.length > 0 ? it.supports.map(supportLine) : [t('没有', 'none')])),
      running ? outcomeForm(here(it), running) : it.helpers.length > 0 ? supportForm(here(it), it.helpers, now) : null,
      lines(t('**书记述职点评**', '**Work reports**'), ...(it.reports.length > 0 ? it.reports.map(reportLine) : [t('没有', 'none')])),
      it.sent.length > 0
        ? row(
            ...it.sent.map(({ id, period }) => {
              const { zh, en } = spokenPeriod(period)
              return button(t(`看述职：${zh}`, `Read: ${en}`), readWorkReport.value({ report: id }))
            }),
          )
        : null,
      reportForm(it),
      note(
        t(
          '点评只发给书记，帮扶只告诉帮扶人；其他内容只有考核组看得到。',
          'The commentary goes to the secretary alone, a support to the helper; the rest only assessors see.',
        ),
      ),
    ]),
    { subtitle: asWritten(it.branch.name) },
  )
}

const resultLine = ({ quarter, tenths, place }: OfBranch['results'][number]): Text => {
  const score = tenths === null ? '–' : points(tenths)
  return t(
    `· ${spokenQuarter(quarter).zh}：${score} 分，第 ${place ?? '–'} 名`,
    `· ${spokenQuarter(quarter).en}: ${score}, place ${place ?? '–'}`,
  )
}

export function itemSaid({ closedAt, isAdjusted, reason, on }: Item): Text {
  if (!closedAt)
    return coloured(
      'orange',
      t(
        '年内累计末位已达规定次数，请考核组办结：班子是否调整、理由、日期。',
        'Last as often within the year as the rulebook says: please close the item with whether the leadership was adjusted, why, and when.',
      ),
    )
  const [what, when, why] = [
    isAdjusted ? t('班子已调整', 'Leadership adjusted') : t('班子未调整', 'Leadership not adjusted'),
    spokenDay(on ?? ''),
    asWritten(reason ?? ''),
  ]
  return t(`末位事项已办结：${what.zh}，${when.zh}，${why.zh}`, `Last-place item closed: ${what.en}, ${when.en}, ${why.en}`)
}

const reportLine = ({ period, heardOn, commentary }: OfBranch['reports'][number]): Text => {
  const words = asWritten(clipped(commentary, 120))
  const [what, on] = [spokenPeriod(period), spokenDay(heardOn)]
  return t(`· ${what.zh}，${on.zh}：${words.zh}`, `· ${what.en}, ${on.en}: ${words.en}`)
}

const here = ({ branch, year }: Pick<OfBranch, 'branch' | 'year'>) => ({ branch: branch.id, year })

export const concludeForm = (it: Pick<OfBranch, 'branch' | 'year'>): Element =>
  form(
    'conclude',
    [
      select(
        'adjusted',
        t('班子是否调整', 'Was the leadership adjusted'),
        [
          { label: t('已调整', 'Adjusted'), value: 'yes' },
          { label: t('不调整', 'Not adjusted'), value: 'no' },
        ],
        { required: true },
      ),
      input('reason', t('理由', 'Reason'), { required: true, most: LONGEST.reason }),
      pickDay('concluded_on', t('日期', 'Date'), { required: true }),
    ],
    { label: t('办结', 'Close the item'), value: concludeItem.value(here(it)) },
  )

export const periodsOf = (year: Year): Period[] => [...quartersOf(year), `${year}H1`, `${year}H2`, year]

const reportForm = (it: OfBranch): Element =>
  form(
    'report',
    [
      select(
        'period',
        t('哪一次述职', 'Which work report'),
        periodsOf(it.year)
          .filter((period) => !it.reports.some((one) => one.period === period))
          .map((period) => ({ label: spokenPeriod(period), value: period })),
        { required: true },
      ),
      pickDay('heard', t('听取日期', 'Heard on'), { required: true }),
      input('commentary', t('点评', 'Commentary'), { required: true, most: LONGEST.commentary, rows: 3 }),
    ],
    { label: t('保存点评', 'Save the commentary'), value: commentReport.value(here(it)) },
  )

import * as z from 'zod'
import * as messages from '../../db/assessment/messages.ts'
import { notesTo } from '../../db/assessment/open-and-close.ts'
import {
  concludeLastTwice,
  hearReport,
  helpersFor,
  lastTwiceIn,
  reportById,
  reportsOf,
  resultsOfYear,
  supportsOf,
} from '../../db/assessment/year.ts'
import { secretariesOfBranches } from '../../db/branches/answering.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf } from '../../db/client.ts'
import { day, isYear, type Period, pickedDay, quartersOf, type Year } from '../../src/calendar.ts'
import { type Card, card, coloured, type Element, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, input, pickDay, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { points, spokenDay, spokenPeriod, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { outcomeForm, type Support, supportForm, supportLine } from './support.ts'

const LONGEST_REASON = 100
const LONGEST_COMMENTARY = 500

type Item = Awaited<ReturnType<typeof lastTwiceIn>>[number]

interface OfBranch {
  branch: Branch
  year: Year
  results: Awaited<ReturnType<typeof resultsOfYear>>
  item: Item | undefined
  supports: readonly Support[]
  helpers: readonly { id: string; name: string }[]
  reports: Awaited<ReturnType<typeof reportsOf>>
}

/** One branch's year before its assessor: the item that must be closed, help, and comments on the secretary's work reports. */
export function branchYearCard(it: OfBranch, now: Date): Card {
  const running = it.supports.find(({ outcome }) => outcome === null)
  return card(
    t(`${it.year} 年 帮扶与述职`, `${it.year}: support and work reports`),
    [
      lines(
        ...(it.results.length > 0 ? it.results.map(resultLine) : [t('本年还没有结束的季度。', 'No quarter of this year is closed yet.')]),
      ),
      it.item ? lines(itemSaid(it.item)) : null,
      it.item && !it.item.closedAt ? concludeForm(it) : null,
      lines(t('**帮扶**', '**Support**'), ...(it.supports.length > 0 ? it.supports.map(supportLine) : [t('没有', 'none')])),
      running ? outcomeForm(here(it), running) : it.helpers.length > 0 ? supportForm(here(it), it.helpers, now) : null,
      lines(t('**书记述职点评**', '**Work reports**'), ...(it.reports.length > 0 ? it.reports.map(reportLine) : [t('没有', 'none')])),
      reportForm(it),
      note(
        t(
          '点评只发给书记，帮扶只告诉帮扶人；其他内容只有考核组看得到。',
          'The commentary goes to the secretary alone, a support to the helper; the rest only assessors see.',
        ),
      ),
    ],
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

function itemSaid({ closedAt, isAdjusted, reason, on }: Item): Text {
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

const concludeForm = (it: Pick<OfBranch, 'branch' | 'year'>): Element =>
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
      input('reason', t('理由', 'Reason'), { required: true, most: LONGEST_REASON }),
      pickDay('concluded_on', t('日期', 'Date'), { required: true }),
    ],
    { label: t('办结', 'Close the item'), value: concludeItem.value(here(it)) },
  )

const periodsOf = (year: Year): Period[] => [...quartersOf(year), `${year}H1`, `${year}H2`, year]

const reportForm = (it: OfBranch): Element =>
  form(
    'report',
    [
      select(
        'period',
        t('哪一期述职', 'Which period'),
        periodsOf(it.year)
          .filter((period) => !it.reports.some((one) => one.period === period))
          .map((period) => ({ label: spokenPeriod(period), value: period })),
        { required: true },
      ),
      pickDay('heard', t('听取日期', 'Heard on'), { required: true }),
      input('commentary', t('点评', 'Commentary'), { required: true, most: LONGEST_COMMENTARY, rows: 3 }),
    ],
    { label: t('保存点评', 'Save the commentary'), value: commentReport.value(here(it)) },
  )

export const branchYear = view({
  name: 'branchYear',
  takes: z.object({ subject: z.string(), branch: id, year: z.string().refine(isYear) }),
  async show(db, args, now) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    const { year } = args
    const [results, [item], ours, helpers, reports] = await lookUp(db, [
      resultsOfYear(db, [branch.id], year),
      lastTwiceIn(db, [branch.id], year),
      supportsOf(db, branch.id),
      helpersFor(db, branch),
      reportsOf(db, branch.id, year),
    ])
    return branchYearCard({ branch, year, results, item, supports: ours.slice(-8), helpers, reports }, now)
  },
})

/** The assessors alone are told which branches were last twice, and what the year's rule asks for then. */
export const lastTwiceView = view({
  message: messages.lastTwice,
  async show(db, { branch: of, year }) {
    const [[branch], [item]] = await lookUp(db, [branchById(db, of), lastTwiceIn(db, [of], year)])
    if (!branch || !item) return null
    return card(
      t(`${year} 年末位事项`, `${year}: last places`),
      [
        lines(itemSaid(item)),
        item.closedAt ? null : concludeForm({ branch, year }),
        note(t('只有考核组看得到；机器人不公布、不作处理决定。', 'Only the assessors see this; the bot announces and decides nothing.')),
      ],
      { colour: item.closedAt ? 'green' : 'orange', subtitle: asWritten(branch.name) },
    )
  },
})

export const workReport = view({
  message: messages.workReport,
  async show(db, { report }) {
    const [[one]] = await lookUp(db, [reportById(db, report)])
    if (!one) return null
    return card(t('述职点评', 'Your work report'), [
      lines(labelled(spokenPeriod(one.period), spokenDay(one.heardOn), ' · '), asWritten(one.commentary)),
    ])
  },
})

const sent = z.object({ branch: id, year: z.string().refine(isYear) })
export const concludeItem = press({
  name: 'branchYear.conclude',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ adjusted: z.string().nullish(), reason: z.string().nullish(), concluded_on: z.string().nullish() }),
  look: ({ db }, { branch, year }) => [statementOf(branchById(db, branch)), statementOf(lastTwiceIn(db, [branch], year))] as const,
  async answer(ctx, { year }, [[found], [item]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const [on, reason] = [pickedDay(filled.concluded_on), clipped(filled.reason ?? '', LONGEST_REASON)]
    if (!item) refuse('没有这一项。', 'There is no such item.')
    if (filled.adjusted !== 'yes' && filled.adjusted !== 'no')
      refuse('请选择班子是否调整。', 'Please say whether the leadership was adjusted.')
    if (!on || on > day(now) || reason === '') refuse('请写明理由和不晚于今天的日期。', 'Please give a reason, and a date not after today.')
    await concludeLastTwice(db, branch, year, { isAdjusted: filled.adjusted === 'yes', reason, on }, actor, now)
    return { toast: t('已办结。', 'Closed.'), mood: 'success' }
  },
})

export const commentReport = press({
  name: 'branchYear.report',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ period: z.string().nullish(), heard: z.string().nullish(), commentary: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(secretariesOfBranches(db, [branch]))] as const,
  async answer(ctx, { year }, [[found], secretaries], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const period = periodsOf(year).find((one) => one === filled.period)
    const [heardOn, commentary] = [pickedDay(filled.heard), clipped(filled.commentary ?? '', LONGEST_COMMENTARY)]
    if (!period || !heardOn || heardOn > day(now) || commentary === '')
      refuse(
        '请选择哪一期、听取日期（不晚于今天），并写点评。',
        'Please choose the period and the day it was heard (not after today), and write the commentary.',
      )
    await hearReport(db, branch, { id: newId(), period, heardOn, commentary }, notesTo(secretaries, now), actor, now)
    return { toast: t('点评已保存，并发给了书记。', 'Saved, and sent to the secretary.'), mood: 'success' }
  },
})

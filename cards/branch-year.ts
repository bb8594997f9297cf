import * as z from 'zod'
import { notesTo } from '../db/assessing.ts'
import { secretariesOf, supportOutcomes } from '../db/assessments.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { type Branch, branchById } from '../db/units.ts'
import {
  concludeLastTwice,
  endSupport,
  hearReport,
  helpersFor,
  lastTwiceIn,
  reportById,
  reportsOf,
  resultsOfYear,
  support,
  supportsOf,
} from '../db/years.ts'
import { type Day, day, isDay, isYear, type Period, quartersOf, type Year } from '../src/calendar.ts'
import { type Card, card, coloured, type Element, form, input, lines, note, pickDay, select } from '../src/card.ts'
import { known, placeOf, theirs } from '../src/context.ts'
import { id, press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import { points, spokenDay, spokenPeriod, spokenQuarter } from '../src/spoken.ts'
import { asWritten, both, clipped, type Text, t } from '../src/text.ts'
import { view } from '../src/view.ts'

const LONGEST_REASON = 100
const LONGEST_COMMENTARY = 500

type Item = Awaited<ReturnType<typeof lastTwiceIn>>[number]
type Support = Awaited<ReturnType<typeof supportsOf>>[number]

interface OfBranch {
  branch: Branch
  year: Year
  results: Awaited<ReturnType<typeof resultsOfYear>>
  item: Item | undefined
  supports: readonly Support[]
  helpers: readonly { id: string; name: string }[]
  reports: Awaited<ReturnType<typeof reportsOf>>
}

/** One branch's year before its assessor: the item that must be closed, help, and what was said to its secretary's work reports. */
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
      running ? outcomeForm(it, running) : it.helpers.length > 0 ? supportForm(it, now) : null,
      lines(t('**书记述职点评**', '**Work reports**'), ...(it.reports.length > 0 ? it.reports.map(reportLine) : [t('没有', 'none')])),
      reportForm(it),
      note(t('点评只发给书记；其他内容只有考核组看得到。', 'The commentary goes to the secretary alone; the rest only assessors see.')),
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

const outcomeNames: Record<(typeof supportOutcomes)[number], Text> = {
  recovered: t('已改进', 'recovered'),
  extended: t('延长', 'extended'),
  'leadership to be adjusted': t('建议调整班子', 'leadership to be adjusted'),
}

function supportLine({ name, from, until, outcome }: Support): Text {
  const [who, since, to] = [asWritten(name), spokenDay(from), spokenDay(until)]
  const said = outcome ? outcomeNames[outcome] : t('进行中', 'under way')
  return t(`· ${who.zh}：${since.zh} – ${to.zh} — ${said.zh}`, `· ${who.en}: ${since.en} – ${to.en} — ${said.en}`)
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
    { label: t('办结', 'Close the item'), value: conclude.value(here(it)) },
  )

const supportForm = (it: OfBranch, now: Date): Element =>
  form(
    'support',
    [
      select(
        'helper',
        t('帮扶人', 'Helper'),
        it.helpers.map(({ id, name }) => ({ label: t(name, name), value: id })),
        { required: true },
      ),
      pickDay('from', t('从', 'From'), { chosen: day(now), required: true }),
      pickDay('until', t('到', 'Until'), { required: true }),
    ],
    { label: t('安排帮扶', 'Begin the support'), value: beginSupport.value(here(it)) },
  )

const outcomeForm = (it: OfBranch, { id: running }: Support): Element =>
  form(
    'outcome',
    [
      select(
        'outcome',
        t('帮扶结果', 'Outcome'),
        supportOutcomes.map((value) => ({ label: outcomeNames[value], value })),
        { required: true },
      ),
      pickDay('extended', t('延长到（延长时填）', 'Extended until (if extended)')),
    ],
    { label: t('记录结果', 'Record it'), value: concludeSupport.value({ ...here(it), support: running }) },
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

/** To the assessors alone: what the year's rule makes of two last places. */
export const lastTwiceView = view({
  name: 'lastTwice',
  takes: z.object({ subject: z.string(), branch: id, year: z.string().refine(isYear) }),
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
  name: 'workReport',
  takes: z.object({ report: id }),
  async show(db, { report }) {
    const [[one]] = await lookUp(db, [reportById(db, report)])
    if (!one) return null
    return card(t('述职点评', 'Your work report'), [
      lines(
        both((l) => `${spokenPeriod(one.period)[l]} · ${spokenDay(one.heardOn)[l]}`),
        asWritten(one.commentary),
      ),
    ])
  },
})

const sent = z.object({ branch: id, year: z.string().refine(isYear) })
const picked = (said: string | null | undefined): Day | null => {
  const on = (said ?? '').slice(0, 10)
  return isDay(on) ? on : null
}

export const conclude = press({
  name: 'year.conclude',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ adjusted: z.string().nullish(), reason: z.string().nullish(), concluded_on: z.string().nullish() }),
  look: ({ db }, { branch, year }) => [statementOf(branchById(db, branch)), statementOf(lastTwiceIn(db, [branch], year))] as const,
  async answer(ctx, { year }, [[found], [item]], filled) {
    const { actor, db, now } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    const [on, reason] = [picked(filled.concluded_on), clipped(filled.reason ?? '', LONGEST_REASON)]
    if (!item) refuse('没有这一项。', 'There is no such item.')
    if (filled.adjusted !== 'yes' && filled.adjusted !== 'no')
      refuse('请选择班子是否调整。', 'Please say whether the leadership was adjusted.')
    if (!on || on > day(now) || reason === '') refuse('请写明理由和不晚于今天的日期。', 'Please give a reason, and a date not after today.')
    await concludeLastTwice(db, branch, year, { isAdjusted: filled.adjusted === 'yes', reason, on }, actor, now)
    return { toast: t('已办结。', 'Closed.'), mood: 'success' }
  },
})

export const beginSupport = press({
  name: 'year.support',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ helper: id.nullish(), from: z.string().nullish(), until: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(supportsOf(db, branch))] as const,
  async answer(ctx, _sent, [[found], ours], filled) {
    const { actor, db, now, newId } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    const [helpers] = await lookUp(db, [helpersFor(db, branch)])
    const helper = helpers.find(({ id }) => id === filled.helper)
    const [from, until] = [picked(filled.from), picked(filled.until)]
    if (ours.some(({ outcome }) => outcome === null))
      refuse('已经在帮扶，请先记录结果。', 'Support is under way; please record its outcome first.')
    if (!helper) refuse('请选择帮扶人。', 'Please choose a helper.')
    if (!from || !until || until < from) refuse('请选择起止日期，止不早于起。', 'Please choose both dates, the end not before the start.')
    await support(db, branch, { id: newId(), helper: helper.id, from, until }, actor, now)
    return { toast: t('帮扶已安排。', 'The support begins.'), mood: 'success' }
  },
})

export const concludeSupport = press({
  name: 'year.outcome',
  rights: ['assess'],
  sends: sent.extend({ support: id }),
  fills: z.object({ outcome: z.string().nullish(), extended: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(supportsOf(db, branch))] as const,
  async answer(ctx, sent, [[found], ours], filled) {
    const { actor, db, now, newId } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    const running = ours.find(({ id }) => id === sent.support)
    const outcome = supportOutcomes.find((one) => one === filled.outcome)
    if (!running || !outcome) refuse('请选择帮扶结果。', 'Please choose the outcome.')
    const until = picked(filled.extended)
    if (outcome === 'extended' && (!until || until <= running.until))
      refuse('延长到的日期要晚于原来的。', 'The new end must be later than the old one.')
    const next = outcome === 'extended' && until ? { id: newId(), helper: running.helper, from: running.until, until } : null
    await endSupport(db, branch, { id: running.id, outcome, next }, actor, now)
    return { toast: t('已记录。', 'Recorded.'), mood: 'success' }
  },
})

export const commentReport = press({
  name: 'year.report',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ period: z.string().nullish(), heard: z.string().nullish(), commentary: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(secretariesOf(db, [branch]))] as const,
  async answer(ctx, { year }, [[found], secretaries], filled) {
    const { actor, db, now, newId } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    const period = periodsOf(year).find((one) => one === filled.period)
    const [heardOn, commentary] = [picked(filled.heard), clipped(filled.commentary ?? '', LONGEST_COMMENTARY)]
    if (!period || !heardOn || heardOn > day(now) || commentary === '')
      refuse(
        '请选择哪一期、听取日期（不晚于今天），并写点评。',
        'Please choose the period and the day it was heard (not after today), and write the commentary.',
      )
    await hearReport(db, branch, { id: newId(), period, heardOn, commentary }, notesTo(secretaries, now), actor, now)
    return { toast: t('点评已保存，并发给了书记。', 'Saved, and sent to the secretary.'), mood: 'success' }
  },
})

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
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf } from '../../db/client.ts'
import { sentUp } from '../../db/papers/sent-up.ts'
import { day, isYear, pickedDay } from '../../src/calendar.ts'
import { button, card, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { spokenDay, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openWorkReport } from '../papers/buttons.ts'
import { commentReport, concludeItem, LONGEST } from './buttons.ts'

export const branchYear = view({
  name: 'branchYear',
  takes: z.object({ subject: z.string(), branch: id, year: z.string().refine(isYear) }),
  async show(db, args, now) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    const { year } = args
    const [results, [item], ours, helpers, reports, sent] = await lookUp(db, [
      resultsOfYear(db, [branch.id], year),
      lastTwiceIn(db, [branch.id], year),
      supportsOf(db, branch.id),
      helpersFor(db, branch),
      reportsOf(db, branch.id, year),
      sentUp(db, branch.id, year),
    ])
    const { branchYearCard } = await import('./drawn.ts')
    return branchYearCard({ branch, year, results, item, supports: ours.slice(-8), helpers, reports, sent }, now)
  },
})

/** The assessors alone are told which branches were last twice, and what the year's rule asks for then. */
export const lastTwiceView = view({
  message: messages.lastTwice,
  async show(db, { branch: of, year }) {
    const [[branch], [item]] = await lookUp(db, [branchById(db, of), lastTwiceIn(db, [of], year)])
    if (!branch || !item) return null
    const { concludeForm, itemSaid } = await import('./drawn.ts')
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
    const [sent] = await lookUp(db, [sentUp(db, one.branch, one.period)])
    return card(t('述职点评', 'Your work report'), [
      lines(labelled(spokenPeriod(one.period), spokenDay(one.heardOn), ' · '), asWritten(one.commentary)),
      ...(sent.some(({ period }) => period === one.period)
        ? [button(t('看我的述职', 'Read my report'), openWorkReport.value({ branch: one.branch, period: one.period }))]
        : []),
    ])
  },
})

export const concludeItemPress = press({
  button: concludeItem,
  rights: ['assess'],
  fills: z.object({ adjusted: z.string().nullish(), reason: z.string().nullish(), concluded_on: z.string().nullish() }),
  look: ({ db }, { branch, year }) => [statementOf(branchById(db, branch)), statementOf(lastTwiceIn(db, [branch], year))] as const,
  async answer(ctx, { year }, [[found], [item]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const [on, reason] = [pickedDay(filled.concluded_on), clipped(filled.reason ?? '', LONGEST.reason)]
    if (!item) refuse('没有这一项。', 'There is no such item.')
    if (filled.adjusted !== 'yes' && filled.adjusted !== 'no')
      refuse('请选择班子是否调整。', 'Please say whether the leadership was adjusted.')
    if (!on || on > day(now) || reason === '') refuse('请写明理由和不晚于今天的日期。', 'Please give a reason, and a date not after today.')
    await concludeLastTwice(db, branch, year, { isAdjusted: filled.adjusted === 'yes', reason, on }, actor, now)
    return { toast: t('已办结。', 'Closed.'), mood: 'success' }
  },
})

export const commentReportPress = press({
  button: commentReport,
  rights: ['assess'],
  fills: z.object({ period: z.string().nullish(), heard: z.string().nullish(), commentary: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(secretariesOfBranches(db, [branch]))] as const,
  async answer(ctx, { year }, [[found], secretaries], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const { periodsOf } = await import('./drawn.ts')
    const period = periodsOf(year).find((one) => one === filled.period)
    const [heardOn, commentary] = [pickedDay(filled.heard), clipped(filled.commentary ?? '', LONGEST.commentary)]
    if (!period || !heardOn || heardOn > day(now) || commentary === '')
      refuse(
        '请选择哪一期、听取日期（不晚于今天），并写点评。',
        'Please choose which work report and the day it was heard (not after today), and write the commentary.',
      )
    await hearReport(db, branch, { id: newId(), period, heardOn, commentary }, notesTo(secretaries, now), actor, now)
    return { toast: t('点评已保存，并发给了书记。', 'Saved, and sent to the secretary.'), mood: 'success' }
  },
})

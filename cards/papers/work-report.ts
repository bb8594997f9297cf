import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { paperFacts } from '../../db/papers/facts.ts'
import * as messages from '../../db/papers/messages.ts'
import { reportSubject } from '../../db/papers/messages.ts'
import { commentaryOn, keepReport, type Report, reportById, reportFor, sendReportUp } from '../../db/papers/reports.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { day, type Period } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, note, row } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { spokenDay, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { draftWorkReport, workReportTitles } from '../../src/words/papers/report-text.ts'
import { editWorkReport, openWorkReport, readWorkReport, saveWorkReport } from './buttons.ts'
import { filledParts, partFields, partsFilled, partsShown } from './parts.ts'

type Commentary = Awaited<ReturnType<typeof commentaryOn>>[number]

interface Shown {
  branch: Branch
  period: Period
  it: Report | undefined
  commentary: Commentary | undefined
}

const titleOf = (period: Period): Text => labelled(t('书记述职', 'Work report'), spokenPeriod(period), ' · ')

/** The commentary of the level above, beside the text that it is about. */
function commentaryShown(commentary: Commentary | undefined): Element | null {
  if (!commentary) return null
  return lines(labelled(t('**点评**', '**Commentary**'), spokenDay(commentary.heardOn), '　', '  '), asWritten(commentary.commentary))
}

/** The secretary's work report as it is kept, with the commentary once there is one. */
export function workReportCard({ branch, period, it, commentary }: Shown): Card {
  const sentOn = it?.deliveredAt ? spokenDay(day(it.deliveredAt)) : null
  return card(
    titleOf(period),
    [
      ...partsShown(workReportTitles, it?.words ?? []),
      commentaryShown(commentary),
      sentOn
        ? lines(t(`${sentOn.zh}已上报，考核人在年度卡片上看。`, `Sent up on ${sentOn.en}; the assessor reads it on the branch’s year.`))
        : it
          ? lines(t('已保存，还没有上报。', 'Saved, not sent up yet.'))
          : null,
      commentary ? null : row(button(t('修改…', 'Change…'), editWorkReport.value({ branch: branch.id, period }))),
    ],
    { colour: it?.deliveredAt ? 'green' : 'turquoise', subtitle: asWritten(branch.name) },
  )
}

export function workReportForm({ branch, period, it }: Shown, values: readonly string[]): Card {
  const sent = { branch: branch.id, period }
  return card(
    titleOf(period),
    [
      lines(
        t(
          '初稿只写机器人记着的事，请补上、改好再上报。',
          'The draft says only what the bot has on record; add and change as needed, then send it up.',
        ),
      ),
      form(
        'work_report',
        partFields(workReportTitles, values),
        { label: t('上报', 'Send it up'), value: saveWorkReport.value({ ...sent, isSent: true }) },
        { label: t('只保存', 'Only save'), value: saveWorkReport.value({ ...sent, isSent: false }) },
      ),
      it ? null : button(t('用英文起草', 'Draft in English'), editWorkReport.value({ ...sent, isEnglish: true }), { type: 'text' }),
      note(t('别的期说「/述职 三季度」或「/述职 上半年」。', 'For another period say “/workreport Q3” or “/workreport first half”.')),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

async function shownFor(db: Db, branch: Branch, period: Period): Promise<Shown> {
  const [[it], [commentary]] = await lookUp(db, [reportFor(db, branch.id, 'upward', period), commentaryOn(db, branch.id, period)])
  return { branch, period, it, commentary }
}

const drafted = async (db: Db, { branch, period, it }: Shown, now: Date, isEnglish = false): Promise<string[]> =>
  it ? it.words : draftWorkReport(await paperFacts(db, branch, period, now)).map(({ zh, en }) => (isEnglish ? en : zh))

export const workReportDraft = view({
  message: messages.workReportDraft,
  async show(db, { branch: of, period }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    if (!branch) return null
    const shown = await shownFor(db, branch, period)
    return shown.it || shown.commentary ? workReportCard(shown) : workReportForm(shown, await drafted(db, shown, now))
  },
})

/** The text before the assessor, with what was said about it. */
export const workReportRead = view({
  message: messages.workReportRead,
  async show(db, { report: id }) {
    const [[it]] = await lookUp(db, [reportById(db, id)])
    if (!it?.deliveredAt || it.kind !== 'upward') return null
    const [[commentary]] = await lookUp(db, [commentaryOn(db, it.branch, it.period)])
    const [on, who] = [spokenDay(day(it.deliveredAt)), asWritten(it.byName)]
    return card(
      titleOf(it.period),
      [
        ...partsShown(workReportTitles, it.words),
        commentaryShown(commentary) ?? note(t('点评写在支部的年度卡片上。', 'The commentary is written on the branch’s year.')),
        lines(t(`${who.zh}，${on.zh}上报。`, `Sent by ${who.en} on ${on.en}.`)),
      ],
      { subtitle: asWritten(it.branchName) },
    )
  },
})

const look = ({ db }: { db: Db }, { branch }: { branch: string }) => [statementOf(branchById(db, branch))] as const

async function secretaryOf(ctx: Context, [found]: readonly Branch[]) {
  const here = memberOrRefuse(ctx)
  const branch = foundOrRefuse(here.actor, 'reportUp', found, placeOf)
  await refuseUnlessUsed(here.db, 'papers', branch.id, here.now)
  return { ...here, branch }
}

export const editWorkReportPress = press({
  button: editWorkReport,
  rights: ['reportUp'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { period, isEnglish }, [found]) {
    const { db, now, branch } = await secretaryOf(ctx, found)
    const shown = await shownFor(db, branch, period)
    if (shown.commentary)
      return {
        toast: t('上级已经点评，不能再改。', 'The level above has commented; it stays as it is.'),
        mood: 'info',
        card: workReportCard(shown),
      }
    return {
      toast: t('改好后上报。', 'Send it up when it is right.'),
      mood: 'info',
      card: workReportForm(shown, await drafted(db, shown, now, isEnglish)),
    }
  },
})

export const saveWorkReportPress = press({
  button: saveWorkReport,
  rights: ['reportUp'],
  isPersonal: true,
  fills: filledParts,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { period, isSent }, [found], filled) {
    const { db, now, actor, newId, branch } = await secretaryOf(ctx, found)
    const written = { id: newId(), kind: 'upward' as const, period, words: partsFilled(filled, workReportTitles) }
    await (isSent ? sendReportUp : keepReport)(db, branch, written, actor, now)
    return {
      toast: isSent ? t('已上报。', 'Sent up.') : t('已保存，还没有上报。', 'Saved, not sent up yet.'),
      mood: 'success',
      card: workReportCard(await shownFor(db, branch, period)),
    }
  },
})

export const openWorkReportPress = press({
  button: openWorkReport,
  rights: ['reportUp'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { period }, [found]) {
    const { db, actor, branch } = await secretaryOf(ctx, found)
    const shown = messages.workReportDraft({ subject: reportSubject(branch.id), branch: branch.id, period, viewer: actor.id })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const readWorkReportPress = press({
  button: readWorkReport,
  rights: ['assess'],
  look: ({ db }, { report }) => [statementOf(reportById(db, report))] as const,
  async answer(ctx, { report }, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const it = found?.deliveredAt && found.kind === 'upward' ? found : undefined
    foundOrRefuse(actor, 'assess', it, ({ branch, unit, lineage }) => placeOf({ id: branch, unit, lineage }))
    await together(db, [reply(privately(ctx), messages.workReportRead({ report, viewer: actor.id }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

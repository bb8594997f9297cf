import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { paperFacts } from '../../db/papers/facts.ts'
import { type NextMeeting, nextMeeting, nextMeetingOrRefuse } from '../../db/papers/meetings.ts'
import * as messages from '../../db/papers/messages.ts'
import { keepReport, listReport as list, type Report, reportById, reportFor } from '../../db/papers/reports.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { day, type Period } from '../../src/calendar.ts'
import { button, type Card, card, lines, note, row } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { spokenDay, spokenMoment, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { draftReport, reportTitles } from '../../src/words/papers/report-text.ts'
import { askAboutReport, editReport, listReport, readReport, saveReport } from './buttons.ts'
import { filledParts, partFields, partsFilled, partsShown } from './parts.ts'

interface Shown {
  branch: Branch
  period: Period
  it: Report | undefined
  next: NextMeeting | undefined
}

const titleOf = (period: Period): Text => labelled(t('支委会报告', 'Committee’s report'), spokenPeriod(period), ' · ')

/** The report as it is kept. One that the meeting heard stays as it was. */
export function reportCard({ branch, period, it, next }: Shown): Card {
  const isWaiting = it?.heardAt !== null && !it?.wasMissed && !it?.deliveredAt
  return card(
    titleOf(period),
    [
      ...partsShown(reportTitles, it?.words ?? []),
      it ? lines(stateSaid(it)) : null,
      it?.deliveredAt
        ? null
        : next && !isWaiting
          ? button(listed, listReport.value({ branch: branch.id, period }), { type: 'primary', wide: true })
          : null,
      it?.deliveredAt ? null : row(button(t('修改…', 'Change…'), editReport.value({ branch: branch.id, period }))),
      next || isWaiting || it?.deliveredAt ? null : note(noMeeting),
    ],
    { colour: it?.deliveredAt ? 'green' : 'turquoise', subtitle: asWritten(branch.name) },
  )
}

const listed = t('列入下次党员大会议题', 'Put on the next general meeting')
const noMeeting = t(
  '还没有召集下一次党员大会；召集以后再说「报告」，就能列入议题。',
  'No general meeting is called yet; call one and say “report” again to put it on the agenda.',
)

function stateSaid({ deliveredAt, heardAt, wasMissed }: Report): Text {
  if (deliveredAt) {
    const on = spokenDay(day(deliveredAt))
    return t(`已在党员大会上报告，${on.zh}发到支部群。`, `Given in the general meeting, and posted in the chat on ${on.en}.`)
  }
  if (!heardAt) return t('已保存，还没有列入议题。', 'Saved; on no agenda yet.')
  const at = spokenMoment(heardAt)
  return wasMissed
    ? t(`${at.zh}的会没有报告成，可以列入下一次。`, `The meeting of ${at.en} did not hear it; it can go to the next one.`)
    : t(
        `已列入${at.zh}党员大会的议题；会开完、这一项进行了，就发到支部群。`,
        `On the agenda of ${at.en}; it is posted in the chat when that meeting closes with the item held.`,
      )
}

/** The words to be changed: those that are kept, or a draft from the facts. */
export function reportForm({ branch, period, it, next }: Shown, values: readonly string[]): Card {
  const sent = { branch: branch.id, period }
  const save = { label: t('保存', 'Save'), value: saveReport.value({ ...sent, isListing: false }) }
  return card(
    titleOf(period),
    [
      lines(
        t(
          '初稿只写机器人记着的事，请补上、改好；空着的部分不出现。',
          'The draft says only what the bot has on record; add and change as needed. Empty parts are left out.',
        ),
      ),
      form(
        'report',
        partFields(reportTitles, values),
        next ? { label: listed, value: saveReport.value({ ...sent, isListing: true }) } : save,
        next ? save : undefined,
      ),
      it ? null : button(t('用英文起草', 'Draft in English'), editReport.value({ ...sent, isEnglish: true }), { type: 'text' }),
      next ? null : note(noMeeting),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

async function shownFor(db: Db, branch: Branch, period: Period): Promise<Shown> {
  const [[it], [next]] = await lookUp(db, [reportFor(db, branch.id, 'toMembers', period), nextMeeting(db, branch.id, ['general'])])
  return { branch, period, it, next }
}

const drafted = async (db: Db, { branch, period, it }: Shown, now: Date, isEnglish = false): Promise<string[]> =>
  it ? it.words : draftReport(await paperFacts(db, branch, period, now)).map(({ zh, en }) => (isEnglish ? en : zh))

export const report = view({
  message: messages.report,
  async show(db, { branch: of, period }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    if (!branch) return null
    const shown = await shownFor(db, branch, period)
    return shown.it ? reportCard(shown) : reportForm(shown, await drafted(db, shown, now))
  },
})

/** The report as the members get it. */
export const reportRead = view({
  message: messages.reportRead,
  async show(db, { report: id }) {
    const [[it]] = await lookUp(db, [reportById(db, id)])
    if (it?.kind !== 'toMembers') return null
    return card(
      titleOf(it.period),
      [
        ...partsShown(reportTitles, it.words),
        button(t('问一句…', 'Ask a question…'), askAboutReport.value({ report: it.id })),
        note(
          t(
            '点标题展开。这是支委会向党员大会的报告。',
            'Press a title to unfold it. This is the committee’s report to the general meeting.',
          ),
        ),
      ],
      { subtitle: asWritten(it.branchName) },
    )
  },
})

const look = ({ db }: { db: Db }, { branch }: { branch: string }) => [statementOf(branchById(db, branch))] as const

async function committeeOf(ctx: Context, [found]: readonly Branch[]) {
  const here = memberOrRefuse(ctx)
  const branch = foundOrRefuse(here.actor, 'keepPapers', found, placeOf)
  await refuseUnlessUsed(here.db, 'papers', branch.id, here.now)
  return { ...here, branch }
}

export const editReportPress = press({
  button: editReport,
  rights: ['keepPapers'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { period, isEnglish }, [found]) {
    const { db, now, branch } = await committeeOf(ctx, found)
    const shown = await shownFor(db, branch, period)
    if (shown.it?.deliveredAt)
      return { toast: t('已经报告过，不能再改。', 'It was given already and stays as it is.'), mood: 'info', card: reportCard(shown) }
    return {
      toast: t('改好后保存。', 'Save it when it is right.'),
      mood: 'info',
      card: reportForm(shown, await drafted(db, shown, now, isEnglish)),
    }
  },
})

export const saveReportPress = press({
  button: saveReport,
  rights: ['keepPapers'],
  isPersonal: true,
  fills: filledParts,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { period, isListing }, [found], filled) {
    const { db, now, actor, newId, branch } = await committeeOf(ctx, found)
    const words = { id: newId(), kind: 'toMembers' as const, period, words: partsFilled(filled, reportTitles) }
    if (isListing) await list(db, branch, { period, words }, await nextMeetingOrRefuse(db, branch.id, ['general']), actor, now)
    else await keepReport(db, branch, words, actor, now)
    return {
      toast: isListing ? t('已保存并列入议题。', 'Saved, and on the agenda.') : t('已保存。', 'Saved.'),
      mood: 'success',
      card: reportCard(await shownFor(db, branch, period)),
    }
  },
})

export const listReportPress = press({
  button: listReport,
  rights: ['keepPapers'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { period }, [found]) {
    const { db, now, actor, branch } = await committeeOf(ctx, found)
    await list(db, branch, { period, words: null }, await nextMeetingOrRefuse(db, branch.id, ['general']), actor, now)
    return { toast: t('已列入议题。', 'On the agenda.'), mood: 'success', card: reportCard(await shownFor(db, branch, period)) }
  },
})

/** Everybody who sees the score reads what the members were told. */
export const readReportPress = press({
  button: readReport,
  rights: ['seeScore'],
  look: ({ db }, { report: id }) => [statementOf(reportById(db, id))] as const,
  async answer(ctx, { report: id }, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'seeScore', found?.deliveredAt ? found : undefined, (it) =>
      placeOf({ id: it.branch, unit: it.unit, lineage: it.lineage }),
    )
    await together(db, [reply(privately(ctx), messages.reportRead({ report: id }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

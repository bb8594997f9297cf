import * as z from 'zod'
import { overviewSubject } from '../../db/assessment/assessments.ts'
import { assessmentTable } from '../../db/assessment/table.ts'
import { committeeById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import type { LinkTo } from '../../db/pages/links.ts'
import { addDays, day, isQuarter, moment, type Quarter } from '../../src/calendar.ts'
import { type Card, card, lines, note, opens, sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { itemsOf } from '../../src/rules/assessment/sheet.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { fileView, view } from '../../src/view.ts'

const OPEN_DAYS = 14

const linkOf = (committee: { id: string; unit: string }, quarter: Quarter, person: string, now: Date): LinkTo => ({
  unit: committee.unit,
  kind: 'assessment',
  subject: `${committee.id} ${quarter}`,
  person,
  madeBy: person,
  madeAt: now,
  expiresAt: moment(addDays(day(now), OPEN_DAYS + 1)),
})

/** The link to the table on the web belongs to one assessor: the page acts as that person. */
export const reviewTable = view({
  name: 'reviewTable',
  takes: z.object({ subject: z.string(), committee: id, quarter: z.string().refine(isQuarter), person: id }),
  async show(db, { committee, quarter, person }, now, pages) {
    const [[found]] = await lookUp(db, [committeeById(db, committee)])
    const url = found && (await pages.url(linkOf(found, quarter, person, now)))
    return url ? tableCard(found.name, quarter, url, now) : sentence(noAddress)
  },
})

const noAddress = t(
  '还没有设置网页地址，请用 Excel 或在飞书里评定。',
  'No web address is set up; please judge by Excel file, or here in Feishu.',
)

function tableCard(committee: string, quarter: Quarter, url: string, now: Date): Card {
  const until = spokenDay(addDays(day(now), OPEN_DAYS))
  return card(
    labelled(spokenQuarter(quarter), t('网页评定', 'review on the web'), ' '),
    [
      lines(
        t(
          '每个支部一行，填分、确认登记；公布还在飞书里按。',
          'A row for each branch: enter points, confirm entries; publishing is done here in Feishu.',
        ),
      ),
      opens(t('打开评定表', 'Open the table'), url, { type: 'primary_filled', wide: true }),
      note(
        t(
          `链接以你的名义评定，只给你本人，请不要转发；${until.zh}前有效。`,
          `The link judges in your name: it is for you alone, please do not pass it on. Valid until ${until.en}.`,
        ),
      ),
    ],
    { subtitle: asWritten(committee) },
  )
}

const ofCommittee = z.object({ committee: id, quarter: z.string().refine(isQuarter) })

export const openTable = press({
  name: 'reviewTable.open',
  rights: ['assess'],
  sends: ofCommittee,
  look: ({ db }, { committee }) => [statementOf(committeeById(db, committee))] as const,
  async answer(ctx, { committee, quarter }, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'assess', found, ({ unit, lineage }) => ({ unit, lineage }))
    const subject = overviewSubject(committee, quarter)
    await together(db, [reply(privately(ctx), reviewTable.args({ subject, committee, quarter, person: actor.id }))])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

/** The file goes to the presser's direct chat, where it can be sent back. */
export const handOutSheet = press({
  name: 'reviewTable.sheet',
  rights: ['assess'],
  sends: ofCommittee,
  look: ({ db }, { committee }) => [statementOf(committeeById(db, committee))] as const,
  async answer(ctx, { committee, quarter }, [[found]]) {
    const { actor, db, now, openId, eventId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'assess', found, ({ unit, lineage }) => ({ unit, lineage }))
    const shown = reviewSheet.args({ committee, quarter })
    await together(db, [enqueue(db, { occasion: `sheet ${eventId}`, to: { person: openId }, ...shown, dueAt: now, lane: 'answer' })])
    return {
      toast: t(
        '表格已私聊发给你，改好后发回来，先预览再保存。',
        'The list is in our direct chat; change it and send it back, and you see a preview first.',
      ),
      mood: 'success',
    }
  },
})

export const reviewSheet = fileView({
  name: 'reviewSheet',
  takes: ofCommittee,
  async make(db, { committee, quarter }, now) {
    const it = await assessmentTable(db, committee, quarter, now)
    if (!it) return null
    const { assessmentWorkbook } = await import('../../src/spreadsheet/assessment-table.ts')
    const name = it.committee.name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').slice(0, 40)
    return {
      name: `${name}${quarter}考核评定.xlsx`,
      bytes: await assessmentWorkbook(it.committee.name, quarter, itemsOf(it.rows, quarter), it.rows),
    }
  },
})

import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { record } from '../../db/ledgers/audit.ts'
import { type HolidayDraft, holidaysImported, keepHolidayDraft, learnHolidays } from '../../db/rulebook/holidays.ts'
import { day, daysBetween, yearOf } from '../../src/calendar.ts'
import { button, type Card, card, lines, note, words } from '../../src/card.ts'
import { type Context, memberOrRefuse } from '../../src/context.ts'
import { form, input } from '../../src/form.ts'
import { refuse } from '../../src/refusal.ts'
import { readNotice } from '../../src/rules/rulebook/holiday-notice.ts'
import { builtIn, type HolidayYear } from '../../src/rules/time/holidays.ts'
import { spokenDay } from '../../src/spoken.ts'
import { joined, type Text, t } from '../../src/text.ts'
import { importYear, readHolidays } from './buttons.ts'

export function holidaysCard(imported: readonly ({ year: number } & HolidayYear)[], thisYear: number): Card {
  const brought = new Map(imported.map((one) => [one.year, one]))
  const years = [thisYear - 1, thisYear, thisYear + 1]
  return card(t('节假日安排', 'Public holidays'), [
    lines(...years.map((year) => yearLine(year, brought.get(year) ?? builtIn[year], brought.has(year)))),
    form(
      'holidays',
      [input('text', t('粘贴国务院办公厅通知的全文', 'Paste the State Council’s notice'), { most: 1000, rows: 6, required: true })],
      { label: t('读取并预览', 'Read and preview'), value: readHolidays.value({}) },
    ),
    note(
      t(
        '也可以一句话：/节假日 2027 放假 1.1-1.3 2.5-2.11 上班 1.30。法定期限不因放假移动，移动的是提醒和到期的工作日。',
        'Or in one line: /holidays 2027 off 1.1-1.3 2.5-2.11 work 1.30. Limits fixed by law do not move; reminders and working days do.',
      ),
    ),
  ])
}

function yearLine(year: number, known: HolidayYear | undefined, isImported: boolean): Text {
  if (!known)
    return t(
      `**${year}**　尚未导入，只知道周末和法定的固定假日；涉及的日期都标「暂定」。`,
      `**${year}**  not brought in yet: only weekends and fixed holidays are known; its dates are marked provisional.`,
    )
  const from = isImported ? t('已导入', 'imported') : t('随产品提供', 'comes with the product')
  const off = daysOff(known)
  return t(
    `**${year}**　放假 ${off} 天，调休上班 ${known.work.length} 天 · ${from.zh}`,
    `**${year}**  ${off} days off, ${known.work.length} worked in exchange · ${from.en}`,
  )
}

const daysOff = ({ off }: Pick<HolidayYear, 'off'>) => off.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)

export const expired = t(
  '这份放假安排已导入或已过期，请看「/节假日」。',
  'This notice is imported already, or has expired; please see “/holidays”.',
)

export function previewCard(draft: HolidayDraft): Card {
  const { id: draftId, year, off, work } = draft
  return card(t(`${year} 年放假安排预览`, `Preview of ${year}’s holidays`), [
    words(t(`放假 ${daysOff(draft)} 天，调休上班 ${work.length} 天`, `${daysOff(draft)} days off, ${work.length} worked in exchange`)),
    lines(...off.map(offLine)),
    work.length > 0 ? lines(joined([t('上班：', 'Worked: '), joined(work.map(spokenDay), '、', ', ')], '')) : null,
    button(t(`导入 ${year} 年`, `Import ${year}`), importYear.value({ draft: draftId }), { type: 'primary_filled', wide: true }),
    note(t('按下之前什么都不会改；一天内有效。', 'Nothing changes before you press; valid for a day.')),
  ])
}

function offLine({ name, from, to }: HolidayYear['off'][number]): Text {
  const [first, last] = [spokenDay(from), spokenDay(to)]
  const days = from === to ? first : t(`${first.zh} 至 ${last.zh}`, `${first.en} to ${last.en}`)
  return name ? t(`**${name.zh}**　${days.zh}`, `**${name.en}**  ${days.en}`) : days
}

/** The holidays read from a text, for the press that confirms them. A text that contradicts itself is refused whole. */
export function draftOf(ctx: Context, text: string): HolidayDraft {
  const { actor, now } = memberOrRefuse(ctx)
  const read = readNotice(text)
  if (!read)
    refuse(
      '没有读出放假安排，请粘贴通知全文，或写：/节假日 2027 放假 1.1-1.3 上班 1.30。',
      'No holidays were found; please paste the whole notice, or say: /holidays 2027 off 1.1-1.3 work 1.30.',
    )
  const { notice } = read
  const thisYear = Number(yearOf(day(now)))
  if (notice.year < thisYear - 1 || notice.year > thisYear + 1)
    refuse(
      `只导入 ${thisYear - 1} 到 ${thisYear + 1} 年的安排，请核对年份。`,
      `Only ${thisYear - 1} to ${thisYear + 1} can be brought in; please check the year.`,
    )
  const [first] = read.wrong
  if (first) {
    const more = read.wrong.length > 1 ? t(`等 ${read.wrong.length} 处`, ` and ${read.wrong.length - 1} more`) : t('', '')
    refuse(
      `通知前后不一致：${first.zh}${more.zh}，请核对后再发。`,
      `The notice does not agree with itself: ${first.en}${more.en}; please check it and send it again.`,
    )
  }
  return { id: ctx.newId(), unit: actor.unit, ...notice, by: actor.id, at: now }
}

/** Statements that keep the draft, for the batch that shows its preview. */
export const keptDraft = ({ db, now }: Context, draft: HolidayDraft) => [
  statementOf(keepHolidayDraft(db, draft)),
  record(db, { at: now, unit: draft.unit, actor: draft.by, deed: 'holidays.read', subject: String(draft.year) }),
]

export async function cardNow(db: Db, now: Date): Promise<Card> {
  await learnHolidays(db)
  const [imported] = await lookUp(db, [holidaysImported(db, {})])
  return holidaysCard(imported, Number(yearOf(day(now))))
}

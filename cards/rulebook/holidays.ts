import * as z from 'zod'
import { lookUp, together } from '../../db/client.ts'
import { holidayDraft, holidaysImported, importHolidays, isStale, learnHolidays } from '../../db/rulebook/holidays.ts'
import { day, yearOf } from '../../src/calendar.ts'
import { sentence } from '../../src/card.ts'
import { foundOrRefuse, mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { importYear, readHolidays } from './buttons.ts'

/** The years that are known, and a form for the next one. */
const cards = () => import('./drawn.ts')

export const holidays = view({
  name: 'holidays',
  takes: z.object({}),
  async show(db, _args, now) {
    const [imported] = await lookUp(db, [holidaysImported(db, {})])
    return (await cards()).holidaysCard(imported, Number(yearOf(day(now))))
  },
})

export const holidayPreview = view({
  name: 'holidayPreview',
  takes: z.object({ draft: id }),
  async show(db, args, now) {
    const [[draft]] = await lookUp(db, [holidayDraft(db, args.draft)])
    const { expired, previewCard } = await cards()
    return draft && !isStale(draft, now) ? previewCard(draft) : sentence(expired)
  },
})

export const readHolidaysPress = press({
  button: readHolidays,
  rights: ['importHolidays'],
  fills: z.object({ text: z.string().max(2_000) }),
  async answer(ctx, _sent, _seen, { text }) {
    const { actor, db } = memberOrRefuse(ctx)
    mayOrRefuse(actor, 'importHolidays', { unit: actor.unit })
    const { draftOf, keptDraft, previewCard } = await cards()
    await learnHolidays(db)
    const draft = draftOf(ctx, text)
    await together(db, keptDraft(ctx, draft))
    return { toast: t('已读取，请核对。', 'Read; please check it.'), mood: 'info', card: previewCard(draft) }
  },
})

export const importYearPress = press({
  button: importYear,
  rights: ['importHolidays'],
  look: ({ db }, { draft }) => [holidayDraft(db, draft)] as const,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    mayOrRefuse(actor, 'importHolidays', { unit: actor.unit })
    const { cardNow, expired } = await cards()
    if (!found || isStale(found, now)) return { toast: expired, mood: 'info', card: await cardNow(db, now) }
    const draft = foundOrRefuse(actor, 'importHolidays', found, ({ unit }) => ({ unit }))
    await importHolidays(db, draft, actor, now)
    return {
      toast: t(`${draft.year} 年的放假安排已导入。`, `${draft.year}’s holidays are imported.`),
      mood: 'success',
      card: await cardNow(db, now),
    }
  },
})

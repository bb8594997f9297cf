import * as z from 'zod'
import { committeeLineage } from '../../db/branches/units.ts'
import { statementOf, together } from '../../db/client.ts'
import { assessmentLink } from '../../db/pages/links.ts'
import { committeeInQuarter, isShownIn, orderOfCommittee, unitOfCommittee } from '../../db/scoreboard/order.ts'
import { isQuarter } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { nextRows } from './buttons.ts'

export const order = view({
  name: 'order',
  takes: z.object({
    committee: id,
    quarter: z.string().refine(isQuarter),
    subject: z.string().optional(),
    from: z.int().min(0).optional(),
    toAll: z.boolean().optional(),
  }),
  async show(db, { committee, quarter, from = 0, toAll = false }, now, pages) {
    const about = await committeeInQuarter(db, committee, quarter)
    const rows = await orderOfCommittee(db, committee, quarter, now, toAll)
    if (toAll && (about.rulebook.ranking !== 'everyone' || !isShownIn(rows))) return null
    // The page shows the committees below as well, hence branches get no link to it.
    const page = toAll ? null : await pages.url(assessmentLink('scoreboard', { id: committee, unit: about.unit }, quarter, now))
    const { orderCard } = await import('./drawn.ts')
    return orderCard({ ...about, committee, quarter, rows, from: from < rows.length ? from : 0, toAll, page })
  },
})

/** The next rows come as a card of their own, so the pressed card stays for its other readers. */
export const nextRowsPress = press({
  button: nextRows,
  rights: ['seeOrder'],
  look: ({ db }, { committee }) => [statementOf(unitOfCommittee(db, committee)), statementOf(committeeLineage(db, committee))] as const,
  async answer(ctx, sent, [[found], above]) {
    const { actor, db } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'seeOrder', found, ({ unit }) => ({ unit, lineage: above.map(({ id }) => id) }))
    await together(db, [statementOf(reply(ctx, order.args(sent)))])
    return { toast: t('接下来的发在下面。', 'The next ones are below.'), mood: 'success' }
  },
})

import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { assessmentLink } from '../../db/pages/links.ts'
import { isQuarter } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openScore } from './buttons.ts'

export const score = view({
  name: 'score',
  takes: z.object({
    branch: id,
    quarter: z.string().refine(isQuarter),
    subject: z.string().optional(),
    /** A group reads the headline and what is owed, and opens the rest. */
    isShort: z.boolean().optional(),
  }),
  async show(db, args, now, pages) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    const { scoreCard, scoreSheet, shortScoreCard } = await import('./drawn.ts')
    const sheet = await scoreSheet(db, branch, args.quarter, now)
    const page = await pages.url(assessmentLink('branchScore', branch, args.quarter, now))
    return args.isShort ? shortScoreCard(sheet, page) : scoreCard(sheet, page)
  },
})

export const openScorePress = press({
  button: openScore,
  rights: ['seeScore'],
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]]) {
    const { actor, db, eventId, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'seeScore', found, placeOf)
    const shown = score.args({ branch: branch.id, quarter })
    await together(db, [enqueue(db, { occasion: `score ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })])
    return { toast: t('明细已私聊发给你。', 'The whole score is in your direct chat.'), mood: 'success' }
  },
})

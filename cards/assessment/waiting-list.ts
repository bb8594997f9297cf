import * as z from 'zod'
import { overviewSubject } from '../../db/assessment/assessments.ts'
import { confirmChosen, type Deciding, proposalsWaiting, sayMoved, takeOver } from '../../db/assessment/decisions.ts'
import { committeeById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { isQuarter, type Quarter } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { adoptProposals, confirmList, openWaitingList } from './buttons.ts'

export const waitingList = view({
  name: 'waitingList',
  takes: z.object({ subject: z.string(), committee: id, quarter: z.string().refine(isQuarter) }),
  async show(db, { committee, quarter }, now) {
    const [[found]] = await lookUp(db, [committeeById(db, committee)])
    const { waitingIn, waitingListCard } = await import('./drawn.ts')
    return found ? waitingListCard(await waitingIn(db, found, quarter, now), now) : null
  },
})

export const waitingListOf = (committee: string, quarter: string) =>
  waitingList.args({ subject: overviewSubject(committee, quarter), committee, quarter })

export const openWaitingListPress = press({
  button: openWaitingList,
  rights: ['assess'],
  look: ({ db }, { committee }) => [statementOf(committeeById(db, committee))] as const,
  async answer(ctx, { committee, quarter }, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'assess', found, ({ unit, lineage }) => ({ unit, lineage }))
    await together(db, [reply(privately(ctx), waitingListOf(committee, quarter))])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

const decidingFor = (found: { id: string; unit: string; lineage: readonly string[] }, quarter: Quarter): Deciding => ({
  committee: found.id,
  unit: found.unit,
  lineage: found.lineage,
  quarter,
})

export const confirmListPress = press({
  button: confirmList,
  rights: ['assess'],
  fills: z.object({ items: z.array(z.string().max(80)).nullish() }),
  look: ({ db }, { committee }) => [statementOf(committeeById(db, committee))] as const,
  async answer(ctx, { quarter, until }, [[committee]], { items }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const found = foundOrRefuse(actor, 'assess', committee, ({ unit, lineage }) => ({ unit, lineage }))
    if (!items || items.length === 0) refuse('请至少选一项。', 'Please choose at least one.')
    const confirmed = await confirmChosen(db, decidingFor(found, quarter), { keys: items, until }, actor, now)
    if (confirmed === 0)
      return { toast: t('这些登记都已处理，或是你自己登记的。', 'These are settled already, or your own entries.'), mood: 'info' }
    return { toast: t(`已确认 ${confirmed} 条。`, `${confirmed} confirmed.`), mood: 'success' }
  },
})

export const adoptProposalsPress = press({
  button: adoptProposals,
  rights: ['assess'],
  look: ({ db }, { committee }) => [statementOf(committeeById(db, committee))] as const,
  async answer(ctx, { quarter, which, judged }, [[committee]]) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const found = foundOrRefuse(actor, 'assess', committee, ({ unit, lineage }) => ({ unit, lineage }))
    const all = await proposalsWaiting(db, found.id, quarter, now)
    if (all.judged !== judged) sayMoved()
    const proposals = all.proposals.filter((one) => one.isGrounded === (which === 'grounded'))
    if (proposals.length === 0) return { toast: t('这些都已处理。', 'These are settled already.'), mood: 'info' }
    await takeOver(db, decidingFor(found, quarter), { ...all, proposals }, newId, actor, now)
    return { toast: t(`已采纳 ${proposals.length} 项。`, `${proposals.length} taken over.`), mood: 'success' }
  },
})

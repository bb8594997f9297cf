import * as z from 'zod'
import type { Assessed } from '../../db/assessment/branch-quarter.ts'
import { judgeRows, rowsOf } from '../../db/assessment/table.ts'
import { branchById } from '../../db/branches/units.ts'
import { statementOf } from '../../db/client.ts'
import { isQuarter } from '../../src/calendar.ts'
import { button, type Element, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { isGrounded, proposedIn } from '../../src/rules/assessment/publication.ts'
import { itemsOf, seenOf } from '../../src/rules/assessment/sheet.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { t } from '../../src/text.ts'

const which = (duties: readonly Duty[], group: 'grounded' | 'rest') => duties.filter((duty) => isGrounded(duty) === (group === 'grounded'))

/** One branch's own answers before its assessor. Those that rest on something gathered are taken over by one press, the rest by another. */
export function proposalsToDecide({ branch, quarter, duties }: Assessed, seen: string): Element[] {
  const proposals = proposedIn(duties, quarter)
  const [grounded, rest] = [which(proposals, 'grounded'), which(proposals, 'rest')]
  const value = (group: 'grounded' | 'rest') => adoptBranchProposals.value({ branch: branch.id, quarter, which: group, seen })
  const buttons = [
    ...(grounded.length > 0
      ? [
          button(t(`采纳有依据的自评（${grounded.length}）`, `Take over the grounded (${grounded.length})`), value('grounded'), {
            type: 'primary',
          }),
        ]
      : []),
    ...(rest.length > 0 ? [button(t(`采纳无依据的 ${rest.length} 项`, `Take over ${rest.length} without grounds`), value('rest'))] : []),
  ]
  return buttons.length > 0 ? [row(...buttons)] : []
}

export const adoptBranchProposals = press({
  name: 'proposals.adopt',
  rights: ['assess'],
  /** `seen` holds the answers as they were shown. */
  sends: z.object({
    branch: id,
    quarter: z.string().refine(isQuarter),
    which: z.enum(['grounded', 'rest']),
    seen: z.string().max(4_000),
  }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter, which: group, seen }, [[found]]) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const { rows, judged: count } = await rowsOf(db, [branch], quarter, now)
    const [own] = rows
    if (!own || seenOf(own, itemsOf([own], quarter)) !== seen)
      refuse(
        '刚刚又有自评或评定，没有保存，请再看一次。',
        'Something was answered or judged just now; nothing was saved, please look again.',
      )
    const judged = which(proposedIn(own.duties, quarter), group).flatMap(({ part, subject, period, proposed }) =>
      proposed ? [{ id: newId(), part, subject, period, ...proposed, reason: '' }] : [],
    )
    if (judged.length === 0) return { toast: t('这些都已处理。', 'These are settled already.'), mood: 'info' }
    await judgeRows(db, quarter, [{ branch, judged }], { branches: [branch.id], judged: count }, actor, now)
    return { toast: t(`已采纳 ${judged.length} 项。`, `${judged.length} taken over.`), mood: 'success' }
  },
})

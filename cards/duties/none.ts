import * as z from 'zod'
import { attest } from '../../db/assessment/self-assessment.ts'
import { branchById } from '../../db/branches/units.ts'
import { statementOf } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { day, isQuarter, lastDay, periodMonths } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { t } from '../../src/text.ts'

/**
 * (25) and (26) are asked only where a case has something due or somebody is to be listed. The branch says that there was nothing, and the
 * assessor confirms it like any entry.
 */
export const sayNone = press({
  name: 'none.say',
  rights: ['attest'],
  sends: z.object({ branch: id, quarter: z.string().refine(isQuarter) }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, { quarter }, [[found]]) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'attest', found, placeOf)
    const { duties, hasSteps } = await accountOf(db, branch, quarter, now)
    const said = spokenQuarter(quarter)
    if (hasSteps)
      refuse(
        `名单上${said.zh}有发展或转正的日期，请登记日期和依据。`,
        `The roster dates a step of development in ${said.en}; please enter date and reference.`,
      )
    const open = duties.filter(
      ({ part, state, attested, judged }) => partOf(part).onlyWith === 'development' && state !== 'not applicable' && !attested && !judged,
    )
    if (open.length === 0) refuse('这一项已经登记过，或不用登记。', 'That is entered already, or needs no entry.')
    const last = lastDay(periodMonths(quarter).at(-1) ?? '')
    const on = day(now) < last ? day(now) : last
    const given = open.map(({ part, subject, period }) => ({
      id: newId(),
      part,
      subject,
      period,
      on,
      reference: '本季度没有 None this quarter',
      saysNone: true,
      replaces: null,
    }))
    await attest(db, branch, quarter, given, actor, now)
    return {
      toast: t('已登记“本季度没有”，上级确认后不计入。', 'Entered: none this quarter. Once confirmed it leaves the base.'),
      mood: 'success',
    }
  },
})

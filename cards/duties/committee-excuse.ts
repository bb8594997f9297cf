import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { excuseCommittee } from '../../db/duties/committee-excuse.ts'
import { addYears, day, isDay } from '../../src/calendar.ts'
import { card, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form, input, pickDay } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, clipped, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openCommitteeExcuse } from './buttons.ts'

const LONGEST_REASON = 100

/** The assessor lets a branch be without a committee for a time. */
export const committeeExcuse = view({
  name: 'committeeExcuse',
  takes: z.object({ branch: id }),
  async show(db, args) {
    const [[branch]] = await lookUp(db, [branchById(db, args.branch)])
    if (!branch) return null
    return card(
      t('同意暂不设支委会', 'Allow no committee for a time'),
      [
        lines(
          t(
            '正式党员满 7 人、三个月后仍没有支委会的，支委会的几项照样计分。确有原因的，写明理由和到哪天为止，期间不计入。',
            'A branch with 7 full members that has no committee after three months is asked for its meetings all the same. With a reason, and until a day, they leave the base.',
          ),
        ),
        form(
          'excuse',
          [input('reason', t('理由', 'Reason'), { most: LONGEST_REASON }), pickDay('until', t('到哪天为止', 'Until which day'))],
          { label: t('同意', 'Allow'), value: allowNoCommittee.value({ branch: branch.id }) },
        ),
        note(t('已公布的季度不变。', 'Quarters that are closed stay as they are.')),
      ],
      { subtitle: asWritten(branch.name) },
    )
  },
})

export const openCommitteeExcusePress = press({
  button: openCommitteeExcuse,
  rights: ['assess'],
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    await together(db, [reply(privately(ctx), committeeExcuse.args({ branch: branch.id }))])
    return { toast: t('表单已私聊发给你。', 'The form is in our direct chat.'), mood: 'success' }
  },
})

export const allowNoCommittee = press({
  name: 'committeeExcuse.allow',
  rights: ['assess'],
  sends: z.object({ branch: id }),
  fills: z.object({ reason: z.string().nullish(), until: z.string().nullish() }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch))] as const,
  async answer(ctx, _sent, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const [reason, until] = [clipped(filled.reason ?? '', LONGEST_REASON).trim(), (filled.until ?? '').slice(0, 10)]
    if (reason === '' || !isDay(until)) refuse('理由和日期都要填。', 'A reason and a day are both needed.')
    if (until < day(now) || until > addYears(day(now), 1))
      refuse('日期请选今天以后、一年以内。', 'Please choose a day from today on, within a year.')
    await excuseCommittee(db, branch, { id: newId(), reason, until }, actor, now)
    const said = spokenDay(until)
    return { toast: t(`已同意，到${said.zh}为止。`, `Allowed until ${said.en}.`), mood: 'success' }
  },
})

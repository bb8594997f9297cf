import * as z from 'zod'
import { secretariesOfBranches } from '../../db/branches/answering.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { excuseCommittee, excuseOf } from '../../db/duties/committee-excuse.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { addYears, type Day, day, isDay } from '../../src/calendar.ts'
import { type Card, card, lines, note, sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form, input, pickDay } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, clipped, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openCommitteeExcuse } from './buttons.ts'

const LONGEST_REASON = 100

type Excuse = Awaited<ReturnType<typeof excuseOf>>[number]

/** The assessor lets a branch be without a committee for a time, and sees what is allowed already. */
function excuseCard(branch: { id: string; name: string }, given: Excuse | null, today: Day): Card {
  const isInForce = given !== null && today <= given.until
  return card(
    t('同意暂不设支委会', 'Allow no committee for a time'),
    [
      isInForce ? lines(givenSaid(given)) : null,
      lines(
        t(
          '正式党员满 7 人、三个月后仍没有支委会的，支委会的几项照样计分。确有原因的，写明理由和到哪天为止，期间不计入。',
          'A branch with 7 full members that has no committee after three months is asked for its meetings all the same. With a reason they are left out until the day that you choose.',
        ),
      ),
      form(
        'excuse',
        [input('reason', t('理由', 'Reason'), { most: LONGEST_REASON }), pickDay('until', t('到哪天为止', 'Until which day'))],
        {
          label: isInForce ? t('延到这一天', 'Extend it') : t('同意', 'Allow'),
          value: allowNoCommittee.value({ branch: branch.id }),
          type: isInForce ? 'default' : 'primary_filled',
        },
      ),
      note(
        t(
          '支部在考核里看得到理由和日期；已结束的季度不变。',
          'The branch sees reason and day in its score; quarters that are closed stay as they are.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name), colour: isInForce ? 'green' : 'blue' },
  )
}

function givenSaid({ until, reason, byName }: Excuse): Text {
  const [on, why, by] = [spokenDay(until), asWritten(reason), asWritten(byName)]
  return t(`**已同意**，到${on.zh}为止。理由：${why.zh}（${by.zh}）`, `**Allowed** until ${on.en}. Reason: ${why.en} (${by.en})`)
}

export const committeeExcuse = view({
  name: 'committeeExcuse',
  takes: z.object({ branch: id }),
  async show(db, args, now) {
    const [[branch], [given]] = await lookUp(db, [branchById(db, args.branch), excuseOf(db, args.branch)])
    return branch ? excuseCard(branch, given ?? null, day(now)) : null
  },
})

/** The secretary hears of it: it changes what the branch is asked for. */
export const committeeExcused = view({
  name: 'committeeExcused',
  takes: z.object({ branch: id }),
  async show(db, args) {
    const [[branch], [given]] = await lookUp(db, [branchById(db, args.branch), excuseOf(db, args.branch)])
    if (!branch || !given) return null
    const [name, on, why] = [asWritten(branch.name), spokenDay(given.until), asWritten(given.reason)]
    return sentence(
      t(
        `上级同意「${name.zh}」暂不设支委会，到${on.zh}为止，期间支委会的几项不计入考核。理由：${why.zh}`,
        `The upper level lets “${name.en}” be without a committee until ${on.en}; the committee’s items are left out until then. Reason: ${why.en}`,
      ),
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
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch)), statementOf(excuseOf(db, sent.branch))] as const,
  async answer(ctx, _sent, [[found], [given]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const [reason, until] = [clipped(filled.reason ?? '', LONGEST_REASON).trim(), (filled.until ?? '').slice(0, 10)]
    if (reason === '' || !isDay(until)) refuse('理由和日期都要填。', 'A reason and a day are both needed.')
    if (until < day(now) || until > addYears(day(now), 1))
      refuse('日期请选今天以后、一年以内。', 'Please choose a day from today on, within a year.')
    if (given && until < given.until) {
      const { zh, en } = spokenDay(given.until)
      refuse(`已经同意到${zh}为止，请选那天或更晚的日期。`, `It is allowed until ${en} already; please choose that day or a later one.`)
    }
    const [secretaries] = await lookUp(db, [secretariesOfBranches(db, [branch.id])])
    const excuse = newId()
    const notes = secretaries.map(({ openId }) =>
      statementOf(
        enqueue(db, {
          occasion: `excuse ${excuse} ${openId}`,
          to: { person: openId },
          ...committeeExcused.args({ branch: branch.id }),
          dueAt: now,
          lane: 'answer',
        }),
      ),
    )
    await excuseCommittee(db, branch, { id: excuse, reason, until }, notes, actor, now)
    const said = spokenDay(until)
    return {
      toast: t(`已同意，到${said.zh}为止。`, `Allowed until ${said.en}.`),
      mood: 'success',
      card: excuseCard(branch, { until, reason, byName: actor.name }, day(now)),
    }
  },
})

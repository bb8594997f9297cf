import * as z from 'zod'
import { electorsOfBranch } from '../../db/ballots/electors.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { openEvaluation } from '../../db/evaluation/run.ts'
import { type EvaluationAsItStands, evaluationById, evaluationsOf } from '../../db/evaluation/state.ts'
import { openVote } from '../../db/evaluation/vote.ts'
import { asPicked, day, moment, type Period, pickedMoment } from '../../src/calendar.ts'
import { type Card, card, lines, note, sentence, strong } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { form, pickDateTime, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { periodsOn } from '../../src/rules/evaluation/evaluation.ts'
import { addWorkdays } from '../../src/rules/time/workdays.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { evaluationName, orderSaid } from '../../src/words/evaluations.ts'
import { cancelledCard, evaluationFor } from './guards.ts'

/** The form that opens an evaluation: its period, and the steps that follow. */
export function evaluationFormCard(
  of: { id: string; branch: string; name: string },
  done: readonly Period[],
  said: Period | null,
  now: Date,
): Card {
  const offered = periodsOn(day(now)).filter((period) => !done.includes(period))
  const chosen = said && offered.includes(said) ? said : offered[0]
  return card(
    t('开展民主评议', 'Open an evaluation'),
    [
      offered.length === 0
        ? lines(t('眼下可以评议的都已经开展过了。', 'Whatever could be evaluated now has been.'))
        : form(
            'evaluation',
            [
              lines(t('评议哪一段时间', 'For which time')),
              select(
                'period',
                t('请选择', 'Please choose'),
                offered.map((period) => ({ label: evaluationName(period), value: period })),
                { chosen, required: true },
              ),
            ],
            { label: t('开始', 'Open'), value: submitEvaluation.value({ id: of.id, branch: of.branch }) },
          ),
      lines(
        labelled(strong(t('半年', 'Half-year')), orderSaid('2026H1'), '　'),
        labelled(strong(t('年度', 'Year')), orderSaid('2026'), '　'),
      ),
      note(
        t(
          '评全体正式党员；预备党员不评等次，可以参加测评。按「开始」后，自评表私聊发给每个人，小组意见表发给组长（没有党小组的发给书记）。',
          'All full members are evaluated; probationers get no grade and may vote. Once open, each gets a form in a direct chat, and each group’s leader one for the group (the secretary where there are no groups).',
        ),
      ),
    ],
    { subtitle: asWritten(of.name) },
  )
}

export const evaluationForm = view({
  name: 'evaluationForm',
  takes: z.object({ id, branch: id, period: z.string().nullable() }),
  async show(db, { id, branch, period }, now) {
    const [[found], all] = await lookUp(db, [branchById(db, branch), evaluationsOf(db, branch)])
    return found
      ? evaluationFormCard(
          { id, branch, name: found.name },
          all.map((one) => one.period),
          period,
          now,
        )
      : null
  },
})

export const submitEvaluation = press({
  name: 'evaluationForm.submit',
  rights: ['runEvaluation'],
  sends: z.object({ id, branch: id }),
  fills: z.object({ period: z.string().max(10).nullish() }),
  async answer(ctx, sent, _seen, { period }) {
    const { db, actor, now } = memberOrRefuse(ctx)
    const [[found]] = await lookUp(db, [branchById(db, sent.branch)])
    const branch = foundOrRefuse(actor, 'runEvaluation', found, placeOf)
    if (!period) refuse('请选择评议哪一段时间。', 'Please choose the time.')
    await openEvaluation(db, { id: sent.id, branch, period }, actor, now)
    const name = evaluationName(period)
    const said = t(`${name.zh}已经开始，进度卡片在下面。`, `${name.en} is open; the card with its steps is below.`)
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Most votes need no longer than this. */
const USUAL_WORKDAYS = 3

/** The form that opens the year-end vote: its end. */
export function voteFormCard(it: EvaluationAsItStands, now: Date): Card {
  const { probationersVote } = it.rulebook
  const graded = it.people.filter(({ isGone }) => !isGone).length
  const isOpen = it.vote === 'none' || it.vote === 'void'
  return card(
    labelled(t('发起测评投票', 'Open the vote'), evaluationName(it.period), ' · '),
    [
      lines(
        t(
          `测评 ${graded} 人；投票的有正式党员 ${it.full} 人${probationersVote ? `、预备党员 ${it.probationers} 人` : ''}，每人私聊收到选票，无记名。`,
          `${graded} are graded; ${counted(it.full, 'full member')}${probationersVote ? ` and ${counted(it.probationers, 'probationer')}` : ''} may vote. Each gets a secret ballot in a direct chat.`,
        ),
      ),
      isOpen
        ? form(
            'vote',
            [
              lines(t('截止时间', 'Closes')),
              pickDateTime('closes', t('截止时间', 'Closes'), {
                chosen: asPicked(moment(addWorkdays(day(now), USUAL_WORKDAYS), '17:00')),
                required: true,
              }),
            ],
            { label: t('发起投票', 'Open the vote'), value: submitVote.value({ evaluation: it.id }) },
          )
        : lines(t('投票已经发起了。', 'The vote is open already.')),
      note(
        t(
          '投票人名单在发起时定下。职工群众要参加的，发起后在投票管理卡片上发投票码，单独计票。',
          'Who votes is settled when it opens. For staff and the public to take part, hand out codes from the ballot’s own card; they are counted apart.',
        ),
      ),
    ],
    { subtitle: asWritten(it.branchName) },
  )
}

export const voteForm = view({
  name: 'evaluationVote',
  takes: z.object({ evaluation: id }),
  async show(db, { evaluation }, now) {
    const it = await evaluationById(db, evaluation)
    return it ? voteFormCard(it, now) : cancelledCard()
  },
})

export const submitVote = press({
  name: 'evaluationVote.submit',
  rights: ['runEvaluation'],
  sends: z.object({ evaluation: id }),
  fills: z.object({ closes: z.string().max(40).nullish() }),
  async answer(ctx, { evaluation }, _seen, { closes }) {
    const { db, actor, now, box, it } = await evaluationFor(ctx, evaluation, 'runEvaluation')
    if (it.vote === 'not asked') refuse('这次评议不用投票。', 'This evaluation takes no vote.')
    if (it.vote !== 'none' && it.vote !== 'void') refuse('投票已经发起了。', 'The vote is open already.')
    const closesAt = pickedMoment(closes) ?? refuse('请选择截止时间。', 'Please choose when it closes.')
    const [electors] = await lookUp(db, [
      electorsOfBranch(db, it.branch, { use: 'evaluation', probationers: it.rulebook.probationersVote, on: day(now) }),
    ])
    await openVote(db, it, closesAt, electors, actor, now, box)
    const said = t(
      `投票已发起，选票私聊发给 ${electors.length} 人。`,
      `The vote is open; ${electors.length} voters get it in a direct chat.`,
    )
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})

import * as z from 'zod'
import { cancelBallot, extendBallot } from '../../db/ballots/close.ts'
import { addable } from '../../db/ballots/electors.ts'
import { addElectors } from '../../db/ballots/open.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { voteMoved } from '../../db/evaluation/vote.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { asPicked, pickedMoment } from '../../src/calendar.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfBallot } from '../../src/context.ts'
import { fittingOptions, form, input, pickDateTime, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { asWritten, clipped, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { ballotTitle } from '../../src/words/ballots.ts'

const MOST_WORDS = 100
const oneSentence = t('一句话', 'One sentence')

type Other = { member: string; openId: string | null; name: string }

const OPTIONS_BYTES = 9_000

/** The seldom deeds of a ballot, kept off the organiser's card. */
export function ballotMoreCard(it: BallotAsItStands, others: readonly Other[]): Card {
  const isOver = it.closedAt !== null || it.cancelledAt !== null
  const options = fittingOptions(
    others.map(({ member, name }) => ({ label: t(name, name), value: member })),
    OPTIONS_BYTES,
  )
  return card(
    t(`延期、加人或取消 · ${ballotTitle(it).zh}`, `Extend, add or cancel · ${ballotTitle(it).en}`),
    isOver
      ? [lines(t('这次投票已经结束或取消了。', 'This ballot is over.'))]
      : [
          form(
            'extend',
            [
              lines(t('延到', 'Put off until')),
              pickDateTime('closes', t('延到', 'Put off until'), { chosen: asPicked(it.closesAt), required: true }),
            ],
            {
              label: t('延期', 'Extend'),
              value: extendBallotPress.value({ ballot: it.id }),
            },
          ),
          options.length > 0
            ? form('electors', [selectSeveral('people', t('漏掉的有投票权的人', 'Who has a vote and was left out'), options)], {
                label: t('加入投票名单', 'Add to the list'),
                value: addVoterPress.value({ ballot: it.id }),
              })
            : null,
          form(
            'cancel',
            [
              input('reason', t('取消的原因（会写在卡片上）', 'Why it is cancelled (shown on the cards)'), {
                required: true,
                most: MOST_WORDS,
                hint: oneSentence,
              }),
            ],
            {
              label: t('取消投票', 'Cancel the ballot'),
              type: 'danger',
              value: cancelBallotPress.value({ ballot: it.id }),
              confirm: {
                title: t('取消投票？', 'Cancel the ballot?'),
                text: t('已投的选票不计票，直接销毁。', 'The votes cast are destroyed uncounted.'),
              },
            },
          ),
          note(
            t('名单只能加，不能减；延期只能往后。都会留痕。', 'The list only grows, and the close is only put off. Both are on record.'),
          ),
        ],
    { colour: 'grey', subtitle: asWritten(it.ownerName) },
  )
}

export const ballotMore = view({
  name: 'ballotMore',
  takes: z.object({ ballot: id }),
  async show(db, { ballot }) {
    const [it, others] = await lookUp(db, [ballotAsItStands(db, ballot), addable(db, ballot)])
    return it ? ballotMoreCard(it, others) : null
  },
})

export const ofBallot = z.object({ ballot: id })
export const lookAtBallot = ({ db }: { db: Db }, { ballot }: { ballot: string }) => [ballotAsItStands(db, ballot)] as const

/** The ballot as it stands, for an actor who may run it. */
export function ballotToRun(ctx: Context, found: BallotAsItStands | undefined) {
  const here = memberOrRefuse(ctx)
  const it = foundOrRefuse(here.actor, 'openBallot', found, placeOfBallot)
  if (it.codeSheets.some(({ by }) => by === here.actor.id))
    refuse(
      '你生成过这次投票的群众投票码，不能再管理它，请别的支委来办。',
      'You made codes for this ballot and can no longer run it; please ask another of the committee.',
    )
  return { ...here, it }
}

export const openBallotMore = press({
  name: 'ballotMore.open',
  rights: ['openBallot'],
  sends: ofBallot,
  look: lookAtBallot,
  async answer(ctx, { ballot }, [found]) {
    const { actor, db, now, eventId } = ballotToRun(ctx, found)
    await together(db, [
      enqueue(db, {
        occasion: `ballotMore ${eventId}`,
        to: { person: actor.openId },
        ...ballotMore.args({ ballot }),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

export const extendBallotPress = press({
  name: 'ballotMore.extend',
  rights: ['openBallot'],
  sends: ofBallot,
  fills: z.object({ closes: z.string().max(40).nullish() }),
  look: lookAtBallot,
  async answer(ctx, { ballot }, [found], { closes }) {
    const { actor, db, now, it } = ballotToRun(ctx, found)
    const closesAt = pickedMoment(closes) ?? refuse('请选择日期和时间。', 'Please choose a date and a time.')
    const after = await extendBallot(db, it, closesAt, actor, now)
    return { toast: t('已延期。', 'Put off.'), mood: 'success', card: ballotMoreCard(after, await othersOf(db, ballot)) }
  },
})

export const addVoterPress = press({
  name: 'ballotMore.add',
  rights: ['openBallot'],
  sends: ofBallot,
  fills: z.object({ people: z.array(z.string().max(40)).max(100).nullish() }),
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot), statementOf(addable(db, ballot))] as const,
  async answer(ctx, _sent, [found, others], { people }) {
    const { actor, db, now, it } = ballotToRun(ctx, found)
    const chosen = others.filter(({ member }) => people?.includes(member))
    const after = await addElectors(db, it, chosen, actor, now)
    return {
      toast: t(`已加入 ${chosen.length} 人，选票已私聊发给他们。`, `${chosen.length} added; they have the ballot in a direct chat.`),
      mood: 'success',
      card: ballotMoreCard(
        after,
        others.filter((one) => !chosen.includes(one)),
      ),
    }
  },
})

export const cancelBallotPress = press({
  name: 'ballotMore.cancel',
  rights: ['openBallot'],
  sends: ofBallot,
  fills: z.object({ reason: z.string().max(500).nullish() }),
  look: lookAtBallot,
  async answer(ctx, _sent, [found], { reason }) {
    const { actor, db, now, it } = ballotToRun(ctx, found)
    const causes = it.use === 'evaluation' ? [voteMoved(db, it.id, now)] : []
    const after = await cancelBallot(db, it, clipped(reason ?? '', MOST_WORDS), actor, now, causes)
    return {
      toast: t('投票已取消，选票已销毁。', 'Cancelled; the votes are destroyed.'),
      mood: 'success',
      card: ballotMoreCard(after, []),
      goesOn: true,
    }
  },
})

const othersOf = async (db: Db, ballot: string) => (await lookUp(db, [addable(db, ballot)]))[0]

import * as z from 'zod'
import { cancelBallot, extendBallot } from '../../db/ballots/close.ts'
import { addable } from '../../db/ballots/electors.ts'
import { addElectors } from '../../db/ballots/open.ts'
import { type BallotAsItStands, ballotAsItStands } from '../../db/ballots/state.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { voteMoved } from '../../db/evaluation/run.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { asPicked, pickedMoment } from '../../src/calendar.ts'
import { type Card, card, fittingOptions, form, input, lines, note, pickDateTime, selectSeveral } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfBallot } from '../../src/context.ts'
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

/** What is seldom needed. */
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
              value: extend.value({ ballot: it.id }),
            },
          ),
          options.length > 0
            ? form('electors', [selectSeveral('people', t('漏掉的有投票权的人', 'Who has a vote and was left out'), options)], {
                label: t('加入投票名单', 'Add to the list'),
                value: add.value({ ballot: it.id }),
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
              value: cancel.value({ ballot: it.id }),
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

export const sends = z.object({ ballot: id })
export const look = ({ db }: { db: Db }, { ballot }: { ballot: string }) => [ballotAsItStands(db, ballot)] as const

/** Whoever may run it, and the ballot as it stands. */
export function run(ctx: Context, found: BallotAsItStands | undefined) {
  const here = memberOrRefuse(ctx)
  return { ...here, it: foundOrRefuse(here.actor, 'openBallot', found, placeOfBallot) }
}

export const more = press({
  name: 'ballotMore.open',
  rights: ['openBallot'],
  sends,
  look,
  async answer(ctx, { ballot }, [found]) {
    const { actor, db, now, eventId } = run(ctx, found)
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

export const extend = press({
  name: 'ballotMore.extend',
  rights: ['openBallot'],
  sends,
  fills: z.object({ closes: z.string().max(40).nullish() }),
  look,
  async answer(ctx, { ballot }, [found], { closes }) {
    const { actor, db, now, it } = run(ctx, found)
    const closesAt = pickedMoment(closes) ?? refuse('请选择日期和时间。', 'Please choose a date and a time.')
    const after = await extendBallot(db, it, closesAt, actor, now)
    return { toast: t('已延期。', 'Put off.'), mood: 'success', card: ballotMoreCard(after, await othersOf(db, ballot)) }
  },
})

export const add = press({
  name: 'ballotMore.add',
  rights: ['openBallot'],
  sends,
  fills: z.object({ people: z.array(z.string().max(40)).max(100).nullish() }),
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot), statementOf(addable(db, ballot))] as const,
  async answer(ctx, _sent, [found, others], { people }) {
    const { actor, db, now, it } = run(ctx, found)
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

export const cancel = press({
  name: 'ballotMore.cancel',
  rights: ['openBallot'],
  sends,
  fills: z.object({ reason: z.string().max(500).nullish() }),
  look,
  async answer(ctx, _sent, [found], { reason }) {
    const { actor, db, now, it } = run(ctx, found)
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

import * as z from 'zod'
import { turnoutSubject } from '../../db/ballots/cast.ts'
import { ballotAsItStands, openBallots, waitingForVote } from '../../db/ballots/state.ts'
import { lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { button, type Card, card, lines, note } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfBallot } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { ballotNamed, ballotSaid, type Running, toVote, type Waiting } from '../../src/words/waiting-votes.ts'
import { openVote, runBallot } from './buttons.ts'
import { beginBallot } from './form.ts'
import { ballotHost } from './host.ts'

interface Owner {
  branch: string | null
  committee: string | null
}

const MOST = 6

const vote = (ballot: string) => openVote.value({ ballot })

/** The ballots somebody has yet to vote on. People who may open ballots also see the open ones and a button for a new one. */
export function votesCard(waiting: readonly Waiting[], running: readonly Running[], mayOpen: { id: string; of: Owner } | null): Card {
  return card(
    t('投票', 'Ballots'),
    [
      waiting.length > 0
        ? lines(t('**等你投票**', '**Waiting for your vote**'))
        : lines(t('眼下没有等你投的票。', 'No ballot is waiting for you.')),
      ...toVote(waiting, MOST, vote),
      running.length > 0 ? lines(t('**正在进行**', '**Under way**')) : null,
      ...running
        .slice(0, MOST)
        .flatMap((one) => [lines(ballotSaid(one)), button(ballotNamed(t('管理：', 'Run: '), one), runBallot.value({ ballot: one.id }))]),
      mayOpen ? button(t('发起投票…', 'Open a ballot…'), beginBallot.value({ id: mayOpen.id, ...mayOpen.of })) : null,
      mayOpen
        ? note(
            t(
              '民主评议说「/评议」，选举说「/选举」，开会时表决说「/表决」。',
              'For an evaluation say “/evaluation”, for an election “/election”, in a meeting “/resolve”.',
            ),
          )
        : null,
    ],
    { colour: 'wathet' },
  )
}

export const votes = view({
  name: 'votes',
  takes: z.object({ id, member: id, branch: id.nullable(), committee: id.nullable(), mayOpen: z.boolean() }),
  async show(db, { id, member, branch, committee, mayOpen }) {
    const [waiting] = await lookUp(db, [waitingForVote(db, member)])
    const running = mayOpen ? await openBallots(db, branch ? { branch } : { committee: committee ?? '' }) : []
    return votesCard(waiting, running, mayOpen ? { id, of: { branch, committee } } : null)
  },
})

export const runBallotPress = press({
  button: runBallot,
  rights: ['openBallot'],
  look: ({ db }, { ballot }) => [ballotAsItStands(db, ballot)] as const,
  async answer(ctx, { ballot }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'openBallot', found, placeOfBallot)
    const shown = ballotHost.args({ subject: turnoutSubject(ballot), ballot, viewer: actor.id })
    await together(db, [enqueue(db, { occasion: `run ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })])
    return { toast: t('已发在私聊里。', 'It is in your direct chat.'), mood: 'success' }
  },
})

import * as z from 'zod'
import { electorsListed, type ListedElector } from '../../db/ballots/electors.ts'
import { type BallotAsItStands, ballotAsItStands, ownVote, voteOfMember } from '../../db/ballots/state.ts'
import { lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { type Card, card, fitting, lines, note } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { asWritten, listed, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { ballotTitle } from '../../src/words/ballots.ts'
import { changesSaid, electorsSaid } from '../../src/words/electorate.ts'

/** A card holds 30 KB, and each name stands in it three times. */
const NAMES_BYTES = 18_000

/** The list of voters, and never which of them voted. */
export function electorsCard(it: BallotAsItStands, people: readonly ListedElector[]): Card {
  const shown = fitting(people, ({ name }) => name + name + name, NAMES_BYTES, 12)
  const left = people.length - shown.length
  const names = listed(
    shown.map(({ name, isAdded }) => (isAdded ? t(`${asWritten(name).zh}（后加）`, `${asWritten(name).en} (added)`) : asWritten(name))),
  )
  return card(
    t(`投票名单 · ${ballotTitle(it).zh}`, `Voters · ${ballotTitle(it).en}`),
    [
      lines(electorsSaid(it)),
      lines(names),
      left > 0 ? note(t(`另有 ${left} 人`, `and ${left} more`)) : null,
      lines(...changesSaid(it)),
      note(
        t(
          '名单上有飞书的人都收到了选票；谁投了、谁没投，不公布。',
          'Everybody on the list who has Feishu got the ballot. Who voted is not told.',
        ),
      ),
    ].filter((one) => one !== null && one.content !== ''),
    { colour: 'grey', subtitle: asWritten(it.ownerName) },
  )
}

export const ballotElectors = view({
  name: 'ballotElectors',
  takes: z.object({ ballot: id, viewer: id }),
  async show(db, { ballot, viewer }, now) {
    const [it, own, people] = await lookUp(db, [ballotAsItStands(db, ballot), voteOfMember(db, ballot, viewer), electorsListed(db, ballot)])
    return it && own.isElector && isListOpen(it, now) ? electorsCard(it, people) : null
  },
})

/** While it is open the list would tell who is still to be asked. */
const isListOpen = ({ closedAt, cancelledAt, closesAt }: BallotAsItStands, now: Date) =>
  !cancelledAt && (closedAt !== null || now >= closesAt)

export const openElectors = press({
  name: 'electors.open',
  rights: ['vote'],
  sends: z.object({ ballot: id }),
  look: ({ db, tenantKey, openId }, { ballot }) => [ballotAsItStands(db, ballot), ownVote(db, ballot, { tenantKey, openId })] as const,
  async answer(ctx, { ballot }, [it, own]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    if (!it || !own.isElector) refuse('你不在这次投票的名单上。', 'You are not on the list of this ballot.')
    if (!isListOpen(it, now)) refuse('投票结束后才能看名单。', 'The list can be seen once the ballot is over.')
    const shown = ballotElectors.args({ ballot, viewer: actor.id })
    await together(db, [
      enqueue(db, { occasion: `electors ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在私聊里。', 'It is in your direct chat.'), mood: 'success' }
  },
})

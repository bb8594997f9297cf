import { statementOf } from '../../db/client.ts'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import type { ElectionThere } from '../../db/gatherings/votes-held.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { openElection } from '../../db/meeting-votes/elect.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { isAmong, isRunOff, outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import { t } from '../../src/text.ts'
import { electAgain } from './buttons.ts'
import { electionOf, hasFailed, held, shownAnew } from './election.ts'

/**
 * A new vote between tied nominees, or the whole election where it failed. Scrutineers and tellers stay, unless they
 * now stand themselves.
 */
export const electAgainPress = press({
  button: electAgain,
  rights: ['holdVote'],
  look: ({ db }, { gathering }) => [gatheringAsItStands(db, gathering)] as const,
  async answer(ctx, { gathering, election }, [found]) {
    const { actor, db, now, it, one, box, newId, pressedOn } = held(ctx, found, election)
    const id = newId()
    const stand = standAgain(one, it.elections)
    const asked = {
      id,
      title: one.title,
      after: one.id,
      ...stand,
      scrutineers: one.scrutineers.filter((person) => !isAmong(person, stand.nominees)),
      tellers: one.tellers.filter((person) => !isAmong(person, stand.nominees)),
    }
    const shown = enqueue(db, {
      occasion: `election ${id}`,
      to: { person: actor.openId },
      ...electionOf(gathering, id),
      dueAt: now,
      lane: 'answer',
    })
    const after = await openElection(db, it, asked, actor, now, one.ballot ? box : null, { pressedOn, causes: [statementOf(shown)] })
    const said = t('下一轮已开始，见下面的卡片。', 'The next round has begun; see the card below.')
    return { toast: said, mood: 'success', ...(await shownAnew(ctx, after, election)) }
  },
})

function standAgain(one: ElectionThere, all: readonly ElectionThere[]) {
  const { nominees, seats } = one
  const outcome = outcomeOf(one, all)
  if (outcome?.is === 'counted') {
    if (outcome.tied.length === 0)
      refuse('这一轮没有票数相等的人，不用再次投票。', 'Nobody tied in that round; no vote is to be held again.')
    return { nominees: outcome.tied.map(({ name, member }) => ({ name, member })), seats: outcome.seatsTied, isRunOff: true }
  }
  if (!hasFailed(one, outcome)) refuse('这一轮还没有结果。', 'That round has no result yet.')
  return { nominees, seats, isRunOff: isRunOff(one, all) }
}

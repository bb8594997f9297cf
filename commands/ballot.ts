import { ballotForm } from '../cards/ballots/form.ts'
import { votes } from '../cards/ballots/list.ts'
import { inDirectChat } from '../cards/home/say.ts'
import { committeeById } from '../db/branches/units.ts'
import { lookUp } from '../db/client.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf } from '../src/context.ts'
import { LONGEST_TITLE } from '../src/rules/ballots/form.ts'
import { may, type Place } from '../src/rules/branches/rights.ts'
import { clipped, t } from '../src/text.ts'

export const ballot = command({
  name: 'ballot',
  zh: '投票',
  part: 'everybody',
  also: ['投', 'vote', 'ballots', '测评'],
  summary: t('看等你投的票；书记、支委发起投票', 'What waits for your vote; the committee opens ballots'),
  usage: t('/投票 推荐年度先进个人', '/ballot recommend this year’s exemplary member'),
  rights: ['vote', 'openBallot'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const { branch, committee, place } = await ownerHere(here)
    const title = clipped(rest.replace(/@_user_\d+/g, '').trim(), LONGEST_TITLE)
    if (title !== '') mayOrRefuse(here.actor, 'openBallot', place)
    const mayOpen = may(here.actor, 'openBallot', place)
    const shown =
      title === ''
        ? votes.args({ id: here.newId(), member: here.actor.id, branch, committee, mayOpen })
        : ballotForm.args({ id: here.newId(), branch, committee, title })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

/** A committee's chat, or an assessor without a branch, means the committee; everybody else means their branch. */
async function ownerHere(here: KnownContext): Promise<{ branch: string | null; committee: string | null; place: Place }> {
  const { db, actor, chat } = here
  const own = actor.branch ? undefined : actor.seats.find(({ role, committee }) => role === 'assessor' && committee)?.committee
  const id = chat.bound ? chat.bound.committee : own
  const [[committee]] = id ? await lookUp(db, [committeeById(db, id)]) : [[]]
  if (committee) return { branch: null, committee: committee.id, place: { unit: committee.unit, lineage: committee.lineage } }
  const branch = await branchHere(here)
  return { branch: branch.id, committee: null, place: placeOf(branch) }
}

import { inDirectChat } from '../cards/home/say.ts'
import { meetingUnderway } from '../db/gatherings/under-way.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { LONGEST_TITLE } from '../src/rules/ballots/form.ts'
import { clipped, t } from '../src/text.ts'

export const election = command({
  name: 'election',
  zh: '选举',
  part: 'branch',
  also: ['换届选举', 'elect'],
  summary: t('在正在开的党员大会上选举：名单、计票、计票单', 'An election in a general meeting under way: nominees, count, tally sheet'),
  usage: t('/选举 支部委员会委员', '/election members of the branch committee'),
  rights: ['holdVote'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'holdVote', placeOf(branch))
    const it = await meetingUnderway(here.db, branch.id, ['general'], here.now)
    if (!it) refuse('现在没有正在开的党员大会；选举要在党员大会上进行。', 'No general meeting is under way; an election is held in one.')
    const { electionForm } = await import('../cards/meeting-votes/election-form.ts')
    const title = clipped(rest.replace(/@_user_\d+/g, ''), LONGEST_TITLE)
    const shown = electionForm.args({ gathering: it.id, id: here.newId(), title, after: null })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

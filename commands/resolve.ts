import { inDirectChat } from '../cards/home/say.ts'
import { meetingUnderway } from '../db/gatherings/under-way.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { MOST_RESOLUTION_WORDS } from '../src/rules/meeting-votes/resolutions.ts'
import { clipped, t } from '../src/text.ts'

export const resolve = command({
  name: 'resolve',
  zh: '表决',
  part: 'branch',
  also: ['决议', 'resolution'],
  summary: t('在正在开的党员大会或支委会上表决', 'Vote on something in a general or committee meeting under way'),
  usage: t('/表决 选派李华参加培训', '/resolve send Li Hua to the training'),
  rights: ['holdVote'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'holdVote', placeOf(branch))
    const it = await meetingUnderway(here.db, branch.id, ['general', 'committee'], here.now)
    if (!it)
      refuse(
        '现在没有正在开的党员大会或支委会；会外表决请说「/投票」。',
        'No general or committee meeting is under way; to vote outside a meeting say “/ballot”.',
      )
    const { resolve: resolveView } = await import('../cards/meeting-votes/resolve.ts')
    const words = clipped(rest.replace(/@_user_\d+/g, ''), MOST_RESOLUTION_WORDS)
    const shown = resolveView.args({ gathering: it.id, id: here.newId(), words })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

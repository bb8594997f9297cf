import { inDirectChat } from '../cards/home/say.ts'
import { groupsView } from '../cards/roster/groups.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../src/context.ts'
import { t } from '../src/text.ts'

export const groups = command({
  name: 'groups',
  zh: '党小组',
  part: 'branch',
  also: ['分组', '小组'],
  summary: t('党小组：新建、改名、定组长、调人', 'The branch’s groups: make, rename, set a leader, move people'),
  usage: t('/党小组', '/groups'),
  rights: ['manageGroups'],
  async answer(ctx) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'manageGroups', placeOf(branch))
    const shown = groupsView.args({ branch: branch.id })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

import { todo as todoView } from '../cards/duties/todo.ts'
import { mine as mineCard } from '../cards/home/mine.ts'
import { inDirectChat } from '../cards/home/say.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../src/context.ts'
import { t } from '../src/text.ts'

export const todo = command({
  name: 'todo',
  zh: '待办',
  part: 'everybody',
  also: ['本月', 'duties'],
  summary: t('支部、小组还有什么没办，到哪天', 'What the branch or group still has to do, and by when'),
  usage: t('待办', 'todo'),
  rights: ['seeScore', 'mine'],
  async answer(ctx) {
    const here = memberOrRefuse(ctx)
    const { actor, chat } = here
    const isAbove = chat.bound ? chat.bound.committee !== null : actor.branch === null
    if (isAbove) {
      mayOrRefuse(actor, 'mine', { unit: actor.unit })
      const shown = mineCard.args({ unit: actor.unit, member: actor.id })
      return chat.isGroup ? inDirectChat(here, shown) : shown
    }
    const branch = await branchHere(here)
    mayOrRefuse(actor, 'seeScore', placeOf(branch))
    const led = actor.seats.filter(({ role }) => role === 'leader').map(({ group }) => group)
    const isLeaderAlone = led.length === 1 && actor.seats.length === 1
    const group = chat.bound?.group ?? (isLeaderAlone && !chat.isGroup ? led[0] : null)
    const shown = todoView.args({ branch: branch.id, ...(group ? { group } : {}) })
    return chat.isGroup && !chat.bound ? inDirectChat(here, shown) : shown
  },
})

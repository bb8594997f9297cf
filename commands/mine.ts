import { mine as mineCard } from '../cards/home/mine.ts'
import { inDirectChat } from '../cards/home/say.ts'
import { command } from '../src/command.ts'
import { mayOrRefuse, memberOrRefuse } from '../src/context.ts'
import { t } from '../src/text.ts'

export const mine = command({
  name: 'mine',
  zh: '我的',
  part: 'everybody',
  also: ['me'],
  summary: t('现在有什么在等我', 'What is waiting for me'),
  usage: t('我的', 'mine'),
  rights: ['mine'],
  async answer(ctx) {
    const here = memberOrRefuse(ctx)
    const { actor, chat } = here
    mayOrRefuse(actor, 'mine', { unit: actor.unit })
    const shown = mineCard.args({ unit: actor.unit, member: actor.id })
    return chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

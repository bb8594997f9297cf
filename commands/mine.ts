import { mine as mineCard } from '../cards/mine.ts'
import { command } from '../src/command.ts'
import { known } from '../src/context.ts'
import { t } from '../src/text.ts'

export const mine = command({
  name: 'mine',
  zh: '我的',
  also: ['待办', 'todo', 'me'],
  summary: t('现在有什么在等我', 'What is waiting for me'),
  usage: t('我的', 'mine'),
  async answer(ctx) {
    const { actor } = known(ctx)
    return mineCard.args({ unit: actor.unit, member: actor.id })
  },
})

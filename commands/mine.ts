import { mine as mineCard } from '../cards/mine.ts'
import { say } from '../cards/say.ts'
import { statementOf, together } from '../db/client.ts'
import { enqueue } from '../db/outbox.ts'
import { command } from '../src/command.ts'
import { known, mayOrRefuse, reply } from '../src/context.ts'
import { t } from '../src/text.ts'

export const mine = command({
  name: 'mine',
  zh: '我的',
  also: ['待办', 'todo', 'me'],
  summary: t('现在有什么在等我', 'What is waiting for me'),
  usage: t('我的', 'mine'),
  rights: ['mine'],
  async answer(ctx) {
    const here = known(ctx)
    const { actor, db, chat, eventId, now } = here
    mayOrRefuse(actor, 'mine', { unit: actor.unit })
    const shown = mineCard.args({ unit: actor.unit, member: actor.id })
    if (!chat.isGroup) return shown

    await together(db, [
      enqueue(db, { occasion: `mine ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
      statementOf(reply(here, say.args(t('已私聊发给你。', 'Sent to you in a direct message.')))),
    ])
    return undefined
  },
})

import { say } from '../../cards/home/say.ts'
import { statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import * as messages from '../../db/voices/messages.ts'
import { inboxSubject } from '../../db/voices/messages.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, reply } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const voices = command({
  name: 'voices',
  zh: '反映',
  part: 'branch',
  also: ['意见箱', 'inbox', 'voice'],
  summary: t('答复收到的建议和反映，最早到期的在前', 'Answer what people said, the nearest promise first'),
  usage: t('/反映', '/voices'),
  rights: ['mine'],
  async answer(ctx, rest): Promise<Answer> {
    const { actor, chat, db, eventId, now } = memberOrRefuse(ctx)
    mayOrRefuse(actor, 'mine', { unit: actor.unit })
    // Somebody who says 反映食堂太早关门 wants to raise it, and not to answer others.
    const raises = rest.trim() !== '' && actor.branch
    const shown = raises
      ? messages.suggest({ branch: actor.branch ?? '', kind: 'worry' })
      : messages.inbox({ subject: inboxSubject(actor.id), viewer: actor.id })
    if (!chat.isGroup) return shown
    await together(db, [
      enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
      statementOf(reply(ctx, say.args(t('已私聊发给你。', 'It is in our direct chat.')))),
    ])
    return undefined
  },
})

import { say } from '../../cards/home/say.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import * as messages from '../../db/voices/messages.ts'
import { type Answer, command } from '../../src/command.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, reply } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const analysis = command({
  name: 'analysis',
  zh: '思想分析',
  part: 'branch',
  also: ['思想动态分析', '思想动态', 'opinion'],
  summary: t('写本季度的思想动态分析，列入支委会', 'Write the quarter’s analysis of opinion and put it on the agenda'),
  usage: t('/思想分析', '/analysis'),
  rights: ['analyseOpinion'],
  async answer(ctx): Promise<Answer> {
    const { actor, chat, db, eventId, now } = memberOrRefuse(ctx)
    const at = (chat.isGroup ? chat.bound?.branch : null) ?? actor.branch
    const [[found]] = at ? await lookUp(db, [branchById(db, at)]) : [[]]
    const { id } = foundOrRefuse(actor, 'analyseOpinion', found, placeOf)
    const shown = messages.analysis({ subject: `analysis ${id}`, branch: id, viewer: actor.id })
    if (!chat.isGroup) return shown
    await together(db, [
      enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
      statementOf(reply(ctx, say.args(t('已私聊发给你。', 'It is in our direct chat.')))),
    ])
    return undefined
  },
})

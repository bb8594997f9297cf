import { say } from '../../cards/home/say.ts'
import { statementOf, together } from '../../db/client.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import * as messages from '../../db/voices/messages.ts'
import { type Answer, command } from '../../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, reply } from '../../src/context.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'

const LOOKS_UP = /^(?:查|查询|代码|code|look|check)/iu
const PUBLISHED = /^(?:公布|采纳|published?|adopted)/iu

export const suggest = command({
  name: 'suggest',
  zh: '建议',
  part: 'everybody',
  also: ['提意见', '提建议', '意见', 'suggestion', 'feedback'],
  summary: t('提建议、反映问题，可以不署名；按期有答复', 'Suggest something or raise a worry, signed or not; it is answered by a day'),
  usage: t('/建议 · /建议 查 · /建议 公布', '/suggest · /suggest code · /suggest published'),
  rights: ['speakUp'],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    mayOrRefuse(here.actor, 'speakUp', { unit: here.actor.unit })
    const { branch } = here.actor
    if (!branch) refuse('你不在任何支部，请当面和支部书记说。', 'You are in no branch; please speak to a branch secretary in person.')
    if (PUBLISHED.test(rest.trim())) return messages.adopted({ branch })
    // The words after the command are dropped, because nobody has chosen yet whether to sign them.
    const shown = messages.suggest({ branch, ...(LOOKS_UP.test(rest.trim()) ? { isLookUp: true } : {}) })
    return here.chat.isGroup ? inDirectChatOnly(here, shown) : shown
  },
})

async function inDirectChatOnly(ctx: KnownContext, shown: Message): Promise<undefined> {
  const { actor, db, eventId, now } = ctx
  await together(db, [
    enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    statementOf(reply(ctx, say.args(t('已私聊发给你，请在那里写。', 'It is in our direct chat; please write there.')))),
  ])
}

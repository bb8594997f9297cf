import { say } from '../cards/home/say.ts'
import { committeeById } from '../db/branches/units.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import type { Message } from '../db/ledgers/message.ts'
import { enqueue } from '../db/ledgers/outbox.ts'
import { refuseUnlessUsed, refuseUnlessUsedBelow } from '../db/rulebook/used.ts'
import * as messages from '../db/talks/messages.ts'
import { type Answer, command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, reply } from '../src/context.ts'
import { t } from '../src/text.ts'

export const talk = command({
  name: 'talk',
  zh: '谈心',
  part: 'branch',
  also: ['谈心谈话', '谈话', 'talks'],
  summary: t('登记谈心、看还没和谁谈；内容不写在这里', 'Register a talk, or see with whom to talk; what was said is not written here'),
  usage: t('/谈心 王芳 昨天', '/talk Wang Fang yesterday'),
  rights: ['talk', 'assess'],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const { actor, chat } = here
    const upper = chat.isGroup && rest.trim() === '' ? chat.bound?.committee : null
    if (upper) return coverageFor(here, upper)
    mayOrRefuse(actor, 'talk', { unit: actor.unit })
    const { talkDays } = await refuseUnlessUsed(here.db, 'talks', actor.branch, here.now)
    const { whatIsMeant } = await import('../cards/talks/drawn.ts')
    const shown = await whatIsMeant({ ...here, talkDays }, rest)
    return chat.isGroup ? inDirectChatOnly(here, shown) : shown
  },
})

async function coverageFor(here: KnownContext, committee: string): Promise<Answer> {
  const [[found]] = await lookUp(here.db, [committeeById(here.db, committee)])
  const place = { unit: found?.unit ?? '', lineage: found?.lineage ?? [] }
  mayOrRefuse(here.actor, 'assess', place)
  await refuseUnlessUsedBelow(here.db, 'talks', committee, here.now)
  return messages.talkCoverage({ committee })
}

/** A group learns nothing, not even the name that was said. */
async function inDirectChatOnly({ actor, db, eventId, now, ...here }: KnownContext, shown: Message): Promise<undefined> {
  const ctx = { actor, db, eventId, now, ...here }
  await together(db, [
    enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    statementOf(
      reply(ctx, say.args(t('谈心请私聊我，不在群里说。', 'About talks please write to me in a direct chat, not in the group.'))),
    ),
  ])
}

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
  meant: [
    /^(?:我)?(?<rest>(?:[今昨前]天|上?周.|刚才?|刚刚)?)(?:已经)?(?:和|跟|与|找)(?<more>.{1,20}?)(?:谈|聊)(?:过|了)*(?:一次)?(?:心|话|天)(?:了|过)?[。.!！]?$/u,
    /^(?:登记|记)一?(?:次|下|个)?(?:和|跟|与)(?<rest>.{1,30}?)的?谈心(?:谈话)?[。.]?$/u,
    /^(?:我)?(?:还)?(?:没|没有|该|要)(?:和|跟|找)?(?:谁|哪些人)(?:没)?谈心?(?:谈话)?[？?。]?$/u,
    /^(?:还有)?(?:谁|哪些人)(?:还)?没(?:有)?谈(?:过)?心?[？?]?$/u,
    /^(?:我)?想(?:找|和|跟)(?:书记|联系人|人)谈谈?(?:心|话)?[。.]?$/u,
    /^i (?:have )?(?:just )?(?:talked|spoke|had a (?:heart-to-heart )?talk) (?:to|with) (?<rest>.{1,40}?)[.!]?$/iu,
    /^(?:register|record) (?:a|my) talk with (?<rest>.{1,40}?)\.?$/iu,
    /^(?:who(?:m)? (?:have i|has) not (?:been )?talked to(?: yet)?|whom should i talk to)\??$/iu,
  ],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const { actor, chat } = here
    const upper = chat.isGroup && rest.trim() === '' ? chat.bound?.committee : null
    if (upper) return coverageFor(here, upper)
    mayOrRefuse(actor, 'talk', { unit: actor.unit })
    await refuseUnlessUsed(here.db, 'talks', actor.branch, here.now)
    const { whatIsMeant } = await import('../cards/talks/drawn.ts')
    const shown = await whatIsMeant(here, rest)
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

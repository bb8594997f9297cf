import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { postsOf } from '../../db/ledgers/outbox.ts'
import * as messages from '../../db/talks/messages.ts'
import { requestsSubject } from '../../db/talks/messages.ts'
import { answeredLately, requestsOf, type TalkAsItStands } from '../../db/talks/state.ts'
import { mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { FIXED_AFTER_MS, LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openRequests } from './buttons.ts'
import { requestsCard } from './requests-card.ts'
import { talkCard } from './talk-card.ts'

/** The two lists that make one person's card: what waits for them, and what they answered within a day. */
export const requestLists = (db: Db, member: string, now: Date) =>
  [
    requestsOf(db, member, new Date(now.getTime() - LAPSES_AFTER_MS)),
    answeredLately(db, member, new Date(now.getTime() - FIXED_AFTER_MS)),
  ] as const

/** A single request is shown as its own card, on which the next steps follow. */
export function requestsShown(waiting: readonly TalkAsItStands[], answered: readonly TalkAsItStands[], member: string, now: Date) {
  const [only] = [...waiting, ...answered]
  return only && waiting.length + answered.length === 1 ? talkCard(only, member, now) : requestsCard(waiting, answered, member)
}

export const talkRequests = view({
  message: messages.talkRequests,
  async show(db, { subject, member }, now) {
    const [waiting, answered, posted] = await lookUp(db, [...requestLists(db, member, now), statementOf(postsOf(db, subject))])
    if (waiting.length === 0 && posted.length === 0) return null
    return requestsShown(waiting, answered, member, now)
  },
})

/** The 我的 card and the digest lead here. */
export const openRequestsPress = press({
  button: openRequests,
  rights: ['talk'],
  async answer(ctx) {
    const { actor, db, now } = memberOrRefuse(ctx)
    mayOrRefuse(actor, 'talk', { unit: actor.unit })
    const [waiting] = await lookUp(db, [requestLists(db, actor.id, now)[0]])
    if (waiting.length === 0) return { toast: t('没有等你确认的谈心。', 'No talk waits for you.'), mood: 'info' }
    await together(db, [reply(privately(ctx), messages.talkRequests({ subject: requestsSubject(actor.id), member: actor.id }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

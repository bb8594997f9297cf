import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { postsOf } from '../../db/ledgers/outbox.ts'
import * as messages from '../../db/talks/messages.ts'
import { requestsSubject } from '../../db/talks/messages.ts'
import { answeredLately, otherOf, requestsOf, type TalkAsItStands } from '../../db/talks/state.ts'
import { button, type Card, card, type Element, lines, note } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { FIXED_AFTER_MS, LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import { counted, literal, type Text, t } from '../../src/text.ts'
import { talkSaidAs } from '../../src/words/talks.ts'
import { sendTalk } from './buttons.ts'
import { answerButtons, talkCard, undoButtons } from './talk-card.ts'

const MOST_SHOWN = 12

/** All that waits for one person's yes or no, and below it what they have just answered. */
export function requestsCard(waiting: readonly TalkAsItStands[], answered: readonly TalkAsItStands[], member: string): Card {
  const shown = waiting.slice(0, MOST_SHOWN)
  return card(
    waiting.length > 0
      ? t(`${waiting.length} 次谈心等你确认`, `${counted(waiting.length, 'talk waits', 'talks wait')} for you`)
      : t('谈心确认', 'Talks to confirm'),
    [
      ...shown.flatMap((it) => asked(it, member)),
      waiting.length > shown.length
        ? note(t(`另有 ${waiting.length - shown.length} 次，答完再看。`, `And ${waiting.length - shown.length} more, after these.`))
        : null,
      ...answered.slice(0, MOST_SHOWN).flatMap((it) => done(it, member)),
      waiting.length + answered.length === 0 ? lines(t('没有等你确认的谈心。', 'No talk waits for you.')) : null,
      note(t('谈了什么只有你们知道，这里只记有没有谈。', 'What was said is yours alone; only whether you talked is kept here.')),
    ],
    { colour: waiting.length > 0 ? 'blue' : 'grey' },
  )
}

function asked(it: TalkAsItStands, member: string): Element[] {
  const name = literal(otherOf(it, member).name)
  const said = talkSaidAs(it)
  if (it.confirmedAt)
    return [lines(t(`**${name}**请你同意撤回：${said.zh}`, `**${name}** asks you to agree to taking back: ${said.en}`)), undoButtons(it)]
  return [lines(t(`**${name}**说和你谈过心：${said.zh}`, `**${name}** says that you talked: ${said.en}`)), answerButtons(it, true)]
}

function done(it: TalkAsItStands, member: string): Element[] {
  const name = literal(otherOf(it, member).name)
  const state: Text = it.confirmedAt ? t('已确认', 'confirmed') : t('你说没有谈过', 'you said no')
  return [
    lines(t(`${name}　${talkSaidAs(it).zh} — ${state.zh}`, `${name}  ${talkSaidAs(it).en} — ${state.en}`)),
    ...(it.confirmedAt ? [button(t('打开', 'Open'), sendTalk.value({ talk: it.id }))] : []),
  ]
}

/** The two lists that make one person's card: what waits for them, and what they answered within a day. */
export const requestLists = (db: Db, member: string, now: Date) =>
  [
    requestsOf(db, member, new Date(now.getTime() - LAPSES_AFTER_MS)),
    answeredLately(db, member, new Date(now.getTime() - FIXED_AFTER_MS)),
  ] as const

/** A single request is shown as its own card, on which the next steps follow. */
export function requestsShown(waiting: readonly TalkAsItStands[], answered: readonly TalkAsItStands[], member: string, now: Date): Card {
  const [only] = [...waiting, ...answered]
  return only && waiting.length + answered.length === 1 ? talkCard(only, member, now) : requestsCard(waiting, answered, member)
}

export async function shownRequests(db: Db, { subject, member }: { subject: string; member: string }, now: Date): Promise<Card | null> {
  const [waiting, answered, posted] = await lookUp(db, [...requestLists(db, member, now), statementOf(postsOf(db, subject))])
  if (waiting.length === 0 && posted.length === 0) return null
  return requestsShown(waiting, answered, member, now)
}

export async function sentRequests(ctx: Context): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  mayOrRefuse(actor, 'talk', { unit: actor.unit })
  const [waiting] = await lookUp(db, [requestLists(db, actor.id, now)[0]])
  if (waiting.length === 0) return { toast: t('没有等你确认的谈心。', 'No talk waits for you.'), mood: 'info' }
  await together(db, [reply(privately(ctx), messages.talkRequests({ subject: requestsSubject(actor.id), member: actor.id }))])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

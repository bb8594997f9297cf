import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { inboxOf, MOST_SHOWN, type Voice } from '../../db/voices/inbox.ts'
import * as messages from '../../db/voices/messages.ts'
import { inboxSubject } from '../../db/voices/messages.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, drawnThatFit, lines, note } from '../../src/card.ts'
import { type Context, memberOrRefuse, privately, reply } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { voiceKindNames } from '../../src/rules/voices/kinds.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'
import { openVoice } from './buttons.ts'

/** A card holds 30 KB and 200 elements. */
const INBOX_BYTES = 18_000

/** All that waits for this person, the oldest promise first. The words stand behind a press, which has its audit entry. */
export function inboxCard(all: readonly Voice[], now: Date): Card {
  const shown = drawnThatFit(
    all.slice(0, MOST_SHOWN),
    (it) => [lines(lineOf(it, now)), button(t('打开', 'Open'), openVoice.value({ voice: it.id }))],
    INBOX_BYTES,
  )
  return card(
    t('反映', 'Voices'),
    [
      ...shown.flat(),
      all.length === 0 ? lines(t('眼下没有等你答复的。', 'Nothing waits for your answer.')) : null,
      all.length > shown.length ? note(t('另有一些，答复几条后再看。', 'There are more; they show once some are answered.')) : null,
      note(
        t('谁提的都一样按期答复；没有署名的，请不要打听是谁。', 'Each is answered by its day. Please do not ask whose an unsigned one is.'),
      ),
    ],
    { colour: 'wathet' },
  )
}

function lineOf(it: Voice, now: Date): Text {
  const by = spokenDay(it.promisedOn)
  const due = day(now) > it.promisedOn ? coloured('orange', t(`${by.zh}已到期`, `was due ${by.en}`)) : t(`${by.zh}前答复`, `by ${by.en}`)
  return both((l) => {
    const taken = it.takenByName ? ` · ${{ zh: '在办', en: 'with' }[l]} ${asWritten(it.takenByName)[l]}` : ''
    return `**${voiceKindNames[it.kind][l]}** · ${asWritten(it.branchName)[l]} · ${due[l]}${taken}`
  })
}

export async function inboxShown(db: Db, { viewer }: { subject: string; viewer: string }, now: Date): Promise<Card | null> {
  const [[actor]] = await lookUp(db, [actorById(db, viewer)])
  return actor ? inboxCard(await inboxOf(db, actor), now) : null
}

export async function sentInbox(ctx: Context): Promise<PressAnswer> {
  const { actor, db } = memberOrRefuse(ctx)
  const shown = messages.inbox({ subject: inboxSubject(actor.id), viewer: actor.id })
  await together(db, [statementOf(reply(privately(ctx), shown))])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

export async function backInInbox(ctx: Context): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  return { toast: t('反映', 'Voices'), mood: 'info', card: inboxCard(await inboxOf(db, actor), now) }
}

import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { lookUp, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { minutesLink } from '../../db/pages/links.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { type MinutesAsTheyStand, minutesAsTheyStand, refuseGone } from '../../db/work/minutes.ts'
import { confirmMinutes, refuseUnlessWaiting, returnMinutes } from '../../db/work/minutes-confirm.ts'
import { assignRecorder, beginMinutes, refuseUnlessWriting, submitMinutes, writePoints } from '../../db/work/minutes-keep.ts'
import * as messages from '../../db/work/minutes-messages.ts'
import { placeOfMinutes, readingOf } from '../../db/work/minutes-readers.ts'
import { type Context, type KnownContext, memberOrRefuse } from '../../src/context.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { may, type Right } from '../../src/rules/branches/rights.ts'
import { readableBy } from '../../src/rules/work/minutes-draft.ts'
import { type Text, t } from '../../src/text.ts'
import { fileView, type Pages, view } from '../../src/view.ts'
import {
  askReturn,
  changeRecorder,
  confirmNow,
  openMinutes,
  returnNow,
  saveItem,
  sendForConfirmation,
  sendMinutesFile,
  showMinutes,
  writeItem,
} from './buttons.ts'
import { minutesCard, pointsCard, returnCard } from './minutes-card.ts'
import { minutesOrRefuse, refuseReading } from './minutes-guards.ts'

const pageOf = async (pages: Pages, { it, own }: MinutesAsTheyStand, viewer: Actor, now: Date): Promise<string | null> =>
  (await pages.url(minutesLink(it, own.id, viewer.id, now))) ?? null

export const minutes = view({
  message: messages.minutes,
  async show(db, { gathering, branch, viewer }, now, pages) {
    const [seen, [[actor]]] = await Promise.all([minutesAsTheyStand(db, gathering, branch), lookUp(db, [actorById(db, viewer)])])
    return seen && actor ? minutesCard(seen, actor, await pageOf(pages, seen, actor, now)) : null
  },
})

/** The document, as its reader may read it. */
export const minutesFile = fileView({
  message: messages.minutesFile,
  async make(db, { gathering, branch, viewer, isProvided }) {
    const [seen, [[actor]]] = await Promise.all([minutesAsTheyStand(db, gathering, branch), lookUp(db, [actorById(db, viewer)])])
    const given = isProvided && seen?.locked && actor && may(actor, 'assess', placeOfMinutes(seen)) ? 'members' : null
    const reading = given ?? (seen && actor ? readingOf(actor, seen) : null)
    if (!seen || !reading) return null
    const { minutesDocument, nameOfDocument } = await import('../../src/words/work/minutes-document.ts')
    return { name: nameOfDocument(seen), bytes: await minutesDocument(readableBy(seen.draft, reading === 'all'), seen) }
  },
})

type Sent = { gathering: string; branch: string }

/** Reads the minutes anew behind a deed, for the card that answers. */
async function shownAnew(ctx: KnownContext, sent: Sent, toast: Text): Promise<PressAnswer> {
  const { actor, db, now, pages } = ctx
  const after = (await minutesAsTheyStand(db, sent.gathering, sent.branch)) ?? refuseGone()
  const card = minutesCard(after, actor, await pageOf(pages, after, actor, now))
  return { toast, mood: 'success', ...(card ? { card } : {}) }
}

async function seenBy(ctx: Context, sent: Sent, right: Right) {
  const here = memberOrRefuse(ctx)
  const seen = await minutesOrRefuse(here.db, sent, here.actor, right)
  return { here, seen }
}

const toDirectChat = ({ actor, db, eventId, now }: KnownContext, { gathering, branch }: Sent) =>
  enqueue(db, {
    occasion: `minutes open ${eventId}`,
    to: { person: actor.openId },
    ...messages.minutesOf(gathering, branch, actor.id),
    dueAt: now,
    lane: 'answer',
  })

export const openMinutesPress = press({
  button: openMinutes,
  rights: ['recordMinutes'],
  async answer(ctx, sent) {
    const { here, seen } = await seenBy(ctx, sent, 'recordMinutes')
    await refuseUnlessUsed(here.db, 'minutes', sent.branch, here.now)
    await beginMinutes(here.db, seen, here.actor, here.now, [toDirectChat(here, sent)])
    return { toast: t('会议记录已私聊发给你。', 'The minutes are in your direct chat.'), mood: 'success' }
  },
})

/** From the list, or back from a form. */
export const showMinutesPress = press({
  button: showMinutes,
  rights: ['readMinutes'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { here, seen } = await seenBy(ctx, sent, 'readMinutes')
    if (!readingOf(here.actor, seen)) refuseReading()
    return shownAnew(here, sent, t('会议记录', 'Minutes'))
  },
})

export const writePointsPress = press({
  button: writeItem,
  rights: ['recordMinutes'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { here, seen } = await seenBy(ctx, sent, 'recordMinutes')
    refuseUnlessWriting(seen, here.actor)
    return { toast: t('写好按「存下」。', 'Press “Save” when it is written.'), mood: 'info', card: pointsCard(seen, sent.position) }
  },
})

export const savePointsPress = press({
  button: saveItem,
  rights: ['recordMinutes'],
  fills: z.object({ words: z.string().max(20_000).nullish() }),
  isPersonal: true,
  async answer(ctx, sent, _seen, { words }) {
    const { here, seen } = await seenBy(ctx, sent, 'recordMinutes')
    await writePoints(here.db, seen, [{ position: sent.position, words: words ?? '' }], here.actor, here.now)
    return shownAnew(here, sent, t('已存下。', 'Saved.'))
  },
})

export const submitMinutesPress = press({
  button: sendForConfirmation,
  rights: ['recordMinutes'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { here, seen } = await seenBy(ctx, sent, 'recordMinutes')
    await submitMinutes(here.db, seen, here.actor, here.now)
    return shownAnew(here, sent, t('已送确认。', 'Sent for confirmation.'))
  },
})

export const assignRecorderPress = press({
  button: changeRecorder,
  rights: ['recordMinutes'],
  fills: z.object({ recorder: z.string().max(40).nullish() }),
  isPersonal: true,
  async answer(ctx, sent, _seen, { recorder }) {
    const { here, seen } = await seenBy(ctx, sent, 'recordMinutes')
    await assignRecorder(here.db, seen, recorder ?? '', here.actor, here.now)
    return shownAnew(here, sent, t('已换记录人，草稿发给了对方。', 'The recorder is changed and has the draft.'))
  },
})

export const confirmMinutesPress = press({
  button: confirmNow,
  rights: ['confirmMinutes'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { here, seen } = await seenBy(ctx, sent, 'confirmMinutes')
    await confirmMinutes(here.db, seen, here.actor, here.now)
    return shownAnew(here, sent, t('会议记录已确认，不再改动。', 'Confirmed; the minutes do not change any more.'))
  },
})

export const askReturnPress = press({
  button: askReturn,
  rights: ['confirmMinutes'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { here, seen } = await seenBy(ctx, sent, 'confirmMinutes')
    refuseUnlessWaiting(seen, here.actor)
    return { toast: t('请写明哪里要改。', 'Please say what is to be changed.'), mood: 'info', card: returnCard(seen) }
  },
})

export const returnMinutesPress = press({
  button: returnNow,
  rights: ['confirmMinutes'],
  fills: z.object({ reason: z.string().max(500).nullish() }),
  isPersonal: true,
  async answer(ctx, sent, _seen, { reason }) {
    const { here, seen } = await seenBy(ctx, sent, 'confirmMinutes')
    await returnMinutes(here.db, seen, reason ?? '', here.actor, here.now)
    return shownAnew(here, sent, t('已退回给记录人。', 'Sent back to the recorder.'))
  },
})

export const sendMinutesFilePress = press({
  button: sendMinutesFile,
  rights: ['readMinutes'],
  async answer(ctx, sent) {
    const { here, seen } = await seenBy(ctx, sent, 'readMinutes')
    if (!readingOf(here.actor, seen)) refuseReading()
    await together(here.db, [
      enqueue(here.db, {
        occasion: `minutes file ${here.eventId}`,
        to: { person: here.actor.openId },
        ...messages.minutesFile({ ...sent, viewer: here.actor.id }),
        dueAt: here.now,
        lane: 'answer',
      }),
    ])
    return { toast: t('文档已私聊发给你。', 'The document is in your direct chat.'), mood: 'success' }
  },
})

import * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { callForm } from '../../db/gatherings/messages.ts'
import {
  callDraft,
  type Draft,
  draftKey,
  draftSubject,
  draftsBeside,
  gatheringOf,
  skipDraft,
  unskipDraft,
} from '../../db/rhythms/drafts.ts'
import { addMinutes, asPicked, day, isDay } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, note, row, strong } from '../../src/card.ts'
import { onlyLed } from '../../src/chats/led-groups.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenRhythm } from '../../src/rules/rhythms/rhythms.ts'
import { spokenMoment, spokenMove, spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { type Caution, cautionLines } from '../../src/words/gatherings/caution.ts'

/** The state of a prepared meeting. */
type DraftState = 'called' | 'cancelled' | 'skipped' | 'stopped' | 'past' | 'open'

export function draftStateAt({ called, answer, endedAt, startsAt }: Draft, now: Date): DraftState {
  if (called && !called.isCancelled) return 'called'
  if (called) return 'cancelled'
  if (startsAt <= now) return 'past'
  if (answer === 'skipped') return 'skipped'
  return endedAt ? 'stopped' : 'open'
}

/** Prepared meetings before the person who set the rhythm: nothing happens until they press. Several stand on one card. */
export function draftCard(all: readonly Draft[], now: Date, cautions: Cautions = new Map()): Card | null {
  const [first, ...others] = all
  if (!first) return null
  const standings = all.map((it) => draftStateAt(it, now))
  const isOpen = standings.includes('open')
  const what = others.length === 0 ? gatheringKinds[first.kind].name : t(`${all.length} 次会议`, `${all.length} meetings`)
  return card(
    both((l) => (l === 'zh' ? `请确认：${what.zh}` : `To confirm: ${what.en}`)),
    [
      ...all.flatMap((it) => meetingRows(it, now, others.length > 0, cautions.get(draftKey(it.id, it.on)) ?? [])),
      isOpen
        ? note(t('不按就不召集；说「/例会」可以改或停。', 'Nothing is called unless you press; say “/rhythm” to change or stop it.'))
        : null,
    ],
    { colour: isOpen ? 'blue' : standings.includes('called') ? 'green' : 'grey', subtitle: asWritten(first.branchName) },
  )
}

type Cautions = ReadonlyMap<string, readonly Caution[]>

/** A clash or a day off may have come up since the rhythm was set. */
async function cautionsOfDrafts(db: Db, all: readonly Draft[], now: Date): Promise<Cautions> {
  const open = all.filter((it) => draftStateAt(it, now) === 'open')
  if (open.length === 0) return new Map()
  const { cautionsAbout } = await import('../../src/words/gatherings/cautions.ts')
  const found = new Map<string, readonly Caution[]>()
  for (const it of open) {
    const { branch, group, kind, place, startsAt } = it
    found.set(
      draftKey(it.id, it.on),
      await cautionsAbout(db, { id: gatheringOf({ rhythm: it.id, on: it.on }), branch, group, kind, place, startsAt }, now),
    )
  }
  return found
}

function meetingRows(it: Draft, now: Date, isOneOfSeveral: boolean, cautions: readonly Caution[]): (Element | null)[] {
  const kind = gatheringKinds[it.kind]
  return [
    lines(
      isOneOfSeveral && strong(kind.name),
      spokenSpan(it.startsAt, addMinutes(it.startsAt, kind.defaultMinutes)),
      it.on === day(it.startsAt) ? null : spokenMove(it.on, day(it.startsAt)),
      it.groupName !== null && asWritten(it.groupName),
      it.place !== '' && asWritten(it.place),
      it.inRoom && t('签到要现场码', 'Room code at check-in'),
    ),
    lines(
      both((l) =>
        l === 'zh'
          ? `按例会「${spokenRhythm(it).zh}」准备好了。${toChats(it).zh}`
          : `Prepared as the regular meeting “${spokenRhythm(it).en}”. ${toChats(it).en}`,
      ),
    ),
    cautions.length > 0 ? lines(...cautionLines(cautions)) : null,
    ...whatNow(it, draftStateAt(it, now)),
  ]
}

const toChats = ({ chats }: Draft): Text =>
  chats > 0
    ? t('按「召集」后，签到卡片才发到群里。', 'Only when you press “Call it” does the check-in card go to the group.')
    : t('支部还没有绑定群，召集后请在群里说「/绑定」。', 'No chat is bound to the branch yet; after calling, say “/bind” in the group.')

function whatNow({ id: rhythm, on, called }: Draft, state: DraftState): Element[] {
  const sent = { rhythm, on }
  if (state === 'called' && called) {
    const at = spokenMoment(new Date(called.startsAt))
    return [lines(t(`✅ 已召集：${at.zh}。`, `✅ Called: ${at.en}.`))]
  }
  if (state === 'cancelled')
    return [lines(t('召集后又取消了；还要开请说「/会议」。', 'It was called and then cancelled; to hold it after all, say “/meeting”.'))]
  if (state === 'past') return [lines(t('这次的时间已过。', 'Its time is over.'))]
  if (state === 'stopped')
    return [lines(t('这个例会已改或已停；要开请说「/会议」。', 'This rhythm has been changed or stopped; to meet, say “/meeting”.'))]
  if (state === 'skipped')
    return [
      lines(t('这次不开。', 'Not held this time.')),
      button(t('撤销，还是要开', 'Undo: hold it after all'), unskipDraftPress.value(sent), { wide: true }),
    ]
  return [
    button(t('召集', 'Call it'), callDraftPress.value(sent), { type: 'primary_filled', wide: true }),
    row(button(t('改时间地点', 'Change…'), changeDraft.value(sent)), button(t('这次不开', 'Skip this time'), skipDraftPress.value(sent))),
  ]
}

const onDraft = z.object({ rhythm: id, on: z.string().refine(isDay) })

export const rhythmDraft = view({
  name: 'draft',
  takes: onDraft.extend({ subject: z.string() }),
  async show(db, args, now) {
    const [all] = await lookUp(db, [draftsBeside(db, args)])
    return draftCard(all, now, await cautionsOfDrafts(db, all, now))
  },
})

const lookAtDraft = ({ db }: { db: Db }, sent: z.infer<typeof onDraft>) => [statementOf(draftsBeside(db, sent))] as const

/** The card with the draft as it is after the press. */
async function cardWith(db: Db, all: readonly Draft[], after: Draft, now: Date) {
  const drafts = all.map((one) => (isSame(one, after) ? after : one))
  const card = draftCard(drafts, now, await cautionsOfDrafts(db, drafts, now))
  return card ? { card } : {}
}

const isSame = (a: Pick<Draft, 'id' | 'on'>, b: Pick<Draft, 'id' | 'on'>) => a.id === b.id && a.on === b.on
const pressed = (all: readonly Draft[], { rhythm, on }: z.infer<typeof onDraft>) => all.find((one) => isSame(one, { id: rhythm, on }))

const settled = async (db: Db, all: readonly Draft[], it: Draft, now: Date) => ({
  toast: t('这次已经办过了，卡片已更新。', 'This one is settled already; the card is up to date now.'),
  mood: 'info' as const,
  ...(await cardWith(db, all, it, now)),
})

export const callDraftPress = press({
  name: 'draft.call',
  rights: ['callGathering'],
  sends: onDraft,
  look: lookAtDraft,
  async answer(ctx, sent, [all]) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'callGathering', pressed(all, sent), placeOfGathering)
    if (draftStateAt(it, now) !== 'open') return settled(db, all, it, now)
    const { postedTo } = await callDraft(db, it, it.inRoom ? `${newId()}${newId()}` : null, actor, now)
    const called = { id: gatheringOf({ rhythm: it.id, on: it.on }), startsAt: it.startsAt.getTime(), isCancelled: false }
    return {
      toast: postedTo > 0 ? t('已召集，签到卡片已发到群里。', 'Called; the check-in card is in the group.') : t('已召集。', 'Called.'),
      mood: 'success',
      ...(await cardWith(db, all, { ...it, answer: 'called', called }, now)),
    }
  },
})

export const changeDraft = press({
  name: 'draft.change',
  rights: ['callGathering'],
  sends: onDraft,
  look: lookAtDraft,
  async answer(ctx, sent, [all]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'callGathering', pressed(all, sent), placeOfGathering)
    if (draftStateAt(it, now) !== 'open') return settled(db, all, it, now)
    const { branch, kind, group, place, inRoom } = it
    const why = t('改好时间地点，再按「召集」。', 'Change the time or place, then press “Call”.')
    const filled = {
      branch,
      gathering: gatheringOf(sent),
      kind,
      ...(group ? { group } : {}),
      startsAt: asPicked(it.startsAt),
      place,
      needsCode: inRoom,
      ...onlyLed(actor, 'callGathering', it),
      why,
    }
    await together(db, [reply(ctx, callForm(filled))])
    return { toast: t('表单已发在下面，改好再按「召集」。', 'The form is below; change it and press “Call”.'), mood: 'success' }
  },
})

export const skipDraftPress = press({
  name: 'draft.skip',
  rights: ['callGathering'],
  sends: onDraft,
  look: lookAtDraft,
  async answer(ctx, sent, [all]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'callGathering', pressed(all, sent), placeOfGathering)
    if (draftStateAt(it, now) !== 'open') return settled(db, all, it, now)
    await skipDraft(db, it, actor, now)
    return {
      toast: t('这次不开；会前还可以撤销。', 'Not held this time; until then you can undo it.'),
      mood: 'success',
      ...(await cardWith(db, all, { ...it, answer: 'skipped' }, now)),
    }
  },
})

export const unskipDraftPress = press({
  name: 'draft.unskip',
  rights: ['callGathering'],
  sends: onDraft,
  look: lookAtDraft,
  async answer(ctx, sent, [all]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'callGathering', pressed(all, sent), placeOfGathering)
    if (draftStateAt(it, now) !== 'skipped') return settled(db, all, it, now)
    await unskipDraft(db, it, actor, now)
    return {
      toast: t('已撤销，可以召集了。', 'Undone; it can be called now.'),
      mood: 'success',
      ...(await cardWith(db, all, { ...it, answer: null }, now)),
    }
  },
})

export const draftArgs = (rhythm: string, on: string) => rhythmDraft.args({ subject: draftSubject(draftKey(rhythm, on)), rhythm, on })

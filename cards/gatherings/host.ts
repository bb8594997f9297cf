import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { type Missing, missingPeople } from '../../db/gatherings/attendance.ts'
import { closeWhileArriving } from '../../db/gatherings/close.ts'
import { markPresent } from '../../db/gatherings/corrections.ts'
import { confirmLeave, refuseConfirmed } from '../../db/gatherings/leaves.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { button, type Card, card, type Element, figures, fitting, lines, note, row } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { itemLine } from '../../src/rules/gatherings/agenda.ts'
import { isLocked } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openAgenda, settleItem } from './agenda.ts'
import {
  ATTENDANCE_BYTES,
  BYTES_BESIDE_LEAVES,
  BYTES_BESIDE_MORE,
  byBranch,
  headcount,
  leaveRows,
  MOST_ABSENT_OFFERED,
  markForm,
  namesOf,
} from './attendance-rows.ts'
import { addTagged } from './buttons.ts'
import { openGatheringCorrections } from './corrections.ts'
import { creditRows, seenFrom } from './credit-lines.ts'
import { openMakeUps } from './make-ups-of-meeting.ts'
import { openReschedule } from './reschedule.ts'
import { retiredCard } from './retired.ts'
import { codeButtons, screenOf } from './room-code.ts'
import { countsOf } from './voter-lines.ts'
import { decided, voteButtons } from './votes-held.ts'

const AGENDA_BYTES = 2_500
const DECIDED_BYTES = 1_500

/** The host's card in their direct chat: absentees by name, leaves to confirm, people without a phone, the close. */
export function hostCard(it: GatheringAsItStands, notHere: readonly Missing[], now: Date, screen: string | null = null): Card {
  const isFinal = it.cancelledAt !== null || isLocked(it.closedAt, now, it.reopenedAt)
  const asking = isFinal ? [] : notHere.filter(({ leave }) => leave && !leave.isConfirmed)
  const hasMore = it.agenda.length + it.resolutions.length + it.elections.length > 0 || it.branches.length + it.asked.length > 1
  const room = hasMore ? BYTES_BESIDE_MORE : asking.length > 0 ? BYTES_BESIDE_LEAVES : ATTENDANCE_BYTES
  return card(
    labelled(t('主持', 'Hosting'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt), it.place !== '' && asWritten(it.place)),
      ...agendaRows(it, isFinal),
      ...decided(it, DECIDED_BYTES),
      ...(it.cancelledAt ? [] : creditRows(seenFrom(it), (tag) => addTagged.value({ gathering: it.id, tag }))),
      figures(...headcount(it)),
      it.cancelledAt ? null : countsOf(it, it.branch, false),
      it.branches.length + it.asked.length > 1 ? lines(...byBranch(it)) : null,
      ...(it.closedAt || it.cancelledAt ? [] : codeButtons(it, screen)),
      ...namesOf(it, notHere, room),
      ...leaveRows(asking, (member) => confirmLeaveOnHostCard.value({ gathering: it.id, member })),
      notHere.length > 0 && !isFinal ? markForm(notHere, room.offered, markPresentPress.value({ gathering: it.id })) : null,
      it.agenda.length > 0 && !isFinal ? settleForm(it) : null,
      ...ending(it, isFinal, now),
      note(t('这张卡片只有你能看到；未到名单不会发到群里。', 'Only you see this card; the names of the missing never go to the group.')),
    ],
    {
      colour: it.closedAt || it.cancelledAt ? 'grey' : 'wathet',
      subtitle: asWritten(it.groupName ? `${it.branchName} · ${it.groupName}` : it.branchName),
    },
  )
}

function agendaRows(it: GatheringAsItStands, isFinal: boolean): (Element | null)[] {
  if (it.agenda.length === 0) return []
  const said = it.agenda.map((item, i) => itemLine(item, i + 1, it.closedAt !== null))
  const shown = fitting(said, ({ zh, en }) => `${zh}${zh}${en}`, AGENDA_BYTES, 10)
  const isUnsaid = it.closedAt !== null && it.agenda.some(({ wasHeld }) => wasHeld === null)
  return [
    lines(t('**议题**', '**Agenda**'), ...shown),
    shown.length < it.agenda.length ? note(t('其余见「议题…」。', 'The rest is behind “Agenda…”.')) : null,
    isUnsaid && !isFinal
      ? note(t('会议由时钟结束，请确认哪些议题开了。', 'The clock closed this meeting; please confirm which items were held.'))
      : null,
  ]
}

const settleForm = (it: GatheringAsItStands) => {
  const struck = it.agenda.filter(({ wasHeld }) => wasHeld === false).map(({ position }) => String(position))
  return form(
    'agenda',
    [
      {
        ...selectSeveral(
          'struck',
          t('没进行的议题（都开了就不选）', 'Items not held (choose none if all were)'),
          it.agenda.map(({ position, words }) => ({ label: t(clipped(words, 20), clipped(words, 20)), value: String(position) })),
        ),
        ...(struck.length > 0 ? { selected_values: struck } : {}),
      },
    ],
    {
      label: it.closedAt ? t('确认开了哪些议题', 'Confirm what was held') : t('记下没进行的', 'Note what was not held'),
      value: settleItem.value({ gathering: it.id }),
      type: 'default',
    },
  )
}

function ending(it: GatheringAsItStands, isFinal: boolean, now: Date): (Element | null)[] {
  const correct = button(t('取消或更正…', 'Cancel or correct…'), openGatheringCorrections.value({ gathering: it.id }))
  const agenda = button(t('议题…', 'Agenda…'), openAgenda.value({ gathering: it.id }))
  const votes = voteButtons(it, now)
  const later = now < it.startsAt && !it.closedAt ? [button(t('改期…', 'Reschedule…'), openReschedule.value({ gathering: it.id }))] : []
  const more = row(correct, ...later, ...(it.closedAt && it.agenda.length === 0 ? [] : [agenda]))
  const madeUp =
    gatheringKinds[it.kind].rigid && it.present > 0 && it.present < it.expected - it.away ? openMakeUps.value({ gathering: it.id }) : null
  const toMakeUp = madeUp ? row(button(t('补课…', 'Make-ups…'), madeUp)) : null
  if (it.cancelledAt) return [note(t('会议已取消。', 'Cancelled.'))]
  if (it.closedAt && isFinal)
    return [
      toMakeUp,
      note(t('会议已结束，考勤已锁定；更正请书记说「/重开」。', 'Closed; attendance is locked. The secretary can say “/reopen”.')),
    ]
  if (it.closedAt)
    return [
      more,
      votes,
      toMakeUp,
      note(
        it.reopenedAt
          ? t('考勤已重新打开，24 小时内可以更正。', 'Attendance is open again for 24 hours.')
          : t('会议已结束；24 小时内还可以补记到会。', 'Closed. Attendance can still be corrected for 24 hours.'),
      ),
    ]
  return [
    votes,
    button(t('结束会议', 'Close the meeting'), closeGatheringPress.value({ gathering: it.id }), {
      type: 'default',
      wide: true,
      confirm: {
        title: t('结束会议？', 'Close the meeting?'),
        text: t('签到随之停止，到会人数将被记录。', 'Check-in ends and the headcount is recorded.'),
      },
    }),
    more,
  ]
}

export const host = view({
  message: messages.host,
  async show(db, { subject, viewer }, now, pages) {
    const [it, missing, [actor]] = await lookUp(db, [
      gatheringAsItStands(db, subject),
      missingPeople(db, subject),
      actorById(db, viewer ?? ''),
    ])
    if (!it) return null
    if (viewer && !may(actor ?? null, 'markPresent', placeOfGathering(it))) return retiredCard(it)
    return hostCard(it, missing, now, await screenOf(pages, it, viewer ?? it.calledBy, now))
  },
})

const look = ({ db }: { db: Db }, sent: { gathering: string }) =>
  [gatheringAsItStands(db, sent.gathering), statementOf(missingPeople(db, sent.gathering))] as const

export const markPresentPress = press({
  name: 'host.mark',
  rights: ['markPresent'],
  sends: z.object({ gathering: id }),
  fills: z.object({ people: z.array(z.string()).max(MOST_ABSENT_OFFERED).nullish() }),
  look,
  async answer(ctx, _sent, [found, missing], { people }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'markPresent', found, placeOfGathering)

    const chosen = missing.filter((person) => people?.includes(person.id))
    if (chosen.length === 0 && people && people.length > 0)
      refuse('选出的人都已经签到或标记过了，不用再按。', 'Everybody you chose is already recorded; no need to press again.')
    const after = await markPresent(db, it, chosen, actor, now)
    const stillMissing = missing.filter((person) => !chosen.includes(person))
    return {
      toast: t(`已标记 ${chosen.length} 人到会。`, `${chosen.length} marked present.`),
      mood: 'success',
      card: hostCard(after, stillMissing, now, await screenOf(ctx.pages, after, actor.id, now)),
    }
  },
})

export const closeGatheringPress = press({
  name: 'host.close',
  rights: ['closeGathering'],
  sends: z.object({ gathering: id }),
  look,
  async answer(ctx, _sent, [found, missing]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'closeGathering', found, placeOfGathering)
    const closed = await closeWhileArriving(db, it, missing, actor, now)
    return {
      toast: t('会议已结束，到会人数已记录。', 'Closed; the headcount is recorded.'),
      mood: 'success',
      card: hostCard(closed.gathering, closed.missing, now),
    }
  },
})

export const confirmLeaveOnHostCard = press({
  name: 'host.leave',
  rights: ['confirmLeave'],
  sends: z.object({ gathering: id, member: id }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { member }, [found, notHere]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'confirmLeave', found, placeOfGathering)
    const asking = notHere.find(({ id, leave }) => id === member && leave && !leave.isConfirmed)
    if (!asking?.leave) refuseConfirmed()
    await confirmLeave(db, it, member, actor, now)
    const leave = { ...asking.leave, isConfirmed: true }
    return {
      toast: t('已确认请假。', 'Leave confirmed.'),
      mood: 'success',
      card: hostCard(
        { ...it, onLeave: it.onLeave + 1 },
        notHere.map((one) => (one.id === member ? { ...one, leave } : one)),
        now,
        await screenOf(ctx.pages, it, actor.id, now),
      ),
    }
  },
})

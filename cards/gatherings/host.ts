import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { type Missing, missingPeople } from '../../db/gatherings/attendance.ts'
import { closeWhileArriving } from '../../db/gatherings/close.ts'
import { markPresent } from '../../db/gatherings/corrections.ts'
import { confirmLeave, refuseConfirmed } from '../../db/gatherings/leaves.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { type Card, card, type Element, figures, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openDecisions, openProblems } from '../work/buttons.ts'
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
import { creditRows, seenFrom } from './credit-lines.ts'
import { retiredCard } from './retired.ts'
import { codeRows, lookAtCode, nothingShown, type RoomShown, roomShown } from './room-code.ts'
import { countsOf, decided } from './voter-lines.ts'

const DECIDED_BYTES = 1_300

/**
 * The host's card in their direct chat: absentees by name, leaves to confirm, people without a phone. It asks for the next step of the
 * meeting's phase by one main button.
 */
export async function hostCard(
  it: GatheringAsItStands,
  notHere: readonly Missing[],
  now: Date,
  shown: RoomShown = nothingShown,
  work: readonly Element[] = [],
): Promise<Card> {
  const { agendaRows, phaseAt, stepsOf } = await import('./host-steps.ts')
  const isFinal = it.cancelledAt !== null || isFixed(it, now)
  const phase = phaseAt(it, now)
  const asking = isFinal ? [] : notHere.filter(({ leave }) => leave && !leave.isConfirmed)
  const hasMore =
    it.agenda.length + it.resolutions.length + it.elections.length + work.length > 0 || it.branches.length + it.asked.length > 1
  const room = hasMore ? BYTES_BESIDE_MORE : asking.length > 0 ? BYTES_BESIDE_LEAVES : ATTENDANCE_BYTES
  return card(
    labelled(t('主持', 'Hosting'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt), it.place !== '' && asWritten(it.place)),
      ...agendaRows(it, isFinal),
      ...decided(it, DECIDED_BYTES),
      ...work,
      ...(it.cancelledAt ? [] : creditRows(seenFrom(it), (tag) => addTagged.value({ gathering: it.id, tag }))),
      figures(...headcount(it)),
      it.cancelledAt ? null : countsOf(it, it.branch, false),
      it.branches.length + it.asked.length > 1 ? lines(...byBranch(it)) : null,
      ...(it.closedAt || it.cancelledAt ? [] : codeRows(it, shown, showCodePress.value({ gathering: it.id }), phase === 'arriving')),
      ...namesOf(it, notHere, room),
      ...leaveRows(asking, (member) => confirmLeaveOnHostCard.value({ gathering: it.id, member }), 'default'),
      notHere.length > 0 && !isFinal ? markForm(notHere, room.offered, markPresentPress.value({ gathering: it.id }), 'default') : null,
      ...stepsOf(it, phase, isFinal, now, closeGatheringPress.value({ gathering: it.id })),
      note(t('这张卡片只有你能看到；未到名单不会发到群里。', 'Only you see this card; the names of the missing never go to the group.')),
    ],
    {
      colour: it.closedAt || it.cancelledAt ? 'grey' : 'wathet',
      subtitle: asWritten(it.groupName ? `${it.branchName} · ${it.groupName}` : it.branchName),
    },
  )
}

/** The card with everything beside the gathering: the room's code, and tasks and decisions for those who may decide. */
async function fullCard(
  { db, pages, now }: Pick<Context, 'db' | 'pages' | 'now'>,
  it: GatheringAsItStands,
  missing: readonly Missing[],
  viewer: Actor | null,
  room?: RoomShown,
) {
  const mayDecide = may(viewer, 'decide', placeOfGathering(it))
  const buttons = { decisions: openDecisions.value, problems: openProblems.value }
  const work = mayDecide ? await (await import('../../src/words/work/meeting-work.ts')).hostWork(db, it, buttons, now) : []
  return hostCard(it, missing, now, room ?? (await roomShown(db, pages, it, viewer?.id ?? it.calledBy, now)), work)
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
    return fullCard({ db, pages, now }, it, missing, actor ?? null)
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
      card: await fullCard(ctx, after, stillMissing, actor),
    }
  },
})

/** The host alone sees the digits, and reads them out or writes them on the board. */
export const showCodePress = press({
  name: 'host.code',
  rights: ['markPresent'],
  sends: z.object({ gathering: id }),
  isPersonal: true,
  look,
  async answer(ctx, _sent, [found, missing]) {
    const { it, room, said } = await lookAtCode(ctx, found)
    return { toast: said, mood: 'success', card: await fullCard(ctx, it, missing, ctx.actor, room) }
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
      card: await fullCard(ctx, closed.gathering, closed.missing, actor),
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
      card: await fullCard(
        ctx,
        { ...it, onLeave: it.onLeave + 1 },
        notHere.map((one) => (one.id === member ? { ...one, leave } : one)),
        actor,
      ),
    }
  },
})
